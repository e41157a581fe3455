"""Transaction records: every trade of the market, from the match events on chain."""

import base64
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from gridpact.chain.connection import Connection, IndexerNotNamed
from gridpact.chain.events import Event, decode
from gridpact.chain.node import AT_ONCE, as_dict
from gridpact.market.app import Market

PAGE: Final = 1_000
"""Log entries asked for in one request."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Energy that changed hands in a match."""

    tx_id: str
    """The call; for a call from inside another one, the outer transaction."""
    sell_id: int | None
    """The sell offer; None when a buy offer was served from the seller's trading terms."""
    buy_id: int | None
    """The buy offer; None when a sell offer was matched with the buyer's trading terms."""
    seller: str
    buyer: str
    amount_wh: int
    price_per_kwh: int
    """EUR per kWh with 8 decimals."""
    ts: int
    """Unix time of the block before, as contracts see the time."""

    @property
    def value(self) -> int:
        """What it is worth, in 10^-11 EUR."""
        return self.amount_wh * self.price_per_kwh


def trades(market: Market) -> Iterator[Trade]:
    """All trades, oldest first. History is read in pages, as far as it is iterated.

    Raises:
        IndexerNotNamed: there is no indexer, and the network is too long to be read block by block.
    """
    app_id = market.app_id
    for tx_id, logs in _entries(market.connection, app_id):
        trade = _trade(tx_id, [event for log in logs if (event := decode(app_id, base64.b64decode(log))) is not None])
        if trade is not None:
            yield trade


def _entries(connection: Connection, app_id: int) -> Iterable[tuple[str, list[str]]]:
    """Transaction id and logs (base64) of each call of an app that logged something, in the chain's order."""
    if connection.has_indexer:
        # What is confirmed now is shown, also right after it was matched.
        connection.wait_for_indexer()
        return _from_indexer(connection, app_id)
    if connection.is_localnet:
        return _from_blocks(connection, app_id)
    raise IndexerNotNamed


def _from_indexer(connection: Connection, app_id: int) -> Iterator[tuple[str, list[str]]]:
    token: str | None = None
    while True:
        page = as_dict(connection.indexer.application_logs(app_id, limit=PAGE, next_page=token))
        entries: list[dict[str, Any]] = page.get("log-data") or []
        for entry in entries:
            yield entry["txid"], entry["logs"]
        token = page.get("next-token")
        # A last page may still name a next one.
        if not entries or token is None:
            return


def _from_blocks(connection: Connection, app_id: int) -> Iterator[tuple[str, list[str]]]:
    rounds = range(1, connection.last_round() + 1)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for batch in batched(rounds, AT_ONCE * AT_ONCE):
            for entries in pool.map(lambda round_: _logs_of_block(connection, round_), batch):
                for entry in entries:
                    if entry["application-index"] == app_id:
                        yield entry["txId"], entry["logs"]


def _logs_of_block(connection: Connection, round_: int) -> list[dict[str, Any]]:
    answer = as_dict(connection.algod.algod_request("GET", f"/blocks/{round_}/logs"))
    entries: list[dict[str, Any]] = answer.get("logs") or []
    return entries


def _trade(tx_id: str, events: list[Event]) -> Trade | None:
    """The trade of one call. A two-sided match says it on both sides."""
    matched = {event.name: event.fields for event in events if event.name in ("OfferMatched", "BuyOfferMatched")}
    if not matched:
        return None
    sell, buy = matched.get("OfferMatched"), matched.get("BuyOfferMatched")
    either = sell or buy or {}
    return Trade(
        tx_id=tx_id,
        sell_id=None if sell is None else int(sell["offerId"]),
        buy_id=None if buy is None else int(buy["offerId"]),
        seller=str(either["seller"]),
        buyer=str(either["buyer"]),
        amount_wh=int(either["amountWh"]),
        price_per_kwh=int(either["pricePerKwh"]),
        ts=int(either["timestamp"]),
    )
