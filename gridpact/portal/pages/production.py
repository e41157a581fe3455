"""Production Recording: readings of a month, from a file or typed, and its close."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.portal.pages.months import month_of
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.production.actions import MONTH_INTERVAL
from gridpact.production.read import Meter, Reading
from gridpact.units import ALGO

MOST_OFFSET_S: Final = 15 * 3_600
"""No zone is further from UTC."""


@dataclass(frozen=True, slots=True)
class Row:
    """A meter, and what is recorded for it."""

    meter: Meter
    reading: Reading | None


def show(request: Request, moment: Moment) -> Response:
    """The page."""
    production = moment.deployment.production
    ledgers = production.ledgers()
    epoch_id = month_of(request, moment, ledgers)
    ledger = next((one for one in ledgers if one.epoch_id == epoch_id), None)
    readings = {one.meter_id: one for one in production.readings(epoch_id) if one.interval_id == MONTH_INTERVAL}
    rows = [Row(meter, readings.get(meter.meter_id)) for meter in production.meters() if meter.is_project]
    return page(
        request,
        moment,
        "production.html",
        title="Production Recording",
        epoch_id=epoch_id,
        ledger=ledger,
        rows=rows,
        recorded=[row for row in rows if row.reading is not None],
        missing=[row.meter.label for row in rows if row.reading is None],
        typed_zone=_zone_after(epoch_id, [row.meter for row in rows]),
        operator=production.state().roles.operator,
        is_over=moment.now_ts > epoch_end_ts(epoch_id),
        units={ALGO.asset_id: ALGO},
    )


def _zone_after(epoch_id: int, meters: list[Meter]) -> str:
    """The offset from UTC at which the month before ended: the next one begins there. UTC where none did."""
    ends = [meter.last_end_ts for meter in meters if abs(meter.last_end_ts - epoch_start_ts(epoch_id)) <= MOST_OFFSET_S]
    if not ends:
        return "UTC"
    ahead = epoch_start_ts(epoch_id) - max(ends)
    hours, minutes = divmod(abs(ahead) // 60, 60)
    return f"{'+' if ahead >= 0 else '-'}{hours:02}:{minutes:02}"
