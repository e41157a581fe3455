"""Calls of RevenueVault, as the tests make them: valid unless a test says otherwise."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from algokit_utils import AlgoAmount, AssetOptInParams, PaymentParams, SigningAccount
from algosdk.atomic_transaction_composer import TransactionWithSigner

from gridpact.chain.call import Call, fee
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    RecordProductionArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
)
from gridpact.contracts.revenue_vault_client import (
    Holder,
    IssueArgs,
    ReturnEnergyArgs,
    WithdrawSurplusArgs,
)
from gridpact.production.boxes import PROJECT
from gridpact.revenue.sale import ALL_AT_NO_PRICE, Sale
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.revenue_vault import config as cfg
from tests.support.world import World, call_of

EPOCH: Final = 202602

EPOCH_START_TS: Final = 1_769_904_000  # 2026-02-01T00:00:00Z

EPOCH_END_TS: Final = 1_772_323_199  # 2026-02-28T23:59:59Z

EXAMPLE_KWH: Final = 125_000

EXAMPLE_UNITS: Final = (500_000, 300_000, 200_000)  # 500, 300 and 200 kW

MAX_UINT64: Final = 2**64 - 1

EXAMPLE_MICROALGO: Final = 3_000_000_000

HOLDER_MBR: Final = 54_100

CHECKPOINT_MBR: Final = 25_300

NO_HASH: Final = bytes(32)

NO_CLAIMS: Final = bytes(64)

NO_LINE: Final = Holder(units=0, sinceTs=0, checkpointCount=0, paidMicroalgo=0, claimed=NO_CLAIMS)


def final_epoch(world: World, epoch_id: int = EPOCH, kwh: int = EXAMPLE_KWH) -> None:
    """The project's epoch has one reading and is closed."""
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=epoch_id, intervalId=1, kWhAmount=kwh)
        ),
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=kwh * 1_000)
        ),
    )


def final_epoch_of_meter(world: World, wh: int) -> None:
    """The example month has one metered reading and is closed."""
    meter = RegisterMeterArgs(producer=PROJECT, capacityW=250_000, label=NO_HASH, publicKey=NO_HASH)
    reading = RecordReadingArgs(
        epochId=EPOCH,
        meterId=1,
        intervalId=1,
        wh=wh,
        quality=receipt_cfg.QUALITY_ACTUAL,
        startTs=EPOCH_START_TS,
        endTs=EPOCH_END_TS + 1,
        sourceHash=NO_HASH,
    )
    world.send(
        world.receipt_calls.register_meter(world.operator.address, meter, 1),
        world.receipt_calls.record_reading(world.operator.address, reading, PROJECT),
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=EPOCH, expectedTotalWh=wh)
        ),
    )


def opt_in(world: World, holder: SigningAccount) -> AssetOptInParams:
    """A holder's opt-in to the kW token."""
    return AssetOptInParams(sender=holder.address, asset_id=world.vault_calls.kw_token_id)


def issue(world: World, holder: SigningAccount, units: int, sender: SigningAccount | None = None) -> Call:
    """The operator, or somebody else, issues units."""
    return world.vault_calls.issue((sender or world.operator).address, IssueArgs(to=holder.address, units=units))


def close_issuance(world: World, sender: SigningAccount | None = None) -> Call:
    """The operator, or somebody else, closes issuance."""
    return world.vault_calls.close_issuance((sender or world.operator).address)


def deposit(
    world: World,
    net_amount: int = EXAMPLE_MICROALGO,
    *,
    epoch_id: int = EPOCH,
    deposit_id: int | None = None,
    asset_id: int = cfg.ALGO,
    sale: Sale = ALL_AT_NO_PRICE,
    sender: SigningAccount | None = None,
) -> Call:
    """The operator, or somebody else, deposits net revenue."""
    calls, caller = world.vault_calls, (sender or world.operator).address
    number = deposit_id or world.vault.state.global_state.deposit_count + 1
    payment = calls.revenue_payment(caller, epoch_id, net_amount, number, asset_id)
    return calls.deposit_net_revenue(caller, payment, epoch_id, net_amount, number, sale)


def opt_in_asset(world: World, asset_id: int, sender: SigningAccount | None = None) -> Call:
    """The operator, or somebody else, lets the vault hold an asset."""
    return world.vault_calls.opt_in_asset((sender or world.operator).address, asset_id)


def return_energy(
    world: World, wh: int, deposit_id: int = 1, *, epoch_id: int = EPOCH, sender: SigningAccount | None = None
) -> Call:
    """The operator, or somebody else, gives energy of a deposit back to the ledger."""
    arguments = ReturnEnergyArgs(depositId=deposit_id, wh=wh)
    return world.vault_calls.return_energy((sender or world.operator).address, arguments, epoch_id)


def withdraw(world: World, microalgo: int, sender: SigningAccount | None = None) -> Call:
    """The admin, or somebody else, takes ALGO that the vault does not need."""
    return world.vault_calls.withdraw_surplus(
        (sender or world.admin).address, WithdrawSurplusArgs(amountMicroalgo=microalgo)
    )


def overpaid(call: Call, microalgo: int) -> Call:
    """The same call with a greater storage deposit, and the fee of the payment by which the rest comes back."""
    payment, *others = call.params.args or []
    assert isinstance(payment, PaymentParams)
    more = replace(payment, amount=AlgoAmount.from_micro_algo(payment.amount.micro_algo + microalgo))
    paid = call.params.static_fee or fee(0)
    return replace(call, params=replace(call.params, args=[more, *others], static_fee=paid + fee(1)))


def pause(world: World) -> Call:
    """The admin pauses the vault."""
    return call_of(world.vault, "pause", [], world.admin)


WRONG_PAYMENTS: Final = ("nothing", "minus_one", "plus_one", "double", "sender", "receiver", "close", "rekey")

WRONG_DEPOSITS: Final = ("nothing", "minus_one", "sender", "receiver", "close", "rekey")


def with_wrong_payment(world: World, call: Call, fault: str) -> Call:
    """A call whose payment is wrong in one way."""
    payment, *others = call.params.args or []
    assert isinstance(payment, PaymentParams)
    microalgo = payment.amount.micro_algo
    amounts = {"nothing": 0, "minus_one": microalgo - 1, "plus_one": microalgo + 1, "double": 2 * microalgo}
    other = world.consumer
    params = call.params
    if fault in amounts:
        payment = replace(payment, amount=AlgoAmount.from_micro_algo(amounts[fault]))
    elif fault == "sender":
        payment = replace(payment, sender=other.address)
    elif fault == "receiver":
        payment = replace(payment, receiver=other.address)
    elif fault == "close":
        # A closed account pays no fee any more.
        payment = replace(payment, close_remainder_to=other.address, static_fee=fee(3))
        params = replace(params, static_fee=fee(0))
    else:
        # The ledger takes the new key's signature only, from the very next transaction on.
        payment = replace(payment, rekey_to=other.address)
        params = replace(params, signer=other.signer)
    # The composer would let the call's signer sign its payment too.
    signed = TransactionWithSigner(
        world.algorand.create_transaction.payment(payment), world.algorand.account.get_signer(payment.sender)
    )
    return replace(call, params=replace(params, args=[signed, *others]))


def month_after(epoch_id: int) -> int:
    """The epoch that follows."""
    return epoch_id + 1 if epoch_id % 100 < 12 else epoch_id + 89


def current_epoch(world: World) -> tuple[int, int]:
    """The month of the chain's clock, and its last second (UTC)."""
    today = datetime.fromtimestamp(world.clock.now(), UTC)
    epoch_id = today.year * 100 + today.month
    following = month_after(epoch_id)
    return epoch_id, int(datetime(following // 100, following % 100, 1, tzinfo=UTC).timestamp()) - 1
