"""`gridpact vault`: the kW token, net revenue, claims."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import RenderableType

from gridpact import units as fmt
from gridpact.addresses import AddressBook
from gridpact.chain.assets import asset as asset_of
from gridpact.chain.assets import assets as assets_of
from gridpact.chain.keys import Role
from gridpact.chain.work import Work
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.rows import Column, documents, figure, listing
from gridpact.cli.run import reads, writes
from gridpact.cli.session import Session
from gridpact.cli.values import (
    ALGO_OPTION,
    DECIMAL_OPTION,
    ENERGY_OPTION,
    ID_OPTION,
    KW_OPTION,
    Epoch,
    read_file,
)
from gridpact.contracts.interfaces import ALL_REMAINING
from gridpact.deployment.month import require_billed, require_newest
from gridpact.evidence import sha256
from gridpact.revenue import distribution, issuance
from gridpact.revenue.read import AssetRevenue, Checkpoint, Deposit, Holder, Share, Vault
from gridpact.revenue.sale import NO_EVIDENCE, Sale
from gridpact.units import base_units

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="An address; on a LocalNet also a wallet's name.")]
Units = Annotated[int, typer.Argument(**KW_OPTION, help="Units of the kW token, in kW with up to 3 decimals.")]
Again = Annotated[bool, typer.Option("--again", help="Do it even where the same was done before.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="The kW token, and the net revenue of its holders.", no_args_is_help=True)
    writes(noun, "bootstrap", Role.ADMIN)(bootstrap)
    writes(noun, "opt-in", Role.HOLDER)(opt_in)
    writes(noun, "issue", Role.OPERATOR)(issue)
    writes(noun, "close-issuance", Role.OPERATOR)(close_issuance)
    writes(noun, "transfer", Role.HOLDER)(transfer)
    writes(noun, "hand-out", Role.OPERATOR)(hand_out)
    writes(noun, "sync", Role.HOLDER)(sync)
    writes(noun, "opt-in-asset", Role.OPERATOR)(opt_in_asset)
    writes(noun, "deposit", Role.OPERATOR)(deposit)
    writes(noun, "return-energy", Role.OPERATOR)(return_energy)
    writes(noun, "claim", Role.HOLDER)(claim)
    writes(noun, "withdraw", Role.ADMIN)(withdraw)
    reads(noun, "show")(show)
    app.add_typer(noun, name="vault")


def bootstrap(session: Session) -> Work:
    """Make the kW token.

    Example: gridpact vault bootstrap
    """
    deployment = session.deployment
    return issuance.bootstrap(deployment.revenue, session.sender(deployment.revenue.state().roles.admin))


def opt_in(
    session: Session,
    holder: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Who opts in, and signs.")] = None,
) -> Work:
    """Let an account hold kW tokens. It signs itself.

    Example: gridpact vault opt-in HOLDER_1
    """
    return issuance.opt_in(session.deployment.revenue, session.own_account(Role.HOLDER, holder))


def issue(session: Session, holder: Account, kw: Units, again: Again = False) -> Work:
    """Give new units to a holder, who has opted in. They count from the beginning of time.

    Example: gridpact vault issue HOLDER_1 500
    """
    deployment = session.deployment
    sender = session.sender(deployment.revenue.state().roles.operator)
    return issuance.issue(deployment.revenue, sender, session.account(holder, "holder"), kw, again=again)


def close_issuance(session: Session) -> Work:
    """Fix the supply for ever: transfers, deposits and claims begin.

    Example: gridpact vault close-issuance
    """
    deployment = session.deployment
    return issuance.close_issuance(deployment.revenue, session.sender(deployment.revenue.state().roles.operator))


def transfer(
    session: Session,
    receiver: Account,
    kw: Units,
    giver: Annotated[str | None, typer.Option("--from", metavar="ACCOUNT", help="Who gives, and signs.")] = None,
) -> Work:
    """Move units of a holder to another one, from now on. Each run moves them once more.

    Example: gridpact vault transfer HOLDER_2 100 --from HOLDER_1
    """
    receiver = session.account(receiver, "receiver")
    return issuance.transfer(session.deployment.revenue, session.own_account(Role.HOLDER, giver), receiver, kw)


def hand_out(session: Session, receiver: Account, kw: Units) -> Work:
    """Give units that came back to the vault to a holder. Each run gives them once more.

    Example: gridpact vault hand-out HOLDER_2 100
    """
    deployment = session.deployment
    sender = session.sender(deployment.revenue.state().roles.operator)
    return issuance.hand_out(deployment.revenue, sender, session.account(receiver, "receiver"), kw)


def sync(
    session: Session,
    holder: Account,
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays; the operator by default.")
    ] = None,
) -> Work:
    """Write down that a holder closed out to the vault. Anybody may.

    Example: gridpact vault sync HOLDER_1
    """
    sender = _anybody(session, payer)
    return issuance.sync(session.deployment.revenue, sender, session.account(holder, "holder"))


def deposit(
    session: Session,
    epoch: Epoch,
    amount: Annotated[str, typer.Argument(**DECIMAL_OPTION, help="Net revenue in ALGO, or in the asset.")],
    asset: Annotated[
        int, typer.Option("--asset", help="What it is paid in; by default ALGO.", **ID_OPTION)
    ] = fmt.ALGO.asset_id,
    price: Annotated[
        str | None, typer.Option("--price", help="What a kWh was sold for, in the same.", **DECIMAL_OPTION)
    ] = None,
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="The statement of the sale; its hash goes on chain.")
    ] = None,
    kwh: Annotated[
        int | None,
        typer.Option("--kwh", help="Energy to draw, possibly 0; by default all that remains.", **ENERGY_OPTION),
    ] = None,
    again: Again = False,
    unbilled: Annotated[
        list[int] | None,
        typer.Option("--unbilled", help="An agreement that gets no invoice; may be repeated.", **ID_OPTION),
    ] = None,
    older: Annotated[
        bool, typer.Option("--older", help="Do it even though a newer final month has no deposit.")
    ] = False,
) -> Work:
    """Deposit a month's net revenue for the holders, and draw all energy that is left of the month.

    Months rise: none is earlier than the last deposit's.

    Examples: gridpact vault deposit 202602 3000; gridpact vault deposit 202602 450 --asset 1234 --price 0.15 --kwh 3000
    """
    deployment = session.deployment
    sender = session.sender(deployment.revenue.state().roles.operator)
    decimals = asset_of(deployment.connection.algod, asset).decimals
    sale = Sale(
        energy_wh=ALL_REMAINING if kwh is None else kwh,
        price_per_kwh=0 if price is None else base_units(price, decimals, "price"),
        evidence_hash=NO_EVIDENCE if evidence is None else _kept(session, read_file(evidence)),
    )
    work = distribution.deposit(
        deployment.revenue,
        deployment.production,
        sender,
        epoch,
        base_units(amount, decimals),
        asset_id=asset,
        sale=sale,
        again=again,
    )
    if work.steps:
        require_billed(deployment, epoch, unbilled or ())
        if not older:
            require_newest(deployment, epoch)
    return work


def opt_in_asset(
    session: Session, asset: Annotated[int, typer.Argument(metavar="ASSET", help="Id of the asset.")]
) -> Work:
    """Let net revenue be deposited in an asset, such as USDC. For ever.

    Example: gridpact vault opt-in-asset 1234
    """
    deployment = session.deployment
    sender = session.sender(deployment.revenue.state().roles.operator)
    return distribution.opt_in_asset(deployment.revenue, sender, asset)


def return_energy(
    session: Session,
    deposit_id: Annotated[int, typer.Argument(metavar="DEPOSIT", help="Number of the deposit.")],
    kwh: Annotated[int | None, typer.Option("--kwh", help="By default all that it drew.", **ENERGY_OPTION)] = None,
) -> Work:
    """Give energy that a deposit drew back to the ledger, so that it can be allocated. The money stays as it is.

    Example: gridpact vault return-energy 1 --kwh 500
    """
    deployment = session.deployment
    sender = session.sender(deployment.revenue.state().roles.operator)
    return distribution.return_energy(deployment.revenue, sender, deposit_id, kwh)


def withdraw(
    session: Session,
    amount: Annotated[
        int | None, typer.Option("--amount", help="How much; by default all that is spare.", **ALGO_OPTION)
    ] = None,
) -> Work:
    """Pay ALGO that the vault does not need to the admin, who signs. What is owed and carried stays.

    Example: gridpact vault withdraw --amount 0.5
    """
    revenue = session.deployment.revenue
    sender = session.sender(revenue.state().roles.admin)
    return distribution.withdraw(revenue, sender, distribution.surplus_microalgo(revenue) if amount is None else amount)


def claim(
    session: Session,
    holders: Annotated[
        list[str] | None, typer.Argument(metavar="[ACCOUNT]...", help="Whose shares; by default the signer's own.")
    ] = None,
    deposits: Annotated[
        list[int] | None, typer.Option("--deposit", help="Only of this deposit; may be repeated.", **ID_OPTION)
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="All holders, at the operator's expense.")] = False,
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="ACCOUNT", help="Who signs and pays the fees, if not the holder.")
    ] = None,
) -> Work:
    """Pay holders their shares of the deposits. Anybody may send it; only the holders are paid.

    Examples: gridpact vault claim HOLDER_1; gridpact vault claim --everybody
    """
    deployment = session.deployment
    if everybody == bool(holders) and everybody:
        msg = "Name holders, or --everybody, one of them."
        raise typer.BadParameter(msg)
    if everybody:
        names = [holder.address for holder in deployment.revenue.holders()]
        return distribution.claim(deployment.revenue, _anybody(session, payer), names, deposits)
    if holders:
        names = [session.account(holder, "holder") for holder in holders]
        sender = names[0] if payer is None and len(names) == 1 else _anybody(session, payer)
        return distribution.claim(deployment.revenue, session.sender(sender), names, deposits)
    own = session.own_account(Role.HOLDER)
    return distribution.claim(deployment.revenue, own if payer is None else session.account(payer), [own], deposits)


def show(
    session: Session,
    holder: Annotated[str | None, typer.Argument(metavar="ACCOUNT", help="Only this holder, with each share.")] = None,
) -> Answer:
    """Show the book, the deposits, and what is claimed of them.

    Examples: gridpact vault show; gridpact vault show HOLDER_1
    """
    if holder is not None:
        return _show_holder(session, session.account(holder, "holder"))
    reader = session.deployment.revenue
    vault = reader.state()
    holders = reader.holders()
    deposits = reader.deposits()
    revenues = reader.assets()
    in_what = assets_of(session.deployment.connection.algod, {one.asset_id for one in revenues} | {fmt.ALGO.asset_id})
    open_shares = {one.address: _claimable(reader.shares(one.address, deposits)) for one in holders}
    assets = _asset_columns(in_what)
    held = _holder_columns(session.book, vault, open_shares)
    deposited = _deposit_columns(in_what)
    document = {
        "app": vault.app_id,
        "kw_token": vault.kw_token,
        "issued_units": vault.issued_units,
        "supply_units": vault.supply_units,
        "deposited_microalgo": vault.deposited_microalgo,
        "paid_microalgo": vault.paid_microalgo,
        "owed_microalgo": vault.owed_microalgo,
        "carried_microalgo": vault.carried_microalgo,
        "assets": documents(assets, revenues),
        "holders": documents(held, holders),
        "deposits": documents(deposited, deposits),
    }
    state = f"closed with {fmt.power(vault.supply_units)}" if vault.is_issuance_closed else "open"
    body: list[RenderableType] = [
        facts(
            [
                ("kW token", f"asset {vault.kw_token}" if vault.kw_token else "not made yet"),
                ("Issuance", f"{state}, {fmt.power(vault.issued_units)} issued"),
                ("Deposited", fmt.money(vault.deposited_microalgo)),
                ("Paid", fmt.money(vault.paid_microalgo)),
                ("Owed", fmt.money(vault.owed_microalgo)),
                ("Carried", fmt.money(vault.carried_microalgo)),
            ]
        ),
        "",
        *([listing(assets, revenues, ""), ""] if revenues else []),
        listing(held, holders, "Nobody holds units."),
        "",
        listing(deposited, deposits, "Nothing was deposited."),
    ]
    return Answer(document, body)


def _show_holder(session: Session, address: str) -> Answer:
    reader = session.deployment.revenue
    holder = reader.holder(address)
    checkpoints = reader.checkpoints(holder)
    shares = reader.shares(address)
    in_what = assets_of(session.deployment.connection.algod, {one.deposit.asset_id for one in shares})
    columns = _share_columns(in_what)
    document: dict[str, Any] = {
        "address": address,
        "units": holder.units,
        "paid_microalgo": holder.paid_microalgo,
        "checkpoints": documents(CHECKPOINT, checkpoints),
        "shares": documents(columns, shares),
    }
    body: list[RenderableType] = [
        facts(
            [
                ("Holder", session.book.both(address)),
                ("Units", fmt.power(holder.units)),
                ("Paid", fmt.money(holder.paid_microalgo)),
            ]
        ),
        "",
        listing(CHECKPOINT, checkpoints, "The account never held units."),
        "",
        listing(columns, shares, "Nothing was deposited."),
    ]
    return Answer(document, body)


def _claimable(shares: Sequence[Share]) -> dict[int, int]:
    """What can be claimed of some shares, by asset id, in base units."""
    amounts: dict[int, int] = {}
    for share in shares:
        if share.is_claimable:
            asset_id = share.deposit.asset_id
            amounts[asset_id] = amounts.get(asset_id, 0) + share.amount_microalgo
    return amounts


def _asset_columns(in_what: Mapping[int, fmt.Asset]) -> list[Column[AssetRevenue]]:
    """What was deposited in another asset than ALGO."""

    def amount(name: str, of: Callable[[AssetRevenue], int], heading: str) -> Column[AssetRevenue]:
        return Column(name, of, heading, lambda one: fmt.number(of(one), in_what[one.asset_id].decimals))

    return [
        Column("asset", lambda one: one.asset_id),
        Column("unit", lambda one: in_what[one.asset_id].unit, "Also in"),
        Column("decimals", lambda one: in_what[one.asset_id].decimals),
        amount("deposited", lambda one: one.deposited, ">Deposited"),
        amount("paid", lambda one: one.paid, ">Paid"),
        amount("owed", lambda one: one.owed, ">Owed"),
        amount("carried", lambda one: one.carried, ">Carried"),
    ]


def _holder_columns(
    book: AddressBook, vault: Vault, claimable: Mapping[str, Mapping[int, int]]
) -> list[Column[Holder]]:
    """The figures of a holder.

    Args:
        book: names of accounts.
        vault: whose holders they are; its own account is named as itself.
        claimable: base units of each asset, by holder.
    """

    def name(one: Holder) -> str:
        return "the vault itself" if one.address == vault.address else book.shown(one.address)

    def algo(one: Holder) -> int:
        return claimable[one.address].get(fmt.ALGO.asset_id, 0)

    return [
        Column("address", lambda one: one.address, "Holder", name),
        figure("units", lambda one: one.units, ">Units", fmt.power),
        Column("", lambda one: fmt.percent(one.units, vault.issued_units), ">Share"),
        Column(
            "paid_microalgo",
            lambda one: one.paid_microalgo,
            ">Paid (ALGO)",
            lambda one: fmt.number(one.paid_microalgo, fmt.ALGO.decimals),
        ),
        Column("claimable_microalgo", algo, ">Claimable (ALGO)", lambda one: fmt.number(algo(one), fmt.ALGO.decimals)),
        Column("claimable", lambda one: {str(asset): amount for asset, amount in claimable[one.address].items()}),
    ]


def _deposit_columns(in_what: Mapping[int, fmt.Asset]) -> list[Column[Deposit]]:
    """The figures of a deposit."""

    def amount(one: Deposit) -> str:
        return fmt.money(one.net_amount_microalgo, in_what[one.asset_id])

    def per_kw(one: Deposit) -> str:
        return fmt.number(one.per_unit_microalgo * fmt.UNITS_PER_KW, in_what[one.asset_id].decimals)

    return [
        Column("id", lambda one: one.deposit_id, ">Deposit"),
        figure("epoch", lambda one: one.epoch_id, "Month", fmt.epoch),
        figure("record_ts", lambda one: one.record_ts, "Record date", fmt.date),
        Column("net_amount_microalgo", lambda one: one.net_amount_microalgo, ">Amount", amount),
        Column("carried_in_microalgo", lambda one: one.carried_in_microalgo),
        Column("per_unit_microalgo", lambda one: one.per_unit_microalgo, ">Per kW", per_kw),
        Column("energy_wh", lambda one: one.energy_wh),
        Column("returned_wh", lambda one: one.returned_wh),
        Column("", lambda one: fmt.energy(one.energy_wh - one.returned_wh), ">Energy"),
        figure("claimed_units", lambda one: one.claimed_units, ">Claimed", fmt.power),
        Column("asset", lambda one: one.asset_id),
        Column("price_per_kwh", lambda one: one.price_per_kwh),
        Column("evidence_hash", lambda one: one.evidence_hash.hex() if any(one.evidence_hash) else None),
    ]


def _share_columns(in_what: Mapping[int, fmt.Asset]) -> list[Column[Share]]:
    """The figures of a holder's share of a deposit."""

    def amount(one: Share) -> str:
        return fmt.money(one.amount_microalgo, in_what[one.deposit.asset_id])

    def state(one: Share) -> str:
        return "claimed" if one.is_claimed else "claimable" if one.is_claimable else "none"

    return [
        Column("deposit", lambda one: one.deposit.deposit_id, ">Deposit"),
        figure("epoch", lambda one: one.deposit.epoch_id, "Month", fmt.epoch),
        figure("units", lambda one: one.units, ">Units", fmt.power),
        Column("amount_microalgo", lambda one: one.amount_microalgo, ">Share", amount),
        Column("asset", lambda one: one.deposit.asset_id),
        Column("claimed", lambda one: one.is_claimed, "State", state),
    ]


CHECKPOINT: Final[list[Column[Checkpoint]]] = [
    Column(
        "since_ts",
        lambda one: one.since_ts,
        "Since",
        lambda one: fmt.moment(one.since_ts) if one.since_ts else "the beginning",
    ),
    figure("units", lambda one: one.units, ">Units", fmt.power),
]
"""What a holder owned from when on."""


def _kept(session: Session, content: bytes) -> bytes:
    """The SHA-256 of a statement, which is kept."""
    session.keep(content)
    return sha256(content)


def _anybody(session: Session, payer: str | None) -> str:
    """Who pays where anybody may: the key or account that was named, else the operator."""
    session.role = Role.OPERATOR
    if payer is not None:
        return session.account(payer, "payer")
    return session.sender(session.deployment.revenue.state().roles.operator)
