"""What a file of readings holds, before it is recorded or after: checked by the library, beside what is on chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gridpact.cli import words as commands
from gridpact.cli.words.kinds import Told
from gridpact.cli.words.readings import grouped
from gridpact.epochs import epoch_of, epoch_start_ts
from gridpact.errors import GridPactError
from gridpact.portal import words
from gridpact.portal.deeds import production as deeds
from gridpact.portal.form import Form
from gridpact.portal.pictures import columns
from gridpact.portal.replies import fragment
from gridpact.portal.site import Moment
from gridpact.production.actions import MONTH_INTERVAL
from gridpact.production.read import Quality, Reading
from gridpact.production.readings.days import wh_by_day
from gridpact.production.readings.errors import Doubtful
from gridpact.production.readings.model import MeterMonth, Readings

FAR: Final = 2
"""A month is far from the last one where it is so many times as much, or as little."""


@dataclass(frozen=True, slots=True)
class Row:
    """A meter in the file."""

    month: MeterMonth
    recorded: Reading | None
    is_this_file: bool
    """Whether the chain's reading names this file's hash."""
    last_wh: int | None
    """The month before, where it is recorded."""


def look(moment: Moment, fields: Mapping[str, Any]) -> dict[str, object]:
    """What the file holds, for the page to show.

    Args:
        moment: the chain.
        fields: what was filled in, as for recording it.

    Raises:
        ReadingsError, ProfileRefused: the file cannot be taken.
    """
    form = Form(fields)
    readings = deeds.read(form)
    rows = _rows(moment, readings)
    days = [(row.month.label, found) for row in rows if (found := wh_by_day(row.month)) is not None]
    refusal, doubts = _tried(moment, readings, form)
    return fragment(
        "readings.html",
        readings=readings,
        rows=rows,
        remarks=[commands.fault(remark) for remark in readings.remarks],
        warnings=_warnings(moment, readings, rows),
        doubts=doubts,
        refusal=refusal,
        days=days,
        picture=columns(days),
    )


def _rows(moment: Moment, readings: Readings) -> list[Row]:
    production = moment.deployment.production
    names = {meter.meter_id: meter.label for meter in production.meters()}
    before = epoch_of(epoch_start_ts(readings.epoch_id) - 1)
    now, last = (
        {names.get(one.meter_id): one for one in production.readings(epoch) if one.interval_id == MONTH_INTERVAL}
        for epoch in (readings.epoch_id, before)
    )
    rows = []
    for month in readings.meters:
        recorded, earlier = now.get(month.label), last.get(month.label)
        is_this_file = recorded is not None and readings.source_hash in (
            recorded.source_hash,
            *(one.reason_hash for one in recorded.restatements),
        )
        rows.append(Row(month, recorded, is_this_file, None if earlier is None else earlier.net_wh))
    return rows


def _tried(moment: Moment, readings: Readings, form: Form) -> tuple[Told | None, Sequence[str]]:
    """Why recording would be refused, and what can hardly be right."""
    production = moment.deployment.production
    try:
        deeds.recording(moment.deployment, production.state().roles.operator, readings, form)
    except Doubtful as error:
        return words.refusal(error), grouped(error.doubts)
    except GridPactError as error:
        return words.refusal(error), ()
    return None, ()


def _warnings(moment: Moment, readings: Readings, rows: Sequence[Row]) -> list[str]:
    """What should be looked at, and stops nothing."""
    production = moment.deployment.production
    there = {month.label for month in readings.meters}
    recorded = {one.meter_id for one in production.readings(readings.epoch_id)}
    found = [
        words.meter_missing(meter.label)
        for meter in production.meters()
        if meter.is_project and meter.label not in there and meter.meter_id not in recorded
    ]
    for row in rows:
        if row.month.quality is not Quality.ACTUAL:
            found.append(words.weak_reading(row.month))
        if row.last_wh and not row.last_wh <= row.month.wh * FAR <= row.last_wh * FAR * FAR:
            found.append(words.far_from_last(row.month, row.last_wh))
    return found
