"""Operator Console: the month as steps, and what the operator does in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gridpact.billing.effects import InterestCharged
from gridpact.billing.notes import interest
from gridpact.billing.read import Agreement, Invoice, InvoiceStatus
from gridpact.chain.roles import Roles
from gridpact.chain.specs import Contract
from gridpact.deployment.corrections import mending
from gridpact.deployment.governance import all_roles
from gridpact.epochs import epoch_end_ts
from gridpact.history.find import InvoiceQuery, find_invoices
from gridpact.market.book import OpenBook, plan_market
from gridpact.portal import words
from gridpact.portal.pages.bills import NoteRow, note_rows, units_of
from gridpact.portal.pages.months import month_of
from gridpact.portal.pictures import Part, bar
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.production.read import Ledger
from gridpact.revenue.read import Deposit, Vault
from gridpact.units import ALGO, Asset, energy, money

MOST_SHOWN = 50
"""Invoices and matches of a list; what is more is counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """An invoice as a list shows it."""

    invoice: Invoice
    status: InvoiceStatus
    asset: Asset


@dataclass(frozen=True, slots=True)
class Month:
    """Where the month stands, from chain."""

    epoch_id: int
    is_over: bool
    ledger: Ledger | None
    agreements: Sequence[Agreement]
    """That cover it."""
    invoices: Sequence[Row]
    """Of the month, without void ones."""
    deposits: Sequence[Deposit]
    vault: Vault

    @property
    def is_final(self) -> bool:
        """Whether its energy can be allocated."""
        return self.ledger is not None and self.ledger.is_final

    @property
    def unpaid(self) -> int:
        """Invoices that wait for payment."""
        return sum(one.invoice.is_payable for one in self.invoices)

    @property
    def unbilled(self) -> list[Agreement]:
        """Agreements that cover the month and have no invoice of it."""
        billed = {one.invoice.agreement_id for one in self.invoices}
        return [one for one in self.agreements if one.agreement_id not in billed]

    @property
    def energy(self) -> list[Part]:
        """Where each Wh of the month is."""
        one = self.ledger
        if one is None:
            return []
        parts = (("PPA", one.ppa_wh), ("Holders", one.vault_wh), ("Credit", one.minted_wh), ("Left", one.remaining_wh))
        return bar((name, wh, energy(wh)) for name, wh in parts)

    @property
    def claimed_units(self) -> int:
        """Units that have claimed, least of all its deposits."""
        return min((one.claimed_units for one in self.deposits), default=0)


def show(request: Request, moment: Moment) -> Response:
    """The page."""
    deployment = moment.deployment
    ledgers = deployment.production.ledgers()
    epoch_id = month_of(request, moment, ledgers)
    agreements = list(deployment.billing.agreements().values())
    found = find_invoices(deployment, InvoiceQuery(first_epoch=epoch_id, last_epoch=epoch_id), moment.now_ts)
    vault, deposits = deployment.revenue.state(), deployment.revenue.deposits()
    accepted = [ALGO.asset_id, *(one.asset_id for one in deployment.revenue.assets())]
    of_terms, of_invoices = ({one.terms.asset_id for one in agreements}, {one.asset_id for one in found})
    units = units_of(moment, of_terms | of_invoices | {*accepted})
    rows = [Row(one, one.status_at(moment.now_ts), units[one.asset_id]) for one in found if one.is_live]
    notes = [row for each in note_rows(moment, found, units).values() for row in each][:MOST_SHOWN]
    month = Month(
        epoch_id=epoch_id,
        is_over=moment.now_ts > epoch_end_ts(epoch_id),
        ledger=next((one for one in ledgers if one.epoch_id == epoch_id), None),
        agreements=[one for one in agreements if one.covers(epoch_id)],
        invoices=rows,
        deposits=[one for one in deposits if one.epoch_id == epoch_id],
        vault=vault,
    )
    roles: dict[Contract, Roles] = all_roles(deployment)
    plan = plan_market(OpenBook.read(deployment.market))
    return page(
        request,
        moment,
        "console.html",
        title="Operator Console",
        month=month,
        agreements=agreements[:MOST_SHOWN],
        agreement_count=len(agreements),
        shown=rows[:MOST_SHOWN],
        notes=notes,
        applicable=_applicable(moment, notes),
        interests=_interests([row for row in rows if row.invoice.is_paid], agreements),
        short=[row for row in rows if row.invoice.is_paid and row.invoice.unbilled_shortfall_kwh][:MOST_SHOWN],
        open_notes=[row for row in notes if row.note.is_open],
        correctable=[row.invoice for row in rows if row.invoice.is_paid][:MOST_SHOWN],
        units=units,
        revenue_assets=[units[one] for one in accepted],
        roles=roles,
        operator=roles[Contract.PPA].operator,
        admin=roles[Contract.PPA].admin,
        proposed=roles[Contract.PPA].proposed_admin,
        is_paused=any(one.paused for one in roles.values()),
        vault_address=deployment.revenue.address,
        plan=plan,
        matches=plan.matches[:MOST_SHOWN],
        mending=_mending(moment, month, units),
        returned_units=deployment.revenue.holder(vault.address).units if vault.is_issuance_closed else 0,
        grid_price=deployment.market.state().grid_price,
        receivables=receivables(found, units, moment.now_ts),
    )


AGES_DAYS: Final = {0: "not due yet", 1: "1 to 30 days late", 31: "31 to 60 days late", 61: "more than 60 days late"}


@dataclass(frozen=True, slots=True)
class Receivable:
    """Unpaid invoices of one age."""

    days_late: int
    """At least so many; 0 are those that are not due yet."""
    invoices: int
    amount: int
    """Base units of their asset."""

    @property
    def age(self) -> str:
        """In words."""
        return AGES_DAYS[self.days_late]


@dataclass(frozen=True, slots=True)
class Receivables:
    """Unpaid invoices in one asset, by age."""

    asset: Asset
    ages: Sequence[Receivable]
    """All ages, those without an invoice too."""

    @property
    def picture(self) -> list[Part]:
        """As a bar."""
        return bar((one.age, one.amount, money(one.amount, self.asset)) for one in self.ages)


def receivables(invoices: Sequence[Invoice], units: Mapping[int, Asset], now_ts: int) -> list[Receivables]:
    """What unpaid invoices come to, by asset and age.

    Args:
        invoices: paid ones, too.
        units: their assets by id.
        now_ts: the chain's clock.
    """
    found: dict[int, dict[int, list[int]]] = {}
    for one in invoices:
        if one.is_payable:
            ages = found.setdefault(one.asset_id, {age: [0, 0] for age in AGES_DAYS})
            age = max(start for start in AGES_DAYS if start <= one.days_late(now_ts))
            ages[age][0] += 1
            ages[age][1] += one.due_amount
    return [
        Receivables(units[asset_id], [Receivable(age, count, amount) for age, (count, amount) in ages.items()])
        for asset_id, ages in sorted(found.items())
    ]


def _applicable(moment: Moment, notes: Sequence[NoteRow]) -> dict[int, list[int]]:
    """Months whose invoice is unpaid, by agreement with a credit.

    An open credit can be set against such an invoice, and one that is set against it can be released.
    """
    credited = {row.invoice.agreement_id for row in notes if row.note.is_credit}
    return {
        one: [held.epoch_id for held in moment.deployment.billing.invoices(one) if held.is_payable] for one in credited
    }


def _mending(moment: Moment, month: Month, units: Mapping[int, Asset]) -> list[str]:
    """What fills the month's deficit, in words; nothing where there is none."""
    if month.ledger is None or not month.ledger.deficit_wh:
        return []
    found = mending(moment.deployment, month.epoch_id)
    return [
        *(words.mend(one, found.recorded_wh, units[one.invoice.asset_id]) for one in found.invoices),
        *map(words.give_back, found.returns),
    ]


def _interests(rows: Sequence[Row], agreements: Sequence[Agreement]) -> list[InterestCharged]:
    """Late interest of paid invoices that can be charged."""
    known = {one.agreement_id: one for one in agreements}
    charged = (
        interest(row.invoice, known[row.invoice.agreement_id], row.asset)
        for row in rows
        if not row.invoice.interest_note
    )
    return [one for one in charged if one.amount][:MOST_SHOWN]
