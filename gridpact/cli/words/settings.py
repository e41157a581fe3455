"""Where settings come from, and what is wrong with them, in words."""

from collections.abc import Sequence
from pathlib import Path

from gridpact import settings
from gridpact.cli.words.kinds import Told, listed, refusal
from gridpact.settings import SERVER_VARIABLE, Setting


def led_elsewhere(found: Sequence[Setting], keys: Sequence[str]) -> str:
    """A warning: files choose the network or the apps, and the keys are the environment's."""
    said = listed([f"{one.name} ({one.value}) from {one.file}" for one in found])
    first, *others = keys
    more = f" and {len(others)} other keys" if len(others) > 1 else f" and {others[0]}" if others else ""
    return f"Note: this run takes {said}, but {first}{more} from the environment."


def place(file: Path | None) -> str:
    """Where a variable is set."""
    return "the environment" if file is None else str(file)


@refusal.register
def _(error: settings.ProjectNotFound) -> Told:
    return Told(f"There is no project folder {error.folder}.", "Check --project and GRIDPACT_PROJECT.")


@refusal.register
def _(error: settings.SettingsUnreadable) -> Told:
    return Told(f"{error.path} cannot be read: {error.why}.", "Check the file.")


@refusal.register
def _(error: settings.SettingsMissing) -> Told:
    return Told(
        f"Nothing says where {error.network} is: there is no {error.path}.",
        f"Write it, with ALGOD_SERVER and what {error.network} needs beside it, or check the network's name.",
    )


@refusal.register
def _(error: settings.ServerEmpty) -> Told:
    return Told(
        f"ALGOD_SERVER is empty in {place(error.file)}.",
        "Set it to an address such as http://localhost, or remove it: then it is a LocalNet on AlgoKit's ports.",
    )


@refusal.register
def _(error: settings.ServicesApart) -> Told:
    are = "are" if len(error.variables) > 1 else "is"
    return Told(
        f"{listed(error.variables)} {are} set in {place(error.file)}, which does not set {SERVER_VARIABLE}.",
        "Set algod, indexer and KMD of a network in one place, together.",
    )
