"""The portal's sentences in Python.

What the library refuses is said by the same words as on the command line; where the next step is another one in a page,
it stands here.
"""

from functools import singledispatch
from typing import Final

from gridpact.billing import errors as billing
from gridpact.chain.errors import NotEnoughFunds
from gridpact.cli import words as commands
from gridpact.cli.words import kinds
from gridpact.cli.words.kinds import Told, counted
from gridpact.deployment import errors as deployment
from gridpact.deployment.corrections import Mend, Return
from gridpact.errors import GridPactError
from gridpact.portal import errors
from gridpact.production import errors as production
from gridpact.production.readings import errors as readings
from gridpact.production.readings.model import MeterMonth
from gridpact.units import Asset, energy, energy_kwh, epoch, money, number, short

ABOUT: Final = {
    "/production": "the operator records each meter's month, and finalises it.",
    "/console": "the operator bills the buyers, shares the net revenue, and matches offers.",
    "/buyer": "a buyer checks and pays invoices.",
    "/market": "producers and consumers trade and use up energy credit.",
    "/holders": "kW token holders claim the net revenue, and transfer units.",
}
"""What each page is for."""


def refusal(error: GridPactError) -> Told:
    """Why something was not done, and the next step in a page."""
    told = commands.refusal(error)
    return Told(told.sentence, _next(error) or told.advice)


@kinds.refusal.register
def _(error: errors.OtherNetwork) -> Told:
    return Told(
        f"The portal was started for {error.named}, but the node at {error.address} is on {error.network}.",
        f"Start a node of {error.named}, or start the portal with `gridpact --network {error.network} portal`.",
    )


@kinds.refusal.register
def _(error: errors.FieldMissing) -> Told:
    return Told(f"{_name(error.field)} is empty.", "Fill it in, and try again.")


@kinds.refusal.register
def _(error: errors.NotWhole) -> Told:
    return Told(
        f"{_name(error.field)} must be a whole number, not {error.text!r}.",
        "Correct it, and try again.",
    )


@kinds.refusal.register
def _(error: errors.NotATime) -> Told:
    return Told(
        f"{_name(error.field)} must be a date and time, not {error.text!r}.",
        "Write it as in 2026-03-31T23:59, and try again.",
    )


@kinds.refusal.register
def _(error: errors.NotAZone) -> Told:
    return Told(f"{error.text!r} is not a time zone.", "Write it as Europe/London, UTC or -05:00.")


@kinds.refusal.register
def _(error: errors.OtherSigner) -> Told:
    return Told(
        f"{short(error.signer)} has to sign this, not {short(error.connected)}.",
        f"Connect the wallet that holds {error.signer}.",
    )


@kinds.refusal.register
def _(error: errors.NotSignedGroup) -> Told:
    return Told("The wallet returned no signed group.", "Nothing was sent. Try again.")


@kinds.refusal.register
def _(error: errors.UnknownAction) -> Told:
    return Told(f"The portal has no action {error.name!r}.", "Reload the page.")


@kinds.refusal.register
def _(error: errors.PageNotFound) -> Told:
    return Told(f"There is no page {error.path}.", "Choose one at the top.")


@kinds.refusal.register
def _(error: errors.StalePage) -> Told:
    return Told("This page was loaded before the portal started.", "Reload it, and try again.")


@kinds.refusal.register
def _(error: errors.ForeignOrigin) -> Told:
    return Told(
        f"The portal does not answer to {error.origin or 'an unnamed host'}.",
        "Open it at the address that `gridpact portal` has printed.",
    )


@kinds.refusal.register
def _(error: errors.TooMuch) -> Told:
    return Told(f"The portal takes at most {number(error.most_bytes // 1024**2)} MB at once.", "Choose a smaller file.")


def not_kept(error: GridPactError) -> str:
    """What was sent names a hash, and what stands behind it could not be kept."""
    return f"The reason or file was not kept: {commands.refusal(error).sentence} Keep it with `gridpact evidence add`."


def mend(one: Mend, recorded_wh: int, asset: Asset) -> str:
    """What brings an invoice to its share of a corrected month."""
    kwh, share = energy_kwh(one.invoice.net_kwh), energy_kwh(one.share_kwh)
    stands = f"Invoice {one.invoice.invoice_id} is over {kwh}; its share of {energy(recorded_wh)} is {share}"
    if not one.invoice.is_paid:
        again = f", and allocate {share} again" if one.share_kwh else ""
        return f"{stands}: void it{again}."
    kind, more = ("credit", "too much") if one.change_kwh < 0 else ("debit", "too little")
    change = energy_kwh(abs(one.change_kwh))
    return f"{stands}: correct it by a {kind} note over {change} {more}, {money(one.amount, asset)}."


def give_back(one: Return) -> str:
    """What a deposit has to return to a corrected month."""
    return f"Deposit {one.deposit_id} drew {energy(one.wh)} too much: give it back to the month."


def meter_missing(label: str) -> str:
    """A meter of the project is not in a file, and has no reading."""
    return f"{label} is missing from the file, and has no reading for the month."


def weak_reading(month: MeterMonth) -> str:
    """A reading is not the meter's own."""
    filled = f": {counted(month.filled, 'interval')} filled with {energy(month.filled_wh)}" if month.filled else ""
    return f"The reading of {month.label} is {month.quality.value}{filled}."


def far_from_last(month: MeterMonth, last_wh: int) -> str:
    """A month is far from the one before."""
    return f"{month.label} has {energy(month.wh)}, far from last month's {energy(last_wh)}."


NAMES: Final = {
    "amount_wh": "Energy (Wh)",
    "cap_kwh": "The cap (kWh)",
    "capacity_kw": "Rated power (kW)",
    "epoch": "The month",
    "expected_kwh": "The total that you expect (kWh)",
    "invoices": "The invoice",
    "kw": "Units (kW)",
    "kwh": "Energy (kWh)",
    "minimum_kwh": "The minimum (kWh)",
    "sender": "The account that is connected",
    "to_epoch": "The month of the other invoice",
}
"""Fields that a form calls otherwise."""


def _name(field: str) -> str:
    """A field as its form calls it."""
    return NAMES.get(field) or field.replace("_", " ").capitalize()


@singledispatch
def _next(error: GridPactError) -> str:
    """What helps in a page, where it is not what helps on the command line."""
    return ""


@_next.register
def _(error: billing.NotTheBuyer) -> str:
    return f"Connect the wallet that holds {short(error.buyer)}."


@_next.register
def _(error: billing.InvoiceNotFound | billing.InvoiceWasVoided) -> str:
    return "Reload the page: the list has changed."


@_next.register
def _(error: deployment.NotBilled) -> str:
    return "Allocate to them first, or tick the agreements that get no invoice."


@_next.register
def _(error: deployment.NewerMonthWaits) -> str:
    return f'Choose {epoch(error.newer_epoch)}, or tick "Even though a newer final month has no deposit".'


@_next.register
def _(error: production.MetersNotRegistered) -> str:
    return 'Tick "Register new meters", and try again.'


@_next.register
def _(error: production.RecordedOtherwise) -> str:
    return 'A record is never changed: tick "Correct what was recorded differently", and try again.'


@_next.register
def _(error: production.MetersWithoutReading) -> str:
    return "Record them, or tick the meters that the month is closed without."


@_next.register
def _(error: production.EpochNotFinal) -> str:
    return "Finalise it in Production Recording."


@_next.register
def _(error: production.NoPlaceInMonth) -> str:
    return "Add its energy to another reading: restate that one."


@_next.register
def _(error: readings.Doubtful) -> str:
    if error.is_refused_anyhow:
        return ""
    return "Correct the file, or give the reason why the figures are right, and record it again."


@_next.register
def _(error: billing.SeveralBuyers) -> str:
    return "Choose the invoices of one buyer."


@_next.register
def _(error: NotEnoughFunds) -> str:
    missing = money(error.due - error.held, error.asset)
    return f"Send at least {missing} to {error.payer}, and try again."
