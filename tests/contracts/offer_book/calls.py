"""Calls of the offer book, as the tests make them: valid unless a test says otherwise."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from algokit_utils import AlgoAmount, PaymentParams, SigningAccount
from algosdk.atomic_transaction_composer import TransactionSigner, TransactionWithSigner

from gridpact.chain.call import Call, fee
from gridpact.contracts import offer_book_layout as layout
from gridpact.contracts.kwh_receipt_client import RecordReadingArgs, RegisterMeterArgs
from gridpact.contracts.offer_book_client import (
    CancelEnergyBuyOfferArgs,
    CancelEnergyOfferArgs,
    ConsumeEnergyArgs,
    MatchEnergyBuyOfferArgs,
    MatchEnergyOfferArgs,
    MatchOffersArgs,
    MintEnergyArgs,
    PruneBuyOfferArgs,
    PruneOfferArgs,
    TradingAccount,
    TradingTerms,
    WithdrawSurplusArgs,
)
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.support.world import World

EPOCH: Final = 202602

EPOCH_START_TS: Final = 1_769_904_000  # 2026-02-01T00:00:00Z

EPOCH_END_TS: Final = 1_772_323_199  # 2026-02-28T23:59:59Z

METERED_WH: Final = 10_000

MINTED_WH: Final = 5_000

SELL_PRICE: Final = 15_000_000  # 0.15 EUR/kWh

BUY_PRICE: Final = 20_000_000  # 0.20 EUR/kWh

OFFER_MBR: Final = 38_900

ACCOUNT_MBR: Final = 51_300

ZERO_ADDRESS: Final = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"

MAX_UINT64: Final = 2**64 - 1

NO_TERMS: Final = TradingTerms(minSellPrice=0, sellWh=0, maxBuyPrice=0, buyWh=0, expiryTs=0)

NO_ACCOUNT: Final = TradingAccount(
    virtualWh=0,
    lockedWh=0,
    producedWh=0,
    minSellPrice=0,
    sellWh=0,
    maxBuyPrice=0,
    buyWh=0,
    sellOffers=0,
    buyOffers=0,
    termsExpiryTs=0,
    openBuyOffers=0,
    paidByFloat=False,
)

PRODUCER: Final = replace(NO_ACCOUNT, virtualWh=MINTED_WH, producedWh=MINTED_WH, paidByFloat=True)


def metered(world: World, producer: SigningAccount, wh: int = METERED_WH, meter_id: int = 1) -> list[Call]:
    """The operator registers a meter of the producer and records one reading of it."""
    operator = world.operator.address
    return [
        world.receipt_calls.register_meter(
            operator,
            RegisterMeterArgs(producer=producer.address, capacityW=0, label=bytes(32), publicKey=bytes(32)),
            meter_id,
        ),
        record_reading(world, producer, wh, meter_id=meter_id),
    ]


def record_reading(world: World, producer: SigningAccount, wh: int, *, meter_id: int = 1, interval_id: int = 1) -> Call:
    """The operator records a reading of a producer's meter: of the interval's hour."""
    return world.receipt_calls.record_reading(
        world.operator.address,
        RecordReadingArgs(
            epochId=EPOCH,
            meterId=meter_id,
            intervalId=interval_id,
            wh=wh,
            quality=receipt_cfg.QUALITY_ACTUAL,
            startTs=EPOCH_START_TS + (interval_id - 1) * 3_600,
            endTs=EPOCH_START_TS + interval_id * 3_600,
            sourceHash=bytes(32),
        ),
        producer.address,
    )


def mint(
    world: World, wh: int = MINTED_WH, *, producer: str | None = None, epoch_id: int = EPOCH, sender: str | None = None
) -> Call:
    """The operator, or somebody else, mints credit for the producer."""
    return world.book_calls.mint_energy(
        sender or world.operator.address,
        MintEnergyArgs(producer=producer or world.producer.address, epochId=epoch_id, amountWh=wh),
    )


def second_producer(world: World, minted_wh: int = MINTED_WH) -> SigningAccount:
    """Holder A has a meter of its own, the world's second, and credit."""
    world.send(
        *metered(world, world.holder_a, max(METERED_WH, minted_wh), meter_id=2),
        mint(world, minted_wh, producer=world.holder_a.address),
    )
    return world.holder_a


def sell(
    world: World,
    wh: int = 1_000,
    price: int = SELL_PRICE,
    *,
    offer_id: int = 0,
    seller: str | None = None,
    expiry_ts: int = 0,
) -> Call:
    """The producer, or somebody else, offers energy."""
    maker = seller or world.producer.address
    return world.book_calls.create_energy_offer(maker, wh, price, offer_id, expiry_ts=expiry_ts)


def buy(
    world: World,
    wh: int = 1_000,
    price: int = BUY_PRICE,
    *,
    offer_id: int = 0,
    buyer: str | None = None,
    opens_account: bool = True,
    expiry_ts: int = 0,
) -> Call:
    """The consumer, or somebody else, asks for energy."""
    return world.book_calls.create_energy_buy_offer(
        buyer or world.consumer.address, wh, price, offer_id, opens_account=opens_account, expiry_ts=expiry_ts
    )


def allow(
    world: World,
    account: SigningAccount,
    *,
    sell_price: int = 0,
    sell_wh: int = 0,
    buy_price: int = 0,
    buy_wh: int = 0,
    expiry_ts: int = 0,
    opens_account: bool = True,
) -> Call:
    """An account sets its trading terms."""
    terms = layout.TradingTerms(
        min_sell_price=sell_price, sell_wh=sell_wh, max_buy_price=buy_price, buy_wh=buy_wh, expiry_ts=expiry_ts
    )
    return world.book_calls.set_trading_terms(account.address, terms, opens_account=opens_account)


def transfer(
    world: World, wh: int, *, receiver: str | None = None, sender: str | None = None, opens_account: bool = True
) -> Call:
    """The producer gives credit to the consumer, or others do."""
    return world.book_calls.transfer_energy(
        sender or world.producer.address, receiver or world.consumer.address, wh, opens_account=opens_account
    )


def consume(world: World, wh: int, account: str | None = None) -> Call:
    """The producer, or somebody else, uses up credit."""
    return world.book_calls.consume_energy(account or world.producer.address, ConsumeEnergyArgs(amountWh=wh))


def match_sell(
    world: World,
    wh: int,
    *,
    offer_id: int = 0,
    child_id: int | None = None,
    buyer: str | None = None,
    seller: str | None = None,
    sender: str | None = None,
) -> Call:
    """The operator, or somebody else, sells of the producer's offer to the consumer."""
    return world.book_calls.match_energy_offer(
        sender or world.operator.address,
        MatchEnergyOfferArgs(offerId=offer_id, buyer=buyer or world.consumer.address, amountWh=wh),
        seller or world.producer.address,
        child_id,
    )


def match_buy(
    world: World,
    wh: int,
    *,
    offer_id: int = 0,
    child_id: int | None = None,
    seller: str | None = None,
    buyer: str | None = None,
    sender: str | None = None,
) -> Call:
    """The operator, or somebody else, serves the consumer's request from the producer's credit."""
    return world.book_calls.match_energy_buy_offer(
        sender or world.operator.address,
        MatchEnergyBuyOfferArgs(offerId=offer_id, seller=seller or world.producer.address, amountWh=wh),
        buyer or world.consumer.address,
        child_id,
    )


def match_both(
    world: World,
    wh: int,
    *,
    sell_id: int = 0,
    buy_id: int = 0,
    sell_child_id: int | None = None,
    buy_child_id: int | None = None,
    seller: str | None = None,
    buyer: str | None = None,
    sender: str | None = None,
) -> Call:
    """The operator, or somebody else, matches the producer's offer with the consumer's request."""
    return world.book_calls.match_offers(
        sender or world.operator.address,
        MatchOffersArgs(sellId=sell_id, buyId=buy_id, amountWh=wh),
        seller or world.producer.address,
        buyer or world.consumer.address,
        sell_child_id=sell_child_id,
        buy_child_id=buy_child_id,
    )


def cancel_sell(world: World, offer_id: int = 0, sender: str | None = None) -> Call:
    """The producer, or somebody else, withdraws the producer's offer."""
    return world.book_calls.cancel_energy_offer(
        sender or world.producer.address, CancelEnergyOfferArgs(offerId=offer_id), world.producer.address
    )


def cancel_buy(world: World, offer_id: int = 0, sender: str | None = None) -> Call:
    """The consumer, or somebody else, withdraws a request."""
    return world.book_calls.cancel_energy_buy_offer(
        sender or world.consumer.address, CancelEnergyBuyOfferArgs(offerId=offer_id), world.consumer.address
    )


def close_account(world: World, account: SigningAccount) -> Call:
    """An account removes its empty line."""
    return world.book_calls.close_trading_account(account.address)


def withdraw(world: World, microalgo: int, sender: SigningAccount | None = None) -> Call:
    """The admin, or somebody else, takes ALGO that the book does not need."""
    return world.book_calls.withdraw_surplus(
        (sender or world.admin).address, WithdrawSurplusArgs(amountMicroalgo=microalgo)
    )


def prune_sell(world: World, offer_id: int = 0, *, refund_to: str | None) -> Call:
    """The outsider removes the record of a sell offer."""
    return world.book_calls.prune_offer(world.outsider.address, PruneOfferArgs(offerId=offer_id), refund_to)


def prune_buy(world: World, offer_id: int = 0, *, refund_to: str | None) -> Call:
    """The outsider removes the record of a buy offer."""
    return world.book_calls.prune_buy_offer(world.outsider.address, PruneBuyOfferArgs(offerId=offer_id), refund_to)


def with_deposit(call: Call, **changes: Any) -> Call:
    """The same call with some fields of its deposit changed."""
    deposit, *arguments = call.params.args or []
    assert isinstance(deposit, PaymentParams)
    return replace(call, params=replace(call.params, args=[replace(deposit, **changes), *arguments]))


def deposit_of(call: Call) -> int:
    """The deposit of a call, in microALGO."""
    assert call.params.args is not None
    deposit = call.params.args[0]
    assert isinstance(deposit, PaymentParams)
    return deposit.amount.micro_algo


def overpaid(call: Call, microalgo: int) -> Call:
    """The same call with a greater deposit, and the fee of the payment by which the rest comes back."""
    more = with_deposit(call, amount=AlgoAmount.from_micro_algo(deposit_of(call) + microalgo))
    paid = call.params.static_fee or fee(0)
    return replace(more, params=replace(more.params, static_fee=paid + fee(1)))


Spoil = Callable[[World, Call], Call]


def _amount(change: Callable[[int], int]) -> Spoil:
    def spoil(world: World, call: Call) -> Call:
        return with_deposit(call, amount=AlgoAmount.from_micro_algo(change(deposit_of(call))))

    return spoil


def _receiver(world: World, call: Call) -> Call:
    return with_deposit(call, receiver=world.treasury.address)


def _receiver_is_another_app(world: World, call: Call) -> Call:
    return with_deposit(call, receiver=world.receipt.app_address)


def _sender(world: World, call: Call) -> Call:
    return _signed_apart(world, with_deposit(call, sender=world.outsider.address), world.outsider.signer)


def _close(world: World, call: Call) -> Call:
    # A closed account has nothing left for the call's fee: the payment covers both.
    closing = with_deposit(call, close_remainder_to=world.treasury.address, static_fee=fee(2))
    return replace(closing, params=replace(closing.params, static_fee=AlgoAmount.from_micro_algo(0)))


def _rekey(world: World, call: Call) -> Call:
    # From the payment on, the new key signs for the caller.
    own_signer = world.algorand.account.get_signer(call.params.sender)
    rekeying = _signed_apart(world, with_deposit(call, rekey_to=world.outsider.address), own_signer)
    return replace(rekeying, params=replace(rekeying.params, signer=world.outsider.signer))


def _signed_apart(world: World, call: Call, signer: TransactionSigner) -> Call:
    # The composer signs the parameters of a payment with the key of the call that it belongs to.
    deposit, *arguments = call.params.args or []
    assert isinstance(deposit, PaymentParams)
    payment = TransactionWithSigner(world.algorand.create_transaction.payment(deposit), signer)
    return replace(call, params=replace(call.params, args=[payment, *arguments]))


SPOILED_DEPOSITS: Final[dict[str, Spoil]] = {
    "receiver": _receiver,
    "another_app": _receiver_is_another_app,
    "sender": _sender,
    "close": _close,
    "rekey": _rekey,
}

SHORT_DEPOSITS: Final[dict[str, Spoil]] = {
    "one_less": _amount(lambda amount: amount - 1),
    "half": _amount(lambda amount: amount // 2),
    "nothing": _amount(lambda _: 0),
}
