"""The audit itself: replay the past, read the present, compare."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from algosdk.v2client.algod import AlgodClient

from gridpact.audit.calls import check_call
from gridpact.audit.errors import ChainBusy
from gridpact.audit.findings import Difference, Findings, Kind, Rule, Subject
from gridpact.audit.past import Call, Past
from gridpact.audit.present import Held, Token, held, token
from gridpact.audit.replay.app import ACCOUNT_MICROALGO, ID_BYTES, Replay, Told, deposit_of
from gridpact.audit.replay.billing import BillingReplay, Income
from gridpact.audit.replay.market import MarketReplay, PassedOver
from gridpact.audit.replay.production import ProductionReplay
from gridpact.audit.replay.revenue import RevenueReplay
from gridpact.audit.together import ClosedOut, check_sums, check_token, check_treasuries, check_wiring
from gridpact.chain.specs import Contract
from gridpact.evidence import sha256
from gridpact.history.source import Source
from gridpact.history.transactions import Path

FIRST_EPOCH: Final = 200_001
LAST_EPOCH: Final = 299_912
ATTEMPTS: Final = 20
"""How often the apps may be called while what they hold is read."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit checked, and what it found."""

    round: int
    """The last one that it looked at."""
    calls: int
    """Calls of the four apps, inner ones included."""
    events: int
    boxes: int
    stored_fields: int
    """Fields of boxes and keys of global states that were compared."""
    checked: Mapping[Rule, int]
    """Comparisons of each rule."""
    things: Mapping[Kind, int]
    """Boxes of each kind."""
    income: tuple[Income, ...]
    """What each treasury got in each asset."""
    differences: tuple[Difference, ...]
    passed_over: tuple[PassedOver, ...]
    """Trades that the rules allow, and that did not take the best offer."""
    closed_out: tuple[ClosedOut, ...]
    """Holders whose kW tokens went back to the vault, while the book still has their units."""

    @property
    def is_green(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def of_epoch(self, epoch_id: int) -> "Report":
        """The same, with only those differences that are about a month."""
        return replace(self, differences=tuple(one for one in self.differences if one.epoch_id == epoch_id))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file whose hash may stand on chain."""

    name: str
    sha256: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "Evidence":
        """A file."""
        return cls(name, sha256(content))


@dataclass(frozen=True, slots=True)
class Present:
    """What is now."""

    apps: Mapping[Contract, Held]
    token: Token | None
    """None before it exists."""


class Auditor:
    """One audit of one deployment."""

    def __init__(self, algod: AlgodClient, apps: Mapping[Contract, int], source: Source) -> None:
        """Nothing is read yet.

        Args:
            algod: what holds now.
            apps: app id of each contract that is deployed.
            source: of their past.
        """
        self._algod = algod
        self._apps = apps
        self._source = source
        self._past = Past(source, apps)
        self.findings: Final = Findings()
        self._production: Final = ProductionReplay(
            self.findings, apps.get(Contract.KWH_RECEIPT, 0), source.genesis_hash
        )
        self._billing: Final = BillingReplay(self.findings, apps.get(Contract.PPA, 0))
        self._revenue: Final = RevenueReplay(self.findings, apps.get(Contract.REVENUE_VAULT, 0))
        self._market: Final = MarketReplay(self.findings, apps.get(Contract.OFFER_BOOK, 0))
        replays: tuple[Replay, ...] = (self._production, self._billing, self._revenue, self._market)
        self.replays: Final = {replay.contract: replay for replay in replays}
        self.calls: Final[list[Call]] = []
        self._seen: Final[set[tuple[str, Path]]] = set()
        self._events = 0
        self._stored_fields = 0

    def replay(self) -> int:
        """Let happen what happened since the last time; how many calls that were.

        Raises:
            ChainChanged: the chain was reset or restored meanwhile.
        """
        before = len(self.calls)
        for call in self._past.calls():
            self._replay(call)
        self._check_times(self.calls[before:])
        return len(self.calls) - before

    def run(self, readings: Sequence[Evidence] = (), reports: Sequence[Evidence] = ()) -> Report:
        """Replay, read, compare.

        Args:
            readings: files of readings; each has to be the source of a reading.
            reports: reports of a month's end; each has to be anchored.

        Raises:
            ChainBusy: the apps are called faster than what they hold can be read.
            ChainChanged: the chain was reset or restored meanwhile.
        """
        present = self._present()
        self._check_files(readings, "ProductionRecorded", "sourceHash")
        self._check_files(reports, "ReportAnchored", "reportHash")
        for app in present.apps.values():
            self._compare(app, self.replays[app.contract])
        closed_out = self._check_together(present)
        return Report(
            round=self._past.round,
            calls=len(self.calls),
            events=self._events,
            boxes=sum(len(app.boxes) for app in present.apps.values()),
            stored_fields=self._stored_fields,
            checked=dict(self.findings.checked),
            things=Counter(
                self.replays[contract].subject(name).kind
                for contract, app in present.apps.items()
                for name in app.boxes
            ),
            income=tuple(self._billing.income[key] for key in sorted(self._billing.income)),
            differences=tuple(self.findings.differences),
            passed_over=tuple(self._market.passed_over),
            closed_out=tuple(closed_out),
        )

    # --- past ---------------------------------------------------------------------------------------------------------

    def _replay(self, call: Call) -> None:
        self.calls.append(call)
        replay = self.replays[call.contract]
        place = (call.root.txid, call.path)
        self.findings.expect(
            Rule.ORDER, replay.app, "happened once", expected=False, found=place in self._seen, place=call.place
        )
        self._seen.add(place)
        check_call(self.findings, call)
        for event in call.events:
            self._events += 1
            replay.apply(Told(event, call))
        replay.check_deposit(call)

    def _check_times(self, calls: Sequence[Call]) -> None:
        """A contract's clock is the time of the block before."""
        rounds = {call.root.round - 1 for call in calls if call.events}
        times = self._source.block_times(sorted(rounds))
        for call in calls:
            for event in call.events:
                subject = Subject(Kind.APP, call.contract)
                self.findings.expect(Rule.TIME, subject, event.name, times[call.root.round - 1], event.ts, call.place)

    def _check_files(self, files: Sequence[Evidence], name: str, field: str) -> None:
        """A file's hash stands in an event."""
        told = {event.text(field) for call in self.calls for event in call.events if event.name == name}
        for file in files:
            subject, is_there = Subject(Kind.FILE, file.name), file.sha256.hex() in told
            self.findings.expect(Rule.EVIDENCE, subject, f"stands in {name}", expected=True, found=is_there)

    # --- present ------------------------------------------------------------------------------------------------------

    def _present(self) -> Present:
        """What is after the last call that was replayed: read again where the apps were called meanwhile."""
        self.replay()
        for _ in range(ATTEMPTS):
            apps = {contract: held(self._algod, contract, app_id) for contract, app_id in self._apps.items()}
            asset_id = self._revenue.number("kw_token")
            holders = [holder for holder, _ in self._revenue.units()]
            present = Present(apps, token(self._algod, asset_id, holders) if asset_id else None)
            if not self.replay():
                return present
        raise ChainBusy

    def _check_together(self, present: Present) -> list[ClosedOut]:
        """What no app shows alone."""
        check_wiring(self.findings, self._apps, present.apps)
        check_sums(self.findings, present.apps)
        if Contract.PPA in present.apps:
            check_treasuries(self.findings, self._billing.income, present.apps[Contract.PPA])
        if Contract.REVENUE_VAULT not in present.apps:
            return []
        vault = present.apps[Contract.REVENUE_VAULT]
        for asset_id, owed in self._revenue.owed():
            has = vault.assets.get(asset_id, 0) if asset_id else vault.balance_microalgo - vault.minimum_microalgo
            subject = Subject(Kind.ASSET, str(asset_id) if asset_id else "ALGO")
            self.findings.expect(Rule.PROMISE, subject, "owed and carried", owed, min(owed, has))
        if present.token is None:
            return []
        return check_token(self.findings, present.token, vault, dict(self._revenue.units()))

    def _compare(self, app: Held, replay: Replay) -> None:
        subject = Subject(Kind.APP, app.contract)
        self.findings.expect(Rule.PROGRAM, subject, "runs this build", expected=True, found=app.runs_this_build)
        self.findings.expect(Rule.PROGRAM, subject, "hash at its creation", app.program_hash, replay.program_hash)
        self.findings.expect(Rule.PROGRAM, subject, "creator", app.creator, replay.creator)
        for key in sorted(app.state.keys() | replay.state.keys()):
            self._stored_fields += 1
            self.findings.expect(Rule.STATE, subject, key, replay.state.get(key), app.state.get(key))
        for name in sorted(app.boxes.keys() | replay.boxes.keys()):
            self._compare_box(replay.subject(name), name, replay.boxes.get(name), app.boxes.get(name))
        minimum = ACCOUNT_MICROALGO * (1 + len(app.assets))
        minimum += sum(deposit_of(name, value) for name, value in app.boxes.items())
        self.findings.expect(Rule.BALANCE, subject, "minimum balance", minimum, app.minimum_microalgo)
        spare = app.balance_microalgo - app.minimum_microalgo
        self.findings.expect(Rule.BALANCE, subject, "above its minimum", expected=True, found=spare >= 0)

    def _compare_box(self, subject: Subject, name: bytes, expected: Any, found: Any) -> None:  # noqa: ANN401 - a struct or a number
        epoch_id = _epoch_of(name, found if expected is None else expected)
        if expected is None or found is None:
            is_due, is_there = expected is not None, found is not None
            self.findings.expect(Rule.BOX, subject, "exists", is_due, is_there, epoch_id=epoch_id)
            return
        for field, one, other in _pairs(expected, found):
            self._stored_fields += 1
            self.findings.expect(Rule.BOX, subject, field, one, other, epoch_id=epoch_id)


def _epoch_of(name: bytes, held: object) -> int | None:
    """The month that a box is about: among its fields, or in its name."""
    of_struct = getattr(held, "epoch_id", None)
    if of_struct is not None:
        return int(of_struct)
    numbers = (int.from_bytes(name[at : at + ID_BYTES], "big") for at in (*range(1, len(name), ID_BYTES),))
    return next((one for one in numbers if FIRST_EPOCH <= one <= LAST_EPOCH), None)


def _pairs(expected: Any, found: Any, path: str = "") -> Iterable[tuple[str, object, object]]:  # noqa: ANN401
    if not hasattr(expected, "__dataclass_fields__"):
        yield path or "value", expected, found
        return
    for field in fields(expected):
        name = f"{path}.{field.name}" if path else field.name
        yield from _pairs(getattr(expected, field.name), getattr(found, field.name), name)
