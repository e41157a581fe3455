"""Why the program itself refuses."""

from dataclasses import dataclass
from pathlib import Path

from gridpact.chain.errors import NoKeyError
from gridpact.chain.keys import Role
from gridpact.errors import GridPactError


@dataclass(eq=False)
class Stopped(GridPactError):
    """Somebody stopped the command."""


@dataclass(eq=False)
class Unforeseen(GridPactError):
    """Something that nobody has thought of."""

    kind: str
    """The exception's class."""
    why: str


@dataclass(eq=False)
class OutputUnwritable(GridPactError):
    """What was found or done cannot be written out."""

    why: str


@dataclass(eq=False)
class WrongNetwork(GridPactError):
    """The node is on another network than the one that was named."""

    address: str
    network: str
    named: str


@dataclass(eq=False)
class NobodyNamed(NoKeyError):
    """The command is somebody's own, and neither account nor key is named."""

    role: Role


@dataclass(eq=False)
class ReasonMissing(GridPactError):
    """A correction needs a reason."""


@dataclass(eq=False)
class NothingNamed(GridPactError):
    """Neither a file nor a text was named, or both."""


@dataclass(eq=False)
class ReportMissing(GridPactError):
    """Neither a report nor its hash was named, or both."""


@dataclass(eq=False)
class SeveralAccounts(GridPactError):
    """The apps have several admins, or several proposed ones: one key does not do for all."""

    what: str
    """`admins` or `proposed admins`."""


@dataclass(eq=False)
class LocalNetDidNotStart(GridPactError):
    """The embedded LocalNet does not run."""

    said: str
    """Its own last words."""


@dataclass(eq=False)
class PortalMissing(GridPactError):
    """What the portal is served with is not installed."""


@dataclass(eq=False)
class ProfileExists(GridPactError):
    """A file would be written over."""

    path: Path


@dataclass(eq=False)
class NotASetting(GridPactError):
    """What was to be set in a profile is no key with a value."""

    text: str
