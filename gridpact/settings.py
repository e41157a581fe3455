"""Where a project is, and what its environment says.

A project is a folder: it holds the records of deployments, `.gridpact/`, `.env` and `.env.<network>`. It is found
upward from the working directory, or named. What the environment says counts before `.env.<network>`, and that before
`.env`. Only algod, KMD and indexer stand together: all three come from the place that names algod's server, so that
nobody signs with one chain's keys on another.
"""

import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridpact.errors import GridPactError

PROJECT_VARIABLE: Final = "GRIDPACT_PROJECT"
NETWORK_VARIABLE: Final = "GRIDPACT_NETWORK"
SERVER_VARIABLE: Final = "ALGOD_SERVER"
KEY_SUFFIX: Final = "_MNEMONIC"
LOCALNET: Final = "localnet"
"""The network that needs no file: its services have default ports."""

SERVICES: Final = tuple(
    f"{service}_{what}" for service in ("ALGOD", "INDEXER", "KMD") for what in ("SERVER", "PORT", "TOKEN")
)
"""AlgoKit's variables: where a network's services are."""
MARKS: Final = (
    *(".gridpact", "deployments.json", "deployments.local.json", ".env.template"),
    *(".env", ".env.localnet", ".env.testnet", ".env.mainnet"),
)
"""What makes a folder a project."""
LEADING: Final = ("GRIDPACT_APP_ID", "GRIDPACT_DEPLOYMENTS", "DEPLOYER_ADDRESS")
"""What leads to the apps, beside the network."""

VARIABLES: Final = (
    *(PROJECT_VARIABLE, NETWORK_VARIABLE, *SERVICES),
    *("GRIDPACT_APP_ID", "GRIDPACT_DEPLOYMENTS", "GRIDPACT_HISTORY", "DEPLOYER_ADDRESS", "OPERATOR_ADDRESS"),
)
"""What the environment may say, beside keys and what stands for a command's options."""
SECRETS: Final = frozenset(name for name in SERVICES if name.endswith("_TOKEN"))
"""Of these, what is never shown."""

_NETWORK_NAME: Final = re.compile(r"[\w.-]+")


@dataclass(eq=False)
class ProjectNotFound(GridPactError):
    """The folder that was named as the project is not there."""

    folder: Path


@dataclass(eq=False)
class SettingsUnreadable(GridPactError):
    """A file of settings cannot be read."""

    path: Path
    why: str


@dataclass(eq=False)
class SettingsMissing(GridPactError):
    """A network was named, and nothing says where it is."""

    network: str
    path: Path
    """The file that would say it."""


@dataclass(eq=False)
class ServerEmpty(GridPactError):
    """algod's server is set, to nothing."""

    file: Path | None
    """None: the environment."""


@dataclass(eq=False)
class ServicesApart(GridPactError):
    """A part of a network's services is set where algod's server is not."""

    variables: tuple[str, ...]
    file: Path | None
    """None: the environment."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable, and where its value comes from."""

    name: str
    value: str
    file: Path | None
    """None: the environment."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run."""

    project: Path
    network: str | None
    """The only network that the run may use; None: any."""
    files: tuple[Path, ...]
    """What was read, strongest first."""
    values: Mapping[str, Setting]
    """What the files say, and the environment."""
    named_outside: bool
    """Whether the network was named by an option or the environment."""
    refusal: GridPactError | None = None
    """Why no network may be used with these settings."""

    def apply(self, environment: MutableMapping[str, str]) -> None:
        """Put what the files say into the environment. What it says already, stays."""
        for setting in self.values.values():
            if setting.file is not None:
                environment[setting.name] = setting.value

    @property
    def leads_elsewhere(self) -> tuple[Setting, ...]:
        """What files say about network and apps, while the keys come from the environment.

        Nobody signs with the keys of their shell because a folder's file has chosen the network, or the apps.
        """
        if not self.keys_outside:
            return ()
        names = LEADING if self.named_outside else (NETWORK_VARIABLE, SERVER_VARIABLE, *LEADING)
        found = (self.values.get(name) for name in names)
        return tuple(setting for setting in found if setting is not None and setting.file is not None)

    @property
    def keys_outside(self) -> tuple[str, ...]:
        """The variables of the environment that hold mnemonics."""
        return tuple(sorted(name for name, one in self.values.items() if one.file is None and _is_key(name, one.value)))


def project_folder(environment: Mapping[str, str] = os.environ, working: Path | None = None) -> Path:
    """The project's folder: the one that is named, else the nearest one upward with a mark, else the working directory.

    The search ends below the home folder; above the working directory only what belongs to the same user counts.

    Args:
        environment: names it with `GRIDPACT_PROJECT`.
        working: where the search begins; by default the working directory.

    Raises:
        ProjectNotFound: the named folder is not there.
    """
    named = environment.get(PROJECT_VARIABLE)
    if named:
        folder = Path(named).expanduser().absolute()
        if not folder.is_dir():
            raise ProjectNotFound(folder)
        return folder
    start = (working or Path.cwd()).absolute()
    home = Path(environment.get("HOME") or "/").absolute()
    for folder in (start, *start.parents):
        if folder != start and folder in (home, Path(folder.anchor)):
            break
        if any(_is_mark(folder / name, anybodys=folder == start) for name in MARKS):
            return folder
    return start


def read(named: str | None, environment: Mapping[str, str], working: Path | None = None) -> Settings:
    """What holds, from the environment and the project's files. Nothing is changed.

    Args:
        named: the network that an option or the environment names.
        environment: of the process.
        working: where the project is looked for; by default the working directory.
    """
    try:
        project = project_folder(environment, working)
    except ProjectNotFound as error:
        return Settings(error.folder, named, (), _of_environment(environment), named is not None, error)
    try:
        return _read(named, environment, project)
    except GridPactError as error:
        return Settings(project, named, (), _of_environment(environment), named is not None, error)


def _read(named: str | None, environment: Mapping[str, str], project: Path) -> Settings:
    general = _file(project / ".env") or {}
    network = named or general.get(NETWORK_VARIABLE) or None
    specific: dict[str, str] | None = None
    own = project / f".env.{network or LOCALNET}"
    # Where a server is named without a network's name, nothing says that it is the LocalNet's.
    if network is not None or not {SERVER_VARIABLE} & {*environment, *general}:
        specific = _file(own) if _NETWORK_NAME.fullmatch(network or LOCALNET) else None
    places: list[tuple[Path | None, Mapping[str, str]]] = [(None, environment)]
    if specific is not None:
        places.append((own, {name: value for name, value in specific.items() if name != NETWORK_VARIABLE}))
    places.append((project / ".env", general))
    check_places(places)
    server = next((index for index, (_, says) in enumerate(places) if SERVER_VARIABLE in says), None)
    if network not in (None, LOCALNET) and specific is None and server is None:
        raise SettingsMissing(str(network), own)
    values = _of_environment(environment)
    for index, (path, says) in enumerate(places):
        for name, value in says.items():
            if path is not None and name not in values and (name not in SERVICES or index == server):
                values[name] = Setting(name, value, path)
    files = tuple(path for path, _ in places if path is not None and path.is_file())
    return Settings(project, network, files, values, named is not None)


def check_places(places: list[tuple[Path | None, Mapping[str, str]]]) -> None:
    """Whether each place that says anything about a network's services says where algod is.

    Args:
        places: a file, or None for the environment, and what it says.

    Raises:
        ServerEmpty, ServicesApart: it does not.
    """
    for path, says in places:
        if SERVER_VARIABLE in says:
            if not says[SERVER_VARIABLE].strip():
                raise ServerEmpty(path)
            continue
        apart = tuple(name for name in SERVICES if says.get(name))
        if apart:
            raise ServicesApart(apart, path)


def _file(path: Path) -> dict[str, str] | None:
    """What a file says; None where it is not there."""
    try:
        with path.open(encoding="utf-8") as stream:
            from dotenv import dotenv_values  # only where there is a file

            found = dotenv_values(stream=stream)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsUnreadable(path, error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise SettingsUnreadable(path, "it is not UTF-8") from error
    return {name: value for name, value in found.items() if value is not None}


def _of_environment(environment: Mapping[str, str]) -> dict[str, Setting]:
    return {name: Setting(name, value, None) for name, value in environment.items()}


def _is_key(name: str, value: str) -> bool:
    return name.endswith(KEY_SUFFIX) and bool(value.strip())


def _is_mark(path: Path, *, anybodys: bool) -> bool:
    try:
        owner = path.stat().st_uid
    except OSError:
        return False
    return anybodys or owner == os.getuid()
