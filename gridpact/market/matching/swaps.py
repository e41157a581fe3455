"""Exchanging partners so that no account trades with itself, as near as possible to where the own pairs stand.

An own piece (seller and buyer are account a) and any piece without a can exchange their buyers: both become pieces
between different accounts, and nobody's served Wh changes. That is done for whole blocks at once: lay the pieces that
take part side by side, the account with the most own Wh first, the other own pieces grouped by account, and turn the
buyers round by the Wh of that first account. No account's stretch is longer, so no buyer comes to stand opposite their
own account, provided that the first account holds no more than half of the layout. Where it holds more, pieces without
it are called in until it holds exactly half.

Blocks start as a few neighbouring pieces and grow only where such a block cannot be resolved, so a pairing with few own
pieces changes near them and nowhere else. A pairing as a whole can always be resolved when no account holds more than
half of the two served sides, which is what selection guarantees. All steps are sorts and sums over the pieces of the
blocks: the cost grows like n log n with the pieces, whatever the accounts.
"""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from gridpact.market.matching.book import I64, Mask
from gridpact.market.matching.pieces import Pieces, first_of_each, in_order, join, lay_over, merge_equal, pair_key

_FIRST_BLOCK: Final = 8  # pieces
_GROWTH: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Pairing:
    """A pairing of n pieces, with the accounts by sell and by buy position."""

    pieces: Pieces
    sell_maker: I64
    buy_maker: I64


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The parts of pieces whose buyers are exchanged, shape (k,) each.

    Attributes:
        piece: int64. Position in the pairing; no piece twice.
        wh: int64. How much of the piece takes part: all of an own piece, what is needed of one called in.
        block: int64. First position of the block in which buyers are exchanged.
        leads: bool. Own pieces of the account with the most own Wh in the block.
        lane: int64. The account of an own piece, -1 for a piece called in.
    """

    piece: I64
    wh: I64
    block: I64
    leads: Mask
    lane: I64

    def __getitem__(self, index: Mask) -> "_Parts":
        return _Parts(*(getattr(self, field.name)[index] for field in fields(self)))

    def __add__(self, other: "_Parts") -> "_Parts":
        columns = (np.concatenate((getattr(self, f.name), getattr(other, f.name))) for f in fields(self))
        return _Parts(*columns)


def part_own_pieces(pieces: Pieces, own: I64, sell_maker: I64, buy_maker: I64) -> Pieces:
    """Exchange buyers until no account trades with itself.

    Args:
        pieces: a pairing, n pieces in ascending order of sell and buy position.
        own: shape (k,), int64, ascending, k > 0. The pieces whose seller and buyer are one account.
        sell_maker: account by sell position.
        buy_maker: account by buy position. No account may hold more than half of the two sides together.

    Returns:
        A pairing of the same Wh of every offer without own pairs, in the same order.
    """
    return _exchange_buyers(pieces, _parts_to_exchange(_Pairing(pieces, sell_maker, buy_maker), own))


def _parts_to_exchange(pairing: _Pairing, own: I64) -> _Parts:
    """What takes part in the smallest blocks, `_FIRST_BLOCK` times a power of `_GROWTH` long, that can be resolved."""
    size = _FIRST_BLOCK
    blocks = np.unique(own // size)
    none = np.empty(0, np.int64)
    parts = _Parts(none, none, none, none.astype(np.bool_), none)
    while len(blocks):
        resolved, found = _resolve(pairing, blocks * size, size)
        if size >= len(pairing.pieces) and not resolved.all():
            raise ValueError("an account holds more than half of the two served sides: it would trade with itself")
        parts = parts[~np.isin(parts.piece // size, blocks)] + found  # a grown block stands for those that it covers
        size *= _GROWTH
        blocks = np.unique(blocks[~resolved] // _GROWTH)
    return parts


def _resolve(pairing: _Pairing, start: I64, size: int) -> tuple[Mask, _Parts]:
    """Find each block's leading account and call in pieces against it.

    Args:
        pairing: the pairing.
        start: shape (b,), int64, ascending. First positions of blocks that do not overlap, each with an own piece.
        size: pieces in a block; the last one may reach beyond the end.

    Returns:
        Which blocks have enough to call in, shape (b,), and what takes part in those.
    """
    length = np.minimum(size, len(pairing.pieces) - start)
    first = np.cumsum(length) - length
    block = np.repeat(np.arange(len(start)), length)
    piece = np.arange(len(block)) + (start - first)[block]
    members = pairing.pieces[piece]
    wh, seller, buyer = members.wh, pairing.sell_maker[members.sell], pairing.buy_maker[members.buy]
    own = seller == buyer
    leader, lead_wh, own_wh = _leaders(block[own], seller[own], wh[own])
    missing_wh = np.maximum(2 * lead_wh - own_wh, 0)
    led_by = leader[block]
    callable_wh = np.where(own | (seller == led_by) | (buyer == led_by), 0, wh)
    before_wh = np.cumsum(callable_wh) - callable_wh
    before_wh -= before_wh[first][block]
    called_wh = np.clip(missing_wh[block] - before_wh, 0, callable_wh)
    resolved = np.add.reduceat(called_wh, first) == missing_wh
    wh = np.where(own, wh, called_wh)
    taken = np.flatnonzero(resolved[block] & (wh > 0))
    own, seller, block = own[taken], seller[taken], block[taken]
    leads = own & (seller == leader[block])
    return resolved, _Parts(piece[taken], wh[taken], start[block], leads, np.where(own, seller, -1))


def _leaders(block: I64, account: I64, wh: I64) -> tuple[I64, I64, I64]:
    """By block: the account with the most own Wh (the lowest index of equals), its Wh, and the own Wh of all accounts.

    Args:
        block: shape (k,), int64, ascending, every number from 0 at least once.
        account: shape (k,), int64.
        wh: shape (k,), int64.
    """
    order = np.lexsort((account, block))
    block, account, wh = block[order], account[order], wh[order]
    first = np.flatnonzero((np.diff(block, prepend=-1) != 0) | (np.diff(account, prepend=-1) != 0))
    block, account, held_wh = block[first], account[first], np.add.reduceat(wh, first)
    order = np.lexsort((-account, held_wh, block))
    last = order[np.flatnonzero(np.diff(block[order], append=-1))]
    return account[last], held_wh[last], np.add.reduceat(held_wh, first_of_each(block))


def _exchange_buyers(pieces: Pieces, parts: _Parts) -> Pieces:
    """Turn the buyers of each block round by the Wh of its leading account: it sells first and buys last.

    Own parts keep together by account. Those called in share a lane: they are there only if the leader holds half, and
    then faces all others in whatever order.
    """
    sell_order = np.lexsort((parts.piece, parts.lane, ~parts.leads, parts.block))
    buy_order = np.lexsort((parts.piece, parts.lane, parts.leads, parts.block))
    turned = lay_over(parts.wh[sell_order], parts.wh[buy_order])
    sell, buy = pieces.sell[parts.piece[sell_order]], pieces.buy[parts.piece[buy_order]]
    turned = Pieces(sell[turned.sell], buy[turned.buy], turned.wh)
    rest_wh = pieces.wh[parts.piece] - parts.wh
    rest = np.flatnonzero(rest_wh)
    rest_of_called = Pieces(pieces.sell[parts.piece[rest]], pieces.buy[parts.piece[rest]], rest_wh[rest])
    return _splice(pieces, parts.piece, in_order(join(rest_of_called, turned)))


def _splice(pieces: Pieces, removed: I64, inserted: Pieces) -> Pieces:
    """Take pieces out of an ordered pairing and put others in at their places."""
    kept = np.delete(np.arange(len(pieces)), removed)
    place = np.searchsorted(pair_key(pieces)[kept], pair_key(inserted))
    index = np.insert(kept, place, len(pieces) + np.arange(len(inserted)))
    return merge_equal(join(pieces, inserted)[index])
