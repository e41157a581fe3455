"""RevenueVault: the kW token, deposits of net revenue, claims."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gridpact import contracts
from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.specs import Contract
from gridpact.revenue.read import RevenueReader

if TYPE_CHECKING:
    from gridpact.revenue.calls import RevenueVaultCalls


class Revenue(RevenueReader):
    """RevenueVault on one network: its state, and its calls."""

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
    def client(self) -> contracts.revenue_vault_client.RevenueVaultClient:
        """The typed client."""
        return contracts.revenue_vault_client.RevenueVaultClient(
            algorand=self.connection.algorand, app_id=self.app_id, app_name=Contract.REVENUE_VAULT.value
        )

    def calls(self, kw_token_id: int) -> RevenueVaultCalls:
        """Builds its calls.

        Args:
            kw_token_id: asset id of the kW token; 0 before it is made.
        """
        from gridpact.revenue.calls import RevenueVaultCalls  # they are built with algokit_utils

        return RevenueVaultCalls(self.client, self._kwh_receipt_id, kw_token_id)
