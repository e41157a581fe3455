"""Files of readings: processor time and memory of 432,000 rows (50 meters, 5 minutes, a month), format by format.

Run with `python -m benchmarks.readings`. Each format is read in a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

METERS: Final = 50
MINUTES: Final = 5
EPOCH: Final = 202606
ZONE: Final = ZoneInfo("America/New_York")
PROFILE: Final = """
[file]
separator = ";"
decimal = ","
[time]
column = ["date", "time"]
format = "%d.%m.%Y %H:%M"
zone = "America/New_York"
stamps = "end"
[value]
column = "kW"
unit = "kW"
kind = "interval"
[meter]
column = "meter"
"""
MEGABYTE_KIB: Final = 1_024


def starts() -> list[datetime]:
    """The month's intervals."""
    begin = datetime(*divmod(EPOCH, 100), 1, tzinfo=ZONE)
    return [begin + at * timedelta(minutes=MINUTES) for at in range(30 * 24 * 60 // MINUTES)]


def energy(meter: int, at: int) -> int:
    """A figure that nearly never repeats."""
    return (at * 7_919 + meter * 104_729) % 5_003


def own() -> str:
    """GridPact's own format."""
    stamps = [start.isoformat() for start in starts()]
    rows = [
        f"m{meter},{stamp},{energy(meter, at)},actual" for meter in range(METERS) for at, stamp in enumerate(stamps)
    ]
    return "\n".join(["meter_id,interval_start,energy_wh,quality", *rows])


def profiled() -> str:
    """Average power at the ends of local intervals, with a decimal comma."""
    step = timedelta(minutes=MINUTES)
    stamps = [f"{start + step:%d.%m.%Y;%H:%M}" for start in starts()]
    rows = [
        f"m{meter};{stamp};{energy(meter, at) // 1_000},{energy(meter, at) % 1_000:03d}"
        for meter in range(METERS)
        for at, stamp in enumerate(stamps)
    ]
    return "\n".join(["meter;date;time;kW", *rows])


FORMATS: Final[dict[str, Callable[[], str]]] = {"own": own, "profile": profiled}


def measure(name: str, path: Path) -> None:
    """Read a file, and print rows, seconds of processor time and megabytes."""
    from gridpact.production.readings import Options, parse
    from gridpact.production.readings.profile import load

    content = path.read_bytes()
    options = Options() if name == "own" else Options(profile=load(PROFILE.encode()))
    begin = time.process_time()
    readings = parse(content, EPOCH, options)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE_KIB
    print(f"| {name} | {sum(meter.rows for meter in readings.meters):,} | {seconds:.1f} | {peak} |")


def main() -> None:
    """Print the table."""
    print("| format | rows | processor time (s) | memory (MB) |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            path = Path(folder, name)
            path.write_text(write(), encoding="utf-8")
            subprocess.run([sys.executable, "-m", "benchmarks.readings", name, str(path)], check=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
