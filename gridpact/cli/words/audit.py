"""An audit in words."""

from collections.abc import Mapping, Sequence
from typing import Final

from gridpact.audit.audit import Report
from gridpact.audit.errors import ChainBusy, NothingToProve
from gridpact.audit.findings import Difference, Kind, Rule, Subject
from gridpact.audit.proof import Part, Step
from gridpact.audit.replay.market import PassedOver
from gridpact.audit.together import ClosedOut
from gridpact.cli import words
from gridpact.cli.words import kinds
from gridpact.cli.words.kinds import Names, Told, refusal
from gridpact.history.events import Event

WHAT: Final[Mapping[Rule, str]] = {
    Rule.BOX: "Boxes hold what the past makes of them",
    Rule.STATE: "Global states hold what the past makes of them",
    Rule.EVENT: "Figures of events follow from those before them",
    Rule.CALL: "Calls log the events of their methods, as they were asked",
    Rule.ORDER: "Events can follow on those before them",
    Rule.TIME: "Events carry the time of the block before theirs",
    Rule.DRAW: "Energy that an app took was given by KWhReceipt",
    Rule.PAYMENT: "Money that events tell of moved in the same group",
    Rule.MATCH: "Trades are checked against the book of their moment",
    Rule.WIRING: "The apps name each other",
    Rule.PROGRAM: "The apps run the programs of this build, and always did",
    Rule.BALANCE: "The apps' accounts hold what they must",
    Rule.SUM: "Energy of the apps adds up to that of KWhReceipt's ledgers",
    Rule.PROMISE: "The vault has what it owes and carries",
    Rule.INCOME: "Treasuries got what their paid invoices and notes come to",
    Rule.HOLDING: "The kW tokens are where the book says",
    Rule.SIGNATURE: "Signed readings carry their meters' signatures",
    Rule.EVIDENCE: "Files are those whose hashes stand on chain",
}

UNCHECKED: Final = (
    "whether a meter was right, and the rows behind a reading: only their sum and the file's hash are on chain",
    "the buyer and the price of the market sale behind a deposit of net revenue, beyond the hash of its evidence",
    "what buyers and sellers of the offer book paid each other",
    "texts behind the hashes of contracts, reasons and reports",
    "calls that leave no state behind, where a node hides them whole: anchored reports, and surplus paid to the admin",
    "names, tax numbers, and who stands behind an address",
)
"""What nobody can see on the chain."""

_KINDS: Final[Mapping[Kind, str]] = {Kind.APP: "", Kind.BOX: "box "}


def subject(one: Subject) -> str:
    """What a finding is about: "invoice 1/202602"."""
    return f"{_KINDS.get(one.kind, f'{one.kind.value} ')}{one.key}"


def difference(one: Difference) -> str:
    """What is not as it must be, in one sentence."""
    where = "" if one.place is None else f" (round {one.place.round:,}, transaction {one.place.txid})"
    if one.field == "exists":
        return f"{subject(one.subject)}: {'is missing' if one.expected else 'has no cause in the past'}{where}"
    return f"{subject(one.subject)}: {one.field} is {_value(one.found)}, must be {_value(one.expected)}{where}"


def passed_over(one: PassedOver) -> str:
    """A trade that took one offer where a better one stood open."""
    return (
        f"{subject(one.taken)} was matched while {subject(one.better)}, which is better or older, stood open "
        f"(round {one.place.round:,}, transaction {one.place.txid})"
    )


def closed_out(one: ClosedOut) -> str:
    """A line of the book whose tokens are gone."""
    return (
        f"{one.holder}: {one.units:,} kW tokens went back to the vault; `gridpact vault sync {one.holder}` books them"
    )


def verdict(report: Report) -> str:
    """The whole audit in one sentence."""
    looked_at = (
        f"{report.calls:,} calls, {report.events:,} events, {report.boxes:,} boxes, "
        f"{report.stored_fields:,} stored fields, up to round {report.round:,}"
    )
    if report.is_green:
        passed = len(report.passed_over)
        besides = f" {passed:,} trade{'' if passed == 1 else 's'} did not take the best offer." if passed else ""
        return f"All green: nothing differs in {looked_at}.{besides}"
    count = len(report.differences)
    return f"{count:,} difference{'' if count == 1 else 's'} in {looked_at}."


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bytes):
        return value.hex()
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


# --- proofs -----------------------------------------------------------------------------------------------------------


def proof_step(step: Step, names: Names) -> str:
    """One figure of a proof, in a sentence."""
    told = "" if step.event is None else _told(step.event, names)
    if step.result is None:
        return told
    match step.part:
        case Part.TOTAL:
            return f"{told} {_sum(step.terms)} = {step.result:,} Wh"
        case Part.PRICE:
            price, bps, years = step.terms
            risen = f"{price:,} × {1 + bps / 10_000:.4f}^{years}"
            return f"The month's price by these terms: {risen} = {step.result:,} base units for each kWh"
        case Part.INVOICE | Part.NOTE:
            kwh, price = step.terms
            return f"{told} {kwh:,} kWh × {price:,} = {step.result:,} base units"
        case Part.INTEREST:
            paid, bps, days = step.terms
            return f"{told} {paid:,} × {bps / 100:g} % × {days:,} days / 365 = {step.result:,} base units"
        case Part.CREDIT | Part.PAYMENT:
            return f"{told} {_sum(step.terms)} = {step.result:,} base units"
        case Part.BALANCE:
            sums = f" {_sum(step.terms)} =" if len(step.terms) > 1 else ""
            return f"Paid for this month by the buyer in all:{sums} {step.result:,} base units"
        case Part.CLAIM:
            units, per_unit = step.terms
            claimed = told or "Not claimed yet."
            return f"{claimed} {units:,} units × {per_unit:,} = {step.result:,} base units"
    return told


def where(step: Step) -> str:
    """Where a figure stands on chain."""
    return "" if step.event is None else f"round {step.event.cursor.round:,}, {step.event.txid}"


PAYMENT: Final = "  The payment's own transaction."


def _sum(terms: Sequence[int]) -> str:
    first, *rest = terms or (0,)
    return f"{first:,}" + "".join(f" {'+' if one >= 0 else '-'} {abs(one):,}" for one in rest)


def _told(event: Event, names: Names) -> str:
    words.load()
    return kinds.TELLERS[event.name](event.as_told(), names)


@refusal.register
def _(error: NothingToProve) -> Told:
    return Told(f"There is no {error.what} {error.key} in the past of the chain.", "See `gridpact history payments`.")


@refusal.register
def _(error: ChainBusy) -> Told:
    return Told("The apps were called again and again while they were read.", "Run the audit again when it is quieter.")
