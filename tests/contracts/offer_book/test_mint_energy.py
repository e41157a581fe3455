"""mintEnergy: credit comes from the producer's own ledger, and from nowhere else."""

from dataclasses import replace

from gridpact.contracts.kwh_receipt_client import LedgerKey, RestateReadingArgs
from gridpact.contracts.offer_book_client import MintEnergyArgs
from gridpact.market.calls import OfferBookCalls
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    EPOCH,
    MAX_UINT64,
    METERED_WH,
    MINTED_WH,
    PRODUCER,
    ZERO_ADDRESS,
    consume,
    metered,
    mint,
    record_reading,
)
from tests.contracts.offer_book.expect import account_of, counters, energy_drawn, energy_minted
from tests.support.events import expect_events
from tests.support.world import World, call_of


def restate(world: World, *, increase: bool, wh: int, revision: int) -> None:
    world.send(
        world.receipt_calls.restate_reading(
            world.operator.address,
            RestateReadingArgs(
                epochId=EPOCH,
                meterId=1,
                intervalId=1,
                revision=revision,
                increase=increase,
                wh=wh,
                reasonHash=bytes(32),
            ),
            world.producer.address,
        )
    )


def test_mint_energy_success(world: World) -> None:
    world.send(*metered(world, world.producer))
    float_before = world.balance(world.book.app_address)

    sent = world.send(mint(world, 4_000))

    expect_events(sent, energy_drawn(world, 4_000, METERED_WH - 4_000), energy_minted(world, 4_000))
    assert account_of(world, world.producer) == replace(PRODUCER, virtualWh=4_000, producedWh=4_000)
    assert counters(world)["minted_wh"] == 4_000
    ledger = world.receipt.state.box.ledgers.get_value(LedgerKey(producer=world.producer.address, epoch_id=EPOCH))
    assert ledger is not None
    assert (ledger.recordedWh, ledger.mintedWh, ledger.remainingWh) == (METERED_WH, 4_000, METERED_WH - 4_000)
    # The operator's top-up is what the account's box costs.
    assert world.balance(world.book.app_address) - float_before == ACCOUNT_MBR


def test_mint_energy_success_with_the_reading_in_one_group(world: World) -> None:
    world.send(*metered(world, world.producer, 7_000), mint(world, 7_000))
    world.send(record_reading(world, world.producer, 500, interval_id=2), mint(world, 500))

    assert account_of(world, world.producer) == replace(PRODUCER, virtualWh=7_500, producedWh=7_500)


def test_mint_energy_success_makes_no_second_account(world: World, producer: None) -> None:
    before = world.balance(world.book.app_address)
    world.send(mint(world, METERED_WH - MINTED_WH))
    assert world.balance(world.book.app_address) == before


def test_mint_energy_success_up_to_the_bound(world: World) -> None:
    world.send(*metered(world, world.producer, 10**14), mint(world, 10**14))
    assert account_of(world, world.producer).virtualWh == 10**14


def test_mint_energy_not_owner(world: World) -> None:
    world.send(*metered(world, world.producer))
    for stranger in (world.outsider, world.producer, world.admin):
        with world.refused(err.NOT_OWNER):
            world.send(mint(world, sender=stranger.address))


def test_mint_energy_is_paused(world: World, producer: None, paused_book: None) -> None:
    with world.refused(err.IS_PAUSED):
        world.send(mint(world, 1))


def test_mint_energy_is_paused_in_kwh_receipt(world: World, producer: None) -> None:
    world.send(call_of(world.receipt, "pause", [], world.admin))
    with world.refused(err.IS_PAUSED):
        world.send(mint(world, 1))


def test_mint_energy_invalid_amount(world: World, producer: None) -> None:
    with world.refused(err.INVALID_AMOUNT):
        world.send(mint(world, 0))


def test_mint_energy_amount_too_large(world: World, producer: None) -> None:
    for wh in (10**14 + 1, MAX_UINT64):
        with world.refused(err.AMOUNT_TOO_LARGE):
            world.send(mint(world, wh))


def test_mint_energy_amount_too_large_in_sum(world: World) -> None:
    """The bound holds for the credit of all accounts together; what is consumed makes room."""
    world.send(*metered(world, world.producer, 10**14), mint(world, 10**14))
    world.send(*metered(world, world.holder_a, 2, meter_id=2))
    other = world.holder_a.address
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(mint(world, 1, producer=other))
    world.send(consume(world, 1), mint(world, 1, producer=other))
    with world.refused(err.AMOUNT_TOO_LARGE):
        world.send(mint(world, 1, producer=other))


def test_mint_energy_invalid_address(world: World) -> None:
    with world.refused(err.INVALID_ADDRESS):
        world.send(mint(world, producer=ZERO_ADDRESS))


def test_mint_energy_not_consumer(world: World) -> None:
    """A book that KWhReceipt does not know, once while the slot is free and once beside the one that has it."""
    world.send(*metered(world, world.producer))
    stranger = OfferBookCalls(world.deploy_book(wired=False), world.receipt.app_id)
    arguments = MintEnergyArgs(producer=world.producer.address, epochId=EPOCH, amountWh=1)
    with world.refused(err.NOT_CONSUMER):
        world.send(stranger.mint_energy(world.operator.address, arguments))
    assert world.book.app_id != stranger.client.app_id
    with world.refused(err.NOT_CONSUMER):
        world.send(stranger.mint_energy(world.operator.address, arguments))


def test_mint_energy_epoch_not_found(world: World, producer: None) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        world.send(mint(world, 1, epoch_id=202601))


def test_mint_energy_epoch_not_found_of_another_producer(world: World, producer: None) -> None:
    with world.refused(err.EPOCH_NOT_FOUND):
        world.send(mint(world, 1, producer=world.consumer.address))


def test_mint_energy_ledger_in_deficit(world: World, producer: None) -> None:
    restate(world, increase=False, wh=METERED_WH - MINTED_WH + 1, revision=1)
    with world.refused(err.LEDGER_IN_DEFICIT):
        world.send(mint(world, 1))
    restate(world, increase=True, wh=2, revision=2)
    world.send(mint(world, 1))


def test_mint_energy_over_drawn(world: World, producer: None) -> None:
    with world.refused(err.OVER_DRAWN):
        world.send(mint(world, METERED_WH - MINTED_WH + 1))
