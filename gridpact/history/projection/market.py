"""Offers of both sides, and trades."""

from collections.abc import Callable
from typing import Final

from gridpact.history.events import Event
from gridpact.history.projection.rows import Handler, Rows, Told
from gridpact.history.tables import Offer, OfferState, Side, Trade

_MATCHED: Final = {Side.SELL: "OfferMatched", Side.BUY: "BuyOfferMatched"}
_MAKER: Final = {Side.SELL: "seller", Side.BUY: "buyer"}
_PRICE: Final = {Side.SELL: "pricePerKwh", Side.BUY: "maxPricePerKwh"}
_NO_OFFER: Final = 0


def created(rows: Rows, told: Told, side: Side) -> None:
    """An offer is open: a new one, or what a match left of another one."""
    offer_id = told.event.number("offerId")
    parent_id = told.event.number("parentId")
    offer = Offer(
        side=side,
        offer_id=offer_id,
        maker=told.event.text(_MAKER[side]),
        amount_wh=told.event.number("amountWh"),
        price_per_kwh=told.event.number(_PRICE[side]),
        since_ts=told.event.number("sinceTs"),
        expiry_ts=told.event.number("expiryTs"),
        parent_id=None if parent_id == offer_id else parent_id,
        child_id=None,
        matched_wh=0,
        state=OfferState.ACTIVE,
        event_id=told.event_id,
    )
    rows.add(offer, side, offer_id)


def cancelled(rows: Rows, told: Told, side: Side) -> None:
    """An offer was withdrawn."""
    offer = rows.get(Offer, side, told.event.number("offerId"))
    offer.state = OfferState.CANCELLED
    offer.closed_ts = told.ts


def matched(rows: Rows, told: Told, side: Side) -> None:
    """An offer was served, in full or with a child that holds the rest."""
    offer = rows.get(Offer, side, told.event.number("offerId"))
    offer.matched_wh = told.event.number("amountWh")
    offer.child_id = _child(told.event)
    offer.state = OfferState.COMPLETED if offer.child_id is None else OfferState.PARTIALLY_FILLED
    offer.closed_ts = told.ts
    # A match of two offers is told on both sides, and is one trade.
    on_side = {event.name: event for event in told.call if event.name in _MATCHED.values()}
    if next(iter(on_side.values())) is told.event:
        _trade(rows, told, {side: on_side.get(name) for side, name in _MATCHED.items()})


def pruned(rows: Rows, told: Told, side: Side) -> None:
    """The record of a closed offer was removed from the chain."""
    offer = rows.get(Offer, side, told.event.number("offerId"))
    offer.pruned_ts = told.ts
    offer.refund_microalgo = told.event.number("refundMicroalgo")


def _trade(rows: Rows, told: Told, events: dict[Side, Event | None]) -> None:
    ids = {side: None if event is None else event.number("offerId") for side, event in events.items()}
    trade = Trade(
        event_id=told.event_id,
        sell_id=ids[Side.SELL],
        buy_id=ids[Side.BUY],
        seller=told.event.text("seller"),
        buyer=told.event.text("buyer"),
        amount_wh=told.event.number("amountWh"),
        price_per_kwh=told.event.number("pricePerKwh"),
        ts=told.ts,
        round=told.event.cursor.round,
        txid=told.event.txid,
    )
    rows.add(trade, told.event_id)


def _child(event: Event) -> int | None:
    child_id = event.number("newOfferId")
    return None if child_id == _NO_OFFER else child_id


def _on(side: Side, write: Callable[[Rows, Told, Side], None]) -> Handler:
    return lambda rows, told: write(rows, told, side)


HANDLERS: dict[str, Handler] = {
    f"{prefix}{what}": _on(side, write)
    for side, prefix in ((Side.SELL, "Offer"), (Side.BUY, "BuyOffer"))
    for what, write in (("Created", created), ("Cancelled", cancelled), ("Matched", matched), ("Pruned", pruned))
}
