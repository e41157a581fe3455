"""Credit, offers, matches and terms in words."""

import shlex

from gridpact import units as fmt
from gridpact.chain.events import Event
from gridpact.cli.words.kinds import Names, Phrase, Told, already, intent, listed, once_more, refusal, tells
from gridpact.market import errors
from gridpact.market.effects import (
    AccountClosed,
    EnergyConsumed,
    EnergyMinted,
    EnergyTransferred,
    GridPriceSet,
    Match,
    MeterOpened,
    MeterRead,
    OfferCancelled,
    OfferCreated,
    OfferMatched,
    OfferPruned,
    RowsImported,
    SurplusWithdrawn,
    TermsSet,
)
from gridpact.market.offer_file import NothingOffered
from gridpact.market.read import Side

OFFERS = {Side.SELL: "sell offer", Side.BUY: "buy offer"}

# --- effects: credit --------------------------------------------------------------------------------------------------


@intent.register
def _(effect: MeterOpened) -> Phrase:
    return Phrase("register", f"meter {effect.label} of {effect.producer}")


@already.register
def _(effect: MeterOpened) -> str:
    return f"Meter {effect.label} of {effect.producer} is registered."


@intent.register
def _(effect: MeterRead) -> Phrase:
    span = f"from {fmt.moment(effect.start_ts)} to {fmt.moment(effect.end_ts)}"
    interval = f"as interval {effect.interval_id} of {fmt.epoch(effect.epoch_id)} ({effect.quality.value})"
    return Phrase("record", f"{fmt.energy_wh(effect.wh)} of meter {effect.label} {span} {interval}")


@already.register
def _(effect: MeterRead) -> str:
    interval = f"Interval {effect.interval_id} of meter {effect.label} in {fmt.epoch(effect.epoch_id)}"
    return f"{interval} has its {fmt.energy_wh(effect.wh)}."


@once_more.register
def _(effect: MeterRead) -> str:
    return "Add --recorded to mint what is recorded and not yet minted."


@intent.register
def _(effect: EnergyMinted) -> Phrase:
    energy = f"{fmt.energy_wh(effect.wh)} of {fmt.epoch(effect.epoch_id)}"
    return Phrase("mint", f"{energy} as credit of {effect.producer}")


@intent.register
def _(effect: EnergyTransferred) -> Phrase:
    parties = f"from {effect.sender} to {effect.receiver}"
    credit = f"{fmt.energy_wh(effect.wh)} of credit {parties}"
    return Phrase("transfer", f"{credit}{_storage(effect.storage_microalgo)}")


@intent.register
def _(effect: EnergyConsumed) -> Phrase:
    return Phrase("consume", f"{fmt.energy_wh(effect.wh)} of the credit of {effect.account}")


# --- effects: offers --------------------------------------------------------------------------------------------------


@intent.register
def _(effect: OfferCreated) -> Phrase:
    energy, price = fmt.energy_wh(effect.amount_wh), fmt.eur_price(effect.price_per_kwh)
    storage = _storage(effect.storage_microalgo)
    end = _until(effect.expiry_ts)
    if effect.side is Side.SELL:
        return Phrase("offer", f"{energy} at {price}{end} for {effect.maker}: the energy is locked{storage}")
    return Phrase("ask for", f"{energy} at {price} or less{end} for {effect.maker}{storage}")


@intent.register
def _(effect: RowsImported) -> Phrase:
    return Phrase("keep", f"the offers of {_rows(effect)}")


@already.register
def _(effect: RowsImported) -> str:
    return f"The offers of {_rows(effect)} were created by an earlier run."


@intent.register
def _(effect: OfferMatched) -> Phrase:
    energy, price = fmt.energy_wh(effect.amount_wh), fmt.eur_price(effect.price_per_kwh)
    rest = ""
    if effect.rest_wh:
        rest = f"; {fmt.energy_wh(effect.rest_wh)} go to a new offer{_storage(effect.storage_microalgo)}"
    offer = f"{OFFERS[effect.side]} {effect.offer_id}"
    if effect.side is Side.SELL:
        return Phrase("sell", f"{energy} of {offer} at {price} to {effect.other}{rest}")
    return Phrase("serve", f"{offer} with {energy} of {effect.other} at {price}{rest}")


@intent.register
def _(effect: Match) -> Phrase:
    offers = f"sell offer {effect.sell_id} with buy offer {effect.buy_id}"
    price = fmt.eur_price(effect.price_per_kwh)
    return Phrase("match", f"{offers}: {fmt.energy_wh(effect.amount_wh)} at {price}")


@intent.register
def _(effect: OfferCancelled) -> Phrase:
    offer = f"{OFFERS[effect.side]} {effect.offer_id} over {fmt.energy_wh(effect.amount_wh)} of {effect.maker}"
    return Phrase("cancel", f"{offer}: its energy is free again" if effect.side is Side.SELL else offer)


@intent.register
def _(effect: OfferPruned) -> Phrase:
    refund = ""
    if effect.refund_to:
        refund = f"; {fmt.money(effect.refund_microalgo)} go back to {effect.refund_to}"
    return Phrase("remove", f"the record of {OFFERS[effect.side]} {effect.offer_id}{refund}")


@already.register
def _(effect: OfferPruned) -> str:
    return f"The record of {OFFERS[effect.side]} {effect.offer_id} was removed."


# --- effects: terms and prices ----------------------------------------------------------------------------------------


@intent.register
def _(effect: TermsSet) -> Phrase:
    limits = _terms_of(effect)
    return Phrase("let", f"the operator act for {effect.account}: {limits}{_storage(effect.storage_microalgo)}")


@already.register
def _(effect: TermsSet) -> str:
    return f"{effect.account}: {_terms_of(effect)}."


@intent.register
def _(effect: AccountClosed) -> Phrase:
    refund = f"; {fmt.money(effect.refund_microalgo)} come back" if effect.refund_microalgo else ""
    return Phrase("close", f"the empty trading account of {effect.account}{refund}")


@already.register
def _(effect: AccountClosed) -> str:
    return f"{effect.account} has no trading account."


@intent.register
def _(effect: SurplusWithdrawn) -> Phrase:
    return Phrase(
        "withdraw", f"{fmt.money(effect.amount_microalgo)} that the offer book does not need, to {effect.admin}"
    )


@intent.register
def _(effect: GridPriceSet) -> Phrase:
    return Phrase("publish", f"{fmt.eur_price(effect.price_per_kwh)} as the grid price")


@already.register
def _(effect: GridPriceSet) -> str:
    return f"The grid price is {fmt.eur_price(effect.price_per_kwh)}."


# --- events -----------------------------------------------------------------------------------------------------------


@tells("EnergyMinted")
def _(event: Event, names: Names) -> str:
    return f"Minted {_energy(event)} of {fmt.epoch(event.number('epochId'))} as credit of {event.text('producer')}."


@tells("EnergyTransferred")
def _(event: Event, names: Names) -> str:
    return f"Transferred {_energy(event)} of credit from {event.text('sender')} to {event.text('receiver')}."


@tells("EnergyConsumed")
def _(event: Event, names: Names) -> str:
    return f"Consumed {_energy(event)} of the credit of {event.text('account')}."


@tells("TradingTermsSet")
def _(event: Event, names: Names) -> str:
    limits = terms(*map(event.number, ("sellWh", "minSellPrice", "buyWh", "maxBuyPrice", "expiryTs")))
    return f"The operator may act for {event.text('account')}: {limits}."


@tells("TradingAccountClosed")
def _(event: Event, names: Names) -> str:
    return f"Closed the trading account of {event.text('account')}{_refund(event, 'account')}."


@tells("SurplusWithdrawn")
def _(event: Event, names: Names) -> str:
    return f"Withdrew {fmt.money(event.number('amountMicroalgo'))} of surplus to {event.text('admin')}."


@tells("OfferCreated")
def _(event: Event, names: Names) -> str:
    price = fmt.eur_price(event.number("pricePerKwh"))
    return f"Created sell offer {event.number('offerId')}: {event.text('seller')} sells {_energy(event)} at {price}."


@tells("BuyOfferCreated")
def _(event: Event, names: Names) -> str:
    price = fmt.eur_price(event.number("maxPricePerKwh"))
    offer = f"buy offer {event.number('offerId')}: {event.text('buyer')} buys {_energy(event)}"
    return f"Created {offer} at {price} or less."


@tells("OfferMatched")
def _(event: Event, names: Names) -> str:
    price = fmt.eur_price(event.number("pricePerKwh"))
    return f"Sold {_energy(event)} of sell offer {event.number('offerId')} at {price} to {event.text('buyer')}."


@tells("BuyOfferMatched")
def _(event: Event, names: Names) -> str:
    price = fmt.eur_price(event.number("pricePerKwh"))
    return f"Served buy offer {event.number('offerId')} with {_energy(event)} of {event.text('seller')} at {price}."


@tells("OfferCompleted", repeats=True)
def _(event: Event, names: Names) -> str:
    return f"Completed sell offer {event.number('offerId')} of {event.text('seller')}."


@tells("BuyOfferCompleted", repeats=True)
def _(event: Event, names: Names) -> str:
    return f"Completed buy offer {event.number('offerId')} of {event.text('buyer')}."


@tells("OfferCancelled")
def _(event: Event, names: Names) -> str:
    return f"Cancelled sell offer {event.number('offerId')}: {_energy(event)} are no longer locked."


@tells("BuyOfferCancelled")
def _(event: Event, names: Names) -> str:
    return f"Cancelled buy offer {event.number('offerId')} over {_energy(event)}."


@tells("OfferPruned")
def _(event: Event, names: Names) -> str:
    return f"Removed the record of sell offer {event.number('offerId')}{_refund(event, 'seller')}."


@tells("BuyOfferPruned")
def _(event: Event, names: Names) -> str:
    return f"Removed the record of buy offer {event.number('offerId')}{_refund(event, 'buyer')}."


@tells("GridPriceSet")
def _(event: Event, names: Names) -> str:
    return f"Published {fmt.eur_price(event.number('pricePerKwh'))} as the grid price."


# --- refusals ---------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.NoProducerMeter) -> Told:
    meter = f"There is no meter {error.name!r}" if error.name else "No producer's meter is registered"
    return Told(
        f"{meter}{_whose(error.producer)}.", "Register it with `gridpact meter register NAME --producer ACCOUNT`."
    )


@refusal.register
def _(error: errors.SeveralProducerMeters) -> Told:
    known = listed(f"{meter.meter_id} ({meter.label})" for meter in error.meters)
    return Told(f"There are {len(error.meters)} meters{_whose(error.producer)}: {known}.", "Name one with --meter.")


@refusal.register
def _(error: errors.ReadDifferently) -> Told:
    interval = f"Interval {error.interval_id} of meter {error.label} in {fmt.epoch(error.epoch_id)}"
    return Told(
        f"{interval} has {fmt.energy_wh(error.recorded_wh)}, not {fmt.energy_wh(error.wh)}.",
        "A record is never changed: choose another --interval, or correct it with "
        f"`gridpact epoch restate {error.epoch_id} --meter {shlex.quote(error.label)} --interval {error.interval_id} "
        "--to KWH --reason TEXT`.",
    )


@refusal.register
def _(error: errors.NotReadYet) -> Told:
    end, now = fmt.moment(error.end_ts), fmt.moment(error.now_ts)
    return Told(
        f"The reading of {error.label} ends {end}, but by the chain's clock it is {now}.",
        "Wait until then, or name the time of what was read with --start-ts and --end-ts.",
    )


@refusal.register
def _(error: errors.ExpiryTooFar) -> Told:
    return Told(
        f"The second {error.expiry_ts} is after the year 9999.",
        "Name the end in seconds since 1970, not milliseconds, with --expiry-ts; or 0 for no end.",
    )


@refusal.register
def _(error: errors.ReadAlready) -> Told:
    times = f"{fmt.moment(error.start_ts)} to {fmt.moment(error.end_ts)}"
    return Told(
        f"{error.label} was read from {times} already (interval {error.interval_id} of {fmt.epoch(error.epoch_id)}): "
        "this would count its energy twice.",
        "Mint what is recorded with --recorded, or name another time with --start-ts and --end-ts.",
    )


@refusal.register
def _(error: NothingOffered) -> Told:
    return Told(f"The {error.what} is 0.", "Correct the file.")


@refusal.register
def _(error: errors.CreditTooSmall) -> Told:
    return Told(
        f"The file sells {fmt.energy_wh(error.wanted_wh)}, and {error.maker} has {fmt.energy_wh(error.available_wh)}.",
        f"Sell less, or mint more; see `gridpact query:balance --account {error.maker}`.",
    )


# --- for commands too -------------------------------------------------------------------------------------------------


def terms(sell_wh: int, min_sell_price: int, buy_wh: int, max_buy_price: int, expiry_ts: int) -> str:
    """What an account lets the operator do.

    Args:
        sell_wh: energy that may be sold, in Wh.
        min_sell_price: EUR per kWh with 8 decimals.
        buy_wh: energy that may be bought, in Wh.
        max_buy_price: EUR per kWh with 8 decimals.
        expiry_ts: Unix time of the last second in which it holds; 0 for no end.
    """
    sell = f"sell up to {fmt.energy_wh(sell_wh)} at {fmt.eur_price(min_sell_price)}" if sell_wh else ""
    buy = f"buy up to {fmt.energy_wh(buy_wh)} at {fmt.eur_price(max_buy_price)} or less" if buy_wh else ""
    limits = ", ".join(filter(None, (sell, buy)))
    return f"{limits}{_until(expiry_ts)}" if limits else "nothing is allowed"


# --- inside -----------------------------------------------------------------------------------------------------------


def _energy(event: Event) -> str:
    return fmt.energy_wh(event.number("amountWh"))


def _refund(event: Event, maker: str) -> str:
    refund = event.number("refundMicroalgo")
    return f"; {fmt.money(refund)} went back to {event.text(maker)}" if refund else ""


def _terms_of(effect: TermsSet) -> str:
    return terms(effect.sell_wh, effect.min_sell_price, effect.buy_wh, effect.max_buy_price, effect.expiry_ts)


def _until(expiry_ts: int) -> str:
    return f", until {fmt.moment(expiry_ts)}" if expiry_ts else ""


def _storage(microalgo: int) -> str:
    return f"; storage {fmt.money(microalgo)}" if microalgo else ""


def _whose(producer: str | None) -> str:
    return f" of {producer}" if producer else ""


def _rows(effect: RowsImported) -> str:
    return f"row {effect.first}" if effect.first == effect.last else f"rows {effect.first} to {effect.last}"
