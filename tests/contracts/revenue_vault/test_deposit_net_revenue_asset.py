"""depositNetRevenueAsset: net revenue in any asset; its sums hold asset by asset."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from algokit_utils import AssetCreateParams, AssetOptInParams, AssetTransferParams
from algosdk.atomic_transaction_composer import TransactionWithSigner

from gridpact.chain.call import Call, fee
from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordProductionArgs
from gridpact.production.boxes import PROJECT
from gridpact.revenue.sale import Sale
from smart_contracts.revenue_vault import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.revenue_vault.calls import (
    EPOCH,
    EPOCH_END_TS,
    EXAMPLE_KWH,
    MAX_UINT64,
    current_epoch,
    deposit,
    final_epoch,
    opt_in_asset,
    pause,
    withdraw,
)
from tests.contracts.revenue_vault.expect import (
    assert_sound,
    claimed,
    deposit_of,
    energy_drawn,
    free_microalgo,
    held,
    money,
    revenue_in,
    vault,
)
from tests.contracts.revenue_vault.states import claim, closed_out, issued, open_for_revenue, sync
from tests.support.checkpoints import checkpoint
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

AMOUNT: Final = 450_000_001
EVIDENCE: Final = bytes(range(32))
HOLDERS: Final = ("holder_a", "holder_b", "holder_c")


@checkpoint
def ready(world: World) -> int:
    """As for a deposit in ALGO, and the vault has opted in to a dollar of 6 decimals; its asset id."""
    open_for_revenue(world)
    final_epoch(world)
    asset_id = world.asset(world.treasury, world.operator, world.outsider)
    world.send(opt_in_asset(world, asset_id))
    return asset_id


def opted_in(world: World, asset_id: int, *holders: str) -> None:
    """Holders may get an asset."""
    world.send(
        *(
            AssetOptInParams(sender=getattr(world, holder).address, asset_id=asset_id, static_fee=fee(1))
            for holder in holders
        )
    )


def revenue_deposited(asset_id: int, **changes: Any) -> tuple[str, dict[str, Any]]:
    """The event of a deposit of `AMOUNT`, with changes."""
    fields = {
        "epochId": EPOCH,
        "netAmountMicroalgo": AMOUNT,
        "depositId": 1,
        "recordTs": EPOCH_END_TS,
        "carriedInMicroalgo": 0,
        "perUnitMicroalgo": 450,
        "carriedMicroalgo": 1,
        "energyWh": EXAMPLE_KWH * 1_000,
        "assetId": asset_id,
        "pricePerKwh": 150_000,
        "evidenceHash": EVIDENCE,
        "timestamp": ANY_TIME,
    }
    return "RevenueDeposited", fields | changes


def deposit_asset(world: World, asset_id: int, amount: int = AMOUNT, **options: Any) -> Call:
    """A deposit in the asset."""
    return deposit(world, amount, asset_id=asset_id, **options)


def with_wrong_transfer(world: World, call: Call, **changes: Any) -> Call:
    """A call whose transfer is another one, signed by whoever it is of."""
    transfer, *others = call.params.args or []
    assert isinstance(transfer, AssetTransferParams)
    changed = replace(transfer, **changes)
    signer = world.algorand.account.get_signer(changed.sender)
    signed = TransactionWithSigner(world.algorand.create_transaction.asset_transfer(changed), signer)
    return replace(call, params=replace(call.params, args=[signed, *others]))


def test_deposit_net_revenue_asset_success(world: World) -> None:
    asset_id = ready(world)
    sale = Sale(price_per_kwh=150_000, evidence_hash=EVIDENCE)

    sent = world.send(deposit_asset(world, asset_id, sale=sale))

    assert sent.returns == (1,)
    expect_events(sent, energy_drawn(EXAMPLE_KWH * 1_000), revenue_deposited(asset_id))
    assert revenue_in(world, asset_id) == {"deposited": AMOUNT, "paid": 0, "owed": AMOUNT - 1, "carried": 1}
    assert money(world) == {"deposited": 0, "paid": 0, "owed": 0, "carried": 0}
    assert held(world, vault(world), asset_id) == AMOUNT
    stored = deposit_of(world)
    assert (stored.assetId, stored.pricePerKwh, bytes(stored.evidenceHash)) == (asset_id, 150_000, EVIDENCE)
    assert_sound(world)


def test_three_assets_in_one_epoch(world: World) -> None:
    """ALGO, a dollar of 6 decimals and a token without decimals. Who has not opted in stops nobody else."""
    dollar = ready(world)
    created = world.algorand.send.asset_create(
        AssetCreateParams(sender=world.operator.address, total=10**9, decimals=0, asset_name="Token"),
        {"suppress_log": True},
    )
    token = created.asset_id
    world.send(opt_in_asset(world, token))
    world.send(
        deposit(world, 3_000_000_007),
        deposit_asset(world, dollar, 450_000_001, deposit_id=2),
        deposit_asset(world, token, 2_000_003, deposit_id=3),
    )
    opted_in(world, dollar, "holder_a", "holder_b")
    opted_in(world, token, *HOLDERS)
    c = world.holder_c.address

    for number, asset_id in ((1, cfg.ALGO), (2, dollar), (3, token)):
        for name in HOLDERS:
            holder = getattr(world, name).address
            if (name, asset_id) == ("holder_c", dollar):
                with world.refused(err.NOT_OPTED_IN):
                    world.send(claim(world, holder, number, asset_id=asset_id))
            else:
                world.send(claim(world, holder, number, asset_id=asset_id))

    assert money(world) == {"deposited": 3_000_000_007, "paid": 3_000_000_000, "owed": 0, "carried": 7}
    assert revenue_in(world, dollar) == {
        "deposited": 450_000_001,
        "paid": 360_000_000,
        "owed": 90_000_000,
        "carried": 1,
    }
    assert revenue_in(world, token) == {"deposited": 2_000_003, "paid": 2_000_000, "owed": 0, "carried": 3}
    assert_sound(world)

    # Their share waits for them.
    opted_in(world, dollar, "holder_c")
    sent = world.send(claim(world, c, 2, asset_id=dollar))
    expect_events(sent, claimed(c, 200_000, 90_000_000, 2, asset_id=dollar))
    assert held(world, c, dollar) == 90_000_000
    # Each carry goes into the next deposit of its own asset.
    world.send(deposit_asset(world, token, 999_997, deposit_id=4))
    assert (deposit_of(world, 4).carriedInMicroalgo, deposit_of(world, 4).perUnitMicroalgo) == (3, 1)
    assert money(world)["carried"] == 7
    assert_sound(world)


def test_vault_line_in_an_asset(world: World) -> None:
    """The share of the vault's own line goes to the carry of that asset."""
    asset_id = ready(world)
    closed_out(world, world.holder_a)
    world.send(sync(world, world.holder_a.address))
    epoch_id, end_ts = current_epoch(world)
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=epoch_id, intervalId=1, kWhAmount=1)
        )
    )
    world.clock.advance_to(end_ts + 1)
    closing = FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=1_000)
    world.send(
        world.receipt_calls.finalize_epoch(world.operator.address, closing),
        deposit_asset(world, asset_id, epoch_id=epoch_id),
    )
    world.send(claim(world, vault(world), asset_id=asset_id))
    assert revenue_in(world, asset_id) == {"deposited": AMOUNT, "paid": 0, "owed": 225_000_000, "carried": 225_000_001}
    assert_sound(world)


def test_deposit_net_revenue_asset_not_operator(world: World) -> None:
    asset_id = ready(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(deposit_asset(world, asset_id, sender=world.outsider))


def test_deposit_net_revenue_asset_is_paused(world: World) -> None:
    asset_id = ready(world)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(deposit_asset(world, asset_id))


def test_deposit_net_revenue_asset_issuance_open(world: World) -> None:
    issued(world)
    final_epoch(world)
    asset_id = world.asset(world.treasury, world.operator)
    world.send(opt_in_asset(world, asset_id))
    with world.refused(err.ISSUANCE_OPEN):
        world.send(deposit_asset(world, asset_id))


def test_deposit_net_revenue_asset_invalid_amount(world: World) -> None:
    asset_id = ready(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(deposit_asset(world, asset_id, 0))


def test_deposit_net_revenue_asset_wrong_asset(world: World) -> None:
    """One that the vault has not opted in to: of it the ledger lets a transfer of nothing pass."""
    ready(world)
    other = world.asset(world.treasury, world.operator)
    with world.refused(err.WRONG_ASSET):
        world.send(with_wrong_transfer(world, deposit_asset(world, other), amount=0))


def test_deposit_net_revenue_asset_clawback_not_allowed(world: World) -> None:
    """The operator would pay with the outsider's dollars."""
    open_for_revenue(world)
    final_epoch(world)
    asset_id = world.asset(world.operator, world.outsider)
    world.send(opt_in_asset(world, asset_id))
    call = deposit_asset(world, asset_id)
    with world.refused(err.CLAWBACK_NOT_ALLOWED):
        world.send(with_wrong_transfer(world, call, clawback_target=world.outsider.address))


def test_deposit_net_revenue_asset_wrong_sender(world: World) -> None:
    asset_id = ready(world)
    call = deposit_asset(world, asset_id)
    with world.refused(err.WRONG_SENDER):
        world.send(with_wrong_transfer(world, call, sender=world.outsider.address))


def test_deposit_net_revenue_asset_wrong_receiver(world: World) -> None:
    asset_id = ready(world)
    call = deposit_asset(world, asset_id)
    with world.refused(err.WRONG_RECEIVER):
        world.send(with_wrong_transfer(world, call, receiver=world.outsider.address))


@pytest.mark.parametrize("change", [lambda amount: amount - 1, lambda amount: amount + 1, lambda _: 0])
def test_deposit_net_revenue_asset_wrong_amount(world: World, change: Callable[[int], int]) -> None:
    asset_id = ready(world)
    call = deposit_asset(world, asset_id)
    with world.refused(err.WRONG_AMOUNT):
        world.send(with_wrong_transfer(world, call, amount=change(AMOUNT)))


def test_deposit_net_revenue_asset_close_not_allowed(world: World) -> None:
    asset_id = ready(world)
    call = deposit_asset(world, asset_id)
    with world.refused(err.CLOSE_NOT_ALLOWED):
        world.send(with_wrong_transfer(world, call, close_asset_to=world.treasury.address))


def test_deposit_net_revenue_asset_rekey_not_allowed(world: World) -> None:
    asset_id = ready(world)
    call = deposit_asset(world, asset_id)
    rekeyed = with_wrong_transfer(world, call, rekey_to=world.outsider.address)
    rekeyed = replace(rekeyed, params=replace(rekeyed.params, signer=world.outsider.signer), creates=())
    with world.refused(err.REKEY_NOT_ALLOWED):
        world.send(rekeyed)


def test_deposit_net_revenue_asset_amount_too_large(world: World) -> None:
    """All that was ever deposited in an asset fits 64 bits, however often it comes back."""
    open_for_revenue(world, (1,))
    final_epoch(world)
    created = world.algorand.send.asset_create(
        AssetCreateParams(sender=world.operator.address, total=MAX_UINT64, decimals=0, asset_name="All"),
        {"suppress_log": True},
    )
    asset_id = created.asset_id
    world.send(opt_in_asset(world, asset_id))
    opted_in(world, asset_id, "holder_a")
    world.send(deposit_asset(world, asset_id, MAX_UINT64))
    world.send(claim(world, world.holder_a.address, asset_id=asset_id))
    back = AssetTransferParams(
        sender=world.holder_a.address,
        receiver=world.operator.address,
        asset_id=asset_id,
        amount=1,
        static_fee=fee(1),
    )
    world.send(back)
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(deposit_asset(world, asset_id, 1))
    assert_sound(world)


@pytest.mark.parametrize("epoch_id", [0, 202613])
def test_deposit_net_revenue_asset_invalid_epoch(world: World, epoch_id: int) -> None:
    asset_id = ready(world)
    with world.refused(err.INVALID_EPOCH):
        world.send(deposit_asset(world, asset_id, epoch_id=epoch_id))


def test_deposit_net_revenue_asset_epoch_not_ended(world: World) -> None:
    asset_id = ready(world)
    epoch_id, _ = current_epoch(world)
    with world.refused(err.EPOCH_NOT_ENDED):
        world.send(deposit_asset(world, asset_id, epoch_id=epoch_id))


def test_deposit_net_revenue_asset_epoch_out_of_order(world: World) -> None:
    """The order is one for all assets."""
    asset_id = ready(world)
    final_epoch(world, 202601)
    world.send(deposit(world))
    with world.refused(err.EPOCH_OUT_OF_ORDER):
        world.send(deposit_asset(world, asset_id, epoch_id=202601))


def test_deposit_net_revenue_asset_not_consumer(world: World) -> None:
    world.vault = world.deploy_vault(wired=False)
    asset_id = ready(world)
    with world.refused(err.NOT_CONSUMER):
        world.send(deposit_asset(world, asset_id))


def test_deposit_net_revenue_asset_epoch_not_found(world: World) -> None:
    asset_id = ready(world)
    with world.refused(err.EPOCH_NOT_FOUND):
        world.send(deposit_asset(world, asset_id, epoch_id=202603))


def test_deposit_net_revenue_asset_epoch_not_final(world: World) -> None:
    asset_id = ready(world)
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=202603, intervalId=1, kWhAmount=1)
        )
    )
    with world.refused(err.EPOCH_NOT_FINAL):
        world.send(deposit_asset(world, asset_id, epoch_id=202603))


def test_deposit_net_revenue_asset_over_drawn(world: World) -> None:
    asset_id = ready(world)
    with world.refused(err.OVER_DRAWN):
        world.send(deposit_asset(world, asset_id, sale=Sale(energy_wh=EXAMPLE_KWH * 1_000 + 1)))


def test_deposit_net_revenue_asset_ledger_in_deficit(world: World) -> None:
    asset_id = ready(world)
    world.send(deposit(world))
    restated = receipt_calls.restatement(epochId=EPOCH, meterId=0, increase=False, wh=1)
    world.send(world.receipt_calls.restate_reading(world.operator.address, restated, PROJECT))
    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(deposit_asset(world, asset_id, sale=Sale(energy_wh=1)))


def test_deposit_net_revenue_asset_mbr_not_paid(world: World) -> None:
    """Nobody topped the box up, and the vault's ALGO is the holders'."""
    asset_id = ready(world)
    world.send(deposit(world))
    world.send(withdraw(world, free_microalgo(world) - money(world)["owed"]))
    with world.refused(err.MBR_NOT_PAID):
        world.send(replace(deposit_asset(world, asset_id), creates=()))
