"""GridPact's own format: CSV whose first line names the columns.

`meter_id`, `interval_start` with its UTC offset, one of `energy_wh` and `energy_kwh`, and perhaps `quality` (actual,
estimated or substituted). A reading belongs to the month that its start shows as written.
"""

from collections import Counter
from datetime import tzinfo
from typing import Final

from gridpact.production.readings.errors import ColumnFault, LineProblem, NotOneEnergyColumn, WrongColumn
from gridpact.production.readings.model import WEAKNESS
from gridpact.production.readings.profile import Unit
from gridpact.production.readings.table import Cell, Layout, quality_words
from gridpact.production.readings.text import Row
from gridpact.production.readings.values import Clock, Numbers

METER: Final = "meter_id"
START: Final = "interval_start"
QUALITY: Final = "quality"
ENERGY: Final = {"energy_wh": Unit.WH, "energy_kwh": Unit.KWH}
COLUMNS: Final = (METER, START, *ENERGY, QUALITY)


def layout_of(header: Row, zone: tzinfo | None, problems: list[LineProblem]) -> Layout | None:
    """Where the columns stand.

    Args:
        header: the line that names them.
        zone: of the month, and of times without an offset; None: each time has its offset.
        problems: what is wrong with them is added.
    """
    line, fields = header
    names = [name.strip() for name in fields]
    faults: list[LineProblem] = [
        WrongColumn(line, name, ColumnFault.TWICE) for name, count in Counter(names).items() if count > 1
    ]
    faults += [WrongColumn(line, name, ColumnFault.UNKNOWN) for name in dict.fromkeys(names) if name not in COLUMNS]
    faults += [WrongColumn(line, name, ColumnFault.MISSING) for name in (METER, START) if name not in names]
    units = sorted({name for name in names if name in ENERGY})
    if len(units) != 1:
        faults.append(NotOneEnergyColumn(line, tuple(ENERGY)))
    problems += faults
    if faults:
        return None
    return Layout(
        width=len(names),
        times=(names.index(START),),
        cells=(Cell((names.index(units[0]),)),),
        clock=Clock(zone=zone),
        numbers=Numbers(),
        unit=ENERGY[units[0]],
        meter=names.index(METER),
        is_exact=True,
        quality=names.index(QUALITY) if QUALITY in names else None,
        qualities=quality_words({one.value: (one.value,) for one in WEAKNESS}),
    )
