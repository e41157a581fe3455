"""Interval readings of a month from a file: understood by a profile, checked line by line, summed exactly.

`parse` takes a file in GridPact's own format or, with a profile, in anybody's. Nothing here knows of a network.
"""

from gridpact.production.readings.model import LABEL_BYTES as LABEL_BYTES
from gridpact.production.readings.model import FillGaps as FillGaps
from gridpact.production.readings.model import MeterMonth as MeterMonth
from gridpact.production.readings.model import Readings as Readings
from gridpact.production.readings.parse import parse as parse
