"""Why the portal itself refuses."""

from dataclasses import dataclass

from gridpact.errors import GridPactError


@dataclass(eq=False)
class OtherNetwork(GridPactError):
    """The portal was started for another network than the node's."""

    address: str
    network: str
    named: str


@dataclass(eq=False)
class FieldMissing(GridPactError):
    """A form lacks something."""

    field: str


@dataclass(eq=False)
class NotWhole(GridPactError):
    """A field of a form holds no whole number."""

    field: str
    text: str


@dataclass(eq=False)
class NotATime(GridPactError):
    """A field of a form holds no date and time."""

    field: str
    text: str


@dataclass(eq=False)
class NotAZone(GridPactError):
    """There is no such time zone."""

    text: str


@dataclass(eq=False)
class OtherSigner(GridPactError):
    """Somebody else than who is connected has to sign."""

    signer: str
    connected: str


@dataclass(eq=False)
class NotSignedGroup(GridPactError):
    """What the page posted is no signed group."""


@dataclass(eq=False)
class UnknownAction(GridPactError):
    """The portal has no such action."""

    name: str


@dataclass(eq=False)
class PageNotFound(GridPactError):
    """There is no such page."""

    path: str


@dataclass(eq=False)
class StalePage(GridPactError):
    """The page carries no token of this server: it is older than the server, or another site's."""


@dataclass(eq=False)
class ForeignOrigin(GridPactError):
    """A request comes from another site, or under a name that is not the portal's."""

    origin: str


@dataclass(eq=False)
class TooMuch(GridPactError):
    """A request is larger than the portal takes."""

    most_bytes: int
