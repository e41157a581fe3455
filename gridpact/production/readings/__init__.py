"""Interval readings of a month from a file: understood by a profile, checked line by line, summed exactly.

`parse` takes a file in GridPact's own format, in one of the trade's, or with a profile in anybody's. Nothing here knows
of a network. The names are loaded when they are used: most commands read no file.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gridpact.production.readings.files import Options as Options
    from gridpact.production.readings.files import parse as parse
    from gridpact.production.readings.model import MeterMonth as MeterMonth
    from gridpact.production.readings.model import Readings as Readings
    from gridpact.production.readings.options import FillGaps as FillGaps
    from gridpact.production.readings.options import Format as Format

_HOMES: Final = {
    "FillGaps": "options",
    "Format": "options",
    "MeterMonth": "model",
    "Options": "files",
    "Readings": "model",
    "parse": "files",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    home = _HOMES.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{home}"), name)
