"""What OfferBook stores: offers of both sides, accounts with their credit and trading terms, counters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from gridpact.chain.app import App
from gridpact.chain.boxes import box, boxes, boxes_by_prefix, ids_in
from gridpact.chain.errors import ContractError
from gridpact.chain.layout import abi_fields, decode, decode_state, means
from gridpact.chain.roles import Roles, roles_of
from gridpact.contracts import errors as err
from gridpact.contracts import offer_book_config as cfg
from gridpact.contracts import offer_book_layout as layout
from gridpact.market.boxes import account_box_name, buy_offer_box_name, sell_offer_box_name

CONSISTENT_READS: Final = 5
"""How often a book is read anew because it changed while it was read."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Rows = NDArray[np.void]


class Side(Enum):
    """A side of the book."""

    SELL = "sell"
    BUY = "buy"

    @property
    def prefix(self) -> bytes:
        """Of the names of its boxes."""
        return cfg.BOX_SELL_OFFER if self is Side.SELL else cfg.BOX_BUY_OFFER

    @property
    def box_name(self) -> Callable[[int], bytes]:
        """Name of an offer's box."""
        return sell_offer_box_name if self is Side.SELL else buy_offer_box_name


class Status(StrEnum):
    """What became of an offer. Only an ACTIVE one changes, once."""

    ACTIVE = "ACTIVE"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"
    PARTIALLY_FILLED = "PARTIALLY_FILLED"


STATUSES: Final = {
    cfg.STATUS_ACTIVE: Status.ACTIVE,
    cfg.STATUS_CANCELLED: Status.CANCELLED,
    cfg.STATUS_COMPLETED: Status.COMPLETED,
    cfg.STATUS_PARTIALLY_FILLED: Status.PARTIALLY_FILLED,
}


def _child(child_id: int) -> int | None:
    return None if child_id == cfg.NO_CHILD else child_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters(layout.GlobalState):
    """OfferBook's global state. Prices are EUR per kWh with 8 decimals.

    The grid price is 0 until it was set. A side's total, children included, is its next id. Minted less consumed is the
    credit of all accounts.
    """

    app_id: int

    @property
    def roles(self) -> Roles:
        """Who governs it."""
        return roles_of(self)

    def total(self, side: Side) -> int:
        """Offers ever made on a side: its next id."""
        return self.sell_total if side is Side.SELL else self.buy_total

    def active(self, side: Side) -> int:
        """Offers of a side that are ACTIVE."""
        return self.sell_active if side is Side.SELL else self.buy_active


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(layout.Offer):
    """An offer. The maker of a sell offer is its seller, that of a buy offer its buyer, whose price is a maximum."""

    side: Side
    offer_id: int
    status: Status = field(metadata=means(STATUSES.__getitem__))  # type: ignore[assignment]  # not its code
    child_id: int | None = field(metadata=means(_child))  # type: ignore[assignment]  # None instead of NO_CHILD
    """The offer that carries what a partial match left."""

    @property
    def is_child(self) -> bool:
        """Whether a partial match made it: then the app, not its maker, keeps the deposit when it is pruned."""
        return self.paid_by_float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(layout.TradingAccount):
    """Credit, consent and offer counts of one account."""

    address: str
    exists: bool
    """Whether it has a box; an account without one has nothing of all this."""

    @property
    def available_wh(self) -> int:
        """Credit that is not locked."""
        return self.virtual_wh - self.locked_wh

    @property
    def terms(self) -> layout.TradingTerms:
        """What the operator may do for it in one-sided matches."""
        return layout.TradingTerms(
            min_sell_price=self.min_sell_price,
            sell_wh=self.sell_wh,
            max_buy_price=self.max_buy_price,
            buy_wh=self.buy_wh,
            expiry_ts=self.terms_expiry_ts,
        )


@dataclass(frozen=True, slots=True)
class OpenOffers:
    """The ACTIVE offers of one side as they stood at one time.

    Attributes:
        side: which side.
        next_id: the id that the side's next offer gets.
        offer_id: shape (n,), uint64, ascending.
        rows: shape (n,), the stored structs by their fields' names.
    """

    side: Side
    next_id: int
    offer_id: NDArray[np.uint64]
    rows: Rows


class MarketReader(App):
    """Reads one OfferBook app."""

    def state(self) -> Counters:
        """The global state."""
        return decode_state(Counters, self.global_state(), app_id=self.app_id)

    def offer(self, side: Side, offer_id: int) -> Offer | None:
        """One offer; None where there is none, or where it was pruned."""
        value = box(self.algod, self.app_id, side.box_name(offer_id))
        return None if value is None else _offer(side, offer_id, value)

    def existing(self, side: Side, offer_id: int) -> Offer:
        """One offer.

        Raises:
            ContractError: there is none, or it was pruned: what the contract's own query answers.
        """
        offer = self.offer(side, offer_id)
        if offer is None:
            name = err.INVALID_OFFER_ID if side is Side.SELL else err.INVALID_BUY_OFFER_ID
            raise ContractError(name, self.app_id, "")
        return offer

    def offers_of(self, side: Side, offer_ids: Iterable[int]) -> dict[int, Offer]:
        """Offers by id: those of the ids that exist."""
        ids = list(offer_ids)
        values = boxes(self.algod, self.app_id, map(side.box_name, ids))
        return {
            offer_id: _offer(side, offer_id, value)
            for offer_id, value in zip(ids, values, strict=True)
            if value is not None
        }

    def offers(self, side: Side) -> Iterator[Offer]:
        """All offers of a side that were not pruned, by id. Read in pages, as far as they are iterated."""
        for name, value in boxes_by_prefix(self.algod, self.app_id, side.prefix):
            yield _offer(side, ids_in(name)[0], value)

    def open_offers(self) -> tuple[OpenOffers, OpenOffers]:
        """The active offers of both sides that have not expired, as they stood together at one time.

        A book that changes without pause is taken as it was read last: who acts on it finds out.
        """
        before = self.state()
        # The contract's time in the next block.
        now = self.connection.now()
        for _ in range(CONSISTENT_READS):
            sells, buys = self._open(Side.SELL, now), self._open(Side.BUY, now)
            after = self.state()
            # Whatever opens or closes an offer changes a counter.
            if after == before:
                break
            before = after
        return (
            OpenOffers(Side.SELL, after.sell_total, *sells),
            OpenOffers(Side.BUY, after.buy_total, *buys),
        )

    def account(self, address: str) -> Account:
        """An account; one without a box has nothing, as the contract reads it."""
        value = box(self.algod, self.app_id, account_box_name(address))
        stored = bytes(layout.TradingAccount.SIZE) if value is None else value
        return decode(Account, stored, address=address, exists=value is not None)

    def _open(self, side: Side, now: int) -> tuple[NDArray[np.uint64], Rows]:
        import numpy as np  # only the market's plan needs it

        pairs = list(boxes_by_prefix(self.algod, self.app_id, side.prefix))
        ids = np.frombuffer(b"".join(name[len(side.prefix) :] for name, _ in pairs), ">u8").astype(np.uint64)
        rows = np.frombuffer(b"".join(value for _, value in pairs), offer_layout())
        holds = (rows["expiry_ts"] == 0) | (rows["expiry_ts"] >= now)
        is_open = (rows["status"] == cfg.STATUS_ACTIVE) & holds
        return ids[is_open], rows[is_open]


@cache
def offer_layout() -> np.dtype[np.void]:
    """How a stored offer lies in its box, for numpy: every field has a fixed size."""
    import numpy as np  # only the market's plan needs it

    kinds = {"address": "V32", "uint64": ">u8", "uint8": "u1", "bool": "u1"}
    layout_ = np.dtype([(name, kinds[abi_type]) for name, abi_type in abi_fields(layout.Offer)])
    if layout_.itemsize != layout.Offer.SIZE:
        msg = f"a stored offer has {layout.Offer.SIZE} bytes, its fields {layout_.itemsize}"
        raise ValueError(msg)
    return layout_


def _offer(side: Side, offer_id: int, value: bytes) -> Offer:
    return decode(Offer, value, side=side, offer_id=offer_id)
