"""The readonly methods of OfferBook."""

from typing import Any

import pytest

from gridpact.chain.call import Call
from gridpact.contracts.offer_book_client import (
    CreateEnergyBuyOfferMbrArgs,
    GetActiveBuyOffersArgs,
    GetActiveOffersArgs,
    GetAllBuyOffersArgs,
    GetAllOffersArgs,
    GetAvailableBalanceArgs,
    GetAvailableBalanceInKwhArgs,
    GetAvailableBalanceInWhArgs,
    GetBuyerOffersCountArgs,
    GetBuyOfferByIdArgs,
    GetBuyOffersByBuyerArgs,
    GetLockedBalanceArgs,
    GetLockedBalanceInKwhArgs,
    GetLockedBalanceInWhArgs,
    GetOfferByIdArgs,
    GetOffersBySellerArgs,
    GetSellerOffersCountArgs,
    GetTradingTermsArgs,
    GetVirtualBalanceArgs,
    GetVirtualBalanceInKwhArgs,
    GetVirtualBalanceInWhArgs,
    Offer,
    SetGridPriceArgs,
    SetTradingTermsMbrArgs,
    TransferEnergyMbrArgs,
)
from smart_contracts.offer_book import config as cfg
from smart_contracts.shared import errors as err
from tests.contracts.offer_book.calls import (
    ACCOUNT_MBR,
    BUY_PRICE,
    MAX_UINT64,
    MINTED_WH,
    OFFER_MBR,
    SELL_PRICE,
    ZERO_ADDRESS,
    allow,
    buy,
    cancel_buy,
    cancel_sell,
    match_both,
    metered,
    mint,
    prune_buy,
    prune_sell,
    second_producer,
    sell,
)
from tests.contracts.offer_book.expect import buy_offer, sell_offer
from tests.support.checkpoints import checkpoint
from tests.support.world import World


def ask(world: World, call: Call) -> Any:
    """The answer of a readonly call, for somebody who has nothing to do with the book."""
    return world.simulate(call).returns[0]


def page(answer: Any) -> tuple[dict[int, Offer], int]:
    """A list query's answer: id → offer, and the next offset."""
    offers, next_offset = answer
    return {offer_id: Offer(*fields) for offer_id, fields in offers}, next_offset


@pytest.fixture
@checkpoint
def sell_side(world: World, producer: None) -> str:
    """Sell offers 0 to 9: 1, 4 and 7 are another seller's; 2 is cancelled, 3 pruned, 9 completed by buy offer 0.

    Returns:
        The other seller.
    """
    other = second_producer(world).address
    sellers = [other if offer_id % 3 == 1 else world.producer.address for offer_id in range(10)]
    offers = [sell(world, 10 + offer_id, offer_id=offer_id, seller=seller) for offer_id, seller in enumerate(sellers)]
    world.send(*offers[:5])
    world.send(*offers[5:])
    world.send(
        cancel_sell(world, 2),
        cancel_sell(world, 3),
        prune_sell(world, 3, refund_to=world.producer.address),
        buy(world, 19),
        match_both(world, 19, sell_id=9, buy_id=0),
    )
    return other


@pytest.fixture
@checkpoint
def buy_side(world: World, producer: None) -> str:
    """Buy offers 0 to 9: 1, 4 and 7 are another buyer's; 2 is cancelled, 3 pruned, 9 completed by sell offer 0.

    Returns:
        The other buyer.
    """
    other = world.buyer.address
    buyers = [other if offer_id % 3 == 1 else world.consumer.address for offer_id in range(10)]
    offers = [
        buy(world, 10 + offer_id, offer_id=offer_id, buyer=buyer, opens_account=offer_id < 2)
        for offer_id, buyer in enumerate(buyers)
    ]
    world.send(*offers[:5])
    world.send(*offers[5:])
    world.send(
        cancel_buy(world, 2),
        cancel_buy(world, 3),
        prune_buy(world, 3, refund_to=world.consumer.address),
        sell(world, 19),
        match_both(world, 19, sell_id=0, buy_id=9),
    )
    return other


# --- sell offers ------------------------------------------------------------------------------------------------------


def get_active_offers(world: World, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetActiveOffersArgs(offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_active_offers(world.outsider.address, args)))


def get_offers_by_seller(world: World, seller: str, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetOffersBySellerArgs(seller=seller, offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_offers_by_seller(world.outsider.address, args)))


def get_all_offers(world: World, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetAllOffersArgs(offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_all_offers(world.outsider.address, args)))


def get_offer_by_id(world: World, offer_id: int) -> Call:
    return world.book_calls.get_offer_by_id(world.outsider.address, GetOfferByIdArgs(offerId=offer_id))


def test_get_active_offers_success(world: World, sell_side: str) -> None:
    offers, next_offset = get_active_offers(world, 0, 8)
    assert (list(offers), next_offset) == ([0, 1, 4, 5, 6, 7], 8)
    assert offers == {offer_id: sell_offer(world, offer_id) for offer_id in offers}
    offers, next_offset = get_active_offers(world, 8, 8)
    assert (list(offers), next_offset) == ([8], 10)


def test_get_active_offers_past_the_end(world: World, sell_side: str) -> None:
    for offset in (10, 11, MAX_UINT64 - 8):
        assert get_active_offers(world, offset, 8) == ({}, 10)


def test_get_active_offers_of_an_empty_book(world: World) -> None:
    assert get_active_offers(world, 0, 8) == ({}, 0)


def test_get_offers_by_seller_success(world: World, sell_side: str) -> None:
    offers, next_offset = get_offers_by_seller(world, sell_side, 0, 8)
    assert (list(offers), next_offset) == ([1, 4, 7], 8)
    offers, next_offset = get_offers_by_seller(world, world.producer.address, 0, 8)
    assert (list(offers), next_offset) == ([0, 2, 5, 6], 8)
    assert offers[2] == sell_offer(world, 2)


def test_get_offers_by_seller_of_nobody(world: World, sell_side: str) -> None:
    for nobody in (ZERO_ADDRESS, world.outsider.address, world.consumer.address):
        assert get_offers_by_seller(world, nobody, 0, 8) == ({}, 8)


def test_get_all_offers_success(world: World, sell_side: str) -> None:
    first, next_offset = get_all_offers(world, 0, 8)
    assert (list(first), next_offset) == ([0, 1, 2, 4, 5, 6, 7], 8)
    second, next_offset = get_all_offers(world, 8, 8)
    assert (list(second), next_offset) == ([8, 9], 10)
    assert first | second == {offer_id: sell_offer(world, offer_id) for offer_id in (*first, *second)}
    assert second[9].status == cfg.STATUS_COMPLETED


def test_get_all_offers_looks_at_eight_ids_at_most(world: World, sell_side: str) -> None:
    for offset, limit, ids, next_offset in (
        (4, 2, [4, 5], 6),
        (4, 8, [4, 5, 6, 7, 8, 9], 10),
        (1, 9, [1, 2, 4, 5, 6, 7, 8], 9),
        (0, 0, [], 0),
    ):
        offers, seen_next = get_all_offers(world, offset, limit)
        assert (list(offers), seen_next) == (ids, next_offset)


def test_get_all_offers_fills_a_page(world: World, producer: None) -> None:
    """Eight whole offers, the largest answer, fit the log."""
    world.send(*(sell(world, 1 + offer_id, offer_id=offer_id) for offer_id in range(8)))
    offers, next_offset = get_all_offers(world, 0, MAX_UINT64)
    assert ([offer.amountWh for offer in offers.values()], next_offset) == (list(range(1, 9)), 8)


def test_get_offer_by_id_success(world: World, producer: None) -> None:
    world.send(sell(world, 1_000))
    assert Offer(*ask(world, get_offer_by_id(world, 0))) == sell_offer(world, 0)


def test_get_offer_by_id_invalid_offer_id(world: World) -> None:
    for offer_id in (0, MAX_UINT64):
        with world.refused(err.INVALID_OFFER_ID):
            ask(world, get_offer_by_id(world, offer_id))


def test_get_offer_by_id_invalid_offer_id_after_prune(world: World, sell_side: str) -> None:
    with world.refused(err.INVALID_OFFER_ID):
        ask(world, get_offer_by_id(world, 3))


def test_get_active_offers_count_success(world: World, sell_side: str) -> None:
    assert ask(world, world.book_calls.get_active_offers_count(world.outsider.address)) == 7


def test_get_total_offers_count_success(world: World, sell_side: str) -> None:
    assert ask(world, world.book_calls.get_total_offers_count(world.outsider.address)) == 10


def test_get_seller_offers_count_success(world: World, sell_side: str) -> None:
    counts = [
        ask(
            world,
            world.book_calls.get_seller_offers_count(world.outsider.address, GetSellerOffersCountArgs(seller=seller)),
        )
        for seller in (sell_side, world.producer.address, world.consumer.address, world.outsider.address)
    ]
    assert counts == [3, 7, 0, 0]


# --- buy offers -------------------------------------------------------------------------------------------------------


def get_active_buy_offers(world: World, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetActiveBuyOffersArgs(offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_active_buy_offers(world.outsider.address, args)))


def get_buy_offers_by_buyer(world: World, buyer: str, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetBuyOffersByBuyerArgs(buyer=buyer, offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_buy_offers_by_buyer(world.outsider.address, args)))


def get_all_buy_offers(world: World, offset: int, limit: int) -> tuple[dict[int, Offer], int]:
    args = GetAllBuyOffersArgs(offset=offset, limit=limit)
    return page(ask(world, world.book_calls.get_all_buy_offers(world.outsider.address, args)))


def get_buy_offer_by_id(world: World, offer_id: int) -> Call:
    return world.book_calls.get_buy_offer_by_id(world.outsider.address, GetBuyOfferByIdArgs(offerId=offer_id))


def test_get_active_buy_offers_success(world: World, buy_side: str) -> None:
    offers, next_offset = get_active_buy_offers(world, 0, 8)
    assert (list(offers), next_offset) == ([0, 1, 4, 5, 6, 7], 8)
    assert offers == {offer_id: buy_offer(world, offer_id) for offer_id in offers}
    offers, next_offset = get_active_buy_offers(world, 8, 8)
    assert (list(offers), next_offset) == ([8], 10)


def test_get_buy_offers_by_buyer_success(world: World, buy_side: str) -> None:
    offers, next_offset = get_buy_offers_by_buyer(world, buy_side, 0, 8)
    assert (list(offers), next_offset) == ([1, 4, 7], 8)
    offers, next_offset = get_buy_offers_by_buyer(world, world.consumer.address, 0, 8)
    assert (list(offers), next_offset) == ([0, 2, 5, 6], 8)


def test_get_all_buy_offers_success(world: World, buy_side: str) -> None:
    first, next_offset = get_all_buy_offers(world, 0, 8)
    assert (list(first), next_offset) == ([0, 1, 2, 4, 5, 6, 7], 8)
    second, next_offset = get_all_buy_offers(world, 8, 8)
    assert (list(second), next_offset) == ([8, 9], 10)
    assert first | second == {offer_id: buy_offer(world, offer_id) for offer_id in (*first, *second)}
    assert second[9].status == cfg.STATUS_COMPLETED


def test_get_buy_offer_by_id_success(world: World) -> None:
    world.send(buy(world, 1_000))
    assert Offer(*ask(world, get_buy_offer_by_id(world, 0))) == buy_offer(world, 0)


def test_get_buy_offer_by_id_invalid_buy_offer_id(world: World) -> None:
    for offer_id in (0, MAX_UINT64):
        with world.refused(err.INVALID_BUY_OFFER_ID):
            ask(world, get_buy_offer_by_id(world, offer_id))


def test_get_buy_offer_by_id_invalid_buy_offer_id_after_prune(world: World, buy_side: str) -> None:
    with world.refused(err.INVALID_BUY_OFFER_ID):
        ask(world, get_buy_offer_by_id(world, 3))


def test_get_active_buy_offers_count_success(world: World, buy_side: str) -> None:
    assert ask(world, world.book_calls.get_active_buy_offers_count(world.outsider.address)) == 7


def test_get_total_buy_offers_count_success(world: World, buy_side: str) -> None:
    assert ask(world, world.book_calls.get_total_buy_offers_count(world.outsider.address)) == 10


def test_get_buyer_offers_count_success(world: World, buy_side: str) -> None:
    counts = [
        ask(
            world, world.book_calls.get_buyer_offers_count(world.outsider.address, GetBuyerOffersCountArgs(buyer=buyer))
        )
        for buyer in (buy_side, world.consumer.address, world.producer.address, world.outsider.address)
    ]
    assert counts == [3, 7, 0, 0]


# --- balances ---------------------------------------------------------------------------------------------------------


@pytest.fixture
@checkpoint
def balances(world: World) -> str:
    """The producer's account with 5,999 Wh, 1,500 of them locked.

    Returns:
        The producer.
    """
    world.send(*metered(world, world.producer), mint(world, 5_999))
    world.send(sell(world, 1_000), sell(world, 500, offer_id=1))
    return world.producer.address


def test_get_virtual_balance_success(world: World, balances: str) -> None:
    call = world.book_calls.get_virtual_balance(world.outsider.address, GetVirtualBalanceArgs(user=balances))
    assert ask(world, call) == 599_900_000


def test_get_virtual_balance_of_nobody(world: World) -> None:
    call = world.book_calls.get_virtual_balance(
        world.outsider.address, GetVirtualBalanceArgs(user=world.outsider.address)
    )
    assert ask(world, call) == 0


def test_get_virtual_balance_at_the_bound(world: World) -> None:
    """10^14 Wh, all credit that there can be, are 10^19 SPARK: below 2^64."""
    world.send(*metered(world, world.producer, 10**14), mint(world, 10**14))
    call = world.book_calls.get_virtual_balance(
        world.outsider.address, GetVirtualBalanceArgs(user=world.producer.address)
    )
    assert ask(world, call) == 10**19


def test_get_locked_balance_success(world: World, balances: str) -> None:
    call = world.book_calls.get_locked_balance(world.outsider.address, GetLockedBalanceArgs(user=balances))
    assert ask(world, call) == 150_000_000


def test_get_available_balance_success(world: World, balances: str) -> None:
    call = world.book_calls.get_available_balance(world.outsider.address, GetAvailableBalanceArgs(user=balances))
    assert ask(world, call) == 449_900_000


def test_get_virtual_balance_in_wh_success(world: World, balances: str) -> None:
    call = world.book_calls.get_virtual_balance_in_wh(world.outsider.address, GetVirtualBalanceInWhArgs(user=balances))
    assert ask(world, call) == 5_999


def test_get_locked_balance_in_wh_success(world: World, balances: str) -> None:
    call = world.book_calls.get_locked_balance_in_wh(world.outsider.address, GetLockedBalanceInWhArgs(user=balances))
    assert ask(world, call) == 1_500


def test_get_available_balance_in_wh_success(world: World, balances: str) -> None:
    args = GetAvailableBalanceInWhArgs(user=balances)
    assert ask(world, world.book_calls.get_available_balance_in_wh(world.outsider.address, args)) == 4_499


def test_get_virtual_balance_in_kwh_success(world: World, balances: str) -> None:
    args = GetVirtualBalanceInKwhArgs(user=balances)
    assert ask(world, world.book_calls.get_virtual_balance_in_kwh(world.outsider.address, args)) == 5


def test_get_locked_balance_in_kwh_success(world: World, balances: str) -> None:
    args = GetLockedBalanceInKwhArgs(user=balances)
    assert ask(world, world.book_calls.get_locked_balance_in_kwh(world.outsider.address, args)) == 1


def test_get_available_balance_in_kwh_success(world: World, balances: str) -> None:
    args = GetAvailableBalanceInKwhArgs(user=balances)
    assert ask(world, world.book_calls.get_available_balance_in_kwh(world.outsider.address, args)) == 4


# --- terms, reference price, deposits ---------------------------------------------------------------------------------


def get_trading_terms(world: World, account: str) -> list[int]:
    args = GetTradingTermsArgs(account=account)
    terms: list[int] = ask(world, world.book_calls.get_trading_terms(world.outsider.address, args))
    return terms


def test_get_trading_terms_success(world: World) -> None:
    assert get_trading_terms(world, world.consumer.address) == [0, 0, 0, 0, 0]
    end = world.clock.now()
    allowed = allow(
        world,
        world.consumer,
        sell_price=SELL_PRICE,
        sell_wh=MINTED_WH,
        buy_price=BUY_PRICE,
        buy_wh=700,
        expiry_ts=end,
    )
    world.send(allowed)
    assert get_trading_terms(world, world.consumer.address) == [SELL_PRICE, MINTED_WH, BUY_PRICE, 700, end]


def test_get_grid_price_success(world: World) -> None:
    assert ask(world, world.book_calls.get_grid_price(world.outsider.address)) == 0
    world.send(world.book_calls.set_grid_price(world.operator.address, SetGridPriceArgs(pricePerKwh=BUY_PRICE)))
    assert ask(world, world.book_calls.get_grid_price(world.outsider.address)) == BUY_PRICE


def test_create_energy_buy_offer_mbr_success(world: World) -> None:
    args = CreateEnergyBuyOfferMbrArgs(buyer=world.consumer.address)
    call = world.book_calls.create_energy_buy_offer_mbr(world.outsider.address, args)
    assert ask(world, call) == OFFER_MBR + ACCOUNT_MBR
    world.send(buy(world))
    assert ask(world, call) == OFFER_MBR


def test_set_trading_terms_mbr_success(world: World) -> None:
    args = SetTradingTermsMbrArgs(account=world.consumer.address)
    call = world.book_calls.set_trading_terms_mbr(world.outsider.address, args)
    assert ask(world, call) == ACCOUNT_MBR
    world.send(allow(world, world.consumer))
    assert ask(world, call) == 0


def test_transfer_energy_mbr_success(world: World) -> None:
    args = TransferEnergyMbrArgs(receiver=world.consumer.address)
    call = world.book_calls.transfer_energy_mbr(world.outsider.address, args)
    assert ask(world, call) == ACCOUNT_MBR
    world.send(allow(world, world.consumer))
    assert ask(world, call) == 0
