"""Why an audit gives no report, or no proof."""

from dataclasses import dataclass

from gridpact.errors import GridPactError


@dataclass(eq=False)
class ChainBusy(GridPactError):
    """The apps were called again and again while what they hold was read."""


@dataclass(eq=False)
class NothingToProve(GridPactError):
    """The chain knows no such invoice or claim."""

    what: str
    key: str
