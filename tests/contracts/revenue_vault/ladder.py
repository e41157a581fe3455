"""States of RevenueVault that its tests start from, and what they read."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final

from algokit_utils import AlgoAmount, AssetOptInParams, AssetTransferParams, PaymentParams, SigningAccount
from algosdk.atomic_transaction_composer import TransactionWithSigner
from algosdk.error import AlgodHTTPError

from gridpact.chain.call import Call, fee
from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.contracts.kwh_receipt_client import (
    FinalizeEpochArgs,
    RecordProductionArgs,
    RecordReadingArgs,
    RegisterMeterArgs,
)
from gridpact.contracts.revenue_vault_client import (
    AssetRevenue,
    ClaimArgs,
    Deposit,
    Holder,
    IssueArgs,
    ReturnEnergyArgs,
    WithdrawSurplusArgs,
)
from gridpact.production.boxes import PROJECT
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, deposit_box_name, holder_box_name
from gridpact.revenue.moves import Move
from gridpact.revenue.sale import ALL_AT_NO_PRICE, Sale
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.revenue_vault import config as cfg
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME
from tests.support.snapshot import boxes_of
from tests.support.stages import stage
from tests.support.structs import as_layout
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


# --- states -----------------------------------------------------------------------------------------------------------


@stage
def bootstrap(world: World) -> None:
    """The kW token exists, and the world's calls know it."""
    (token_id,) = world.send(world.vault_calls.bootstrap(world.admin.address)).returns
    world.vault_calls = replace(world.vault_calls, kw_token_id=token_id)


@stage
def issued(world: World, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """Holders a, b and c, as many as there are amounts, have opted in and got their units."""
    bootstrap(world)
    holders = (world.holder_a, world.holder_b, world.holder_c)[: len(units)]
    world.send(
        *(opt_in(world, holder) for holder in holders),
        *(issue(world, holder, amount) for holder, amount in zip(holders, units, strict=True)),
    )


@stage
def open_for_revenue(world: World, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """As `issued`, and issuance is closed."""
    issued(world, units)
    world.send(close_issuance(world))


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


@stage
def deposited(world: World, net_amount: int = EXAMPLE_MICROALGO, units: Sequence[int] = EXAMPLE_UNITS) -> None:
    """As `open_for_revenue`, and the net revenue of the example month is deposited."""
    open_for_revenue(world, units)
    final_epoch(world)
    world.send(deposit(world, net_amount))


def closed_out(world: World, holder: SigningAccount) -> None:
    """A holder closed their kW tokens out to the vault, which no program sees."""
    world.send(close_out(world, holder))


# --- calls ------------------------------------------------------------------------------------------------------------


def opt_in(world: World, holder: SigningAccount) -> AssetOptInParams:
    """A holder's opt-in to the kW token."""
    return AssetOptInParams(sender=holder.address, asset_id=world.vault_calls.kw_token_id)


def close_out(world: World, holder: SigningAccount) -> AssetTransferParams:
    """A holder's close-out of all their kW tokens to the vault."""
    return AssetTransferParams(
        sender=holder.address,
        receiver=vault(world),
        asset_id=world.vault_calls.kw_token_id,
        amount=0,
        close_asset_to=vault(world),
    )


def issue(world: World, holder: SigningAccount, units: int, sender: SigningAccount | None = None) -> Call:
    """The operator, or somebody else, issues units."""
    return world.vault_calls.issue((sender or world.operator).address, IssueArgs(to=holder.address, units=units))


def close_issuance(world: World, sender: SigningAccount | None = None) -> Call:
    """The operator, or somebody else, closes issuance."""
    return world.vault_calls.close_issuance((sender or world.operator).address)


def move(world: World, sender: str, receiver: str) -> Move:
    """A move of units, as the library measures it."""
    giver, taker = (as_layout(layout.Holder, line(world, holder)) for holder in (sender, receiver))
    return Move.between(sender, giver, receiver, taker, world.clock.now())


def transfer(
    world: World,
    sender: SigningAccount,
    receiver: str,
    units: int,
) -> Call:
    """A holder gives units."""
    calls, planned = world.vault_calls, move(world, sender.address, receiver)
    return calls.transfer(sender.address, calls.storage_payment(sender.address, planned), planned, units)


def hand_out(
    world: World,
    receiver: str,
    units: int,
    sender: SigningAccount | None = None,
) -> Call:
    """The operator, or somebody else, hands out units of the vault's own line."""
    calls, caller = world.vault_calls, (sender or world.operator).address
    planned = move(world, vault(world), receiver)
    return calls.hand_out(caller, calls.storage_payment(caller, planned), planned, units)


def sync(
    world: World,
    holder: str,
    sender: SigningAccount | None = None,
    *,
    issuance_open: bool = False,
) -> Call:
    """A stranger, or somebody else, syncs a holder's line; while issuance is open that makes no box."""
    calls, caller = world.vault_calls, (sender or world.outsider).address
    planned = move(world, holder, vault(world))
    if issuance_open:
        planned = replace(planned, deposit_microalgo=0)
    return calls.sync_holder(caller, calls.storage_payment(caller, planned), planned)


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


def claim(
    world: World,
    holder: str,
    deposit_id: int = 1,
    checkpoint: int = 0,
    sender: SigningAccount | None = None,
    *,
    asset_id: int = cfg.ALGO,
) -> Call:
    """A stranger, or somebody else, claims for a holder."""
    return world.vault_calls.claim(
        (sender or world.outsider).address,
        ClaimArgs(holder=holder, depositId=deposit_id, checkpointIndex=checkpoint),
        asset_id,
    )


def gift(world: World, microalgo: int) -> PaymentParams:
    """A stranger's payment to the vault that no method asked for."""
    return PaymentParams(
        sender=world.outsider.address,
        receiver=vault(world),
        amount=AlgoAmount.from_micro_algo(microalgo),
        static_fee=fee(1),
    )


def pause(world: World) -> Call:
    """The admin pauses the vault."""
    return call_of(world.vault, "pause", [], world.admin)


WRONG_PAYMENTS: Final = ("nothing", "minus_one", "plus_one", "double", "sender", "receiver", "close", "rekey")
"""What may be wrong with a typed payment of an exact amount; see `with_wrong_payment`."""
WRONG_DEPOSITS: Final = ("nothing", "minus_one", "sender", "receiver", "close", "rekey")
"""What may be wrong with a storage deposit: of one that is too much the rest comes back."""


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


# --- reading ----------------------------------------------------------------------------------------------------------


def vault(world: World) -> str:
    """The vault's own address."""
    return world.vault.app_address


def line(world: World, holder: str) -> Holder:
    """A holder's line, from its box."""
    try:
        fields = read_struct(
            world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, holder_box_name(holder), "Holder"
        )
    except AlgodHTTPError as error:
        assert error.code == 404
        return NO_LINE
    return Holder(**fields)


def checkpoint(world: World, holder: str, index: int) -> dict[str, int]:
    """A checkpoint that a later one has ended, from its box."""
    return read_struct(
        world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, checkpoint_box_name(holder, index), "Checkpoint"
    )


def deposit_of(world: World, deposit_id: int = 1) -> Deposit:
    """A deposit, from its box."""
    return Deposit(
        **read_struct(
            world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, deposit_box_name(deposit_id), "Deposit"
        )
    )


def revenue_in(world: World, asset_id: int) -> dict[str, int]:
    """The vault's counters of an asset other than ALGO, from its box."""
    fields = read_struct(
        world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, asset_box_name(asset_id), "AssetRevenue"
    )
    return asdict(AssetRevenue(**fields))


def held(world: World, address: str, asset_id: int) -> int:
    """Base units of an asset in an account; 0 when it has not opted in."""
    account = as_dict(world.algorand.client.algod.account_info(address))
    return sum(int(one["amount"]) for one in account.get("assets", []) if one["asset-id"] == asset_id)


def money(world: World) -> dict[str, int]:
    """The vault's counters of money, in microALGO."""
    state = world.vault.state.global_state
    return {
        "deposited": state.deposited_microalgo,
        "paid": state.paid_microalgo,
        "owed": state.owed_microalgo,
        "carried": state.carried_microalgo,
    }


def free_microalgo(world: World) -> int:
    """The vault's microALGO above its minimum balance."""
    account = as_dict(world.algorand.client.algod.account_info(vault(world)))
    return int(account["amount"]) - int(account["min-balance"])


def live_units(world: World, address: str) -> int:
    """kW tokens in an account; 0 when it has not opted in."""
    account = as_dict(world.algorand.client.algod.account_info(address))
    return sum(
        int(holding["amount"])
        for holding in account.get("assets", [])
        if holding["asset-id"] == world.vault_calls.kw_token_id
    )


def assert_sound(world: World) -> None:
    """Assert what holds at every moment: money is where the counters say, and units add up to the supply."""
    state = world.vault.state.global_state
    counters = money(world)
    assert free_microalgo(world) >= counters["owed"] + counters["carried"]

    names = boxes_of(world.algorand, world.vault.app_id)
    known = {holder_box_name(one.address): one.address for one in world.accounts} | {
        holder_box_name(vault(world)): vault(world)
    }
    lines = {known[name]: line(world, known[name]) for name in names if name.startswith(cfg.BOX_HOLDER)}
    assert sum(one.units for one in lines.values()) == state.issued_units
    assert state.supply_units in (0, state.issued_units)
    assert sum(one.paidMicroalgo for one in lines.values()) == counters["paid"]
    assert all(live_units(world, address) <= one.units for address, one in lines.items() if address != vault(world))

    deposits = [deposit_of(world, number) for number in range(1, state.deposit_count + 1)]
    assets = [int.from_bytes(name[len(cfg.BOX_ASSET) :], "big") for name in names if name.startswith(cfg.BOX_ASSET)]
    for asset_id in (cfg.ALGO, *assets):
        sums = counters if asset_id == cfg.ALGO else revenue_in(world, asset_id)
        assert sums["paid"] + sums["owed"] + sums["carried"] == sums["deposited"]
        own = [one for one in deposits if one.assetId == asset_id]
        assert sum((state.supply_units - one.claimedUnits) * one.perUnitMicroalgo for one in own) == sums["owed"]
        assert sum(one.netAmountMicroalgo for one in own) == sums["deposited"]
        if asset_id != cfg.ALGO:
            assert held(world, vault(world), asset_id) >= sums["owed"] + sums["carried"]
    epochs = [one.epochId for one in deposits]
    assert epochs == sorted(epochs)


def transferred(
    world: World, sender: str, receiver: str, units: int, left: int, has: int
) -> tuple[str, dict[str, Any]]:
    """The event of a transfer, or of units handed out."""
    return (
        "UnitsTransferred",
        {
            "sender": sender,
            "receiver": receiver,
            "units": units,
            "senderUnits": left,
            "receiverUnits": has,
            "timestamp": ANY_TIME,
        },
    )


def month_after(epoch_id: int) -> int:
    """The epoch that follows."""
    return epoch_id + 1 if epoch_id % 100 < 12 else epoch_id + 89


def current_epoch(world: World) -> tuple[int, int]:
    """The month of the chain's clock, and its last second (UTC)."""
    today = datetime.fromtimestamp(world.clock.now(), UTC)
    epoch_id = today.year * 100 + today.month
    following = month_after(epoch_id)
    return epoch_id, int(datetime(following // 100, following % 100, 1, tzinfo=UTC).timestamp()) - 1


def claimed(
    holder: str, units: int, microalgo: int, deposit_id: int = 1, epoch_id: int = EPOCH, asset_id: int = cfg.ALGO
) -> tuple[str, dict[str, Any]]:
    """The event of a claim."""
    return (
        "RevenueClaimed",
        {
            "holder": holder,
            "depositId": deposit_id,
            "epochId": epoch_id,
            "units": units,
            "amountMicroalgo": microalgo,
            "assetId": asset_id,
            "timestamp": ANY_TIME,
        },
    )


def energy_drawn(wh: int, epoch_id: int = EPOCH, deposit_id: int = 1) -> tuple[str, dict[str, Any]]:
    """KWhReceipt's event of a draw by the vault, which leaves nothing."""
    return (
        "EnergyDrawn",
        {
            "producer": PROJECT,
            "epochId": epoch_id,
            "consumer": receipt_cfg.CONSUMER_VAULT,
            "wh": wh,
            "remainingWh": 0,
            "reference": deposit_id,
            "timestamp": ANY_TIME,
        },
    )


def pay_out(sent: Sent) -> list[tuple[str, int]]:
    """Receiver and microALGO of each inner payment of a group."""
    return [
        (inner["txn"]["txn"]["rcv"], inner["txn"]["txn"].get("amt", 0))
        for confirmation in sent.confirmations
        for inner in confirmation.get("inner-txns", [])
        if inner["txn"]["txn"]["type"] == "pay"
    ]
