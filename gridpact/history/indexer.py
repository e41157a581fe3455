"""History from the indexer's search by application: for public networks, which nobody reads block by block."""

import base64
import heapq
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Any, Final

from algosdk.v2client.algod import AlgodClient
from algosdk.v2client.indexer import IndexerClient

from gridpact.chain.node import AT_ONCE, as_dict
from gridpact.history.blocks import WAIT_S, block_hash
from gridpact.history.errors import ChainChanged
from gridpact.history.source import Batch, Mark
from gridpact.history.transactions import Kind, Root, Transaction

PAGE: Final = 1_000
"""Transactions asked for in one request."""
ROUNDS_A_BATCH: Final = 1_000
"""Rounds with something in them."""
POLL_S: Final = 0.25


class IndexerSource:
    """Searches the transactions of each app and merges them."""

    def __init__(
        self,
        indexer: IndexerClient,
        algod: AlgodClient,
        app_ids: Iterable[int],
        genesis_hash: str,
        batch: int = ROUNDS_A_BATCH,
    ) -> None:
        """Nothing is read yet.

        Args:
            indexer: knows all transactions.
            algod: any node of the same network: the indexer knows a block's hash from the next block only.
            app_ids: whose history.
            genesis_hash: base64.
            batch: rounds that have something in them.
        """
        self._indexer = indexer
        self._algod = algod
        self._app_ids = sorted(set(app_ids))
        self._batch = batch
        self.genesis_hash = base64.b64decode(genesis_hash)

    def last_round(self) -> int:
        """The newest round that both know."""
        node = int(as_dict(self._algod.status())["last-round"])
        return min(node, int(as_dict(self._indexer.health())["round"]))

    def wait(self, round_: int) -> None:
        """See `Source`. The indexer knows a block somewhat later than the node."""
        if self.last_round() > round_:
            return
        self._algod.status_after_block(round_, timeout=WAIT_S)
        deadline = time.monotonic() + WAIT_S
        while self.last_round() <= round_ and time.monotonic() < deadline:
            time.sleep(POLL_S)

    def block_hash(self, round_: int) -> bytes | None:
        """The hash of a block, None for a round that the chain does not have."""
        if round_ >= int(as_dict(self._indexer.health())["round"]):
            return block_hash(self._algod, round_)
        following = as_dict(self._indexer.block_info(round_num=round_ + 1, header_only=True))
        return base64.b64decode(following["previous-block-hash"])

    def block_times(self, rounds: Collection[int]) -> Mapping[int, int]:
        """See `Source`."""
        wanted = list(rounds)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(wanted, pool.map(self._time_of, wanted), strict=True))

    def _time_of(self, round_: int) -> int:
        return int(as_dict(self._indexer.block_info(round_num=round_, header_only=True)).get("timestamp", 0))

    def batches(self, after: Mark | None, until: int) -> Iterator[Batch]:
        """See `Source`. The chain is compared with the mark before and after each batch."""
        first = 1 if after is None else after.round + 1
        if first > until:
            return
        streams = [self._search(app_id, first, until) for app_id in self._app_ids]
        found = heapq.merge(*streams, key=_place)
        rounds = groupby((next(same) for _, same in groupby(found, key=_place)), key=lambda root: root.round)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            pending: list[list[Root]] = []
            for _, roots in rounds:
                if len(pending) == self._batch:
                    yield self._checked(after, pool.map(self._with_groups, pending), pending[-1][0].round)
                    pending = []
                pending.append(list(roots))
            yield self._checked(after, pool.map(self._with_groups, pending), until)

    def _checked(self, after: Mark | None, rounds: Iterable[list[Root]], until: int) -> Batch:
        roots = tuple(root for found in rounds for root in found)
        at_end = self.block_hash(until)
        if at_end is None or (after is not None and self.block_hash(after.round) != after.block_hash):
            raise ChainChanged(until)
        return Batch(roots, Mark(until, at_end))

    def _search(self, app_id: int, first: int, until: int) -> Iterator[Root]:
        """The transactions of one app, oldest first, page by page as far as they are iterated."""
        yield from _pages(
            lambda token: self._indexer.search_transactions(
                application_id=app_id, min_round=first, max_round=until, limit=PAGE, next_page=token
            )
        )

    def _with_groups(self, roots: list[Root]) -> list[Root]:
        """The transactions of one round with the others of their groups: payments call no app."""
        known = {root.position: root for root in roots}
        for group in {root.transaction.group for root in roots} - {None}:
            assert group is not None
            for root in self._members(group, roots[0].round):
                known.setdefault(root.position, root)
        return [known[position] for position in sorted(known)]

    def _members(self, group: bytes, round_: int) -> Iterator[Root]:
        query = {"group-id": base64.b64encode(group).decode(), "round": round_, "limit": PAGE}
        yield from _pages(
            lambda token: self._indexer.indexer_request(
                "GET", "/transactions", query if token is None else {**query, "next": token}
            )
        )


def _pages(ask: Callable[[str | None], object]) -> Iterator[Root]:
    token: str | None = None
    while True:
        page = as_dict(ask(token))
        found: list[dict[str, Any]] = page.get("transactions") or []
        yield from (_root(shown) for shown in found)
        token = page.get("next-token")
        # A last page may still name a next one.
        if not found or token is None:
            return


def _place(root: Root) -> tuple[int, int]:
    return root.round, root.position


def _root(shown: Mapping[str, Any]) -> Root:
    return Root(
        txid=shown["id"],
        round=shown["confirmed-round"],
        position=shown.get("intra-round-offset", 0),
        block_ts=shown.get("round-time", 0),
        transaction=_transaction(shown),
    )


def _transaction(shown: Mapping[str, Any]) -> Transaction:
    kind = str(shown["tx-type"])
    call: Mapping[str, Any] = shown.get("application-transaction") or {}
    payment: Mapping[str, Any] = shown.get("payment-transaction") or {}
    transfer: Mapping[str, Any] = shown.get("asset-transfer-transaction") or {}
    value = payment or transfer
    called = int(call.get("application-id", 0))
    return Transaction(
        kind=kind,
        sender=shown["sender"],
        fee_microalgo=shown.get("fee", 0),
        group=_bytes_or_none(shown.get("group")),
        app_id=called or int(shown.get("created-application-index", 0)),
        creates_app=kind == Kind.CALL and not called,
        on_completion=str(call.get("on-completion", "noop")) if kind == Kind.CALL else None,
        args=tuple(base64.b64decode(arg) for arg in call.get("application-args") or ()),
        logs=tuple(base64.b64decode(log) for log in shown.get("logs") or ()),
        receiver=value.get("receiver"),
        amount=int(value.get("amount", 0)),
        asset_id=int(transfer.get("asset-id", 0)),
        close_to=payment.get("close-remainder-to") or transfer.get("close-to"),
        taken_from=transfer.get("sender"),
        rekey_to=shown.get("rekey-to"),
        note=base64.b64decode(shown.get("note") or ""),
        inner=tuple(_transaction(inner) for inner in shown.get("inner-txns") or ()),
    )


def _bytes_or_none(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
