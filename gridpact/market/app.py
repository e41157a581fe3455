"""OfferBook: credit, offers, matches."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gridpact import contracts
from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.group import Group
from gridpact.chain.specs import Contract
from gridpact.market.read import MarketReader

if TYPE_CHECKING:
    from gridpact.market.calls import OfferBookCalls


class Market(MarketReader):
    """OfferBook on one network: its state, and its calls."""

    def __init__(self, connection: Connection, app_id: int, kwh_receipt_id: int, apps: Apps | None = None) -> None:
        """Name the app.

        Args:
            connection: the network.
            app_id: the contract's id there.
            kwh_receipt_id: id of the KWhReceipt that it draws from.
            apps: the apps whose refusals can be explained; without them none can.
        """
        super().__init__(connection, app_id, apps)
        self._kwh_receipt_id = kwh_receipt_id

    @cached_property
    def client(self) -> contracts.offer_book_client.OfferBookClient:
        """The typed client."""
        return contracts.offer_book_client.OfferBookClient(
            algorand=self.connection.algorand, app_id=self.app_id, app_name=Contract.OFFER_BOOK.value
        )

    def group(self) -> Group:
        """An empty atomic group. The app owes nobody what it has to spare: that pays for the next boxes."""
        return Group(self.connection.algorand, self.apps, spending=(self.app_id,))

    @cached_property
    def calls(self) -> OfferBookCalls:
        """Builds its calls."""
        from gridpact.market.calls import OfferBookCalls  # they are built with algokit_utils

        return OfferBookCalls(self.client, self._kwh_receipt_id)
