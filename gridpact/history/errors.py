"""Why a history cannot be read or kept."""

from dataclasses import dataclass

from gridpact.errors import GridPactError


@dataclass(eq=False)
class ChainChanged(GridPactError):
    """The chain became another one while it was read: a LocalNet was reset or restored.

    Attributes:
        round: the first block that does not follow on the one before.
    """

    round: int


@dataclass(eq=False)
class BlockMissing(GridPactError):
    """The node keeps its last blocks only, and no indexer is named."""

    round: int


@dataclass(eq=False)
class EventMissing(GridPactError):
    """An event changes what no earlier event has made: the server does not give all of the past.

    Attributes:
        table: where the row should be.
        key: its key.
    """

    table: str
    key: str


@dataclass(eq=False)
class ChainRestless(GridPactError):
    """The chain, or its history, became another one again and again while it was read."""

    where: str


@dataclass(eq=False)
class DatabaseUnusable(GridPactError):
    """The database of the history cannot be used.

    Attributes:
        reason: in the database's words.
    """

    where: str
    reason: str


@dataclass(eq=False)
class InvalidCursor(GridPactError):
    """A text names neither a round nor an event's place in the chain."""

    text: str
