"""Exchanging partners so that no account trades with itself, as near as possible to where the own pairs stand.

An own piece (seller and buyer are account a) and any piece without a can exchange their buyers: both become pieces
between different accounts, and nobody's served Wh changes. That is done for whole blocks at once: lay the pieces that
take part side by side, the account with the most own Wh first, the other own pieces grouped by account, and turn the
buyers round by the Wh of that first account. No account's stretch is longer, so no buyer comes to stand opposite his
own account, provided that the first account holds no more than half of the layout. Where it holds more, pieces without
it are called in until it holds exactly half.

Blocks start as a few neighbouring pieces and grow only where such a block cannot be resolved, so a pairing with few own
pieces changes near them and nowhere else. A pairing as a whole can always be resolved when no account holds more than
half of the two served sides, which is what selection guarantees. All steps are sorts and sums over the pieces of the
blocks: the cost grows like n log n with the pieces, whatever the accounts.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gridpact.matching.book import I64, Mask
from gridpact.matching.pieces import Pieces, first_of_each, in_order, join, lay_over, merge_equal, pair_key

_FIRST_BLOCK: Final = 8  # pieces
_GROWTH: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Pairing:
    """A pairing of n pieces, with the accounts by sell and by buy position."""

    pieces: Pieces
    sell_maker: I64
    buy_maker: I64


@dataclass(frozen=True, slots=True, eq=False)
class _Exchange:
    """Blocks of pieces and what each of them needs.

    Attributes:
        member: shape (k,), int64, ascending. The pieces of all blocks.
        block: shape (k,), int64, ascending. The block of each member, numbered from 0.
        own: shape (k,), bool. Members whose seller and buyer are one account.
        leader: shape (k,), int64. The account with the most own Wh in the member's block.
        called_wh: shape (k,), int64. What each member without own pair gives to the exchange.
        resolved: shape (number of blocks,), bool. Whether enough could be called in.
    """

    member: I64
    block: I64
    own: Mask
    leader: I64
    called_wh: I64
    resolved: Mask


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
    pairing = _Pairing(pieces, sell_maker, buy_maker)
    return _exchange_buyers(pairing, *_blocks_to_resolve(pairing, own))


def _blocks_to_resolve(pairing: _Pairing, own: I64) -> tuple[I64, I64]:
    """The smallest blocks, `_FIRST_BLOCK` times a power of `_GROWTH` pieces long, that can be resolved.

    Returns:
        Members and their blocks, both ascending, as in `_Exchange`.
    """
    end = len(pairing.pieces)
    size = _FIRST_BLOCK
    blocks = np.unique(own // size)
    resolved_start: I64 = np.empty(0, np.int64)
    resolved_size: I64 = np.empty(0, np.int64)
    while len(blocks):
        inside = np.isin(resolved_start // size, blocks)  # a grown block takes in the smaller ones that it covers
        exchange = _plan(pairing, *_members(blocks * size, np.full(len(blocks), size), end))
        resolved = exchange.resolved
        resolved_start = np.concatenate((resolved_start[~inside], blocks[resolved] * size))
        resolved_size = np.concatenate((resolved_size[~inside], np.full(int(resolved.sum()), size)))
        if size >= end and not resolved.all():
            raise ValueError("an account holds more than half of the two served sides: it would trade with itself")
        size *= _GROWTH
        blocks = np.unique(blocks[~resolved] // _GROWTH)
    order = np.argsort(resolved_start)
    return _members(resolved_start[order], resolved_size[order], end)


def _members(start: I64, size: I64, end: int) -> tuple[I64, I64]:
    """Every position of the given stretches below `end`, and the number of the stretch that it belongs to."""
    size = np.minimum(size, end - start)
    block = np.repeat(np.arange(len(start)), size)
    first = np.cumsum(size) - size
    return np.arange(len(block)) - first[block] + start[block], block


def _plan(pairing: _Pairing, member: I64, block: I64) -> _Exchange:
    """Find each block's leading account and the pieces to call in against it."""
    pieces = pairing.pieces[member]
    wh, seller, buyer = pieces.wh, pairing.sell_maker[pieces.sell], pairing.buy_maker[pieces.buy]
    own = seller == buyer
    leader, lead_wh, own_wh = _leaders(block[own], seller[own], wh[own])
    missing_wh = np.maximum(2 * lead_wh - own_wh, 0)[block]
    leader = leader[block]
    callable_wh = np.where(own | (seller == leader) | (buyer == leader), 0, wh)
    before_wh = np.cumsum(callable_wh) - callable_wh
    first = first_of_each(block)
    before_wh -= before_wh[first][block]
    called_wh = np.clip(missing_wh - before_wh, 0, callable_wh)
    resolved = np.add.reduceat(called_wh, first) == missing_wh[first]
    return _Exchange(member, block, own, leader, called_wh, resolved)


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


def _exchange_buyers(pairing: _Pairing, member: I64, block: I64) -> Pieces:
    """Turn the buyers of each block round by the Wh of its leading account."""
    pieces = pairing.pieces
    exchange = _plan(pairing, member, block)
    taken_wh = np.where(exchange.own, pieces.wh[member], exchange.called_wh)
    part = np.flatnonzero(taken_wh)
    taking, taken_wh, block = member[part], taken_wh[part], block[part]
    own, account = exchange.own[part], pairing.sell_maker[pieces.sell[taking]]
    leads = own & (account == exchange.leader[part])
    # Own pieces keep together by account; those called in stand only where the leader faces all others in any order.
    lane = np.where(own, account, -1)
    sell_order = np.lexsort((taking, lane, ~leads, block))
    buy_order = np.lexsort((taking, lane, leads, block))
    turned = lay_over(taken_wh[sell_order], taken_wh[buy_order])
    turned = Pieces(pieces.sell[taking[sell_order]][turned.sell], pieces.buy[taking[buy_order]][turned.buy], turned.wh)
    rest_wh = pieces.wh[taking] - taken_wh
    rest = np.flatnonzero(rest_wh)
    rest_of_called = Pieces(pieces.sell[taking[rest]], pieces.buy[taking[rest]], rest_wh[rest])
    return _splice(pieces, taking, in_order(join(rest_of_called, turned)))


def _splice(pieces: Pieces, removed: I64, inserted: Pieces) -> Pieces:
    """Take pieces out of an ordered pairing and put others in at their places."""
    kept = np.delete(np.arange(len(pieces)), removed)
    place = np.searchsorted(pair_key(pieces)[kept], pair_key(inserted))
    index = np.insert(kept, place, len(pieces) + np.arange(len(inserted)))
    return merge_equal(join(pieces, inserted)[index])
