"""Calls of KWhReceipt."""

from dataclasses import dataclass
from typing import Final

from algokit_utils import (
    AlgoAmount,
    AppCallMethodCallParams,
    BoxReference,
    CommonAppCallParams,
    PaymentParams,
)

from gridpact.chain.call import Box, Call, fee
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.contracts import kwh_receipt_layout as layout
from gridpact.contracts.kwh_receipt_client import (
    AnchorReportArgs,
    FinalizeEpochArgs,
    KWhReceiptClient,
    RecordProductionArgs,
    RecordReadingArgs,
    RecordSignedReadingMbrArgs,
    RegisterMeterArgs,
    RestateReadingArgs,
    RotateMeterKeyArgs,
    SetConsumerArgs,
)
from gridpact.production.boxes import (
    PROJECT,
    ledger_box_name,
    meter_box_name,
    reading_box_name,
    restatement_box_name,
    total_box_name,
)

REGISTER_METER_FEE: Final = fee(1)
RECORD_PRODUCTION_FEE: Final = fee(1)
RECORD_READING_FEE: Final = fee(1)
RECORD_SIGNED_READING_FEE: Final = fee(1)
FIRST_READING_FEE: Final = fee(1)  # in addition, where others may make a box first: what comes back then
ADD_BUDGET_FEE: Final = fee(1)
ROTATE_METER_KEY_FEE: Final = fee(1)
DEPOSIT_FEE: Final = fee(1)
QUERY_FEE: Final = fee(1)
RESTATE_READING_FEE: Final = fee(1)
FINALIZE_EPOCH_FEE: Final = fee(1)
ANCHOR_REPORT_FEE: Final = fee(1)
SET_CONSUMER_FEE: Final = fee(1)

TOTAL_SIZE: Final = 8


@dataclass(frozen=True, slots=True)
class KWhReceiptCalls:
    """Builds calls of one KWhReceipt app."""

    client: KWhReceiptClient

    def register_meter(self, sender: str, args: RegisterMeterArgs, meter_id: int, note: bytes | None = None) -> Call:
        """Register a meter.

        Args:
            sender: the operator.
            args: the meter.
            meter_id: the id that it will get: the app's `meter_count` + 1.
            note: its name, where that is too long for the chain.
        """
        box = Box(self.client.app_id, meter_box_name(meter_id), layout.Meter.SIZE)
        return Call(
            self.client.params.register_meter(
                args=args,
                params=CommonAppCallParams(
                    sender=sender, static_fee=REGISTER_METER_FEE, note=note, box_references=[self._reference(box.name)]
                ),
            ),
            creates=(box,),
        )

    def record_production(self, sender: str, args: RecordProductionArgs) -> Call:
        """Record a project reading without a meter."""
        reading = reading_box_name(args.epochId, cfg.NO_METER, args.intervalId)
        boxes = self._ledger_boxes(reading, PROJECT, args.epochId)
        return Call(
            self.client.params.record_production(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=RECORD_PRODUCTION_FEE,
                    box_references=[self._reference(box.name) for box in boxes],
                ),
            ),
            creates=boxes,
        )

    def record_reading(self, sender: str, args: RecordReadingArgs, producer: str, note: bytes | None = None) -> Call:
        """Record a meter's reading.

        Args:
            sender: the operator.
            args: the reading.
            producer: whose meter it is: `PROJECT` for the project's.
            note: how the reading came about, in the form of ARC-2.
        """
        reading = reading_box_name(args.epochId, args.meterId, args.intervalId)
        boxes = self._ledger_boxes(reading, producer, args.epochId)
        return Call(
            self.client.params.record_reading(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=RECORD_READING_FEE,
                    note=note,
                    box_references=[
                        self._reference(meter_box_name(args.meterId)),
                        *(self._reference(box.name) for box in boxes),
                    ],
                ),
            ),
            creates=boxes,
        )

    def record_signed_reading(
        self, sender: str, reading: RecordReadingArgs, sequence: int, signature: bytes, producer: str, deposit: int
    ) -> list[Call]:
        """`[addBudget …, deposit, recordSignedReading]`: bring a reading that its meter signed.

        The empty calls bring the opcodes that checking the signature takes.

        Args:
            sender: anybody.
            reading: the reading.
            sequence: the meter's number of it.
            signature: by the meter's key, 64 bytes.
            producer: whose meter it is: `PROJECT` for the project's.
            deposit: the storage deposit in microALGO: what `recordSignedReadingMbr` gives.
        """
        payment = PaymentParams(
            sender=sender,
            receiver=self.client.app_address,
            amount=AlgoAmount.from_micro_algo(deposit),
            note=b'gridpact:j{"meter":%d,"sequence":%d}' % (reading.meterId, sequence),
            static_fee=DEPOSIT_FEE,
        )
        name = reading_box_name(reading.epochId, reading.meterId, reading.intervalId)
        boxes = self._ledger_boxes(name, producer, reading.epochId)
        is_first = deposit > cfg.READING_MBR_MICROALGO
        # The typed client takes a finished transaction only; the composer takes its parameters too.
        call = AppCallMethodCallParams(
            app_id=self.client.app_id,
            method=self.client.app_client.app_spec.get_arc56_method("recordSignedReading").to_abi_method(),
            args=[
                payment,
                reading.epochId,
                reading.meterId,
                reading.intervalId,
                reading.wh,
                reading.quality,
                reading.startTs,
                reading.endTs,
                reading.sourceHash,
                sequence,
                signature,
            ],
            sender=sender,
            static_fee=RECORD_SIGNED_READING_FEE + FIRST_READING_FEE if is_first else RECORD_SIGNED_READING_FEE,
            box_references=[
                self._reference(meter_box_name(reading.meterId)),
                *(self._reference(box.name) for box in boxes),
            ],
        )
        budget = [
            self.add_budget(sender, b"%d/%d/%d" % (reading.meterId, sequence, number))
            for number in range(cfg.SIGNED_READING_BUDGET_CALLS)
        ]
        return [*budget, Call(call)]

    def add_budget(self, sender: str, note: bytes) -> Call:
        """An empty call, whose opcodes the others of its group may use.

        Args:
            sender: anybody.
            note: what tells it from the other empty calls of the group: equal transactions are one.
        """
        return Call(
            self.client.params.add_budget(
                params=CommonAppCallParams(sender=sender, static_fee=ADD_BUDGET_FEE, note=note)
            )
        )

    def rotate_meter_key(self, sender: str, args: RotateMeterKeyArgs) -> Call:
        """Give a meter another key."""
        return Call(
            self.client.params.rotate_meter_key(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ROTATE_METER_KEY_FEE,
                    box_references=[self._reference(meter_box_name(args.meterId))],
                ),
            )
        )

    def record_signed_reading_mbr(self, sender: str, args: RecordSignedReadingMbrArgs, producer: str) -> Call:
        """Read the storage deposit of the meter's next signed reading."""
        names = meter_box_name(args.meterId), ledger_box_name(producer, args.epochId), total_box_name(producer)
        return Call(
            self.client.params.record_signed_reading_mbr(
                args=args,
                params=CommonAppCallParams(
                    sender=sender, static_fee=QUERY_FEE, box_references=[self._reference(name) for name in names]
                ),
            )
        )

    def restate_reading(self, sender: str, args: RestateReadingArgs, producer: str, note: bytes | None = None) -> Call:
        """Correct a reading.

        Args:
            sender: the operator.
            args: the correction.
            producer: whose meter it is: `PROJECT` for the project's.
            note: how the correction came about, in the form of ARC-2.
        """
        key = (args.epochId, args.meterId, args.intervalId)
        box = Box(self.client.app_id, restatement_box_name(*key, args.revision), layout.Restatement.SIZE)
        names = [
            box.name,
            reading_box_name(*key),
            ledger_box_name(producer, args.epochId),
            total_box_name(producer),
        ]
        if args.meterId != cfg.NO_METER:
            names.append(meter_box_name(args.meterId))
        if args.revision > 1:
            names.append(restatement_box_name(*key, args.revision - 1))
        return Call(
            self.client.params.restate_reading(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=RESTATE_READING_FEE,
                    note=note,
                    box_references=[self._reference(name) for name in names],
                ),
            ),
            creates=(box,),
        )

    def finalize_epoch(self, sender: str, args: FinalizeEpochArgs) -> Call:
        """Close the project's ledger of an epoch."""
        return Call(
            self.client.params.finalize_epoch(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=FINALIZE_EPOCH_FEE,
                    box_references=[self._reference(ledger_box_name(PROJECT, args.epochId))],
                ),
            )
        )

    def anchor_report(self, sender: str, args: AnchorReportArgs) -> Call:
        """Publish the hash of the month-end report."""
        return Call(
            self.client.params.anchor_report(
                args=args,
                params=CommonAppCallParams(
                    sender=sender,
                    static_fee=ANCHOR_REPORT_FEE,
                    box_references=[self._reference(ledger_box_name(PROJECT, args.epochId))],
                ),
            )
        )

    def set_consumer(self, sender: str, args: SetConsumerArgs) -> Call:
        """Name an app that may draw."""
        # An app of another network, or its own: the node would refuse a second reference to the called app.
        named = [args.appId] if args.appId not in (0, self.client.app_id) else []
        params: AppCallMethodCallParams = self.client.params.set_consumer(
            args=args,
            params=CommonAppCallParams(sender=sender, static_fee=SET_CONSUMER_FEE, app_references=named),
        )
        return Call(params)

    def _reference(self, name: bytes) -> BoxReference:
        return BoxReference(self.client.app_id, name)

    def _ledger_boxes(self, reading: bytes, producer: str, epoch_id: int) -> tuple[Box, Box, Box]:
        app_id = self.client.app_id
        return (
            Box(app_id, reading, layout.MeterReading.SIZE),
            Box(app_id, ledger_box_name(producer, epoch_id), layout.EpochLedger.SIZE),
            Box(app_id, total_box_name(producer), TOTAL_SIZE),
        )
