"""The audit itself: replay the past, read the present, compare."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from algosdk.v2client.algod import AlgodClient

from gridpact.audit.findings import Difference, Findings, Kind, Rule, Subject
from gridpact.audit.past import Call, calls
from gridpact.audit.present import Held, held
from gridpact.audit.replay.app import ID_BYTES, Replay, Told
from gridpact.audit.replay.billing import BillingReplay
from gridpact.audit.replay.market import MarketReplay, PassedOver
from gridpact.audit.replay.production import ProductionReplay
from gridpact.audit.replay.revenue import RevenueReplay
from gridpact.chain.specs import Contract
from gridpact.evidence import sha256
from gridpact.history.source import Source

BOX_FLAT_MICROALGO: Final = 2_500
BOX_BYTE_MICROALGO: Final = 400
ACCOUNT_MICROALGO: Final = 100_000
"""Minimum balance of an account; again for each asset that it holds."""
FIRST_EPOCH: Final = 200_001
LAST_EPOCH: Final = 299_912


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
    differences: tuple[Difference, ...]
    passed_over: tuple[PassedOver, ...]
    """Trades that the rules allow, and that did not take the best offer."""

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
        self.findings: Final = Findings()
        self._market: Final = MarketReplay(self.findings, apps.get(Contract.OFFER_BOOK, 0))
        replays: tuple[Replay, ...] = (
            ProductionReplay(self.findings, apps.get(Contract.KWH_RECEIPT, 0), source.genesis_hash),
            BillingReplay(self.findings, apps.get(Contract.PPA, 0)),
            RevenueReplay(self.findings, apps.get(Contract.REVENUE_VAULT, 0)),
            self._market,
        )
        self.replays: Final = {replay.contract: replay for replay in replays}
        self.calls: Final[list[Call]] = []
        self._events = 0
        self._stored_fields = 0

    def replay(self) -> int:
        """Let the whole past happen; the last round of it."""
        last_round = self._source.last_round()
        for call in calls(self._source, self._apps, last_round):
            self._replay(call)
        return last_round

    def run(self, readings: Sequence[Evidence] = (), reports: Sequence[Evidence] = ()) -> Report:
        """Replay, read, compare.

        Args:
            readings: files of readings; each has to be the source of a reading.
            reports: reports of a month's end; each has to be anchored.
        """
        last_round = self.replay()
        self._check_times()
        self._check_files(readings, "ProductionRecorded", "sourceHash")
        self._check_files(reports, "ReportAnchored", "reportHash")
        apps = [held(self._algod, contract, app_id) for contract, app_id in self._apps.items()]
        for app in apps:
            self._compare(app, self.replays[app.contract])
        return Report(
            round=last_round,
            calls=len(self.calls),
            events=self._events,
            boxes=sum(len(app.boxes) for app in apps),
            stored_fields=self._stored_fields,
            checked=dict(self.findings.checked),
            differences=tuple(self.findings.differences),
            passed_over=tuple(self._market.passed_over),
        )

    # --- past ---------------------------------------------------------------------------------------------------------

    def _replay(self, call: Call) -> None:
        self.calls.append(call)
        replay = self.replays[call.contract]
        for event in call.events:
            self._events += 1
            replay.apply(Told(event, call))

    def _check_times(self) -> None:
        """A contract's clock is the time of the block before."""
        rounds = {call.root.round - 1 for call in self.calls if call.events}
        times = self._source.block_times(sorted(rounds))
        for call in self.calls:
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

    def _compare(self, app: Held, replay: Replay) -> None:
        subject = Subject(Kind.APP, app.contract)
        self.findings.expect(Rule.PROGRAM, subject, "runs this build", expected=True, found=app.runs_this_build)
        for key in sorted(app.state.keys() | replay.state.keys()):
            self._stored_fields += 1
            self.findings.expect(Rule.STATE, subject, key, replay.state.get(key), app.state.get(key))
        for name in sorted(app.boxes.keys() | replay.boxes.keys()):
            self._compare_box(replay.subject(name), name, replay.boxes.get(name), app.boxes.get(name))
        minimum = ACCOUNT_MICROALGO * (1 + len(app.assets))
        minimum += sum(
            BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (len(name) + size) for name, size in app.box_bytes.items()
        )
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
