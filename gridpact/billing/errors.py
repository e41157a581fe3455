"""Why billing refuses."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from gridpact.billing.read import InvoiceId
from gridpact.chain.specs import Contract
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError, Problem
from gridpact.units import Asset

# --- agreements -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class AgreementNotFound(GridPactError):
    """There is no agreement of this number."""

    contract_error: ClassVar[str] = err.AGREEMENT_NOT_FOUND
    agreement_id: int


@dataclass(eq=False)
class AgreementEndsEarlier(GridPactError):
    """An agreement is never made longer."""

    contract_error: ClassVar[str] = err.INVALID_EPOCH
    agreement_id: int
    last_epoch: int


@dataclass(eq=False)
class TermsRefused(GridPactError):
    """Terms that no agreement may have."""

    contract_error: ClassVar[str] = err.INVALID_TERMS
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LastBeforeFirst(Problem):
    """The last month is before the first."""

    first_epoch: int
    last_epoch: int


@dataclass(frozen=True, slots=True)
class NoPrice(Problem):
    """The price is 0."""


@dataclass(frozen=True, slots=True)
class DueDayOutOfRange(Problem):
    """The due day is not a day of every month."""

    due_day: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class EscalatorOutOfRange(Problem):
    """The price would rise by more a year than the contract computes."""

    bps: int
    most_bps: int


@dataclass(frozen=True, slots=True)
class TooManyYears(Problem):
    """A rising price is computed for so many years at most."""

    most_years: int


@dataclass(frozen=True, slots=True)
class InterestOutOfRange(Problem):
    """The late interest is more than the contract allows."""

    bps: int
    most_bps: int


@dataclass(frozen=True, slots=True)
class MinimumAboveCap(Problem):
    """The least energy of an epoch is more than the most."""

    minimum_kwh: int
    cap_kwh: int


@dataclass(frozen=True, slots=True)
class BuyerIsTreasury(Problem):
    """Buyer and treasury are one account."""


# --- allocation -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class AllocationRefused(GridPactError):
    """A plan that the month or the agreements do not allow. Nothing of it was sent."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NothingPlanned(Problem):
    """The plan names no agreement."""


@dataclass(frozen=True, slots=True)
class PlannedTwice(Problem):
    """The plan names an agreement twice."""

    agreement_id: int


@dataclass(frozen=True, slots=True)
class UnknownAgreement(Problem):
    """The plan names an agreement that does not exist."""

    agreement_id: int


@dataclass(frozen=True, slots=True)
class InvoiceInTheWay(Problem):
    """The agreement has a live invoice for the month, over other energy."""

    invoice: InvoiceId
    kwh: int


@dataclass(frozen=True, slots=True)
class EpochNotCovered(Problem):
    """The agreement does not bill this month."""

    agreement_id: int
    epoch_id: int
    first_epoch: int
    last_epoch: int


@dataclass(frozen=True, slots=True)
class NoEnergyPlanned(Problem):
    """The plan gives the agreement nothing."""

    agreement_id: int


@dataclass(frozen=True, slots=True)
class AboveCap(Problem):
    """The plan gives the agreement more than its cap."""

    agreement_id: int
    cap_kwh: int


@dataclass(frozen=True, slots=True)
class AmountOverflows(Problem):
    """The invoiced amount does not fit 64 bits."""

    agreement_id: int


@dataclass(frozen=True, slots=True)
class MonthInDeficit(Problem):
    """A restatement took the month below what was drawn."""

    epoch_id: int
    deficit_wh: int


@dataclass(frozen=True, slots=True)
class MoreThanRemains(Problem):
    """The plan as a whole takes more than the month has left."""

    epoch_id: int
    wanted_wh: int
    remaining_wh: int


# --- plan files -------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class PlanFileRefused(GridPactError):
    """A plan file that cannot be taken as it is."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class UnknownPlanFormat(Problem):
    """The file's name does not say what it is."""

    suffix: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotOfItsFormat(Problem):
    """The file is not what its name says."""

    format: str
    detail: str


@dataclass(frozen=True, slots=True)
class EmptyPlan(Problem):
    """The file has no allocation."""


@dataclass(frozen=True, slots=True)
class WrongPlanColumns(Problem):
    """The first line of a CSV file does not name the columns."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrongPlanFieldCount(Problem):
    """A line has more or fewer fields than the header names."""

    line: int
    found: int
    expected: int


class PlanFault(StrEnum):
    """What is wrong with a value."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    NOT_WHOLE = "not a whole number above 0"
    NOT_ENERGY = "neither kWh, nor a percentage, nor the rest"
    SECOND_REST = "a second rest"
    NOT_A_LIST = "not a list"
    NOT_A_TABLE = "not a table"


@dataclass(frozen=True, slots=True)
class WrongPlanValue(Problem):
    """A value of the plan that cannot be taken."""

    fault: PlanFault
    field: str = ""
    """Its name; empty for the whole entry, or the whole document."""
    line: int | None = None
    """Of a CSV file, counted from 1."""
    allocation: int | None = None
    """Number of the entry in other files, counted from 1; None for the document's own values."""


@dataclass(eq=False)
class PlanOfAnotherEpoch(GridPactError):
    """The file says which month it is for, and it is not this one."""

    planned: int
    epoch_id: int


# --- invoices ---------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InvoiceNotFound(GridPactError):
    """Nothing was ever allocated to this agreement in this month."""

    contract_error: ClassVar[str] = err.INVOICE_NOT_FOUND
    invoice: InvoiceId


@dataclass(eq=False)
class InvoiceIsPaid(GridPactError):
    """A paid invoice is not voided, and no credit is set against it or released from it."""

    contract_error: ClassVar[str] = err.ALREADY_PAID
    invoice: InvoiceId
    paid_ts: int


@dataclass(eq=False)
class InvoiceWasVoided(GridPactError):
    """A voided invoice is not paid."""

    contract_error: ClassVar[str] = err.INVOICE_IS_VOID
    invoice: InvoiceId


@dataclass(eq=False)
class InvoicesAtOnce(GridPactError):
    """One group pays no such number of invoices."""

    count: int
    most: int


@dataclass(eq=False)
class SeveralBuyers(GridPactError):
    """One group is paid by one buyer."""

    buyers: tuple[str, ...]


@dataclass(eq=False)
class NotTheBuyer(GridPactError):
    """Only its buyer pays an invoice."""

    contract_error: ClassVar[str] = err.NOT_BUYER
    invoice: InvoiceId
    buyer: str
    payer: str


# --- parties ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class PartyIsApp(GridPactError):
    """Buyer or treasury is the account of one of the apps: nobody has a key to it."""

    what: str
    """`buyer` or `treasury`."""
    contract: Contract


@dataclass(eq=False)
class CannotHoldAsset(GridPactError):
    """Buyer or treasury has not opted in to the settlement asset, or its holding is frozen."""

    what: str
    """`buyer` or `treasury`."""
    account: str
    asset: Asset


@dataclass(eq=False)
class BuyerControlsAsset(GridPactError):
    """The buyer has a role of the settlement asset: a payment could be frozen, or taken back."""

    buyer: str
    asset: Asset
    roles: tuple[str, ...]


# --- notes ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InvoiceNotPaid(GridPactError):
    """Only a paid invoice is corrected by a note."""

    contract_error: ClassVar[str] = err.NOT_PAID
    invoice: InvoiceId


@dataclass(eq=False)
class NothingToChargeYet(GridPactError):
    """Late interest and shortfall are charged once the invoice is paid."""

    contract_error: ClassVar[str] = err.NOT_PAID
    invoice: InvoiceId


@dataclass(eq=False)
class NoLateInterest(GridPactError):
    """The invoice was paid in time, its agreement asks for no interest, or it is less than one base unit."""

    contract_error: ClassVar[str] = err.NOT_LATE
    invoice: InvoiceId
    days_late: int
    bps: int
    """Yearly interest of the agreement."""


@dataclass(eq=False)
class ShortfallTooSmall(GridPactError):
    """More is billed than the shortfall has left."""

    contract_error: ClassVar[str] = err.OVER_SHORTFALL
    invoice: InvoiceId
    left_kwh: int
    kwh: int


@dataclass(eq=False)
class NothingCorrected(GridPactError):
    """A correction by nothing."""

    contract_error: ClassVar[str] = err.INVALID_AMOUNT
    invoice: InvoiceId


@dataclass(eq=False)
class CreditAboveInvoice(GridPactError):
    """More is taken away than the invoice has left."""

    contract_error: ClassVar[str] = err.OVER_CREDITED
    invoice: InvoiceId
    left_kwh: int
    kwh: int


@dataclass(eq=False)
class NoteNotFound(GridPactError):
    """There is no such note on the invoice."""

    contract_error: ClassVar[str] = err.NOTE_NOT_FOUND
    invoice: InvoiceId
    number: int


@dataclass(eq=False)
class NoteNotACredit(GridPactError):
    """Only a credit is set against another invoice."""

    contract_error: ClassVar[str] = err.INVALID_KIND
    invoice: InvoiceId
    number: int


@dataclass(eq=False)
class NoteIsClosed(GridPactError):
    """The note was paid, voided, or set against another invoice."""

    invoice: InvoiceId
    number: int
    applied_epoch: int
    """The month of that invoice; 0 where it is set against none."""


@dataclass(eq=False)
class CreditTooLarge(GridPactError):
    """The credit is more than is due of the invoice."""

    contract_error: ClassVar[str] = err.OVER_CREDITED
    invoice: InvoiceId
    number: int
    amount: int
    due_amount: int
    asset: Asset
