"""Where settings come from, and what is wrong with them, in words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gridpact import settings
from gridpact.chain.keys import Role
from gridpact.cli.words.kinds import Told, listed, refusal
from gridpact.settings import SERVER_VARIABLE, Setting

MEANINGS: Final = {
    "GRIDPACT_PROJECT": "The project's folder, as `--project`: records, `.gridpact/`, `.env` files.",
    "GRIDPACT_NETWORK": "The only network that may be used, as `--network`: `localnet`, `testnet`, `mainnet`.",
    "ALGOD_SERVER": "Where algod is, such as `http://localhost`.",
    "ALGOD_PORT": "Its port, where the address has none.",
    "ALGOD_TOKEN": "Its API token. Secret.",
    "INDEXER_SERVER": "Where the indexer is. Without it there is none.",
    "INDEXER_PORT": "Its port.",
    "INDEXER_TOKEN": "Its API token. Secret.",
    "KMD_SERVER": "Where a LocalNet's KMD is; by default where algod is.",
    "KMD_PORT": "Its port. Where neither is set beside `ALGOD_SERVER`, no KMD is used.",
    "KMD_TOKEN": "Its API token; by default algod's. Secret.",
    "NO_PROXY": "Hosts that are asked without a proxy, as curl takes it. Services on this machine always are.",
    "no_proxy": "The same; it counts before the other.",
    "GRIDPACT_APP_ID": "The id of KWhReceipt; the other three apps follow from it. All programs are checked.",
    "GRIDPACT_DEPLOYMENTS": "The record of deployments, instead of the one in the project's folder.",
    "GRIDPACT_HISTORY": "The history's database, such as `postgresql://user@host/name`; else SQLite in `.gridpact/`.",
    "GRIDPACT_EXPLORER": "The explorer that the portal links to, instead of the network's usual one.",
    "DEPLOYER_ADDRESS": "Who deployed: finds the apps through the indexer, where no record and no id does.",
    "OPERATOR_ADDRESS": "Who becomes the operator at deployment, where their key is not here.",
    "TERMINAL_WIDTH": "Columns of tables, before `COLUMNS`; a pipe has 160.",
    "COLUMNS": "Columns of tables.",
    "NO_COLOR": "Set to anything: no colour.",
    "LOCALNET_DATA_DIR": "The embedded LocalNet's state folder, instead of `.localnet`.",
}
"""What each variable says, beside keys and what stands for an option: for the page of settings."""
KEYS: Final = {
    Role.DEPLOYER: "Whoever deploys, and is the admin until the role is handed over.",
    Role.ADMIN: "The admin: roles, pause, the kW token.",
    Role.OPERATOR: "The operator: meters, readings, agreements, allocations, deposits, matches.",
    Role.TREASURY: "Nobody needs it but the example: the treasury only receives.",
    Role.BUYER: "A buyer, to pay invoices.",
    Role.HOLDER: "A holder of the kW token.",
    Role.PRODUCER: "A producer: sell offers, energy credit.",
    Role.CONSUMER: "A consumer: buy offers, trading terms.",
}
"""Who signs with the key of a role."""


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
