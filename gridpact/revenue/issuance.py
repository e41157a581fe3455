"""The kW token: made, issued, closed; then moved between holders. Units are base units: 1 kW is 1,000."""

from algokit_utils import AlgoAmount, AssetOptInParams, PaymentParams

from gridpact import units as fmt
from gridpact.chain.assets import holding
from gridpact.chain.call import fee
from gridpact.chain.errors import GridPactError
from gridpact.chain.work import Step, Work
from gridpact.contracts.revenue_vault_client import IssueArgs
from gridpact.revenue.app import Revenue
from gridpact.revenue.calls import KW_TOKEN_DEPOSIT_MICROALGO, Move
from gridpact.revenue.distribution import require_closed_issuance
from gridpact.revenue.read import Vault


def bootstrap(revenue: Revenue, sender: str) -> Work:
    """Make the kW token.

    Args:
        sender: the admin.
    """
    vault = revenue.state()
    if vault.kw_token_id:
        return Work(sender, done=(f"The kW token is asset {vault.kw_token_id}.",))
    storage = PaymentParams(
        sender=sender,
        receiver=vault.address,
        amount=AlgoAmount.from_micro_algo(KW_TOKEN_DEPOSIT_MICROALGO),
        static_fee=fee(1),
    )
    group = revenue.group().add(storage, revenue.calls(0).bootstrap(sender))
    return Work(sender, (Step(("Make the kW token, frozen by default and moved by the vault only",), group),))


def opt_in(revenue: Revenue, holder: str) -> Work:
    """Let an account hold kW tokens.

    Args:
        holder: who opts in, and signs.
    """
    vault = _with_token(revenue)
    if holding(revenue.connection.algod, holder, vault.kw_token_id) is not None:
        return Work(holder, done=(f"{holder} has opted in to the kW token.",))
    params = AssetOptInParams(sender=holder, asset_id=vault.kw_token_id, static_fee=fee(1))
    effect = f"Opt in to the kW token (asset {vault.kw_token_id}); it holds 0.1 ALGO of the account's minimum balance"
    return Work(holder, (Step((effect,), revenue.group().add(params)),))


def issue(revenue: Revenue, sender: str, holder: str, units: int, *, again: bool = False) -> Work:
    """Give new units to a holder. One who has exactly as many is taken to have got these, unless more are meant.

    Args:
        sender: the operator.
        holder: who gets them; he has opted in.
        units: base units.
        again: issue even where the holder has as many.

    Raises:
        GridPactError: there is no token, issuance is closed, or the holder has not opted in.
    """
    vault = _with_token(revenue)
    if revenue.holder(holder).units == units and not again:
        done = f"{holder} has {fmt.power(units)}."
        return Work(sender, done=(done, "Add --again to issue the same once more."))
    if vault.is_issuance_closed:
        msg = f"Issuance is closed with {fmt.power(vault.supply_units)}, for ever."
        raise GridPactError(msg, "Let a holder transfer units with `gridpact vault transfer`.")
    _require_units(units)
    _require_opted_in(revenue, vault, holder)
    call = revenue.calls(vault.kw_token_id).issue(sender, IssueArgs(to=holder, units=units))
    effect = f"Issue {fmt.power(units)} to {holder}: {fmt.power(vault.issued_units + units)} are issued then"
    return Work(sender, (Step((effect,), revenue.group().add(call)),))


def close_issuance(revenue: Revenue, sender: str) -> Work:
    """Fix the supply for ever.

    Args:
        sender: the operator.

    Raises:
        GridPactError: nothing was issued.
    """
    vault = _with_token(revenue)
    if vault.is_issuance_closed:
        return Work(sender, done=(f"Issuance is closed with {fmt.power(vault.supply_units)}.",))
    if vault.issued_units == 0:
        msg = "No unit was issued."
        raise GridPactError(msg, "Issue some with `gridpact vault issue`.")
    call = revenue.calls(vault.kw_token_id).close_issuance(sender)
    effect = f"Close issuance with {fmt.power(vault.issued_units)}, for ever"
    return Work(sender, (Step((effect,), revenue.group().add(call)),))


def transfer(revenue: Revenue, sender: str, receiver: str, units: int) -> Work:
    """Move units of a holder to another one, from now on. Each run moves them once more.

    Args:
        sender: who gives, and signs.
        receiver: who gets; he has opted in.
        units: base units.

    Raises:
        GridPactError: issuance is open, the giver has too few, or the receiver has not opted in.
    """
    vault = _with_token(revenue)
    require_closed_issuance(vault)
    _require_units(units)
    if sender == receiver:
        msg = "Giver and receiver are the same account."
        raise GridPactError(msg, "Check the receiver.")
    held = holding(revenue.connection.algod, sender, vault.kw_token_id) or 0
    if units > held:
        msg = f"{sender} has {fmt.power(held)}, not {fmt.power(units)}."
        raise GridPactError(msg, "See `gridpact vault show`.")
    _require_opted_in(revenue, vault, receiver)
    move = _move(revenue, sender, receiver)
    calls = revenue.calls(vault.kw_token_id)
    group = revenue.group().add(calls.transfer(sender, calls.storage_payment(sender, move), move, units))
    effect = f"Transfer {fmt.power(units)} from {sender} to {receiver}, from now on"
    return Work(sender, (Step((_with_deposit(effect, move),), group),))


def hand_out(revenue: Revenue, sender: str, receiver: str, units: int) -> Work:
    """Give units of the vault's own line to a holder, from now on. Each run gives them once more.

    Args:
        sender: the operator.
        receiver: who gets; he has opted in.
        units: base units.

    Raises:
        GridPactError: issuance is open, the vault's line has too few, or the receiver has not opted in.
    """
    vault = _with_token(revenue)
    require_closed_issuance(vault)
    _require_units(units)
    held = revenue.holder(vault.address).units
    if units > held:
        msg = f"The vault's own line has {fmt.power(held)}, not {fmt.power(units)}."
        raise GridPactError(msg, "Units that were closed out come back with `gridpact vault sync`.")
    _require_opted_in(revenue, vault, receiver)
    move = _move(revenue, vault.address, receiver)
    calls = revenue.calls(vault.kw_token_id)
    group = revenue.group().add(calls.hand_out(sender, calls.storage_payment(sender, move), move, units))
    effect = f"Hand {fmt.power(units)} of the vault's own line out to {receiver}, from now on"
    return Work(sender, (Step((_with_deposit(effect, move),), group),))


def sync(revenue: Revenue, sender: str, holder: str) -> Work:
    """Write down that a holder closed out to the vault.

    Args:
        sender: anybody; pays the storage deposit.
        holder: who closed out.

    Raises:
        GridPactError: issuance is open.
    """
    vault = _with_token(revenue)
    require_closed_issuance(vault)
    booked = revenue.holder(holder).units
    held = holding(revenue.connection.algod, holder, vault.kw_token_id) or 0
    if booked <= held:
        return Work(sender, done=(f"{holder} has the {fmt.power(booked)} that the book says.",))
    move = _move(revenue, holder, vault.address)
    calls = revenue.calls(vault.kw_token_id)
    group = revenue.group().add(calls.sync_holder(sender, calls.storage_payment(sender, move), move))
    effect = f"Move {fmt.power(booked - held)} that {holder} closed out to the vault's own line, from now on"
    return Work(sender, (Step((_with_deposit(effect, move),), group),))


def _move(revenue: Revenue, giver: str, receiver: str) -> Move:
    reader = revenue
    now = revenue.connection.now()
    return Move.between(giver, reader.holder(giver).line, receiver, reader.holder(receiver).line, now)


def _with_deposit(effect: str, move: Move) -> str:
    return f"{effect}; storage {fmt.money(move.deposit_microalgo)}"


def _with_token(revenue: Revenue) -> Vault:
    vault = revenue.state()
    if vault.kw_token_id == 0:
        msg = "The kW token does not exist."
        raise GridPactError(msg, "Make it with `gridpact vault bootstrap`.")
    return vault


def _require_units(units: int) -> None:
    if units == 0:
        msg = "No units are named."
        raise GridPactError(msg, "Name an amount above 0, in kW.")


def _require_opted_in(revenue: Revenue, vault: Vault, holder: str) -> None:
    if holding(revenue.connection.algod, holder, vault.kw_token_id) is None:
        msg = f"{holder} has not opted in to the kW token (asset {vault.kw_token_id})."
        raise GridPactError(msg, "Let the holder run `gridpact vault opt-in`.")
