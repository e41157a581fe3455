"""Production Recording: readings of a month, from a file or typed, and its close."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from gridpact.epochs import epoch_end_ts
from gridpact.portal.pages.months import month_of
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.production.actions import MONTH_INTERVAL
from gridpact.production.read import Meter, Reading
from gridpact.units import ALGO


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
        operator=production.state().roles.operator,
        is_over=moment.now_ts > epoch_end_ts(epoch_id),
        units={ALGO.asset_id: ALGO},
    )
