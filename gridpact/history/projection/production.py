"""Readings and their restatements."""

from gridpact.history.projection.rows import Handler, Rows, Told
from gridpact.history.tables import Reading


def recorded(rows: Rows, told: Told) -> None:
    """A reading entered its producer's ledger."""
    key = _key(told)
    epoch_id, meter_id, interval_id = key
    reading = Reading(
        epoch_id=epoch_id,
        meter_id=meter_id,
        interval_id=interval_id,
        producer=told.event.text("producer"),
        recorded_wh=told.event.number("wh"),
        net_wh=told.event.number("wh"),
        restatements=0,
        quality=told.event.number("quality"),
        start_ts=told.event.number("startTs"),
        end_ts=told.event.number("endTs"),
        source_hash=told.event.text("sourceHash"),
        sequence=told.event.number("sequence"),
        recorded_ts=told.ts,
        event_id=told.event_id,
    )
    rows.add(reading, *key)


def restated(rows: Rows, told: Told) -> None:
    """A reading was corrected."""
    reading = rows.get(Reading, *_key(told))
    reading.net_wh = told.event.number("netWh")
    reading.restatements = told.event.number("revision")


def _key(told: Told) -> tuple[int, int, int]:
    return told.event.number("epochId"), told.event.number("meterId"), told.event.number("intervalId")


HANDLERS: dict[str, Handler] = {"ProductionRecorded": recorded, "ProductionRestated": restated}
