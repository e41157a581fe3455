"""Meters, readings and months in words."""

import base64
import shlex

from gridpact import units as fmt
from gridpact.chain.events import Event
from gridpact.chain.specs import Contract
from gridpact.cli.words.kinds import Names, Phrase, Told, already, counted, intent, listed, refusal, tells
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.production import errors
from gridpact.production.boxes import PROJECT
from gridpact.production.effects import (
    EpochFinalized,
    MeterKeyRotated,
    MeterRegistered,
    ProductionRecorded,
    ProductionRestated,
    ReportAnchored,
    SignedReadingRecorded,
)
from gridpact.production.labels import name_of
from gridpact.production.read import QUALITIES

WITHOUT_A_METER = "the reading without a meter"
CONSUMERS = {
    cfg.CONSUMER_PPA: Contract.PPA.value,
    cfg.CONSUMER_VAULT: Contract.REVENUE_VAULT.value,
    cfg.CONSUMER_OFFER_BOOK: Contract.OFFER_BOOK.value,
}

# --- effects ----------------------------------------------------------------------------------------------------------


@intent.register
def _(effect: MeterRegistered) -> Phrase:
    capacity = f", {fmt.power(effect.capacity_w)}" if effect.capacity_w else ""
    return Phrase("register", f"meter {effect.label} as id {effect.meter_id} of {_owner(effect.producer)}{capacity}")


@already.register
def _(effect: MeterRegistered) -> str:
    return f"Meter {effect.label} is registered as id {effect.meter_id}."


@intent.register
def _(effect: ProductionRecorded) -> Phrase:
    filled = ""
    if effect.filled:
        filled = f", {counted(effect.filled, 'interval')} filled with {fmt.energy(effect.filled_wh)}"
    energy = f"{fmt.energy(effect.wh)} of {fmt.epoch(effect.epoch_id)}"
    return Phrase("record", f"{energy} for {effect.label} ({effect.quality.value}{filled})")


@already.register
def _(effect: ProductionRecorded) -> str:
    return f"{fmt.energy(effect.wh)} of {fmt.epoch(effect.epoch_id)} are recorded for {effect.label}."


@intent.register
def _(effect: ProductionRestated) -> Phrase:
    change = f"from {fmt.energy(effect.from_wh)} to {fmt.energy(effect.to_wh)} (revision {effect.revision})"
    deficit = ""
    if effect.deficit_wh:
        deficit = (
            f"; this leaves a deficit of {fmt.energy(effect.deficit_wh)}, which stops every draw until it is filled"
        )
    reading = effect.label or WITHOUT_A_METER
    return Phrase("restate", f"{reading} in {fmt.epoch(effect.epoch_id)} {change}: {effect.reason}{deficit}")


@already.register
def _(effect: ProductionRestated) -> str:
    return f"The reading is {fmt.energy(effect.to_wh)}."


@intent.register
def _(effect: EpochFinalized) -> Phrase:
    total = f"{fmt.epoch(effect.epoch_id)} with {fmt.energy(effect.recorded_wh)}"
    return Phrase("finalize", f"{total}: no reading is accepted after that")


@already.register
def _(effect: EpochFinalized) -> str:
    return f"{fmt.epoch(effect.epoch_id)} has been final since {fmt.moment(effect.finalized_ts)}."


@intent.register
def _(effect: ReportAnchored) -> Phrase:
    return Phrase("anchor", f"the report of {fmt.epoch(effect.epoch_id)} with SHA-256 {effect.sha256.hex()}")


@intent.register
def _(effect: SignedReadingRecorded) -> Phrase:
    energy = f"{fmt.energy(effect.wh)} of {fmt.epoch(effect.epoch_id)}"
    return Phrase("record", f"{energy} for {effect.label} ({effect.quality.value}, signed as number {effect.sequence})")


@already.register
def _(effect: SignedReadingRecorded) -> str:
    energy = f"{fmt.energy(effect.wh)} of {fmt.epoch(effect.epoch_id)}"
    return f"{energy} are recorded for {effect.label}, signed as number {effect.sequence}."


@intent.register
def _(effect: MeterKeyRotated) -> Phrase:
    if not effect.signs:
        return Phrase("take", f"the key of {effect.label}: it signs nothing from now on")
    return Phrase(
        "give",
        f"{effect.label} the key {effect.public_key.hex()}; readings signed with its old key are refused from then on",
    )


@already.register
def _(effect: MeterKeyRotated) -> str:
    return f"{effect.label} {'has this key' if effect.signs else 'has no key'}."


def meter_key_next(public_key: str) -> str:
    """What to do with a new key."""
    return f"Let the operator run `gridpact meter rotate-key METER {public_key}`."


def gateway_signs(meter_id: int, app: int, genesis_hash: str) -> str:
    """How the meter's gateway signs from now on."""
    return (
        f"Its gateway signs with `gridpact meter sign FILE SIGNED --key KEY "
        f"--meter-id {meter_id} --app {app} --genesis-hash {genesis_hash}`."
    )


def meter_signed(readings: int, wh: int, path: str) -> str:
    """What was signed, and what to do with it."""
    return f"Signed {counted(readings, 'reading')}, {fmt.energy(wh)}: bring them with `gridpact meter submit {path}`."


def meter_submitted(label: str, epoch_id: int, readings: int, wh: int) -> str:
    """What was recorded of one meter in one month."""
    return f"Recorded {counted(readings, 'signed reading')} of {label} in {fmt.epoch(epoch_id)}: {fmt.energy(wh)}."


# --- events -----------------------------------------------------------------------------------------------------------


@tells("MeterRegistered")
def _(event: Event, names: Names) -> str:
    capacity = event.number("capacityW")
    rated = f", {fmt.power(capacity)}" if capacity else ""
    label = name_of(event.raw("label"))
    return f"Registered meter {label} as id {event.number('meterId')} of {_owner(event.text('producer'))}{rated}."


@tells("MeterKeyRotated")
def _(event: Event, names: Names) -> str:
    key = event.raw("publicKey")
    signs = f"signs with {key.hex()}" if any(key) else "signs nothing"
    return f"Rotated the key of {names.meter(event.number('meterId'))}: it {signs} from now on."


@tells("ProductionRecorded")
def _(event: Event, names: Names) -> str:
    energy, month = fmt.energy(event.number("wh")), fmt.epoch(event.number("epochId"))
    quality = QUALITIES[event.number("quality")].value
    sequence = event.number("sequence")
    signed = f", signed as number {sequence}" if sequence else ""
    return f"Recorded {energy} of {month} for {names.meter(event.number('meterId'))} ({quality}{signed})."


@tells("ProductionRestated")
def _(event: Event, names: Names) -> str:
    net, month = fmt.energy(event.number("netWh")), fmt.epoch(event.number("epochId"))
    meter_id, revision = event.number("meterId"), event.number("revision")
    reading = names.meter(meter_id) if meter_id else WITHOUT_A_METER
    deficit = event.number("deficitWh")
    short = f"; {month} has a deficit of {fmt.energy(deficit)}" if deficit else ""
    return f"Restated {reading} in {month} to {net} (revision {revision}){short}."


@tells("EpochFinalized")
def _(event: Event, names: Names) -> str:
    return f"Finalized {fmt.epoch(event.number('epochId'))} with {fmt.energy(event.number('totalWh'))}."


@tells("ReportAnchored")
def _(event: Event, names: Names) -> str:
    month, sha256 = fmt.epoch(event.number("epochId")), event.raw("reportHash").hex()
    return f"Anchored the report of {month} with SHA-256 {sha256}."


@tells("ConsumerSet")
def _(event: Event, names: Names) -> str:
    return f"{CONSUMERS[event.number('consumer')]} (app {event.number('appId')}) may draw from KWhReceipt."


@tells("EnergyDrawn", repeats=True)
def _(event: Event, names: Names) -> str:
    energy, left = fmt.energy(event.number("wh")), fmt.energy(event.number("remainingWh"))
    month, consumer = fmt.epoch(event.number("epochId")), CONSUMERS[event.number("consumer")]
    return f"{consumer} drew {energy} of {month} from {_owner(event.text('producer'))}; {left} remain."


@tells("EnergyReturned", repeats=True)
def _(event: Event, names: Names) -> str:
    energy, left = fmt.energy(event.number("wh")), fmt.energy(event.number("remainingWh"))
    month, consumer = fmt.epoch(event.number("epochId")), CONSUMERS[event.number("consumer")]
    return f"{consumer} returned {energy} of {month} to {_owner(event.text('producer'))}; {left} remain."


# --- refusals ---------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.InvalidLabel) -> Told:
    return Told(
        f"The meter's name {error.label!r} must be 1 to {error.most_bytes} bytes of printable text.",
        "Choose another name.",
    )


@refusal.register
def _(error: errors.LabelTaken) -> Told:
    return Told(
        f"Meter {error.label} (id {error.meter_id}) is registered for {_owner(error.producer)}.", "Choose another name."
    )


@refusal.register
def _(error: errors.MeterNotFound) -> Told:
    return Told(f"No meter {error.label!r} is registered.", "See `gridpact meter list`.")


@refusal.register
def _(error: errors.MetersNotRegistered) -> Told:
    return Told(
        f"{listed(error.labels)} {'is' if len(error.labels) == 1 else 'are'} not registered.",
        "Register them with `gridpact meter register NAME`, or import with --register.",
    )


@refusal.register
def _(error: errors.EpochNotBegun) -> Told:
    clock = fmt.moment(error.now_ts)
    return Told(f"{fmt.epoch(error.epoch_id)} has not begun by the chain's clock ({clock}).", "Check the file's month.")


@refusal.register
def _(error: errors.ReadingOfTheFuture) -> Told:
    return Told(
        f"The readings go to {fmt.moment(error.end_ts)}, but by the chain's clock it is {fmt.moment(error.now_ts)}.",
        f"Import {fmt.epoch(error.epoch_id)} when it is over.",
    )


@refusal.register
def _(error: errors.EpochNotOver) -> Told:
    return Told(
        f"{fmt.epoch(error.epoch_id)} is not over by the chain's clock ({fmt.moment(error.now_ts)}).",
        f"Wait until {fmt.moment(error.end_ts + 1)}.",
    )


@refusal.register
def _(error: errors.EpochNotFound) -> Told:
    return Told(
        f"Nothing was recorded for {fmt.epoch(error.epoch_id)}.", "Record readings with `gridpact meter import FILE`."
    )


@refusal.register
def _(error: errors.EpochNotFinal) -> Told:
    return Told(
        f"{fmt.epoch(error.epoch_id)} is not final.", f"Close it with `gridpact epoch finalize {error.epoch_id}`."
    )


@refusal.register
def _(error: errors.EpochIsFinal) -> Told:
    return Told(
        f"{fmt.epoch(error.epoch_id)} is final: nothing more can be recorded for {listed(error.labels)}.",
        f"Add it to another reading: `gridpact epoch restate {error.epoch_id} --meter METER --to KWH --reason TEXT`.",
    )


@refusal.register
def _(error: errors.OverMeterCapacity) -> Told:
    cause = (
        "Check its unit, or name another --capacity-kw."
        if error.is_new
        else "Check its unit; a meter whose capacity is wrong is registered anew, under another name."
    )
    return Told(
        f"{error.label} has {fmt.energy(error.wh)}, but its capacity gives {fmt.energy(error.most_wh)} at most.", cause
    )


@refusal.register
def _(error: errors.MetersWithoutReading) -> Told:
    without = " ".join(f"--without {shlex.quote(label)}" for label in error.labels)
    have = "has" if len(error.labels) == 1 else "have"
    return Told(
        f"{listed(error.labels)} {have} no reading in {fmt.epoch(error.epoch_id)}.",
        "Record them with `gridpact meter import FILE`, or close the month with 0 kWh for them: "
        f"`gridpact epoch finalize {error.epoch_id} {without}`. What comes late can still be corrected.",
    )


@refusal.register
def _(error: errors.NoPlaceInMonth) -> Told:
    meter = "" if error.other is None else f" --meter {shlex.quote(error.other)}"
    interval = "" if error.other_interval_id == 1 else f" --interval {error.other_interval_id}"
    to = fmt.number(error.other_net_wh + error.wh, 3).replace(",", "")
    return Told(
        f"{fmt.epoch(error.epoch_id)} is final, and {error.label} has no reading in it that could be corrected.",
        f"Add its {fmt.energy(error.wh)} to another reading: "
        f"`gridpact epoch restate {error.epoch_id}{meter}{interval} --to {to} --reason TEXT`.",
    )


@refusal.register
def _(error: errors.TotalDiffers) -> Told:
    month, recorded, expected = fmt.epoch(error.epoch_id), fmt.energy(error.recorded_wh), fmt.energy(error.expected_wh)
    return Told(f"{month} has {recorded} recorded, not {expected}.", f"See `gridpact epoch show {error.epoch_id}`.")


@refusal.register
def _(error: errors.ReadingNotFound) -> Told:
    meter = f"for {error.label}" if error.label else "without a meter"
    return Told(
        f"Nothing was recorded {meter} in interval {error.interval_id} of {fmt.epoch(error.epoch_id)}.",
        f"See `gridpact epoch show {error.epoch_id}`.",
    )


@refusal.register
def _(error: errors.RecordedOtherwise) -> Told:
    recorded = f"{fmt.energy(error.recorded_wh)} recorded for {fmt.epoch(error.epoch_id)}"
    source = f"the file with SHA-256 {error.recorded_source.hex()[:16]}…"
    return Told(
        f"{error.label} has {recorded} from {source}, not this file's {fmt.energy(error.wh)}.",
        "A record is never changed: correct it with `gridpact meter import FILE --correct`.",
    )


# --- refusals: signed readings ----------------------------------------------------------------------------------------

SIGN_AGAIN = (
    "Let its gateway sign the readings again: "
    "`gridpact meter sign FILE SIGNED --key KEY --meter-id ID --app APP --genesis-hash HASH`."
)


@refusal.register
def _(error: errors.NotAMeterKey) -> Told:
    return Told(f"{error.path} is not a meter's key.", "Name the file that `gridpact meter keygen FILE` wrote.")


@refusal.register
def _(error: errors.MeterKeyExists) -> Told:
    return Told(f"{error.path} exists already; a key is never overwritten.", "Choose another file.")


@refusal.register
def _(error: errors.NotAGenesisHash) -> Told:
    return Told(
        f"{error.text!r} is not a genesis hash in base64.", "`gridpact meter rotate-key METER KEY` says the network's."
    )


@refusal.register
def _(error: errors.NotSignedReadings) -> Told:
    where = f" ({error.where})" if error.where else ""
    return Told(f"The file holds no signed readings{where}: {error.why}.", "Name the file that `meter sign` wrote.")


@refusal.register
def _(error: errors.SeveralMeters) -> Told:
    found = listed(error.labels) if error.labels else "no meter"
    return Told(f"A key belongs to one meter, but the file has {found}.", "Name the one that signs with --meter.")


@refusal.register
def _(error: errors.SignedForAnotherNetwork) -> Told:
    ours, theirs = (base64.b64encode(one).decode() for one in (error.genesis_hash, error.signed_for))
    return Told(
        f"The readings are signed for the network with genesis hash {theirs}; this one's is {ours}.",
        "Submit them there, or let the gateway sign them for this one.",
    )


@refusal.register
def _(error: errors.SignedForAnotherApp) -> Told:
    return Told(
        f"The readings are signed for app {error.signed_for}; KWhReceipt is app {error.app_id} here.",
        f"Let the gateway sign them with --app {error.app_id}.",
    )


@refusal.register
def _(error: errors.IdNotRegistered) -> Told:
    return Told(f"No meter has the number {error.meter_id}.", "See `gridpact meter list`.")


@refusal.register
def _(error: errors.MeterHasNoKey) -> Told:
    return Told(
        f"{error.label} has no key, so it signs nothing.",
        f"Let the operator run `gridpact meter rotate-key {shlex.quote(error.label)} PUBLICKEY`.",
    )


@refusal.register
def _(error: errors.SignedByAnother) -> Told:
    return Told(f"The key of {error.label} did not sign exactly its reading {error.sequence}.", SIGN_AGAIN)


@refusal.register
def _(error: errors.SequencePassed) -> Told:
    return Told(
        f"{error.label} has a signed reading with the number {error.last_sequence}; {error.sequence} comes too late.",
        "See `gridpact epoch show EPOCH`; a later reading is numbered by its end.",
    )


@refusal.register
def _(error: errors.ReadingOverlaps) -> Told:
    start, end = fmt.moment(error.start_ts), fmt.moment(error.last_end_ts)
    return Told(
        f"The reading of {error.label} from {start} starts before its last one ends, {end}.",
        "Correct what is recorded with `gridpact epoch restate EPOCH --to KWH --reason TEXT`.",
    )


def _owner(producer: str | None) -> str:
    return "the project" if producer in (None, PROJECT) else str(producer)
