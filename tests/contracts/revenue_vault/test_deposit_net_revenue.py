from dataclasses import replace
from typing import Any

import pytest

from gridpact.chain.call import Call
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import FinalizeEpochArgs, RecordProductionArgs
from gridpact.contracts.revenue_vault_client import Deposit
from gridpact.production.boxes import PROJECT, ledger_box_name
from gridpact.revenue.sale import Sale
from smart_contracts.revenue_vault import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.revenue_vault.calls import (
    EPOCH,
    EPOCH_END_TS,
    EXAMPLE_KWH,
    EXAMPLE_MICROALGO,
    current_epoch,
    deposit,
    final_epoch,
    final_epoch_of_meter,
    month_after,
    pause,
    with_wrong_payment,
)
from tests.contracts.revenue_vault.expect import assert_sound, deposit_of, energy_drawn, free_microalgo, money, vault
from tests.contracts.revenue_vault.states import claim, gift, issued, open_for_revenue
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME, expect_events, sent_at
from tests.support.world import World, call_of

DEPOSIT_MBR = 54_100


def revenue_deposited(**changes: Any) -> tuple[str, dict[str, Any]]:
    """The event of the example month's deposit, with changes."""
    fields = {
        "epochId": EPOCH,
        "netAmountMicroalgo": EXAMPLE_MICROALGO,
        "depositId": 1,
        "recordTs": EPOCH_END_TS,
        "carriedInMicroalgo": 0,
        "perUnitMicroalgo": 3_000,
        "carriedMicroalgo": 0,
        "energyWh": EXAMPLE_KWH * 1_000,
        "assetId": cfg.ALGO,
        "pricePerKwh": 0,
        "evidenceHash": bytes(32),
        "timestamp": ANY_TIME,
    }
    return "RevenueDeposited", fields | changes


def ready(world: World) -> None:
    """The first holders have their units, and the example month is final."""
    open_for_revenue(world)
    final_epoch(world)


def without_top_up(call: Call) -> Call:
    """A call whose box nobody pays for."""
    return replace(call, creates=())


def test_deposit_net_revenue_success(world: World) -> None:
    ready(world)
    before = world.balance(vault(world))

    sent = world.send(deposit(world))

    assert sent.returns == (1,)
    expect_events(sent, energy_drawn(EXAMPLE_KWH * 1_000), revenue_deposited())
    assert deposit_of(world) == Deposit(
        epochId=EPOCH,
        recordTs=EPOCH_END_TS,
        netAmountMicroalgo=EXAMPLE_MICROALGO,
        carriedInMicroalgo=0,
        perUnitMicroalgo=3_000,
        claimedUnits=0,
        energyWh=EXAMPLE_KWH * 1_000,
        depositedTs=sent_at(sent),
        assetId=cfg.ALGO,
        pricePerKwh=0,
        returnedWh=0,
        evidenceHash=bytes(32),
    )
    assert money(world) == {"deposited": EXAMPLE_MICROALGO, "paid": 0, "owed": EXAMPLE_MICROALGO, "carried": 0}
    assert world.balance(vault(world)) - before == EXAMPLE_MICROALGO + DEPOSIT_MBR
    assert_sound(world)


def test_deposit_net_revenue_twice_for_one_epoch(world: World) -> None:
    """The second draws what then remains: nothing."""
    ready(world)
    world.send(deposit(world))

    sent = world.send(deposit(world, 1_000_001))

    assert sent.returns == (2,)
    expect_events(
        sent,
        energy_drawn(0, deposit_id=2),
        revenue_deposited(
            netAmountMicroalgo=1_000_001, depositId=2, perUnitMicroalgo=1, carriedMicroalgo=1, energyWh=0
        ),
    )
    assert_sound(world)


def test_deposit_net_revenue_less_than_the_supply(world: World) -> None:
    """Nothing can be shared out: all of it waits for the next deposit."""
    ready(world)

    world.send(deposit(world, 999_999))
    assert money(world) == {"deposited": 999_999, "paid": 0, "owed": 0, "carried": 999_999}
    with world.refused(err.NOTHING_TO_CLAIM):
        world.send(claim(world, world.holder_a.address))

    sent = world.send(deposit(world, 1))
    expect_events(
        sent,
        energy_drawn(0, deposit_id=2),
        revenue_deposited(
            netAmountMicroalgo=1, depositId=2, carriedInMicroalgo=999_999, perUnitMicroalgo=1, energyWh=0
        ),
    )
    assert_sound(world)


def test_deposit_net_revenue_draws_the_rest_of_a_kwh(world: World) -> None:
    """PPA bills whole kWh of 125,000,437 Wh; the 437 Wh end with the holders."""
    open_for_revenue(world)
    final_epoch_of_meter(world, 125_000_437)
    world.send(ppa_calls.create_agreement(world), ppa_calls.allocate(world, 105_000, total_kwh=125_000))

    sent = world.send(deposit(world))

    expect_events(sent, energy_drawn(20_000_437), revenue_deposited(energyWh=20_000_437))
    assert read_struct(
        world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, ledger_box_name(PROJECT, EPOCH), "EpochLedger"
    ) | {"finalizedTs": 0} == {
        "recordedWh": 125_000_437,
        "deficitWh": 0,
        "ppaWh": 105_000_000,
        "mintedWh": 0,
        "vaultWh": 20_000_437,
        "remainingWh": 0,
        "readings": 1,
        "finalizedTs": 0,
        "signedWh": 0,
        "manualWh": 125_000_437,
    }


def test_deposit_net_revenue_ignores_gifts(world: World) -> None:
    ready(world)
    world.send(gift(world, 5_000_000))
    assert money(world) == {"deposited": 0, "paid": 0, "owed": 0, "carried": 0}

    sent = world.send(deposit(world))

    expect_events(sent, energy_drawn(EXAMPLE_KWH * 1_000), revenue_deposited())
    assert_sound(world)


def test_deposit_net_revenue_not_operator(world: World) -> None:
    ready(world)
    with world.refused(err.NOT_OPERATOR):
        world.send(deposit(world, sender=world.outsider))


def test_deposit_net_revenue_is_paused(world: World) -> None:
    ready(world)
    world.send(pause(world))
    with world.refused(err.IS_PAUSED):
        world.send(deposit(world))


def test_deposit_net_revenue_is_paused_at_the_receipt(world: World) -> None:
    ready(world)
    world.send(call_of(world.receipt, "pause", [], world.admin))
    with world.refused(err.IS_PAUSED):
        world.send(deposit(world))


def test_deposit_net_revenue_issuance_open(world: World) -> None:
    issued(world)
    final_epoch(world)
    with world.refused(err.ISSUANCE_OPEN):
        world.send(deposit(world))


def test_deposit_net_revenue_invalid_amount(world: World) -> None:
    ready(world)
    with world.refused(err.INVALID_AMOUNT):
        world.send(deposit(world, 0))


@pytest.mark.parametrize("fault", ["nothing", "minus_one", "plus_one", "double"])
def test_deposit_net_revenue_wrong_amount(world: World, fault: str) -> None:
    ready(world)
    with world.refused(err.WRONG_AMOUNT):
        world.send(with_wrong_payment(world, deposit(world), fault))


def test_deposit_net_revenue_wrong_sender(world: World) -> None:
    ready(world)
    with world.refused(err.WRONG_SENDER):
        world.send(with_wrong_payment(world, deposit(world), "sender"))


def test_deposit_net_revenue_wrong_receiver(world: World) -> None:
    ready(world)
    with world.refused(err.WRONG_RECEIVER):
        world.send(with_wrong_payment(world, deposit(world), "receiver"))


def test_deposit_net_revenue_close_not_allowed(world: World) -> None:
    ready(world)
    with world.refused(err.CLOSE_NOT_ALLOWED):
        world.send(with_wrong_payment(world, deposit(world), "close"))


def test_deposit_net_revenue_rekey_not_allowed(world: World) -> None:
    ready(world)
    with world.refused(err.REKEY_NOT_ALLOWED):
        world.send(with_wrong_payment(world, deposit(world), "rekey"))


@pytest.mark.parametrize("epoch_id", [0, 202600, 202613, 199912, 300001])
def test_deposit_net_revenue_invalid_epoch(world: World, epoch_id: int) -> None:
    ready(world)
    with world.refused(err.INVALID_EPOCH):
        world.send(deposit(world, epoch_id=epoch_id))


def test_deposit_net_revenue_epoch_not_ended(world: World) -> None:
    """The last second of the month is still the month; the next one is not."""
    open_for_revenue(world)
    epoch_id, end_ts = current_epoch(world)
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=epoch_id, intervalId=1, kWhAmount=1)
        )
    )
    with world.refused(err.EPOCH_NOT_ENDED):
        world.send(deposit(world, epoch_id=epoch_id))
    with world.refused(err.EPOCH_NOT_ENDED):
        world.send(deposit(world, epoch_id=month_after(epoch_id)))

    world.clock.advance_to(end_ts)
    with world.refused(err.EPOCH_NOT_ENDED):
        world.send(deposit(world, epoch_id=epoch_id))

    world.clock.advance_to(end_ts + 1)
    world.send(
        world.receipt_calls.finalize_epoch(
            world.operator.address, FinalizeEpochArgs(epochId=epoch_id, expectedTotalWh=1_000)
        ),
        deposit(world, epoch_id=epoch_id),
    )
    assert deposit_of(world).recordTs == end_ts


def test_deposit_net_revenue_not_consumer(world: World) -> None:
    world.vault = world.deploy_vault(wired=False)
    ready(world)
    with world.refused(err.NOT_CONSUMER):
        world.send(deposit(world))


def test_deposit_net_revenue_epoch_not_found(world: World) -> None:
    open_for_revenue(world)
    with world.refused(err.EPOCH_NOT_FOUND):
        world.send(deposit(world))


def test_deposit_net_revenue_epoch_not_final(world: World) -> None:
    open_for_revenue(world)
    world.send(
        world.receipt_calls.record_production(
            world.operator.address, RecordProductionArgs(epochId=EPOCH, intervalId=1, kWhAmount=EXAMPLE_KWH)
        )
    )
    with world.refused(err.EPOCH_NOT_FINAL):
        world.send(deposit(world))


def test_deposit_net_revenue_mbr_not_paid(world: World) -> None:
    """Boxes without a top-up use up the float that the vault got at deployment, and never holders' money."""
    ready(world)
    free = free_microalgo(world)
    number = 0
    while free >= DEPOSIT_MBR:
        batch: list[Call] = []
        while free >= DEPOSIT_MBR and len(batch) < 8:
            number, free = number + 1, free - DEPOSIT_MBR
            batch.append(without_top_up(deposit(world, 1_000_000, deposit_id=number)))
        world.send(*batch)
    assert money(world)["owed"] == number * 1_000_000

    with world.refused(err.MBR_NOT_PAID):
        world.send(without_top_up(deposit(world, 1_000_000)))

    world.send(gift(world, DEPOSIT_MBR - free), without_top_up(deposit(world, 1_000_000)))
    assert free_microalgo(world) == money(world)["owed"]
    assert_sound(world)


def test_deposit_net_revenue_takes_the_payment_before_it_only(world: World) -> None:
    """One payment never pays for two deposits, whatever stands elsewhere in the group."""
    ready(world)
    with world.refused(err.WRONG_AMOUNT):
        world.send(deposit(world), with_wrong_payment(world, deposit(world, deposit_id=2), "nothing"))


def test_deposit_net_revenue_says_what_was_sold(world: World) -> None:
    """How much energy, at which price, on which evidence: 20,000 kWh of 125,000 at 0.15."""
    ready(world)
    sale = Sale(energy_wh=20_000_000, price_per_kwh=150_000, evidence_hash=bytes(range(32)))

    sent = world.send(deposit(world, sale=sale))

    said = {"energyWh": 20_000_000, "pricePerKwh": 150_000, "evidenceHash": bytes(range(32))}
    drawn = replace_fields(energy_drawn(20_000_000), remainingWh=105_000_000)
    expect_events(sent, drawn, revenue_deposited(**said))
    stored = deposit_of(world)
    assert (stored.energyWh, stored.pricePerKwh, bytes(stored.evidenceHash)) == tuple(said.values())


def test_deposit_net_revenue_draws_nothing(world: World) -> None:
    """A deposit that draws nothing leaves the energy to be allocated; so does one of an epoch in deficit."""
    ready(world)
    sent = world.send(deposit(world, sale=Sale(energy_wh=0)))
    drawn = replace_fields(energy_drawn(0), remainingWh=EXAMPLE_KWH * 1_000)
    expect_events(sent, drawn, revenue_deposited(energyWh=0))
    world.send(ppa_calls.create_agreement(world), ppa_calls.allocate(world, 105_000, total_kwh=EXAMPLE_KWH))


def test_deposit_net_revenue_over_drawn(world: World) -> None:
    ready(world)
    with world.refused(err.OVER_DRAWN):
        world.send(deposit(world, sale=Sale(energy_wh=EXAMPLE_KWH * 1_000 + 1)))


def test_deposit_net_revenue_ledger_in_deficit(world: World) -> None:
    ready(world)
    world.send(deposit(world))
    world.send(
        world.receipt_calls.restate_reading(
            world.operator.address, receipt_calls.restatement(epochId=EPOCH, meterId=0, increase=False, wh=1), PROJECT
        )
    )
    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(deposit(world, sale=Sale(energy_wh=1)))
    world.send(deposit(world, sale=Sale(energy_wh=0)))
    world.send(deposit(world))


def test_deposit_net_revenue_epoch_out_of_order(world: World) -> None:
    """Nobody chooses among record dates that are past: not even with a month made up of 1 kWh."""
    ready(world)
    final_epoch(world, 202603)
    final_epoch(world, 202001, 1)
    world.send(deposit(world))
    for epoch_id in (202601, 202001, 202512):
        with world.refused(err.EPOCH_OUT_OF_ORDER):
            world.send(deposit(world, epoch_id=epoch_id))
    world.send(deposit(world))
    world.send(deposit(world, epoch_id=202603))
    with world.refused(err.EPOCH_OUT_OF_ORDER):
        world.send(deposit(world))
    assert_sound(world)


def replace_fields(event: tuple[str, dict[str, Any]], **fields: Any) -> tuple[str, dict[str, Any]]:
    """An event with some fields changed."""
    return event[0], event[1] | fields
