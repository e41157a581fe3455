"""Readings and meters."""

from datetime import UTC, tzinfo

from gridpact.chain.work import Work
from gridpact.deployment import meter_names
from gridpact.deployment.record import Deployment
from gridpact.portal.errors import FieldMissing, NotAZone
from gridpact.portal.evidence import HELD
from gridpact.portal.form import Form
from gridpact.production import actions as production
from gridpact.production.actions import NewMeters
from gridpact.production.boxes import PROJECT
from gridpact.production.read import Quality
from gridpact.production.readings.files import Options, parse
from gridpact.production.readings.model import Readings
from gridpact.production.readings.options import FillGaps, Format
from gridpact.production.readings.profile import load
from gridpact.production.readings.typed import TypedReading, typed
from gridpact.production.readings.values import zone_of
from gridpact.units import KW_TOKEN_DECIMALS, base_units

KWH_DECIMALS = 3
"""Of energy that is typed in kWh: down to the Wh."""


def read(form: Form) -> Readings:
    """The file of readings that was chosen, read as it was said.

    Raises:
        ReadingsError, ProfileRefused: it cannot be taken.
        NotAZone: there is no such time zone.
    """
    epoch = form.whole_or("epoch", 0) or None
    gaps, kind, minutes = form.given("fill_gaps"), form.given("format"), form.whole_or("interval_minutes", 0)
    options = Options(
        profile=load(form.file("profile")) if form.given("profile") else None,
        format=Format(kind) if kind in set(Format) else Format.CSV,
        channel=form.given("channel"),
        zone=zone(form) if form.given("zone") else None,
        fill_gaps=FillGaps(gaps) if gaps in set(FillGaps) else None,
        interval_minutes=minutes or None,
    )
    return parse(form.file("file"), epoch, options)


def zone(form: Form) -> tzinfo:
    """The time zone that was named.

    Raises:
        NotAZone: there is none.
    """
    try:
        return zone_of(form.text("zone"))
    except ValueError as error:
        raise NotAZone(form.text("zone")) from error


def record(deployment: Deployment, sender: str, form: Form) -> Work:
    """A file of readings."""
    readings = read(form)
    meter_names.keep(deployment.connection, [month.label for month in readings.meters])
    return recording(deployment, sender, readings, form)


def recording(deployment: Deployment, sender: str, readings: Readings, form: Form) -> Work:
    """What records a file.

    Args:
        deployment: the apps.
        sender: the operator.
        readings: the file.
        form: whether meters are registered, why doubtful figures hold, and whether it is a correction.
    """
    if form.is_on("correct"):
        HELD.hold(form.file("file"))
    new = NewMeters(form.units_or("capacity_kw", KW_TOKEN_DECIMALS, 0)) if form.is_on("register") else False
    return production.record(
        deployment.production,
        sender,
        readings,
        register=new,
        accept=form.given("accept"),
        correct=form.is_on("correct"),
    )


def record_typed(deployment: Deployment, sender: str, form: Form) -> Work:
    """Figures of meters, typed."""
    quality = Quality(form.text("quality")) if form.given("quality") in set(Quality) else Quality.ACTUAL
    rows = [
        TypedReading(label, base_units(kwh.replace(",", ""), KWH_DECIMALS, "energy"), quality)
        for label, kwh in zip(form.many("meter"), form.many("kwh"), strict=False)
        if label and kwh
    ]
    if not rows:
        raise FieldMissing("kwh")
    readings = typed(form.whole("epoch"), rows, zone(form) if form.given("zone") else UTC)
    meter_names.keep(deployment.connection, [row.label for row in rows])
    return production.record(deployment.production, sender, readings, register=form.is_on("register"))


def finalize(deployment: Deployment, sender: str, form: Form) -> Work:
    """The close of a month."""
    expected = form.units_or("expected_kwh", KWH_DECIMALS, -1)
    wanted = None if expected < 0 else expected
    return production.finalize(
        deployment.production, sender, form.whole("epoch"), wanted, without=form.any_of("without")
    )


def restate(deployment: Deployment, sender: str, form: Form) -> Work:
    """A reading, corrected to a new figure."""
    wh = form.units("kwh", KWH_DECIMALS)
    reading = form.whole("epoch"), form.whole("meter"), production.MONTH_INTERVAL
    return production.restate(deployment.production, sender, *reading, wh, form.reason())


def anchor(deployment: Deployment, sender: str, form: Form) -> Work:
    """The hash of the month-end report."""
    return production.anchor(deployment.production, sender, form.whole("epoch"), form.document("report"))


def register(deployment: Deployment, sender: str, form: Form) -> Work:
    """A meter."""
    producer = form.address("producer") if form.given("producer") else PROJECT
    capacity = form.units_or("capacity_kw", KW_TOKEN_DECIMALS, 0)
    return production.register_meter(deployment.production, sender, form.text("label"), capacity, producer)
