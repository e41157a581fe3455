"""Readings and meters."""

from gridpact.chain.work import Work
from gridpact.deployment.record import Deployment
from gridpact.portal.errors import FieldMissing
from gridpact.portal.form import Form
from gridpact.production import actions as production
from gridpact.production.boxes import PROJECT
from gridpact.production.read import Quality
from gridpact.production.readings.files import Options, parse
from gridpact.production.readings.options import FillGaps
from gridpact.production.readings.profile import load
from gridpact.production.readings.typed import TypedReading, typed
from gridpact.units import KW_TOKEN_DECIMALS, base_units

KWH_DECIMALS = 3
"""Of energy that is typed in kWh: down to the Wh."""


def record(deployment: Deployment, sender: str, form: Form) -> Work:
    """A file of readings."""
    epoch = form.whole_or("epoch", 0) or None
    gaps = form.given("fill_gaps")
    profile = load(form.file("profile")) if form.given("profile") else None
    options = Options(profile, fill_gaps=FillGaps(gaps) if gaps in set(FillGaps) else None)
    readings = parse(form.file("file"), epoch, options)
    return production.record(deployment.production, sender, readings, register=form.is_on("register"))


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
    readings = typed(form.whole("epoch"), rows)
    return production.record(deployment.production, sender, readings, register=form.is_on("register"))


def finalize(deployment: Deployment, sender: str, form: Form) -> Work:
    """The close of a month."""
    expected = form.units_or("expected_kwh", KWH_DECIMALS, -1)
    return production.finalize(deployment.production, sender, form.whole("epoch"), None if expected < 0 else expected)


def register(deployment: Deployment, sender: str, form: Form) -> Work:
    """A meter."""
    producer = form.address("producer") if form.given("producer") else PROJECT
    capacity = form.units_or("capacity_kw", KW_TOKEN_DECIMALS, 0)
    return production.register_meter(deployment.production, sender, form.text("label"), capacity, producer)
