"""KWhReceipt: what was metered, and where each Wh of a month is."""

from functools import cached_property

from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_client import KWhReceiptClient
from gridpact.production.calls import PROJECT as PROJECT
from gridpact.production.calls import KWhReceiptCalls
from gridpact.production.calls import ledger_box_name as ledger_box_name
from gridpact.production.errors import EpochNotFinal, EpochNotFound
from gridpact.production.read import Ledger, ProductionReader


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

    def recorded_ledger(self, epoch_id: int) -> Ledger:
        """The project's ledger of an epoch.

        Raises:
            EpochNotFound: nothing was recorded.
        """
        ledger = self.ledger(epoch_id)
        if ledger is None:
            raise EpochNotFound(epoch_id)
        return ledger

    def final_ledger(self, epoch_id: int) -> Ledger:
        """The project's ledger of an epoch that takes no more readings.

        Raises:
            EpochNotFound: nothing was recorded.
            EpochNotFinal: it is open.
        """
        ledger = self.recorded_ledger(epoch_id)
        if not ledger.is_final:
            raise EpochNotFinal(epoch_id)
        return ledger
