"""What the four replays share: how an event finds its rule, and the roles and the pause of every app."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, Final

from algosdk import constants, encoding
from algosdk.logic import get_application_address

from gridpact.audit.findings import Findings, Kind, Place, Rule, Subject
from gridpact.audit.past import Call
from gridpact.chain.layout import ADDRESSES_KEPT
from gridpact.chain.specs import Contract
from gridpact.history.events import Event
from gridpact.history.transactions import Kind as Movement

NOBODY: Final = str(constants.ZERO_ADDRESS)
ID_BYTES: Final = 8
ADDRESS_BYTES: Final = 32
MBR: Final = "mbr"
"""What methods call the payment of a storage deposit."""
ACCOUNT_MICROALGO: Final = 100_000
"""Minimum balance of an account; again for each asset that it holds."""

BOX_FLAT_MICROALGO: Final = 2_500
BOX_BYTE_MICROALGO: Final = 400

type Step = Callable[[Any, "Told"], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One event, and the call that logged it."""

    event: Event
    call: Call

    @property
    def place(self) -> Place:
        """Where it happened."""
        return Place(self.event.cursor.round, self.event.txid)

    @property
    def ts(self) -> int:
        """The contract's time."""
        return self.event.ts

    def number(self, name: str) -> int:
        """A number among the fields."""
        return self.event.number(name)

    def text(self, name: str) -> str:
        """An address among the fields."""
        return self.event.text(name)

    def raw(self, name: str) -> bytes:
        """A row of bytes among the fields."""
        return bytes.fromhex(self.event.text(name))

    def flag(self, name: str) -> bool:
        """A yes or no among the fields."""
        return bool(self.event.fields[name])


def deposit_of(name: bytes, held: object) -> int:
    """The storage deposit of a box, in microALGO."""
    size = getattr(held, "SIZE", ID_BYTES)
    return BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (len(name) + size)


def on(*names: str) -> Callable[[Step], Step]:
    """Mark the rule of one or more events."""

    def mark(step: Step) -> Step:
        step.__dict__["events"] = names
        return step

    return mark


class Boxes(dict[bytes, Any]):
    """Boxes by name, and which of them are new."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.made: list[bytes] = []
        """Names of new ones, until somebody has asked."""

    def __setitem__(self, name: bytes, held: object) -> None:
        if name not in self:
            self.made.append(name)
        super().__setitem__(name, held)

    def deposits_made(self) -> int:
        """The storage deposits of those that are new since this was asked last, in microALGO."""
        made, self.made = self.made, []
        return sum(deposit_of(name, self[name]) for name in made if name in self)


class Replay:
    """One app as its past makes it.

    Attributes:
        state: the global state by key.
        boxes: what each box holds, by name: a struct of the app's layout, or a number.
    """

    contract: ClassVar[Contract]
    names: ClassVar[Mapping[bytes, Kind]]
    """What its boxes are about, by the first byte of their names. Behind it stand addresses and numbers."""
    keys: ClassVar[type]
    """The app's global state, as its layout names it."""
    steps: ClassVar[Mapping[str, Step]] = {}

    def __init__(self, findings: Findings, app_id: int) -> None:
        """An app that does not exist yet.

        Args:
            findings: takes what does not fit.
            app_id: the app's.
        """
        self.findings: Final = findings
        self.app_id: Final = app_id
        self.state: dict[str, int | str | bytes] = {}
        self.boxes: Final = Boxes()
        self.creator = ""
        self.program_hash = b""
        """What the app said of its program when it was created."""

    def __init_subclass__(cls) -> None:
        """Collect the rules by event."""
        marked = [step for base in reversed(cls.__mro__) for step in vars(base).values() if "events" in _dict_of(step)]
        cls.steps = {name: step for step in marked for name in step.__dict__["events"]}

    @property
    def app(self) -> Subject:
        """The app itself."""
        return Subject(Kind.APP, self.contract)

    def subject(self, name: bytes) -> Subject:
        """What a box is about."""
        kind = self.names.get(name[:1], Kind.BOX)
        rest, parts = name[1:], []
        if len(rest) >= ADDRESS_BYTES:
            address = str(encoding.encode_address(rest[:ADDRESS_BYTES]))
            # The project's own things go by their month alone.
            parts += [] if address == NOBODY and rest[ADDRESS_BYTES:] else [address]
            rest = rest[ADDRESS_BYTES:]
        parts += [str(int.from_bytes(rest[at : at + ID_BYTES], "big")) for at in range(0, len(rest), ID_BYTES)]
        return Subject(kind, "/".join(parts))

    def apply(self, told: Told) -> None:
        """Let an event happen."""
        step = self.steps.get(told.event.name)
        if step is None:
            self.expect(Rule.ORDER, self.app, told.event.name, None, "no rule", told)
            return
        try:
            step(self, told)
        except (ArithmeticError, LookupError, ValueError, AssertionError) as error:
            # What a lying node tells may be anything, such as a thirteenth month: a rule that cannot even be computed
            # is broken, too.
            self.expect(Rule.EVENT, self.app, f"{told.event.name} follows from the past", None, repr(error), told)

    def expect(
        self, rule: Rule, subject: Subject, name: str, expected: object, found: object, told: Told | None = None
    ) -> bool:
        """Compare; whether the two are equal."""
        place, epoch_id = (None, None) if told is None else (told.place, told.event.epoch_id)
        return self.findings.expect(rule, subject, name, expected, found, place, epoch_id)

    def must(self, rule: Rule, subject: Subject, what: str, told: Told, *, holds: bool) -> bool:
        """What has to be so; whether it is."""
        return self.expect(rule, subject, what, expected=True, found=holds, told=told)

    def change[Struct](self, name: bytes, subject: Subject, told: Told, **fields: object) -> Struct | None:
        """Replace fields of a box that must be there; what it was before, None where it is missing."""
        before = self.boxes.get(name)
        self.must(Rule.ORDER, subject, "exists", told, holds=before is not None)
        if before is not None:
            self.boxes[name] = replace(before, **fields)
        return before

    # --- roles --------------------------------------------------------------------------------------------------------

    @on("Created")
    def created(self, told: Told) -> None:
        """Both roles are the creator's; every number is zero."""
        sender = self.creator = told.call.transaction.sender
        self.expect(Rule.ORDER, self.app, "created once", {}, self.state, told)
        self.must(Rule.CALL, self.app, "creates the app", told, holds=told.call.transaction.creates_app)
        for role in ("admin", "operator"):
            self.expect(Rule.EVENT, self.app, role, sender, told.text(role), told)
        numbers = (field.name for field in fields(self.keys) if field.type in (int, "int"))
        self.state = dict.fromkeys(numbers, 0)
        self.state |= {"admin": sender, "operator": sender, "proposed_admin": NOBODY}
        if "kwh_receipt_app" in self.state:
            self.state["kwh_receipt_app"] = told.number("kwhReceiptApp")
        self.program_hash = told.raw("programHash")

    @on("AdminProposed")
    def admin_proposed(self, told: Told) -> None:
        """By the admin."""
        self.by_admin(told)
        self._names_admin(told)
        self.state["proposed_admin"] = told.text("proposedAdmin")

    @on("AdminChanged")
    def admin_changed(self, told: Told) -> None:
        """By the one who was proposed."""
        self._by("proposed_admin", told)
        self.expect(Rule.EVENT, self.app, "admin", self.state.get("proposed_admin"), told.text("admin"), told)
        self.expect(Rule.EVENT, self.app, "previousAdmin", self.state.get("admin"), told.text("previousAdmin"), told)
        self.state |= {"admin": told.text("admin"), "proposed_admin": NOBODY}

    @on("OperatorChanged")
    def operator_changed(self, told: Told) -> None:
        """By the admin."""
        self.by_admin(told)
        self.expect(
            Rule.EVENT, self.app, "previousOperator", self.state.get("operator"), told.text("previousOperator"), told
        )
        self.state["operator"] = told.text("operator")

    @on("Paused")
    def is_paused(self, told: Told) -> None:
        """By the admin."""
        self.by_admin(told)
        self._names_admin(told)
        self.expect(Rule.ORDER, self.app, "paused before", 0, self.state.get("paused"), told)
        self.state["paused"] = 1

    @on("Unpaused")
    def is_unpaused(self, told: Told) -> None:
        """By the admin."""
        self.by_admin(told)
        self._names_admin(told)
        self.expect(Rule.ORDER, self.app, "paused before", 1, self.state.get("paused"), told)
        self.state["paused"] = 0

    @on("SurplusWithdrawn")
    def surplus_withdrawn(self, told: Told) -> None:
        """What an app did not need went to the admin. The balances show that it did not need it."""
        self.by_admin(told)
        self._names_admin(told)
        paid = [(one.receiver, one.asset_id, one.amount) for one in told.call.payments]
        due = [(self.state.get("admin"), 0, told.number("amountMicroalgo"))]
        self.expect(Rule.PAYMENT, self.app, "surplus", due, paid, told)

    def by_admin(self, told: Told) -> None:
        """Only the admin may."""
        self._by("admin", told)

    def by_operator(self, told: Told) -> None:
        """Only the operator may."""
        self._by("operator", told)

    def _names_admin(self, told: Told) -> None:
        self.expect(Rule.EVENT, self.app, "admin named", self.state.get("admin"), told.text("admin"), told)

    def _by(self, role: str, told: Told) -> None:
        self.expect(Rule.EVENT, self.app, role, self.state.get(role), told.call.transaction.sender, told)

    # --- payments -----------------------------------------------------------------------------------------------------

    def paid(self, told: Told, subject: Subject, asset_id: int, sender: str, receiver: str, amount: int) -> None:
        """Exactly this moved directly before the call, and nothing besides."""
        payment = told.call.before
        if not self.must(Rule.PAYMENT, subject, "payment", told, holds=payment is not None) or payment is None:
            return
        for field, expected, found in (
            ("asset", asset_id, payment.asset_id),
            ("sender", sender, payment.sender),
            ("receiver", receiver, payment.receiver),
            ("amount", amount, payment.amount),
            ("closes to", None, payment.close_to),
            ("rekeys to", None, payment.rekey_to),
            ("taken from", None, payment.taken_from),
        ):
            self.expect(Rule.PAYMENT, subject, field, expected, found, told)

    def check_deposit(self, call: Call) -> None:
        """A storage deposit is that of the boxes which the call made; what is more comes back."""
        made = self.boxes.deposits_made()
        if call.method is None or call.method.value != MBR:
            return
        payment, app = call.before, str(get_application_address(self.app_id))
        refunded = [one for one in call.payments if one.kind == Movement.PAYMENT]
        expected = (call.transaction.sender, app, made + self.minimum_made(call), 0, None, None, None)
        found = None
        if payment is not None:
            kept = payment.amount - sum(one.amount for one in refunded)
            besides = (payment.close_to, payment.rekey_to, payment.taken_from)
            found = (payment.sender, payment.receiver, kept, payment.asset_id, *besides)
        subject = Subject(Kind.APP, self.contract)
        for one in refunded:
            back, moved = (app, call.transaction.sender, 0), (one.sender, one.receiver, one.asset_id)
            self.findings.expect(Rule.PAYMENT, subject, "rest of a storage deposit", back, moved, call.place)
        self.findings.expect(
            Rule.PAYMENT, subject, f"storage deposit of {call.method.name}", expected, found, call.place
        )

    def minimum_made(self, call: Call) -> int:  # noqa: ARG002 - of those that hold assets
        """By how much a call raised the app's minimum balance, besides its boxes, in microALGO."""
        return 0

    # --- numbers ------------------------------------------------------------------------------------------------------

    def add(self, key: str, amount: int) -> None:
        """Add to a number of the global state."""
        held = self.state.get(key, 0)
        assert isinstance(held, int)
        self.state[key] = held + amount

    def number(self, key: str) -> int:
        """A number of the global state."""
        held = self.state.get(key, 0)
        assert isinstance(held, int)
        return held


@lru_cache(ADDRESSES_KEPT)
def key_of(address: str) -> bytes:
    """An address as it stands in box names."""
    return bytes(encoding.decode_address(address))


def ids(*numbers: int) -> bytes:
    """Numbers as they stand in box names."""
    return b"".join(number.to_bytes(ID_BYTES, "big") for number in numbers)


def _dict_of(thing: object) -> Mapping[str, object]:
    return getattr(thing, "__dict__", {})
