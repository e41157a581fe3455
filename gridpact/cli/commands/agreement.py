"""`gridpact agreement`: power purchase agreements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from gridpact import units as fmt
from gridpact.addresses import AddressBook
from gridpact.billing import agreement_file, agreements
from gridpact.billing.errors import AgreementNotFound
from gridpact.billing.read import Agreement as Held
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.assets import assets
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.commands.invoice import NO_INVOICE, invoice_columns
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, document, documents, figure, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import DECIMAL_OPTION, EPOCH_OPTION, ID_OPTION, KWH_OPTION, Agreement, Epoch, read_file
from gridpact.contracts.ppa_layout import AgreementTerms
from gridpact.evidence import sha256
from gridpact.units import Asset

BPS_DECIMALS = 2
"""A basis point is a hundredth of a percent."""


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="Power purchase agreements.", no_args_is_help=True)
    writes(noun, "create", Role.OPERATOR)(create)
    writes(noun, "import", Role.OPERATOR)(import_agreements)
    reads(noun, "list")(list_agreements)
    reads(noun, "show")(show)
    writes(noun, "accept", Role.BUYER)(accept)
    writes(noun, "end", Role.OPERATOR)(end)
    app.add_typer(noun, name="agreement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The options that say what is agreed."""

    buyer: Annotated[str, typer.Option("--buyer", help="Who is billed.", metavar="ACCOUNT")]
    treasury: Annotated[str, typer.Option("--treasury", help="Where payments go.", metavar="ACCOUNT")]
    price: Annotated[str, typer.Option("--price", help="Per kWh, in ALGO or the asset's unit.", **DECIMAL_OPTION)]
    first: Annotated[int, typer.Option("--from", help="First month that can be billed.", **EPOCH_OPTION)]
    last: Annotated[int, typer.Option("--to", help="Last month that can be billed.", **EPOCH_OPTION)]
    asset_id: Annotated[int, typer.Option("--asset", help="Settlement asset; 0 is ALGO.", **ID_OPTION)] = 0
    cap: Annotated[int, typer.Option("--cap", help="Most energy an epoch; 0 is no cap.", **KWH_OPTION)] = 0
    due_day: Annotated[int, typer.Option("--due-day", min=1, max=28, help="Day of the following month.")] = 15
    contract: Annotated[
        Path | None, typer.Option("--contract", help="The signed contract; its SHA-256 goes on chain.")
    ] = None
    escalator: Annotated[
        str, typer.Option("--escalator", help="Yearly rise of the price in percent, up to 19.99.", **DECIMAL_OPTION)
    ] = "0"
    minimum: Annotated[
        int, typer.Option("--minimum-kwh", help="Least energy an epoch; invoices record what is missing.", **KWH_OPTION)
    ] = 0
    late_interest: Annotated[
        str, typer.Option("--late-interest", help="Yearly interest in percent on what is paid late.", **DECIMAL_OPTION)
    ] = "0"
    require_acceptance: Annotated[
        bool, typer.Option("--require-acceptance", help="Bill nothing before the buyer has accepted the terms.")
    ] = False

    def read(self, session: Session) -> AgreementTerms:
        """What they say, with the accounts and the asset that they name."""
        asset = read_asset(session.connection.algod, self.asset_id)
        return agreements.terms(
            buyer=session.account(self.buyer, "buyer"),
            treasury=session.account(self.treasury, "treasury"),
            price_per_kwh=fmt.base_units(self.price, asset.decimals, "price"),
            first_epoch=self.first,
            last_epoch=self.last,
            asset_id=self.asset_id,
            cap_kwh=self.cap,
            due_day=self.due_day,
            contract_hash=bytes(32) if self.contract is None else sha256(read_file(self.contract)),
            escalator_bps=fmt.base_units(self.escalator, BPS_DECIMALS, "escalator"),
            minimum_kwh=self.minimum,
            late_interest_bps=fmt.base_units(self.late_interest, BPS_DECIMALS, "late-interest"),
            requires_acceptance=self.require_acceptance,
        )


def create(
    session: Session,
    terms: Terms,
    another: Annotated[bool, typer.Option("--another", help="Create it even where an equal one exists.")] = False,
    buyer_controls_asset: Annotated[
        bool,
        typer.Option("--buyer-controls-asset", help="Let the buyer be the asset's manager, freeze or clawback."),
    ] = False,
) -> Work:
    """Create an agreement with a buyer.

    Example: gridpact agreement create --buyer COMPANY_A --treasury TREASURY --price 0.12 --from 202602 --to 202701
    """
    billing = session.deployment.billing
    agreed = terms.read(session)
    sender = session.sender(billing.state().roles.operator)
    return agreements.create(billing, sender, agreed, another=another, buyer_may_control=buyer_controls_asset)


def import_agreements(
    session: Session,
    file: Annotated[
        Path, typer.Argument(help="CSV, TOML or JSON: buyer,treasury,price,from,to[,asset,cap_kwh,due_day,…].")
    ],
) -> Work:
    """Create the agreements of a file, many at once.

    Columns: buyer, treasury, price, from and to; if wanted asset, cap_kwh, due_day and contract_sha256. Every row is
    checked before anything is sent. An agreement is known by its terms: one with the very same terms, also one that was
    ended since, is not created again, so the same file may be imported as often as one likes.

    Example: gridpact agreement import agreements.csv
    """
    billing = session.deployment.billing
    account = cache(session.account)
    terms = agreement_file.parse(read_file(file), file.suffix, session.connection, account)
    return agreements.create_all(billing, session.sender(billing.state().roles.operator), terms)


def list_agreements(session: Session) -> Answer:
    """List the agreements.

    Example: gridpact agreement list
    """
    held = session.deployment.billing.agreements()
    units = assets(session.connection.algod, {one.terms.asset_id for one in held.values()})
    columns = _columns(units, session.book)
    return Answer(
        {"agreements": documents(columns, held.values())},
        [listing(columns, list(held.values()), "There is no agreement.")],
    )


def show(session: Session, agreement: Agreement) -> Answer:
    """Show an agreement, and its invoices.

    Example: gridpact agreement show 1
    """
    deployment = session.deployment
    held = deployment.billing.agreement(agreement)
    if held is None:
        raise AgreementNotFound(agreement)
    terms = held.terms
    asset = read_asset(session.connection.algod, terms.asset_id)
    invoices = deployment.billing.invoices(agreement)
    now = session.connection.now()
    ended = f", ended before {fmt.epoch(terms.last_epoch)}" if held.was_ended else ""
    pairs = [
        ("Agreement", held.agreement_id),
        ("Buyer", session.book.both(terms.buyer)),
        ("Treasury", session.book.both(terms.treasury)),
        ("Price", fmt.price(terms.price_per_kwh, asset)),
        ("Billed from", fmt.epoch(terms.first_epoch)),
        ("Billed to", f"{fmt.epoch(held.last_epoch)}{ended}"),
        ("Most an epoch", fmt.energy_kwh(terms.cap_kwh) if terms.cap_kwh else "no cap"),
        ("Least an epoch", fmt.energy_kwh(terms.minimum_kwh) if terms.minimum_kwh else "no minimum"),
        ("Price rises by", f"{_percent(terms.escalator_bps)} a year" if terms.escalator_bps else "nothing"),
        ("Late interest", f"{_percent(terms.late_interest_bps)} a year" if terms.late_interest_bps else "none"),
        ("Due", f"day {terms.due_day} of the following month"),
        ("Accepted", _accepted(held)),
        ("Contract (SHA-256)", terms.contract_hash.hex() if any(terms.contract_hash) else "none"),
        ("Allocated", fmt.energy_kwh(held.allocated_kwh)),
        ("Invoiced", fmt.money(held.invoiced_amount, asset)),
        ("Paid", fmt.money(held.paid_amount, asset)),
    ]
    units = {asset.asset_id: asset}
    rows = invoice_columns(units, now, session.book)
    body = [facts(pairs), "", listing(rows, list(invoices), NO_INVOICE)]
    return Answer(document(_columns(units, session.book), held), body)


def _percent(bps: int) -> str:
    return f"{fmt.number(bps, BPS_DECIMALS)} %"


def _accepted(held: Held) -> str:
    if held.accepted_ts:
        return fmt.moment(held.accepted_ts)
    return "not yet, and nothing is billed before" if held.terms.requires_acceptance else "not asked for"


def accept(session: Session, agreement: Agreement) -> Work:
    """Accept an agreement's terms, as its buyer.

    Example: gridpact agreement accept 1
    """
    return agreements.accept(session.deployment.billing, agreement)


def end(session: Session, agreement: Agreement, epoch: Epoch) -> Work:
    """Bill no month after an earlier last one. Issued invoices stay payable.

    Example: gridpact agreement end 1 202606
    """
    deployment = session.deployment
    sender = session.sender(deployment.billing.state().roles.operator)
    return agreements.end(deployment.billing, sender, agreement, epoch)


def _columns(units: Mapping[int, Asset], book: AddressBook) -> list[Column[Held]]:
    """The figures of an agreement.

    Args:
        units: settlement assets by id.
        book: names of accounts.
    """

    def money(amount: Callable[[Held], int]) -> Callable[[Held], str]:
        return lambda one: fmt.money(amount(one), units[one.terms.asset_id])

    def price(one: Held) -> str:
        return fmt.price(one.terms.price_per_kwh, units[one.terms.asset_id])

    def allocated(one: Held) -> str:
        return fmt.energy_kwh(one.allocated_kwh)

    return [
        Column("id", lambda one: one.agreement_id, ">Id"),
        Column("buyer", lambda one: one.terms.buyer, "Buyer", lambda one: book.shown(one.terms.buyer)),
        Column("treasury", lambda one: one.terms.treasury),
        Column("asset", lambda one: one.terms.asset_id),
        Column("price_per_kwh", lambda one: one.terms.price_per_kwh, ">Price", price, "price_text"),
        figure("first_epoch", lambda one: one.terms.first_epoch, "From", fmt.epoch),
        figure("last_epoch", lambda one: one.last_epoch, "To", fmt.epoch),
        Column("cap_kwh", lambda one: one.terms.cap_kwh),
        Column("due_day", lambda one: one.terms.due_day),
        Column("contract_sha256", lambda one: one.terms.contract_hash.hex()),
        Column("escalator_bps", lambda one: one.terms.escalator_bps),
        Column("minimum_kwh", lambda one: one.terms.minimum_kwh),
        Column("late_interest_bps", lambda one: one.terms.late_interest_bps),
        figure("allocated_kwh", lambda one: one.allocated_kwh, ">Allocated", fmt.energy_kwh),
        Column("invoiced_amount", lambda one: one.invoiced_amount, ">Invoiced", money(lambda one: one.invoiced_amount)),
        Column("paid_amount", lambda one: one.paid_amount, ">Paid", money(lambda one: one.paid_amount)),
        Column("invoices", lambda one: one.invoices),
        Column("paid_invoices", lambda one: one.paid_invoices),
    ]
