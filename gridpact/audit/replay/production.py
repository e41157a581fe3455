"""KWhReceipt: each Wh is in exactly one place, always."""

from dataclasses import replace
from typing import Any, ClassVar, Final

from algosdk.logic import get_application_address
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from gridpact.audit.findings import Findings, Kind, Rule, Subject
from gridpact.audit.replay.app import NOBODY, Replay, Told, ids, key_of, on
from gridpact.chain.specs import Contract
from gridpact.contracts.kwh_receipt_layout import EpochLedger, GlobalState, Meter, MeterReading, Restatement
from gridpact.epochs import epoch_end_ts, epoch_start_ts

CONSUMERS: Final = {1: "ppa_app", 2: "vault_app", 3: "offer_book_app"}
"""Which key of the global state names the app that draws under a number."""
ADDRESSES: Final = {"ppa_app": "ppa_address", "vault_app": "vault_address"}
"""Which keys name the accounts of such apps."""
DRAWN: Final = {1: "ppa_wh", 2: "vault_wh", 3: "minted_wh"}
"""Where in the ledger its energy stands."""

EMPTY: Final = EpochLedger(
    recorded_wh=0,
    deficit_wh=0,
    ppa_wh=0,
    minted_wh=0,
    vault_wh=0,
    remaining_wh=0,
    readings=0,
    finalized_ts=0,
    signed_wh=0,
    manual_wh=0,
)
SIGNED_DOMAIN: Final = b"gridpact:reading:2:"
SECONDS_AN_HOUR: Final = 3_600
WH_PER_KWH: Final = 1_000
MOST_ZONE_S: Final = 14 * SECONDS_AN_HOUR
"""A month may be one of local time: no zone is further from UTC."""


def ledger_name(producer: str, epoch_id: int) -> bytes:
    """The box of a ledger; the zero address is the project."""
    return b"l" + key_of(producer) + ids(epoch_id)


class ProductionReplay(Replay):
    """Meters, readings, ledgers."""

    contract: ClassVar = Contract.KWH_RECEIPT
    keys: ClassVar = GlobalState
    names: ClassVar = {
        b"m": Kind.METER,
        b"r": Kind.READING,
        b"x": Kind.RESTATEMENT,
        b"l": Kind.LEDGER,
        b"t": Kind.TOTAL,
    }

    def __init__(self, findings: Findings, app_id: int, genesis_hash: bytes) -> None:
        """An app that does not exist yet.

        Args:
            findings: takes what does not fit.
            app_id: the app's.
            genesis_hash: of the chain that is audited.
        """
        super().__init__(findings, app_id)
        self._genesis_hash: Final = genesis_hash

    @on("Created")
    def created(self, told: Told) -> None:
        """It knows which chain it is on."""
        super().created(told)
        self.expect(Rule.EVENT, self.app, "kwhReceiptApp", self.app_id, told.number("kwhReceiptApp"), told)
        asked = told.call.arguments.get("genesisHash")
        self.expect(Rule.CALL, self.app, "genesisHash", self._genesis_hash.hex(), asked, told)
        self.state["genesis_hash"] = self._genesis_hash
        self.state |= dict.fromkeys(ADDRESSES.values(), NOBODY)

    @on("MeterRegistered")
    def meter_registered(self, told: Told) -> None:
        """Ids count from 1; a meter belongs to its producer for ever."""
        self.by_operator(told)
        self.add("meter_count", 1)
        meter_id = told.number("meterId")
        subject = Subject(Kind.METER, str(meter_id))
        self.expect(Rule.EVENT, subject, "meterId", self.state["meter_count"], meter_id, told)
        self.boxes[b"m" + ids(meter_id)] = Meter(
            producer=told.text("producer"),
            capacity_w=told.number("capacityW"),
            label=told.raw("label"),
            public_key=told.raw("publicKey"),
            last_sequence=0,
            last_end_ts=0,
        )

    @on("MeterKeyRotated")
    def meter_key_rotated(self, told: Told) -> None:
        """Its sequence goes on."""
        self.by_operator(told)
        subject, meter_id = Subject(Kind.METER, str(told.number("meterId"))), told.number("meterId")
        before: Meter | None = self.change(b"m" + ids(meter_id), subject, told, public_key=told.raw("publicKey"))
        if before is not None:
            self.expect(Rule.EVENT, subject, "previousKey", before.public_key, told.raw("previousKey"), told)

    @on("ProductionRecorded")
    def production_recorded(self, told: Told) -> None:
        """A reading enters its producer's ledger once, and fills a deficit first."""
        epoch_id, meter_id = told.number("epochId"), told.number("meterId")
        key = ids(epoch_id, meter_id, told.number("intervalId"))
        subject = self._reading(told)
        self.expect(Rule.EVENT, subject, "producer", self._producer(meter_id), told.text("producer"), told)
        asked_kwh = told.call.arguments.get("kWhAmount")
        if isinstance(asked_kwh, int):
            asked_wh = asked_kwh * WH_PER_KWH
            self.expect(Rule.CALL, subject, "wh", asked_wh, told.number("wh"), told)
        self.must(Rule.ORDER, subject, "not recorded before", told, holds=b"r" + key not in self.boxes)
        self.boxes[b"r" + key] = MeterReading(
            wh=told.number("wh"),
            quality=told.number("quality"),
            start_ts=told.number("startTs"),
            end_ts=told.number("endTs"),
            source_hash=told.raw("sourceHash"),
            recorded_ts=told.ts,
            sequence=told.number("sequence"),
        )
        self._measured(told, subject, meter_id)
        name = ledger_name(told.text("producer"), epoch_id)
        ledger: EpochLedger = self.boxes.get(name, EMPTY)
        self.expect(Rule.ORDER, subject, "ledger closed", 0, ledger.finalized_ts, told)
        how = "signed_wh" if told.number("sequence") else "manual_wh"
        more = {how: getattr(ledger, how) + told.number("wh"), "readings": ledger.readings + 1}
        ledger = replace(ledger, recorded_wh=ledger.recorded_wh + told.number("wh"), **more)
        self.boxes[name] = _put(ledger, told.number("wh"))
        self._count(told.text("producer"), told.number("wh"))

    def _measured(self, told: Told, subject: Subject, meter_id: int) -> None:
        """A meter's readings follow on each other; what it signed, its key of that moment has signed."""
        start_ts, end_ts, epoch_id = told.number("startTs"), told.number("endTs"), told.number("epochId")
        month_start_ts, month_end_ts = epoch_start_ts(epoch_id), epoch_end_ts(epoch_id) + 1
        is_within = (
            start_ts < end_ts
            and month_start_ts - MOST_ZONE_S <= start_ts < month_end_ts
            and month_start_ts < end_ts <= month_end_ts + MOST_ZONE_S
        )
        self.must(Rule.EVENT, subject, "within its month", told, holds=is_within)
        self.must(Rule.EVENT, subject, "not of the future", told, holds=end_ts <= told.ts)
        meter: Meter | None = self.boxes.get(b"m" + ids(meter_id))
        sequence = told.number("sequence")
        if not sequence:
            self.by_operator(told)
        if meter is None:
            return
        self.must(Rule.EVENT, subject, "no overlap", told, holds=told.number("startTs") >= meter.last_end_ts)
        changes: dict[str, Any] = {"last_end_ts": told.number("endTs")}
        if meter.capacity_w:
            seconds = told.number("endTs") - told.number("startTs")
            is_possible = told.number("wh") * SECONDS_AN_HOUR <= meter.capacity_w * seconds
            self.must(Rule.EVENT, subject, "within the capacity", told, holds=is_possible)
        if sequence:
            self.must(Rule.EVENT, subject, "sequence rises", told, holds=sequence > meter.last_sequence)
            self.must(Rule.SIGNATURE, subject, "signature", told, holds=self._is_signed(told, meter))
            changes["last_sequence"] = sequence
        self.boxes[b"m" + ids(meter_id)] = replace(meter, **changes)

    def _is_signed(self, told: Told, meter: Meter) -> bool:
        """Whether the meter's key signed the network, the app and every field; the call carries the signature."""
        numbers = ("epochId", "meterId", "intervalId", "wh", "quality", "startTs", "endTs")
        message = b"".join(
            (
                SIGNED_DOMAIN,
                self._genesis_hash,
                ids(self.app_id),
                ids(*(told.number(name) for name in numbers)),
                told.raw("sourceHash"),
                ids(told.number("sequence")),
            )
        )
        try:
            VerifyKey(meter.public_key).verify(message, told.call.transaction.args[-1])
        except (BadSignatureError, ValueError):
            return False
        return True

    @on("ProductionRestated")
    def production_restated(self, told: Told) -> None:
        """Corrections are numbered; what is taken away below what was drawn is a deficit."""
        self.by_operator(told)
        epoch_id, wh, revision = told.number("epochId"), told.number("wh"), told.number("revision")
        key = ids(epoch_id, told.number("meterId"), told.number("intervalId"))
        subject = self._reading(told)
        reading: MeterReading | None = self.boxes.get(b"r" + key)
        before: Restatement | None = self.boxes.get(b"x" + key + ids(revision - 1)) if revision else None
        if not self.must(Rule.ORDER, subject, "recorded", told, holds=reading is not None) or reading is None:
            return
        self.expect(Rule.ORDER, subject, "revision before", revision > 1, before is not None, told)
        net_wh = (reading.wh if before is None else before.net_wh) + (wh if told.flag("increase") else -wh)
        self.expect(Rule.EVENT, subject, "netWh", net_wh, told.number("netWh"), told)
        self.must(Rule.EVENT, subject, "not below zero", told, holds=net_wh >= 0)
        self.expect(
            Rule.EVENT, subject, "producer", self._producer(told.number("meterId")), told.text("producer"), told
        )
        self.boxes[b"x" + key + ids(revision)] = Restatement(
            increase=told.flag("increase"),
            wh=wh,
            net_wh=net_wh,
            reason_hash=told.raw("reasonHash"),
            restated_ts=told.ts,
        )
        name = ledger_name(told.text("producer"), epoch_id)
        ledger: EpochLedger = self.boxes.get(name, EMPTY)
        if told.flag("increase"):
            ledger = _put(replace(ledger, recorded_wh=ledger.recorded_wh + wh), wh)
        else:
            taken_wh = min(ledger.remaining_wh, wh)
            ledger = replace(
                ledger,
                recorded_wh=ledger.recorded_wh - wh,
                remaining_wh=ledger.remaining_wh - taken_wh,
                deficit_wh=ledger.deficit_wh + wh - taken_wh,
            )
        self.expect(Rule.EVENT, subject, "deficitWh", ledger.deficit_wh, told.number("deficitWh"), told)
        self.boxes[name] = ledger
        self._count(told.text("producer"), wh if told.flag("increase") else -wh)

    @on("EpochFinalized")
    def epoch_finalized(self, told: Told) -> None:
        """Once, with the total that was recorded."""
        self.by_operator(told)
        name, subject = ledger_name(NOBODY, told.number("epochId")), Subject(Kind.LEDGER, str(told.number("epochId")))
        before: EpochLedger | None = self.change(name, subject, told, finalized_ts=told.ts)
        if before is not None:
            self.expect(Rule.EVENT, subject, "totalWh", before.recorded_wh, told.number("totalWh"), told)
            self.expect(Rule.ORDER, subject, "closed before", 0, before.finalized_ts, told)

    @on("ReportAnchored")
    def report_anchored(self, told: Told) -> None:
        """An event, no state."""
        self.by_operator(told)

    @on("ConsumerSet")
    def consumer_set(self, told: Told) -> None:
        """Each once, by the admin."""
        self.by_admin(told)
        app, key = self.app, CONSUMERS[told.number("consumer")]
        self.expect(Rule.ORDER, app, key, 0, self.state[key], told)
        self.state[key] = told.number("appId")
        if key in ADDRESSES:
            self.state[ADDRESSES[key]] = str(get_application_address(told.number("appId")))

    @on("EnergyDrawn")
    def energy_drawn(self, told: Told) -> None:
        """From what remains, by the consumer whose number it is."""
        self._move(told, told.number("wh"))

    @on("EnergyReturned")
    def energy_returned(self, told: Told) -> None:
        """To what remains, after a deficit."""
        self._move(told, -told.number("wh"))

    def _move(self, told: Told, drawn_wh: int) -> None:
        producer, epoch_id, consumer = told.text("producer"), told.number("epochId"), told.number("consumer")
        subject = _ledger(producer, epoch_id)
        name, place = ledger_name(producer, epoch_id), DRAWN[consumer]
        ledger: EpochLedger = self.boxes.get(name, EMPTY)
        consumers_account = get_application_address(self.number(CONSUMERS[consumer]))
        self.expect(Rule.DRAW, subject, "drawn by", consumers_account, told.call.transaction.sender, told)
        is_final = producer != NOBODY or ledger.finalized_ts > 0
        self.must(Rule.ORDER, subject, "final before it is drawn", told, holds=is_final)
        self.must(Rule.ORDER, subject, "no deficit", told, holds=drawn_wh < 0 or not ledger.deficit_wh)
        if drawn_wh >= 0:
            ledger = replace(ledger, remaining_wh=ledger.remaining_wh - drawn_wh)
        else:
            ledger = _put(ledger, -drawn_wh)
        self.expect(Rule.EVENT, subject, "remainingWh", ledger.remaining_wh, told.number("remainingWh"), told)
        moved = replace(ledger, **{place: getattr(ledger, place) + drawn_wh})
        is_enough = min(moved.remaining_wh, getattr(moved, place)) >= 0
        self.must(Rule.EVENT, subject, "enough energy", told, holds=is_enough)
        self.boxes[name] = moved

    def _producer(self, meter_id: int) -> str:
        meter: Meter | None = self.boxes.get(b"m" + ids(meter_id))
        return NOBODY if meter is None else meter.producer

    def _count(self, producer: str, wh: int) -> None:
        name = b"t" + key_of(producer)
        self.boxes[name] = self.boxes.get(name, 0) + wh

    def _reading(self, told: Told) -> Subject:
        return Subject(Kind.READING, f"{told.number('epochId')}/{told.number('meterId')}/{told.number('intervalId')}")


def _put(ledger: EpochLedger, wh: int) -> EpochLedger:
    """Energy enters: it fills the deficit first."""
    filled_wh = min(ledger.deficit_wh, wh)
    return replace(ledger, deficit_wh=ledger.deficit_wh - filled_wh, remaining_wh=ledger.remaining_wh + wh - filled_wh)


def _ledger(producer: str, epoch_id: int) -> Subject:
    return Subject(Kind.LEDGER, str(epoch_id) if producer == NOBODY else f"{producer}/{epoch_id}")
