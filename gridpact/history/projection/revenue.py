"""Deposits of net revenue and the claims on them."""

from gridpact.history.projection.rows import Handler, Rows, Told
from gridpact.history.tables import Claim, Deposit


def deposited(rows: Rows, told: Told) -> None:
    """Net revenue was shared out."""
    deposit_id = told.event.number("depositId")
    deposit = Deposit(
        deposit_id=deposit_id,
        epoch_id=told.event.number("epochId"),
        record_ts=told.event.number("recordTs"),
        net_amount_microalgo=told.event.number("netAmountMicroalgo"),
        carried_in_microalgo=told.event.number("carriedInMicroalgo"),
        per_unit_microalgo=told.event.number("perUnitMicroalgo"),
        energy_wh=told.event.number("energyWh"),
        asset_id=told.event.number("assetId"),
        price_per_kwh=told.event.number("pricePerKwh"),
        returned_wh=0,
        evidence_hash=told.event.text("evidenceHash"),
        deposited_ts=told.ts,
        claimed_units=0,
        claimed_microalgo=0,
        event_id=told.event_id,
    )
    rows.add(deposit, deposit_id)


def claimed(rows: Rows, told: Told) -> None:
    """A holder got their share; the vault's own line gives it to the carry."""
    deposit_id, holder = told.event.number("depositId"), told.event.text("holder")
    claim = Claim(
        holder=holder,
        deposit_id=deposit_id,
        epoch_id=told.event.number("epochId"),
        units=told.event.number("units"),
        amount_microalgo=told.event.number("amountMicroalgo"),
        asset_id=told.event.number("assetId"),
        claimed_ts=told.ts,
        txid=told.event.txid,
        event_id=told.event_id,
    )
    rows.add(claim, holder, deposit_id)
    deposit = rows.get(Deposit, deposit_id)
    deposit.claimed_units += claim.units
    deposit.claimed_microalgo += claim.amount_microalgo


def returned(rows: Rows, told: Told) -> None:
    """Energy that a deposit drew went back to the ledger."""
    rows.get(Deposit, told.event.number("depositId")).returned_wh = told.event.number("returnedWh")


HANDLERS: dict[str, Handler] = {
    "RevenueDeposited": deposited,
    "RevenueClaimed": claimed,
    "DepositEnergyReturned": returned,
}
