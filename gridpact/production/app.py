"""KWhReceipt: what was metered, and where each Wh of a month is."""

from functools import cached_property

from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import KWhReceiptClient
from gridpact.production.calls import KWhReceiptCalls
from gridpact.production.read import ProductionReader


class Production(ProductionReader):
    """KWhReceipt on one network: its state, and its calls."""

    @cached_property
    def client(self) -> KWhReceiptClient:
        """The typed client."""
        return KWhReceiptClient(
            algorand=self.connection.algorand, app_id=self.app_id, app_name=Contract.KWH_RECEIPT.value
        )

    @cached_property
    def calls(self) -> KWhReceiptCalls:
        """Builds its calls."""
        return KWhReceiptCalls(self.client)
