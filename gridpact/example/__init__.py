"""The example month, and the readings that it starts from."""

from pathlib import Path
from typing import Final

READINGS: Final = Path(__file__).parent / "readings-202602.csv"
"""February 2026 of the example's meters, in the project's own format."""
