"""The kW token: made, issued, closed; then moved between holders. Units are base units: 1 kW is 1,000."""

from dataclasses import replace

from gridpact import contracts
from gridpact.chain.assets import holding
from gridpact.chain.call import fee
from gridpact.chain.work import Work
from gridpact.revenue.app import Revenue
from gridpact.revenue.distribution import require_closed_issuance
from gridpact.revenue.effects import (
    HolderSynced,
    IssuanceClosed,
    KwTokenCreated,
    OptedIn,
    UnitsHandedOut,
    UnitsIssued,
    UnitsTransferred,
)
from gridpact.revenue.errors import (
    IssuanceIsClosed,
    NoKwToken,
    NothingIssued,
    NotOptedIn,
    NoUnits,
    TooFewUnits,
    TransferToOneself,
    VaultHasTooFewUnits,
)
from gridpact.revenue.moves import KW_TOKEN_DEPOSIT_MICROALGO, Move
from gridpact.revenue.read import Vault


def bootstrap(revenue: Revenue, sender: str) -> Work:
    """Make the kW token.

    Args:
        sender: the admin.
    """
    vault = revenue.state()
    if vault.kw_token:
        return Work(sender, done=(KwTokenCreated(vault.kw_token),))
    from algokit_utils import AlgoAmount, PaymentParams

    storage = PaymentParams(
        sender=sender,
        receiver=vault.address,
        amount=AlgoAmount.from_micro_algo(KW_TOKEN_DEPOSIT_MICROALGO),
        static_fee=fee(1),
    )
    group = revenue.group().add(storage, revenue.calls(0).bootstrap(sender))
    return Work.one(sender, KwTokenCreated(), group)


def opt_in(revenue: Revenue, holder: str) -> Work:
    """Let an account hold kW tokens.

    Args:
        holder: who opts in, and signs.
    """
    vault = _with_token(revenue)
    effect = OptedIn(holder, vault.kw_token, KW_TOKEN_DEPOSIT_MICROALGO)
    if holding(revenue.connection.algod, holder, vault.kw_token) is not None:
        return Work(holder, done=(effect,))
    from algokit_utils import AssetOptInParams

    params = AssetOptInParams(sender=holder, asset_id=vault.kw_token, static_fee=fee(1))
    return Work.one(holder, effect, revenue.group().add(params))


def issue(revenue: Revenue, sender: str, holder: str, units: int, *, again: bool = False) -> Work:
    """Give new units to a holder. One who has exactly as many is taken to have got these, unless more are meant.

    Args:
        sender: the operator.
        holder: who gets them, and has opted in.
        units: base units.
        again: issue even where the holder has as many.

    Raises:
        NoKwToken, IssuanceIsClosed: nothing can be issued.
        NotOptedIn: the holder may not hold units.
    """
    vault = _with_token(revenue)
    if revenue.holder(holder).units == units and not again:
        return Work(sender, done=(UnitsIssued(holder, units, vault.issued_units),))
    if vault.is_issuance_closed:
        raise IssuanceIsClosed(vault.supply_units)
    _require_units(units)
    _require_opted_in(revenue, vault, holder)
    call = revenue.calls(vault.kw_token).issue(sender, contracts.revenue_vault_client.IssueArgs(to=holder, units=units))
    return Work.one(sender, UnitsIssued(holder, units, vault.issued_units + units), revenue.group().add(call))


def close_issuance(revenue: Revenue, sender: str) -> Work:
    """Fix the supply permanently.

    Args:
        sender: the operator.

    Raises:
        NoKwToken, NothingIssued: there is no supply to fix.
    """
    vault = _with_token(revenue)
    if vault.is_issuance_closed:
        return Work(sender, done=(IssuanceClosed(vault.supply_units),))
    if vault.issued_units == 0:
        raise NothingIssued
    call = revenue.calls(vault.kw_token).close_issuance(sender)
    return Work.one(sender, IssuanceClosed(vault.issued_units), revenue.group().add(call))


def transfer(revenue: Revenue, sender: str, receiver: str, units: int) -> Work:
    """Move units of a holder to another one, from now on. Each run moves them once more.

    Args:
        sender: who gives, and signs.
        receiver: who gets them, and has opted in.
        units: base units.

    Raises:
        NoKwToken, IssuanceIsOpen: nothing can be transferred.
        TransferToOneself, TooFewUnits: the giver cannot give them.
        NotOptedIn: the receiver may not hold units.
    """
    vault = _with_token(revenue)
    require_closed_issuance(vault)
    _require_units(units)
    if sender == receiver:
        raise TransferToOneself(sender)
    held = holding(revenue.connection.algod, sender, vault.kw_token) or 0
    if units > held:
        raise TooFewUnits(sender, held, units)
    _require_opted_in(revenue, vault, receiver)
    move = _move(revenue, sender, receiver)
    calls = revenue.calls(vault.kw_token)
    group = revenue.group().add(calls.transfer(sender, calls.storage_payment(sender, move), move, units))
    return Work.one(sender, UnitsTransferred(sender, receiver, units, move.deposit_microalgo), group)


def hand_out(revenue: Revenue, sender: str, receiver: str, units: int) -> Work:
    """Give units of the vault's own line to a holder, from now on. Each run gives them once more.

    Args:
        sender: the operator.
        receiver: who gets them, and has opted in.
        units: base units.

    Raises:
        NoKwToken, IssuanceIsOpen: nothing can be handed out.
        VaultHasTooFewUnits: the vault's line has fewer.
        NotOptedIn: the receiver may not hold units.
    """
    vault = _with_token(revenue)
    require_closed_issuance(vault)
    _require_units(units)
    held = revenue.holder(vault.address).units
    if units > held:
        raise VaultHasTooFewUnits(held, units)
    _require_opted_in(revenue, vault, receiver)
    move = _move(revenue, vault.address, receiver)
    calls = revenue.calls(vault.kw_token)
    group = revenue.group().add(calls.hand_out(sender, calls.storage_payment(sender, move), move, units))
    return Work.one(sender, UnitsHandedOut(receiver, units, move.deposit_microalgo), group)


def sync(revenue: Revenue, sender: str, holder: str) -> Work:
    """Write down that a holder closed out to the vault.

    Args:
        sender: anybody; pays the storage deposit.
        holder: who closed out.

    Raises:
        NoKwToken: nobody can have closed out.
    """
    vault = _with_token(revenue)
    booked = revenue.holder(holder).units
    held = holding(revenue.connection.algod, holder, vault.kw_token) or 0
    if booked <= held:
        return Work(sender, done=(HolderSynced(holder, booked),))
    move = _move(revenue, holder, vault.address)
    if not vault.is_issuance_closed:
        # The units were never issued then: no line gets them, and no box is made.
        move = replace(move, deposit_microalgo=0)
    calls = revenue.calls(vault.kw_token)
    group = revenue.group().add(calls.sync_holder(sender, calls.storage_payment(sender, move), move))
    return Work.one(sender, HolderSynced(holder, booked - held, move.deposit_microalgo), group)


def _move(revenue: Revenue, giver: str, receiver: str) -> Move:
    reader = revenue
    now = revenue.connection.now()
    return Move.between(giver, reader.holder(giver), receiver, reader.holder(receiver), now)


def _with_token(revenue: Revenue) -> Vault:
    vault = revenue.state()
    if vault.kw_token == 0:
        raise NoKwToken
    return vault


def _require_units(units: int) -> None:
    if units == 0:
        raise NoUnits


def _require_opted_in(revenue: Revenue, vault: Vault, holder: str) -> None:
    if holding(revenue.connection.algod, holder, vault.kw_token) is None:
        raise NotOptedIn(holder, vault.kw_token)
