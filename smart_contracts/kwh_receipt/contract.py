"""KWhReceipt: metered production and where each Wh of it is."""

import typing

from algopy import (
    Account,
    Application,
    BoxMap,
    Bytes,
    FixedBytes,
    Global,
    GlobalState,
    Struct,
    UInt64,
    arc4,
    gtxn,
    logged_assert,
    op,
    subroutine,
)

from smart_contracts.interfaces.config import ALL_REMAINING, ANY_TOTAL, KEY_PPA_ADDRESS, KEY_VAULT_ADDRESS
from smart_contracts.kwh_receipt import config as cfg
from smart_contracts.kwh_receipt.events import (
    ConsumerSet,
    EnergyDrawn,
    EnergyReturned,
    EpochFinalized,
    MeterKeyRotated,
    MeterRegistered,
    ProductionRecorded,
    ProductionRestated,
    ReportAnchored,
)
from smart_contracts.kwh_receipt.types import EpochLedger, Meter, MeterReading, Restatement
from smart_contracts.shared import error_codes as code
from smart_contracts.shared import errors as err
from smart_contracts.shared.apps import require_sibling
from smart_contracts.shared.calendar import (
    epoch_end_ts,
    epoch_start_ts,
    next_epoch_start_ts,
    require_epoch,
)
from smart_contracts.shared.governed import Governed
from smart_contracts.shared.numbers import min_of
from smart_contracts.shared.payments import require_mbr_at_least
from smart_contracts.shared.types import Hash
from smart_contracts.shared.units import MAX_LEDGER_WH, MAX_UTC_OFFSET_SECONDS, SECONDS_PER_HOUR, WH_PER_KWH

Signature = FixedBytes[typing.Literal[64]]


class ReadingKey(Struct, frozen=True):
    """Names a reading."""

    epoch_id: UInt64
    meter_id: UInt64
    interval_id: UInt64


class RestatementKey(Struct, frozen=True):
    """Names a correction of a reading."""

    epoch_id: UInt64
    meter_id: UInt64
    interval_id: UInt64
    revision: UInt64


class LedgerKey(Struct, frozen=True):
    """Names a ledger. The zero address is the project."""

    producer: Account
    epoch_id: UInt64


class KWhReceipt(Governed):
    """Production, the single source of truth.

    Readings enter the ledger of their producer's epoch. PPA and RevenueVault draw from the project's final ledgers,
    OfferBook from one producer's, open or final. Each Wh is in exactly one place, always.
    """

    def __init__(self) -> None:
        super().__init__()
        # Which network this is: written by create, then fixed. It stands in what meters sign.
        self.genesis_hash = GlobalState(Hash(), key="genesis_hash")
        # App ids of the consumers; zero until setConsumer, then fixed.
        self.ppa_app = GlobalState(UInt64(), key="ppa_app")
        self.vault_app = GlobalState(UInt64(), key="vault_app")
        self.offer_book_app = GlobalState(UInt64(), key="offer_book_app")
        # Their accounts, for OfferBook: credit that they got would be nobody's. The zero address until setConsumer.
        self.ppa_address = GlobalState(Global.zero_address, key=KEY_PPA_ADDRESS)
        self.vault_address = GlobalState(Global.zero_address, key=KEY_VAULT_ADDRESS)
        # Meter ids run from 1 to this.
        self.meter_count = GlobalState(UInt64(), key="meter_count")
        # Written by the operator's methods and, the ledgers, by the consumers' draws.
        self.meters = BoxMap(UInt64, Meter, key_prefix=cfg.BOX_METER)
        self.readings = BoxMap(ReadingKey, MeterReading, key_prefix=cfg.BOX_READING)
        self.restatements = BoxMap(RestatementKey, Restatement, key_prefix=cfg.BOX_RESTATEMENT)
        self.ledgers = BoxMap(LedgerKey, EpochLedger, key_prefix=cfg.BOX_LEDGER)
        # Wh ever recorded for a producer, restatements included.
        self.totals = BoxMap(Account, UInt64, key_prefix=cfg.BOX_TOTAL)

    @arc4.abimethod(create="require")
    def create(self, genesisHash: Hash) -> None:
        """Create the app.

        Args:
            genesisHash: hash of the network's genesis block. A signed reading is for this network and no other.
        """
        self.genesis_hash.value = genesisHash
        self._created(Global.current_application_id.id)

    # --- meters and readings ------------------------------------------------------------------------------------------

    @arc4.abimethod
    def registerMeter(self, producer: Account, capacityW: UInt64, label: Hash, publicKey: Hash) -> UInt64:
        """Register a meter. It belongs to its producer for ever.

        Args:
            producer: whose production it meters; the zero address is the project itself.
            capacityW: rated power in W.
            label: the operator's name of it, UTF-8, padded with zero bytes.
            publicKey: Ed25519 key of signed readings; zero means unsigned.

        Returns:
            The meter's id: 1, 2, 3 …

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
        """
        self._require_operator()
        self._require_active()
        meter_id = self.meter_count.value + 1
        self.meter_count.value = meter_id
        self.meters[meter_id] = Meter(
            producer=producer,
            capacityW=capacityW,
            label=label,
            publicKey=publicKey,
            lastSequence=UInt64(),
            lastEndTs=UInt64(),
        )
        arc4.emit(
            MeterRegistered(
                meterId=meter_id,
                producer=producer,
                capacityW=capacityW,
                label=label,
                publicKey=publicKey,
                timestamp=Global.latest_timestamp,
            )
        )
        return meter_id

    @arc4.abimethod
    def recordProduction(self, epochId: UInt64, intervalId: UInt64, kWhAmount: UInt64) -> None:
        """Record an actual reading of the month up to now, of the project and without a meter.

        Args:
            epochId: month, YYYYMM.
            intervalId: the operator's number of the reading within the epoch.
            kWhAmount: energy in kWh.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_EPOCH: not a month, or one that has not begun.
            err.INVALID_AMOUNT: no energy.
            err.AMOUNT_TOO_LARGE: the ledger would exceed 10^14 Wh.
            err.EPOCH_FINAL: the project's ledger is closed.
            err.ALREADY_RECORDED: the interval was recorded.
        """
        self._require_operator()
        self._require_active()
        start_ts = self._begun(epochId)
        assert kWhAmount > 0, err.INVALID_AMOUNT
        assert kWhAmount <= MAX_LEDGER_WH // WH_PER_KWH, err.AMOUNT_TOO_LARGE
        key = ReadingKey(epochId, UInt64(cfg.NO_METER), intervalId)
        assert key not in self.readings, err.ALREADY_RECORDED
        self._record(
            key,
            Global.zero_address,
            MeterReading(
                wh=kWhAmount * WH_PER_KWH,
                quality=UInt64(cfg.QUALITY_ACTUAL),
                startTs=start_ts,
                endTs=min_of(next_epoch_start_ts(epochId), Global.latest_timestamp),
                sourceHash=Hash(),
                recordedTs=Global.latest_timestamp,
                sequence=UInt64(cfg.NO_SEQUENCE),
            ),
        )

    @arc4.abimethod
    def recordReading(
        self,
        epochId: UInt64,
        meterId: UInt64,
        intervalId: UInt64,
        wh: UInt64,
        quality: UInt64,
        startTs: UInt64,
        endTs: UInt64,
        sourceHash: Hash,
    ) -> None:
        """Record a registered meter's reading; it counts for the meter's producer. A reading of 0 Wh is a reading.

        Args:
            epochId: month, YYYYMM.
            meterId: the meter.
            intervalId: the operator's number of the reading within (epoch, meter).
            wh: energy in Wh.
            quality: 1 actual, 2 estimated, 3 substituted.
            startTs: Unix time at which the interval starts.
            endTs: Unix time at which it ends. The epoch is a month of the site's local time, so an interval may reach
                up to 14 h beyond the month in UTC, but it has time in common with it.
            sourceHash: SHA-256 of the file that the reading came from.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_EPOCH: not a month, or one that has not begun.
            err.INVALID_METER: the meter is not registered.
            err.INVALID_QUALITY: the quality is none of the three.
            err.INVALID_INTERVAL: the interval is empty, or outside the epoch.
            err.READING_TOO_EARLY: it ends after the chain's clock.
            err.READING_OVERLAP: it starts before the meter's last reading ended.
            err.OVER_CAPACITY: more energy than the meter's capacity gives in this time.
            err.AMOUNT_TOO_LARGE: the ledger would exceed 10^14 Wh.
            err.EPOCH_FINAL: the meter is the project's, and the project's ledger is closed.
            err.ALREADY_RECORDED: (epoch, meter, interval) was recorded.
        """
        self._require_operator()
        self._require_active()
        self._record_metered(
            ReadingKey(epochId, meterId, intervalId),
            MeterReading(
                wh=wh,
                quality=quality,
                startTs=startTs,
                endTs=endTs,
                sourceHash=sourceHash,
                recordedTs=Global.latest_timestamp,
                sequence=UInt64(cfg.NO_SEQUENCE),
            ),
        )

    @arc4.abimethod
    def recordSignedReading(
        self,
        mbr: gtxn.PaymentTransaction,
        epochId: UInt64,
        meterId: UInt64,
        intervalId: UInt64,
        wh: UInt64,
        quality: UInt64,
        startTs: UInt64,
        endTs: UInt64,
        sourceHash: Hash,
        sequence: UInt64,
        signature: Signature,
    ) -> None:
        """Record a reading that its meter signed. Anybody may bring it; pause stops it.

        The signature covers a domain, the network's genesis hash, this app's id, and every field up to the sequence, in
        this order, each number in eight bytes. Checking it takes more opcodes than one call has: calls of addBudget in
        the same group bring them.

        Args:
            mbr: payment by the caller to the app of the storage deposit: of the reading, and of the boxes of its
                ledger and its producer's total where they are missing. What is more comes back by an inner payment,
                for which the caller pools the fee.
            epochId: month, YYYYMM.
            meterId: the meter.
            intervalId: number of the reading within (epoch, meter).
            wh: energy in Wh.
            quality: 1 actual, 2 estimated, 3 substituted.
            startTs: Unix time at which the interval starts.
            endTs: Unix time at which it ends.
            sourceHash: SHA-256 of the file that the reading came from.
            sequence: the meter's number of the reading, above that of its last signed one.
            signature: Ed25519, by the meter's registered key.

        Raises:
            err.IS_PAUSED: the contract is paused.
            err.INVALID_METER: the meter is not registered.
            err.NO_METER_KEY: the meter has no key.
            err.INVALID_SEQUENCE: the number is not above the last one.
            err.INVALID_SIGNATURE: the meter's key did not sign exactly this, for this app on this network.
            err.INVALID_EPOCH: not a month, or one that has not begun.
            err.INVALID_QUALITY: the quality is none of the three.
            err.INVALID_INTERVAL: the interval is empty, or outside the epoch.
            err.READING_TOO_EARLY: it ends after the chain's clock.
            err.READING_OVERLAP: it starts before the meter's last reading ended.
            err.OVER_CAPACITY: more energy than the meter's capacity gives in this time.
            err.AMOUNT_TOO_LARGE: the ledger would exceed 10^14 Wh.
            err.EPOCH_FINAL: the meter is the project's, and the project's ledger is closed.
            err.ALREADY_RECORDED: (epoch, meter, interval) was recorded.
            err.MBR_NOT_PAID: the payment is less than the deposit, or something else besides.
        """
        self._require_active()
        assert meterId in self.meters, err.INVALID_METER
        key = ReadingKey(epochId, meterId, intervalId)
        reading = MeterReading(
            wh=wh,
            quality=quality,
            startTs=startTs,
            endTs=endTs,
            sourceHash=sourceHash,
            recordedTs=Global.latest_timestamp,
            sequence=sequence,
        )
        public_key = self.meters[meterId].publicKey
        assert public_key != Hash(), err.NO_METER_KEY
        assert sequence > self.meters[meterId].lastSequence, err.INVALID_SEQUENCE
        message = (
            Bytes(cfg.SIGNED_READING_DOMAIN)
            + self.genesis_hash.value.bytes
            + op.itob(Global.current_application_id.id)
            + op.itob(epochId)
            + op.itob(meterId)
            + op.itob(intervalId)
            + op.itob(wh)
            + op.itob(quality)
            + op.itob(startTs)
            + op.itob(endTs)
            + sourceHash.bytes
            + op.itob(sequence)
        )
        assert op.ed25519verify_bare(message, signature.bytes, public_key.bytes), err.INVALID_SIGNATURE
        self.meters[meterId].lastSequence = sequence
        deposits_before = Global.current_application_address.min_balance
        self._record_metered(key, reading)
        require_mbr_at_least(mbr, Global.current_application_address.min_balance - deposits_before)

    @arc4.abimethod
    def addBudget(self) -> None:
        """Do nothing, and so leave this call's opcodes to the other calls of the group. Pause does not stop it."""

    @arc4.abimethod
    def rotateMeterKey(self, meterId: UInt64, publicKey: Hash) -> None:
        """Give a meter another key. What the old key signed and nobody brought is worth nothing afterwards.

        Args:
            meterId: the meter.
            publicKey: Ed25519 key of its signed readings; zero means unsigned from now on.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_METER: the meter is not registered.
            err.ALREADY_SET: it is the meter's key.
        """
        self._require_operator()
        self._require_active()
        assert meterId in self.meters, err.INVALID_METER
        previous = self.meters[meterId].publicKey
        assert publicKey != previous, err.ALREADY_SET
        self.meters[meterId].publicKey = publicKey
        arc4.emit(
            MeterKeyRotated(
                meterId=meterId, previousKey=previous, publicKey=publicKey, timestamp=Global.latest_timestamp
            )
        )

    @arc4.abimethod
    def restateReading(
        self,
        epochId: UInt64,
        meterId: UInt64,
        intervalId: UInt64,
        revision: UInt64,
        increase: bool,  # noqa: FBT001
        wh: UInt64,
        reasonHash: Hash,
    ) -> None:
        """Correct a reading, in an open or a final epoch, by a new record beside it.

        A decrease below what was drawn from the ledger is accepted as a deficit: while there is one, nothing more is
        drawn. An increase, or energy that comes back, fills the deficit first.

        Args:
            epochId: month, YYYYMM.
            meterId: the meter; 0 for a reading made by recordProduction.
            intervalId: the reading's interval.
            revision: 1 for the first correction of this reading, then 2, 3 …
            increase: whether the correction adds energy.
            wh: energy added or taken away, in Wh.
            reasonHash: SHA-256 of the written reason.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.READING_NOT_FOUND: there is no such reading.
            err.INVALID_REVISION: the revision is not the next one.
            err.INVALID_AMOUNT: no energy, or more taken away than the reading has.
            err.AMOUNT_TOO_LARGE: the ledger would exceed 10^14 Wh.
        """
        self._require_operator()
        self._require_active()
        reading_key = ReadingKey(epochId, meterId, intervalId)
        assert reading_key in self.readings, err.READING_NOT_FOUND
        assert revision > 0, err.INVALID_REVISION
        key = RestatementKey(epochId, meterId, intervalId, revision)
        assert key not in self.restatements, err.INVALID_REVISION
        if revision == 1:
            net_wh = self.readings[reading_key].wh
        else:
            previous_key = RestatementKey(epochId, meterId, intervalId, revision - 1)
            assert previous_key in self.restatements, err.INVALID_REVISION
            net_wh = self.restatements[previous_key].netWh
        assert wh > 0, err.INVALID_AMOUNT
        producer = Global.zero_address
        if meterId != cfg.NO_METER:
            producer = self.meters[meterId].producer
        ledger_key = LedgerKey(producer, epochId)
        ledger = self.ledgers[ledger_key].copy()
        if increase:
            assert wh <= MAX_LEDGER_WH and ledger.recordedWh + wh <= MAX_LEDGER_WH, err.AMOUNT_TOO_LARGE
            net_wh += wh
            ledger.recordedWh += wh
            self.totals[producer] += wh
            filled_wh = min_of(ledger.deficitWh, wh)
            ledger.deficitWh -= filled_wh
            ledger.remainingWh += wh - filled_wh
        else:
            assert wh <= net_wh, err.INVALID_AMOUNT
            net_wh -= wh
            ledger.recordedWh -= wh
            self.totals[producer] -= wh
            taken_wh = min_of(ledger.remainingWh, wh)
            ledger.remainingWh -= taken_wh
            ledger.deficitWh += wh - taken_wh
        self.ledgers[ledger_key] = ledger.copy()
        self.restatements[key] = Restatement(
            increase=increase, wh=wh, netWh=net_wh, reasonHash=reasonHash, restatedTs=Global.latest_timestamp
        )
        arc4.emit(
            ProductionRestated(
                epochId=epochId,
                meterId=meterId,
                intervalId=intervalId,
                producer=producer,
                revision=revision,
                increase=increase,
                wh=wh,
                netWh=net_wh,
                deficitWh=ledger.deficitWh,
                reasonHash=reasonHash,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- the month's end ----------------------------------------------------------------------------------------------

    @arc4.abimethod
    def finalizeEpoch(self, epochId: UInt64, expectedTotalWh: UInt64) -> None:
        """Close the project's ledger: no project reading enters afterwards.

        Args:
            epochId: month, YYYYMM.
            expectedTotalWh: the total that the operator saw, in Wh.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.EPOCH_NOT_FOUND: the project has no reading in this epoch.
            err.EPOCH_NOT_ENDED: the month is not over (UTC).
            err.EPOCH_FINAL: it is closed.
            err.TOTAL_MISMATCH: the recorded total is another one.
        """
        self._require_operator()
        self._require_active()
        key = LedgerKey(Global.zero_address, epochId)
        assert key in self.ledgers, err.EPOCH_NOT_FOUND
        assert Global.latest_timestamp > epoch_end_ts(epochId), err.EPOCH_NOT_ENDED
        assert self.ledgers[key].finalizedTs == 0, err.EPOCH_FINAL
        assert self.ledgers[key].recordedWh == expectedTotalWh, err.TOTAL_MISMATCH
        self.ledgers[key].finalizedTs = Global.latest_timestamp
        arc4.emit(EpochFinalized(epochId=epochId, totalWh=expectedTotalWh, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def anchorReport(self, epochId: UInt64, reportHash: Hash) -> None:
        """Publish the hash of the month-end report. An event, no state.

        Args:
            epochId: month, YYYYMM.
            reportHash: SHA-256 of the report.

        Raises:
            err.NOT_OPERATOR: the caller is not the operator.
            err.IS_PAUSED: the contract is paused.
            err.EPOCH_NOT_FOUND: the project has no reading in this epoch.
            err.EPOCH_NOT_FINAL: the project's ledger is open.
        """
        self._require_operator()
        self._require_active()
        key = LedgerKey(Global.zero_address, epochId)
        assert key in self.ledgers, err.EPOCH_NOT_FOUND
        assert self.ledgers[key].finalizedTs > 0, err.EPOCH_NOT_FINAL
        arc4.emit(ReportAnchored(epochId=epochId, reportHash=reportHash, timestamp=Global.latest_timestamp))

    # --- draws --------------------------------------------------------------------------------------------------------

    @arc4.abimethod
    def setConsumer(self, consumer: UInt64, appId: UInt64) -> None:
        """Name the app that may draw as PPA, RevenueVault or OfferBook. Once, for ever.

        Args:
            consumer: 1 PPA, 2 RevenueVault, 3 OfferBook.
            appId: the app's id.

        Raises:
            err.NOT_ADMIN: the caller is not the admin.
            err.INVALID_APP: the app does not exist, is this one, or has another creator.
            err.NOT_CONSUMER: the consumer is none of the three.
            err.ALREADY_SET: the consumer has its app, or the app is another consumer.
        """
        self._require_admin()
        require_sibling(appId)
        assert appId != self.ppa_app.value, err.ALREADY_SET
        assert appId != self.vault_app.value, err.ALREADY_SET
        assert appId != self.offer_book_app.value, err.ALREADY_SET
        if consumer == cfg.CONSUMER_PPA:
            assert self.ppa_app.value == 0, err.ALREADY_SET
            self.ppa_app.value = appId
            self.ppa_address.value = Application(appId).address
        elif consumer == cfg.CONSUMER_VAULT:
            assert self.vault_app.value == 0, err.ALREADY_SET
            self.vault_app.value = appId
            self.vault_address.value = Application(appId).address
        else:
            assert consumer == cfg.CONSUMER_OFFER_BOOK, err.NOT_CONSUMER
            assert self.offer_book_app.value == 0, err.ALREADY_SET
            self.offer_book_app.value = appId
        arc4.emit(ConsumerSet(consumer=consumer, appId=appId, timestamp=Global.latest_timestamp))

    @arc4.abimethod
    def draw(
        self, producer: Account, epochId: UInt64, wh: UInt64, expectedTotalKwh: UInt64, reference: UInt64
    ) -> UInt64:
        """Take energy out of what remains, for the app that calls.

        PPA and RevenueVault draw from the project's ledger once it is final; OfferBook from one producer's ledger,
        open or final.

        Args:
            producer: whose ledger; the zero address for PPA and RevenueVault, anybody else for OfferBook.
            epochId: month, YYYYMM.
            wh: energy in Wh; 2^64-1 draws all that remains, possibly 0. RevenueVault may draw 0: what a final epoch
                earned can be shared out without its energy.
            expectedTotalKwh: the recorded total in whole kWh, rounded down; 2^64-1 compares nothing.
            reference: what the consumer draws for, for the event.

        Returns:
            The energy drawn, in Wh.

        Raises:
            err.NOT_CONSUMER: the caller is not an app that was set as a consumer.
            err.IS_PAUSED: the contract is paused.
            err.INVALID_ADDRESS: this consumer does not draw from that producer.
            err.EPOCH_NOT_FOUND: the producer has no ledger for the epoch.
            err.EPOCH_NOT_FINAL: the project's ledger is open.
            err.TOTAL_MISMATCH: the recorded total is another one.
            err.LEDGER_IN_DEFICIT: the ledger has a deficit.
            err.INVALID_AMOUNT: no energy.
            err.OVER_DRAWN: more energy than remains.
        """
        consumer = self._calling_consumer()
        logged_assert(not self.paused.value, code.IS_PAUSED, desc=err.IS_PAUSED)
        is_project = producer == Global.zero_address
        logged_assert(
            is_project == (consumer != cfg.CONSUMER_OFFER_BOOK), code.INVALID_ADDRESS, desc=err.INVALID_ADDRESS
        )
        key = LedgerKey(producer, epochId)
        logged_assert(key in self.ledgers, code.EPOCH_NOT_FOUND, desc=err.EPOCH_NOT_FOUND)
        ledger = self.ledgers[key].copy()
        logged_assert(not is_project or ledger.finalizedTs > 0, code.EPOCH_NOT_FINAL, desc=err.EPOCH_NOT_FINAL)
        logged_assert(
            expectedTotalKwh == ANY_TOTAL or ledger.recordedWh // WH_PER_KWH == expectedTotalKwh,
            code.TOTAL_MISMATCH,
            desc=err.TOTAL_MISMATCH,
        )
        drawn_wh = wh
        if wh == ALL_REMAINING:
            # Nothing remains in a deficit, so this draws nothing then and needs no check of it.
            drawn_wh = ledger.remainingWh
        elif wh > 0 or consumer != cfg.CONSUMER_VAULT:
            logged_assert(ledger.deficitWh == 0, code.LEDGER_IN_DEFICIT, desc=err.LEDGER_IN_DEFICIT)
            logged_assert(wh > 0, code.INVALID_AMOUNT, desc=err.INVALID_AMOUNT)
            logged_assert(wh <= ledger.remainingWh, code.OVER_DRAWN, desc=err.OVER_DRAWN)
        ledger.remainingWh -= drawn_wh
        if consumer == cfg.CONSUMER_PPA:
            ledger.ppaWh += drawn_wh
        elif consumer == cfg.CONSUMER_VAULT:
            ledger.vaultWh += drawn_wh
        else:
            ledger.mintedWh += drawn_wh
        self.ledgers[key] = ledger.copy()
        arc4.emit(
            EnergyDrawn(
                producer=producer,
                epochId=epochId,
                consumer=consumer,
                wh=drawn_wh,
                remainingWh=ledger.remainingWh,
                reference=reference,
                timestamp=Global.latest_timestamp,
            )
        )
        return drawn_wh

    @arc4.abimethod
    def giveBack(self, epochId: UInt64, wh: UInt64, reference: UInt64) -> None:
        """Return energy that PPA or RevenueVault drew from the project's ledger. Pause does not stop it.

        Args:
            epochId: month, YYYYMM.
            wh: energy in Wh.
            reference: what the consumer had drawn it for, for the event.

        Raises:
            err.NOT_CONSUMER: the caller is neither PPA nor RevenueVault.
            err.EPOCH_NOT_FOUND: the project has no ledger for the epoch.
            err.INVALID_AMOUNT: no energy.
            err.OVER_DRAWN: more energy than the caller has of this epoch.
        """
        consumer = self._calling_consumer()
        key = LedgerKey(Global.zero_address, epochId)
        logged_assert(key in self.ledgers, code.EPOCH_NOT_FOUND, desc=err.EPOCH_NOT_FOUND)
        logged_assert(wh > 0, code.INVALID_AMOUNT, desc=err.INVALID_AMOUNT)
        ledger = self.ledgers[key].copy()
        if consumer == cfg.CONSUMER_PPA:
            logged_assert(wh <= ledger.ppaWh, code.OVER_DRAWN, desc=err.OVER_DRAWN)
            ledger.ppaWh -= wh
        else:
            logged_assert(consumer == cfg.CONSUMER_VAULT, code.NOT_CONSUMER, desc=err.NOT_CONSUMER)
            logged_assert(wh <= ledger.vaultWh, code.OVER_DRAWN, desc=err.OVER_DRAWN)
            ledger.vaultWh -= wh
        filled_wh = min_of(ledger.deficitWh, wh)
        ledger.deficitWh -= filled_wh
        ledger.remainingWh += wh - filled_wh
        self.ledgers[key] = ledger.copy()
        arc4.emit(
            EnergyReturned(
                producer=Global.zero_address,
                epochId=epochId,
                consumer=consumer,
                wh=wh,
                remainingWh=ledger.remainingWh,
                reference=reference,
                timestamp=Global.latest_timestamp,
            )
        )

    # --- queries ------------------------------------------------------------------------------------------------------

    @arc4.abimethod(readonly=True)
    def getMeter(self, meterId: UInt64) -> Meter:
        """A registered meter.

        Raises:
            err.INVALID_METER: the meter is not registered.
        """
        logged_assert(meterId in self.meters, code.INVALID_METER, desc=err.INVALID_METER)
        return self.meters[meterId]

    @arc4.abimethod(readonly=True)
    def getReading(self, epochId: UInt64, meterId: UInt64, intervalId: UInt64) -> MeterReading:
        """A reading as first recorded.

        Raises:
            err.READING_NOT_FOUND: there is no such reading.
        """
        key = ReadingKey(epochId, meterId, intervalId)
        logged_assert(key in self.readings, code.READING_NOT_FOUND, desc=err.READING_NOT_FOUND)
        return self.readings[key]

    @arc4.abimethod(readonly=True)
    def getEpochLedger(self, producer: Account, epochId: UInt64) -> EpochLedger:
        """Where each Wh of the (producer, epoch) is.

        Args:
            producer: the zero address is the project.
            epochId: month, YYYYMM.

        Raises:
            err.EPOCH_NOT_FOUND: the producer has no ledger for the epoch.
        """
        key = LedgerKey(producer, epochId)
        logged_assert(key in self.ledgers, code.EPOCH_NOT_FOUND, desc=err.EPOCH_NOT_FOUND)
        return self.ledgers[key]

    @arc4.abimethod(readonly=True)
    def producerTotalProduction(self, producer: Account) -> UInt64:
        """Wh ever recorded for a producer, restatements included; 0 for an account that never produced."""
        return self.totals.get(producer, default=UInt64())

    @arc4.abimethod(readonly=True)
    def recordSignedReadingMbr(self, epochId: UInt64, meterId: UInt64) -> UInt64:
        """The storage deposit of the meter's next signed reading in an epoch, in microALGO, as of now.

        44,500 for the reading; 50,900 for the first of its producer in the epoch; 18,900 for their first of all.

        Raises:
            err.INVALID_METER: the meter is not registered.
        """
        logged_assert(meterId in self.meters, code.INVALID_METER, desc=err.INVALID_METER)
        producer = self.meters[meterId].producer
        deposit = UInt64(cfg.READING_MBR_MICROALGO)
        if LedgerKey(producer, epochId) not in self.ledgers:
            deposit += cfg.LEDGER_MBR_MICROALGO
        if producer not in self.totals:
            deposit += cfg.TOTAL_MBR_MICROALGO
        return deposit

    # --- inside -------------------------------------------------------------------------------------------------------

    @subroutine
    def _begun(self, epoch_id: UInt64) -> UInt64:
        """Unix time at which a month that has begun started (UTC)."""
        require_epoch(epoch_id)
        start_ts = epoch_start_ts(epoch_id)
        assert start_ts <= Global.latest_timestamp, err.INVALID_EPOCH
        return start_ts

    @subroutine(inline=True)
    def _calling_consumer(self) -> UInt64:
        """Which consumer calls. A call from outside has caller id 0, as an unset consumer has: 0 is never one."""
        caller = Global.caller_application_id
        logged_assert(caller > 0, code.NOT_CONSUMER, desc=err.NOT_CONSUMER)
        if caller == self.ppa_app.value:
            return UInt64(cfg.CONSUMER_PPA)
        if caller == self.vault_app.value:
            return UInt64(cfg.CONSUMER_VAULT)
        logged_assert(caller == self.offer_book_app.value, code.NOT_CONSUMER, desc=err.NOT_CONSUMER)
        return UInt64(cfg.CONSUMER_OFFER_BOOK)

    @subroutine
    def _record_metered(self, key: ReadingKey, reading: MeterReading) -> None:
        """Record what a registered meter measured: in its order, and not more than it can."""
        month_start_ts = self._begun(key.epoch_id)
        month_end_ts = next_epoch_start_ts(key.epoch_id)
        assert key.meter_id in self.meters, err.INVALID_METER
        meter = self.meters[key.meter_id].copy()
        assert key not in self.readings, err.ALREADY_RECORDED
        assert reading.quality >= cfg.QUALITY_ACTUAL, err.INVALID_QUALITY
        assert reading.quality <= cfg.QUALITY_SUBSTITUTED, err.INVALID_QUALITY
        start_ts = reading.startTs
        end_ts = reading.endTs
        assert start_ts < end_ts, err.INVALID_INTERVAL
        assert start_ts < month_end_ts, err.INVALID_INTERVAL
        assert end_ts > month_start_ts, err.INVALID_INTERVAL
        assert end_ts <= month_end_ts + MAX_UTC_OFFSET_SECONDS, err.INVALID_INTERVAL
        assert start_ts + MAX_UTC_OFFSET_SECONDS >= month_start_ts, err.INVALID_INTERVAL
        assert end_ts <= Global.latest_timestamp, err.READING_TOO_EARLY
        assert start_ts >= meter.lastEndTs, err.READING_OVERLAP
        assert reading.wh <= MAX_LEDGER_WH, err.AMOUNT_TOO_LARGE
        if meter.capacityW > 0:
            beyond, watt_seconds = op.mulw(meter.capacityW, end_ts - start_ts)
            assert beyond > 0 or reading.wh * SECONDS_PER_HOUR <= watt_seconds, err.OVER_CAPACITY
        meter.lastEndTs = end_ts
        self.meters[key.meter_id] = meter.copy()
        self._record(key, meter.producer, reading)

    @subroutine
    def _record(self, key: ReadingKey, producer: Account, reading: MeterReading) -> None:
        ledger_key = LedgerKey(producer, key.epoch_id)
        if ledger_key in self.ledgers:
            ledger = self.ledgers[ledger_key].copy()
        else:
            ledger = EpochLedger(
                recordedWh=UInt64(),
                deficitWh=UInt64(),
                ppaWh=UInt64(),
                mintedWh=UInt64(),
                vaultWh=UInt64(),
                remainingWh=UInt64(),
                readings=UInt64(),
                finalizedTs=UInt64(),
                signedWh=UInt64(),
                manualWh=UInt64(),
            )
        assert ledger.finalizedTs == 0, err.EPOCH_FINAL
        assert ledger.recordedWh + reading.wh <= MAX_LEDGER_WH, err.AMOUNT_TOO_LARGE
        ledger.recordedWh += reading.wh
        ledger.readings += 1
        if reading.sequence == cfg.NO_SEQUENCE:
            ledger.manualWh += reading.wh
        else:
            ledger.signedWh += reading.wh
        # A restatement may have left a deficit in a ledger that is still open.
        filled_wh = min_of(ledger.deficitWh, reading.wh)
        ledger.deficitWh -= filled_wh
        ledger.remainingWh += reading.wh - filled_wh
        self.ledgers[ledger_key] = ledger.copy()
        self.readings[key] = reading.copy()
        self.totals[producer] = self.totals.get(producer, default=UInt64()) + reading.wh
        arc4.emit(
            ProductionRecorded(
                epochId=key.epoch_id,
                meterId=key.meter_id,
                intervalId=key.interval_id,
                producer=producer,
                wh=reading.wh,
                quality=reading.quality,
                startTs=reading.startTs,
                endTs=reading.endTs,
                sourceHash=reading.sourceHash,
                sequence=reading.sequence,
                timestamp=Global.latest_timestamp,
            )
        )
