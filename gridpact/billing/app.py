"""PPA: agreements, invoices, settlements."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gridpact import contracts
from gridpact.billing.read import BillingReader
from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.specs import Contract

if TYPE_CHECKING:
    from gridpact.billing.calls import PPACalls


class Billing(BillingReader):
    """PPA on one network: its state, and its calls."""

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
    def client(self) -> contracts.ppa_client.PpaClient:
        """The typed client."""
        return contracts.ppa_client.PpaClient(
            algorand=self.connection.algorand, app_id=self.app_id, app_name=Contract.PPA.value
        )

    @cached_property
    def calls(self) -> PPACalls:
        """Builds its calls."""
        from gridpact.billing.calls import PPACalls  # they are built with algokit_utils

        return PPACalls(self.client, self._kwh_receipt_id)
