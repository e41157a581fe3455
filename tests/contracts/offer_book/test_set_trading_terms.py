"""setTradingTerms: price and energy, together."""

from dataclasses import replace
from typing import Any

from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    MAX_UINT64,
    NO_ACCOUNT,
    PRODUCER,
    SHORT_DEPOSITS,
    SPOILED_DEPOSITS,
    allow,
    transfer,
)
from tests.contracts.offer_book.expect import account_of
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

TERMS: dict[str, Any] = {"sell_price": 14_000_000, "sell_wh": 2_000, "buy_price": 21_000_000, "buy_wh": 3_000}


def test_set_trading_terms_success(world: World) -> None:
    before = world.balance(world.book.app_address)

    sent = world.send(allow(world, world.consumer, **TERMS))

    expect_events(
        sent,
        (
            "TradingTermsSet",
            {
                "account": world.consumer.address,
                "minSellPrice": 14_000_000,
                "sellWh": 2_000,
                "maxBuyPrice": 21_000_000,
                "buyWh": 3_000,
                "expiryTs": 0,
                "timestamp": ANY_TIME,
            },
        ),
    )
    assert account_of(world, world.consumer) == replace(
        NO_ACCOUNT, minSellPrice=14_000_000, sellWh=2_000, maxBuyPrice=21_000_000, buyWh=3_000
    )
    assert world.balance(world.book.app_address) - before == ACCOUNT_MBR


def test_set_trading_terms_success_replaces_and_clears(world: World, producer: None) -> None:
    world.send(allow(world, world.producer, **TERMS, opens_account=False))
    sold_only = replace(PRODUCER, minSellPrice=1, sellWh=1)
    world.send(allow(world, world.producer, sell_price=1, sell_wh=1, opens_account=False))
    assert account_of(world, world.producer) == sold_only
    world.send(allow(world, world.producer, opens_account=False))
    assert account_of(world, world.producer) == replace(sold_only, minSellPrice=0, sellWh=0)


def test_set_trading_terms_success_with_an_expiry(world: World) -> None:
    now = world.clock.now()
    world.send(allow(world, world.consumer, **TERMS, expiry_ts=now))
    assert account_of(world, world.consumer).termsExpiryTs == now
    world.send(allow(world, world.consumer, **TERMS, opens_account=False))
    assert account_of(world, world.consumer).termsExpiryTs == 0


def test_set_trading_terms_success_though_others_opened_the_account(world: World, producer: None) -> None:
    first = allow(world, world.consumer, **TERMS)
    world.send(transfer(world, 1))
    before = world.balance(world.book.app_address)
    world.send(first)
    assert world.balance(world.book.app_address) == before


def test_set_trading_terms_invalid_expiry(world: World) -> None:
    now = world.clock.now()
    for expiry_ts in (1, now - 1):
        with world.refused(err.INVALID_EXPIRY):
            world.send(allow(world, world.consumer, **TERMS, expiry_ts=expiry_ts))


def test_set_trading_terms_success_at_the_bounds(world: World) -> None:
    world.send(allow(world, world.consumer, sell_price=10**11, sell_wh=10**12, buy_price=10**11, buy_wh=10**12))
    assert account_of(world, world.consumer).sellWh == 10**12


def test_set_trading_terms_success_while_paused(world: World, paused_book: None) -> None:
    world.send(allow(world, world.consumer, **TERMS))


def test_set_trading_terms_invalid_amount(world: World) -> None:
    for side in ("sell", "buy"):
        with world.refused(err.INVALID_AMOUNT):
            world.send(allow(world, world.consumer, **(TERMS | {f"{side}_price": 0})))


def test_set_trading_terms_amount_too_large(world: World) -> None:
    for change in (
        {"sell_price": 10**11 + 1},
        {"buy_price": 10**11 + 1},
        {"sell_wh": 10**12 + 1},
        {"buy_wh": 10**12 + 1},
        {"buy_wh": MAX_UINT64},
    ):
        with world.refused(err.AMOUNT_TOO_LARGE):
            world.send(allow(world, world.consumer, **(TERMS | change)))


def test_set_trading_terms_mbr_not_paid(world: World) -> None:
    for spoil in (SPOILED_DEPOSITS | SHORT_DEPOSITS).values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, allow(world, world.consumer, **TERMS)))


def test_set_trading_terms_mbr_not_paid_where_nothing_is_due(world: World, producer: None) -> None:
    for spoil in SPOILED_DEPOSITS.values():
        with world.refused(err.MBR_NOT_PAID):
            world.send(spoil(world, allow(world, world.producer, **TERMS, opens_account=False)))
