"""What OfferBook stores: offers of both sides, accounts with their credit and trading terms, counters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Final

import numpy as np
from algosdk import encoding
from numpy.typing import NDArray

from gridpact.chain import state
from gridpact.chain.app import App
from gridpact.chain.boxes import boxes_by_prefix
from gridpact.chain.errors import ContractError
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract, spec
from gridpact.contracts import errors as err
from gridpact.contracts import offer_book_client as stored
from gridpact.contracts import offer_book_config as cfg
from gridpact.market.calls import account_box_name, buy_offer_box_name, sell_offer_box_name

SIZE_OF_ID: Final = 8
CONSISTENT_READS: Final = 5
"""How often a book is read anew because it changed while it was read."""

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


@dataclass(frozen=True, slots=True)
class Counters:
    """OfferBook's global state. Prices are EUR per kWh with 8 decimals."""

    app_id: int
    roles: Roles
    kwh_receipt_app_id: int
    grid_price: int
    """0 until it was set."""
    sell_total: int
    """Sell offers ever made, children included: the next id."""
    sell_active: int
    buy_total: int
    buy_active: int
    minted_wh: int
    """Minted less consumed is the credit of all accounts."""
    consumed_wh: int
    traded_wh: int
    trades: int

    def total(self, side: Side) -> int:
        """Offers ever made on a side: its next id."""
        return self.sell_total if side is Side.SELL else self.buy_total

    def active(self, side: Side) -> int:
        """Offers of a side that are ACTIVE."""
        return self.sell_active if side is Side.SELL else self.buy_active


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer."""

    side: Side
    offer_id: int
    maker: str
    """The seller of a sell offer, the buyer of a buy offer."""
    amount_wh: int
    price_per_kwh: int
    """EUR per kWh with 8 decimals: the price of a sell offer, the maximum of a buy offer."""
    since_ts: int
    """When the maker created it; a child keeps its parent's."""
    status: Status
    matched_wh: int
    child_id: int | None
    """The offer that carries what a partial match left."""
    is_child: bool
    """Whether a partial match made it: then the app, not its maker, keeps the deposit when it is pruned."""


@dataclass(frozen=True, slots=True)
class Account:
    """Credit, consent and offer counts of one account."""

    address: str
    exists: bool
    """Whether it has a box; an account without one has nothing of all this."""
    virtual_wh: int
    """All credit."""
    locked_wh: int
    """Credit in its active sell offers."""
    produced_wh: int
    """Credit ever minted for it: more than 0 makes it a registered producer."""
    terms: stored.TradingTerms
    sell_offers: int
    buy_offers: int

    @property
    def available_wh(self) -> int:
        """Credit that is not locked."""
        return self.virtual_wh - self.locked_wh


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
        values = state.global_state(state.app_params(self.algod, self.app_id))
        numbers = (
            "grid_price",
            "sell_total",
            "sell_active",
            "buy_total",
            "buy_active",
            "minted_wh",
            "consumed_wh",
            "traded_wh",
            "trades",
        )
        return Counters(
            app_id=self.app_id,
            roles=roles(values),
            kwh_receipt_app_id=state.uint(values, "kwh_receipt_app"),
            **{name: state.uint(values, name) for name in numbers},
        )

    def offer(self, side: Side, offer_id: int) -> Offer | None:
        """One offer; None where there is none, or where it was pruned."""
        value = state.box(self.algod, self.app_id, side.box_name(offer_id))
        return None if value is None else _offer(side, offer_id, np.frombuffer(value, offer_layout())[0])

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
        values = state.boxes(self.algod, self.app_id, map(side.box_name, ids))
        return {
            offer_id: _offer(side, offer_id, np.frombuffer(value, offer_layout())[0])
            for offer_id, value in zip(ids, values, strict=True)
            if value is not None
        }

    def offers(self, side: Side) -> Iterator[Offer]:
        """All offers of a side that were not pruned, by id. Read in pages, as far as they are iterated."""
        layout = offer_layout()
        for name, value in boxes_by_prefix(self.algod, self.app_id, side.prefix):
            yield _offer(side, int.from_bytes(name[-SIZE_OF_ID:], "big"), np.frombuffer(value, layout)[0])

    def open_offers(self) -> tuple[OpenOffers, OpenOffers]:
        """The active offers of both sides, as they stood together at one time.

        A book that changes without pause is taken as it was read last: who acts on it finds out.
        """
        before = self.state()
        for _ in range(CONSISTENT_READS):
            sells, buys = self._open(Side.SELL), self._open(Side.BUY)
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
        """An account; one without a box has nothing."""
        return _account(address, state.box(self.algod, self.app_id, account_box_name(address)))

    def _open(self, side: Side) -> tuple[NDArray[np.uint64], Rows]:
        pairs = list(boxes_by_prefix(self.algod, self.app_id, side.prefix))
        ids = np.frombuffer(b"".join(name[-SIZE_OF_ID:] for name, _ in pairs), ">u8").astype(np.uint64)
        rows = np.frombuffer(b"".join(value for _, value in pairs), offer_layout())
        is_open = rows["status"] == cfg.STATUS_ACTIVE
        return ids[is_open], rows[is_open]


@cache
def offer_layout() -> np.dtype[np.void]:
    """How a stored offer lies in its box, by the interface document: every field has a fixed size."""
    kinds = {"address": "V32", "uint64": ">u8", "uint8": "u1", "bool": "u1"}
    layout = np.dtype(
        [(field["name"], kinds[field["type"]]) for field in spec(Contract.OFFER_BOOK)["structs"]["Offer"]]
    )
    if layout.itemsize != cfg.OFFER_SIZE:
        msg = f"a stored offer has {cfg.OFFER_SIZE} bytes, its fields {layout.itemsize}"
        raise ValueError(msg)
    return layout


def address_of(public_key: bytes) -> str:
    """The address of 32 bytes."""
    return str(encoding.encode_address(public_key))


def _offer(side: Side, offer_id: int, row: np.void) -> Offer:
    child_id = int(row["childId"])
    return Offer(
        side=side,
        offer_id=offer_id,
        maker=address_of(bytes(row["maker"])),
        amount_wh=int(row["amountWh"]),
        price_per_kwh=int(row["pricePerKwh"]),
        since_ts=int(row["sinceTs"]),
        status=STATUSES[int(row["status"])],
        matched_wh=int(row["matchedWh"]),
        child_id=None if child_id == cfg.NO_CHILD else child_id,
        is_child=bool(row["paidByFloat"]),
    )


def _account(address: str, value: bytes | None) -> Account:
    # An account without a box reads as all zero, as the contract reads it.
    content = state.decode(Contract.OFFER_BOOK, stored.TradingAccount, value or bytes(cfg.ACCOUNT_SIZE))
    return Account(
        address=address,
        exists=value is not None,
        virtual_wh=content.virtualWh,
        locked_wh=content.lockedWh,
        produced_wh=content.producedWh,
        terms=stored.TradingTerms(
            minSellPrice=content.minSellPrice,
            sellWh=content.sellWh,
            maxBuyPrice=content.maxBuyPrice,
            buyWh=content.buyWh,
        ),
        sell_offers=content.sellOffers,
        buy_offers=content.buyOffers,
    )
