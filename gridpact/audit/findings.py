"""What an audit finds: where the chain is not what follows from its past."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Rule(StrEnum):
    """What is checked."""

    BOX = "box"
    """A box holds what the past makes of it."""
    STATE = "state"
    """So does the global state."""
    EVENT = "event"
    """An event's figures follow from those before it."""
    CALL = "call"
    """An event is one that its call can log, and repeats what the call asked for."""
    ORDER = "order"
    """An event can follow on those before it."""
    TIME = "time"
    """An event carries the time of the block before its own."""
    DRAW = "draw"
    """Energy that one app took is energy that KWhReceipt gave, for the same purpose."""
    PAYMENT = "payment"
    """Money that an event tells of moved, in the same group."""
    MATCH = "match"
    """A trade took the best offers, the older ones first."""
    WIRING = "wiring"
    """The apps name each other."""
    PROGRAM = "program"
    """An app runs the program of this build, and always did."""
    BALANCE = "balance"
    """An app's account holds what it must."""
    SUM = "sum"
    """Sums over the apps agree."""
    PROMISE = "promise"
    """What the vault owes and carries, it has."""
    INCOME = "income"
    """What treasuries got is what their paid invoices and notes come to."""
    HOLDING = "holding"
    """The kW tokens are where the book says."""
    SIGNATURE = "signature"
    """A signed reading carries its meter's signature."""
    EVIDENCE = "evidence"
    """A file is the one whose hash stands on chain."""


class Kind(StrEnum):
    """What a finding is about."""

    APP = "app"
    METER = "meter"
    READING = "reading"
    RESTATEMENT = "restatement"
    LEDGER = "ledger"
    TOTAL = "total"
    AGREEMENT = "agreement"
    INVOICE = "invoice"
    NOTE = "note"
    HOLDER = "holder"
    CHECKPOINT = "checkpoint"
    DEPOSIT = "deposit"
    ASSET = "asset"
    CLAIM = "claim"
    TREASURY = "treasury"
    ACCOUNT = "account"
    SELL_OFFER = "sell offer"
    BUY_OFFER = "buy offer"
    BOX = "box"
    EVENT = "event"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing on chain."""

    kind: Kind
    key: str
    """Its name in lists: `1/202602` for an invoice, an address for a holder."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on chain something happened."""

    round: int
    txid: str
    """Of the outer transaction."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it must be."""

    rule: Rule
    subject: Subject
    field: str
    expected: object
    """None where nothing may be there."""
    found: object
    """None where nothing is there."""
    place: Place | None = None
    """None for what stands in boxes and accounts."""
    epoch_id: int | None = None
    """The month that it is about, None where it is about none."""


@dataclass(slots=True)
class Findings:
    """What was checked, and what differs."""

    checked: Counter[Rule] = field(default_factory=Counter)
    """Comparisons of each rule."""
    differences: list[Difference] = field(default_factory=list)

    def expect(
        self,
        rule: Rule,
        subject: Subject,
        name: str,
        expected: object,
        found: object,
        place: Place | None = None,
        epoch_id: int | None = None,
    ) -> bool:
        """Compare two values; whether they are equal."""
        self.checked[rule] += 1
        if expected == found:
            return True
        self.differences.append(Difference(rule, subject, name, expected, found, place, epoch_id))
        return False
