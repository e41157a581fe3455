"""The columns of one side of the offer book, checked once so that everything behind them may rely on the bounds."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

type U64 = NDArray[np.uint64]
type I64 = NDArray[np.int64]
type Mask = NDArray[np.bool_]

MAX_AMOUNT_WH: Final = 10**12  # the offer book's bound on one offer
MAX_PRICE_PER_KWH: Final = 10**11  # 1,000 EUR per kWh with 8 decimals, the offer book's bound
MAX_OFFERS: Final = 1 << 20  # a side; keeps the Wh of both sides together, each offer at its bound, below 2^62

EUR: Final = 10**11  # welfare is counted in Wh x price units: 1 EUR = 1,000 Wh x 10^8


@dataclass(frozen=True, slots=True, eq=False)
class OfferColumns:
    """The open offers of one side, one row an offer, in any order.

    Attributes:
        offer_id: shape (n,), uint64. Unique within the side.
        maker: shape (n,), int64. Index of the account that made the offer, not negative. The same account has the same
            index on both sides (see `index_accounts`).
        amount_wh: shape (n,), uint64. Wh still open, 1 to `MAX_AMOUNT_WH`.
        price_per_kwh: shape (n,), uint64. EUR per kWh with 8 decimals, at most `MAX_PRICE_PER_KWH`: what a seller asks,
            or the most that a buyer pays.
        since_ts: shape (n,), uint64. Seconds since 1970; the older offer goes first where prices are equal.

    The columns are kept as read-only views of the caller's arrays.

    Raises:
        TypeError: a column is not a NumPy array of the type above.
        ValueError: columns of different length, more than `MAX_OFFERS` rows, a value out of bounds, an id twice.
    """

    offer_id: U64
    maker: I64
    amount_wh: U64
    price_per_kwh: U64
    since_ts: U64

    def __post_init__(self) -> None:
        for field in fields(self):
            column = getattr(self, field.name)
            expected = np.dtype(np.int64 if field.name == "maker" else np.uint64)
            if not isinstance(column, np.ndarray) or column.dtype != expected:
                found = column.dtype if isinstance(column, np.ndarray) else type(column).__name__
                raise TypeError(f"{field.name} must be a NumPy array of {expected}, not {found}")
            if column.ndim != 1 or len(column) != len(self.offer_id):
                raise ValueError(f"{field.name} has shape {column.shape}; every column needs one value an offer")
            view = column.view()
            view.flags.writeable = False
            object.__setattr__(self, field.name, view)
        self._check_bounds()

    def _check_bounds(self) -> None:
        if len(self) > MAX_OFFERS:
            raise ValueError(f"{len(self)} offers on one side; at most {MAX_OFFERS} are matched at once")
        if not len(self):
            return
        if self.amount_wh.min() < 1 or self.amount_wh.max() > MAX_AMOUNT_WH:
            raise ValueError(f"amount_wh must be 1 to {MAX_AMOUNT_WH}")
        if self.price_per_kwh.max() > MAX_PRICE_PER_KWH:
            raise ValueError(f"price_per_kwh must be at most {MAX_PRICE_PER_KWH}")
        if self.maker.min() < 0:
            raise ValueError("maker must not be negative")
        ids = self.offer_id
        if not _strictly_ascending(ids) and not _strictly_ascending(np.sort(ids)):
            raise ValueError("an offer_id stands twice on one side")

    def __len__(self) -> int:
        return len(self.offer_id)

    def take(self, rows: I64) -> "OfferColumns":
        """The given rows as a book of its own; row k of it is row `rows[k]` here."""
        return OfferColumns(*(getattr(self, field.name)[rows] for field in fields(self)))

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, int, int, int, int]]) -> Self:
        """Columns from `(offer_id, maker, amount_wh, price_per_kwh, since_ts)` rows of Python integers.

        Raises:
            OverflowError: a value does not fit its column.
            ValueError: as the class.
        """
        columns = list(zip(*rows, strict=True)) or [()] * 5
        offer_id, maker, amount_wh, price_per_kwh, since_ts = columns
        return cls(
            np.array(offer_id, np.uint64),
            np.array(maker, np.int64),
            np.array(amount_wh, np.uint64),
            np.array(price_per_kwh, np.uint64),
            np.array(since_ts, np.uint64),
        )


def index_accounts[Account: Hashable](
    sell_makers: Sequence[Account], buy_makers: Sequence[Account]
) -> tuple[list[Account], I64, I64]:
    """Number the accounts of both sides, so that the same account has the same index on each.

    Args:
        sell_makers: the maker of each sell offer, length n_sell (addresses, say).
        buy_makers: the maker of each buy offer, length n_buy.

    Returns:
        The accounts by index, in order of first appearance, and the maker columns: int64, (n_sell,) and (n_buy,).
    """
    index: dict[Account, int] = {}
    sell, buy = (
        np.fromiter((index.setdefault(maker, len(index)) for maker in makers), np.int64, len(makers))
        for makers in (sell_makers, buy_makers)
    )
    return list(index), sell, buy


def _strictly_ascending(values: U64) -> bool:
    return bool((values[1:] > values[:-1]).all())
