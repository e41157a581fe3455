"""KWhReceipt: what was metered, and where each Wh of a month is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gridpact import contracts
from gridpact.chain.call import Call
from gridpact.chain.specs import Contract
from gridpact.production.read import Ledger, Meter, ProductionReader

if TYPE_CHECKING:
    from gridpact.production.calls import KWhReceiptCalls


class Production(ProductionReader):
    """KWhReceipt on one network: its state, and its calls."""

    @cached_property
    def client(self) -> contracts.kwh_receipt_client.KWhReceiptClient:
        """The typed client."""
        return contracts.kwh_receipt_client.KWhReceiptClient(
            algorand=self.connection.algorand, app_id=self.app_id, app_name=Contract.KWH_RECEIPT.value
        )

    @cached_property
    def calls(self) -> KWhReceiptCalls:
        """Builds its calls."""
        from gridpact.production.calls import KWhReceiptCalls  # they are built with algokit_utils

        return KWhReceiptCalls(self.client)

    def registering(self, sender: str, meter: Meter) -> Call:
        """The call that registers a meter, for a group that may use it too.

        Args:
            sender: the operator.
            meter: as it is to be (`Meter.new`); its id is the next one.

        Raises:
            InvalidLabel: the name does not fit.
        """
        from gridpact.production.labels import is_hashed, label_of
        from gridpact.production.notes import note

        arguments = contracts.kwh_receipt_client.RegisterMeterArgs(
            producer=meter.producer,
            capacityW=meter.capacity_w,
            label=label_of(meter.label),
            publicKey=meter.public_key,
        )
        # A name that is too long for the chain stands beside its hash.
        said = note({"meter": meter.label}) if is_hashed(meter.label) else None
        return self.calls.register_meter(sender, arguments, meter.meter_id, said)

    def recorded_ledger(self, epoch_id: int) -> Ledger:
        """The project's ledger of an epoch.

        Raises:
            EpochNotFound: nothing was recorded.
        """
        ledger = self.ledger(epoch_id)
        if ledger is None:
            from gridpact.production.errors import EpochNotFound  # many kinds, which few commands need

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
            from gridpact.production.errors import EpochNotFinal

            raise EpochNotFinal(epoch_id)
        return ledger
