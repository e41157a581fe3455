"""Where the four apps are.

KWhReceipt names the three apps that may draw from it, once and for ever, so its id alone leads to the others. It is
found, in this order:

1. `GRIDPACT_APP_ID`: the id itself;
2. the record that `deploy` wrote (`deployments.json`, for LocalNets `deployments.local.json`), where the chain still
   has that app, of that creator, with that program: a LocalNet that was reset has not;
3. the indexer: the app that `DEPLOYER` created under the name KWhReceipt (AlgoKit's deploy note).
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gridpact.billing.app import Billing
from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.errors import AppNotFoundError
from gridpact.chain.group import Group
from gridpact.chain.keys import deployer_address
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params
from gridpact.deployment.errors import (
    InvalidAppId,
    NotDeployedError,
    NotKWhReceipt,
    NotWired,
    RecordDamaged,
    RecordUnreadable,
    RecordUnwritable,
)
from gridpact.market.app import Market
from gridpact.production.app import Production
from gridpact.revenue.app import Revenue
from gridpact.settings import project_folder

APP_ID_VARIABLE: Final = "GRIDPACT_APP_ID"
RECORD_VARIABLE: Final = "GRIDPACT_DEPLOYMENTS"


@dataclass(frozen=True)
class Deployment:
    """The four apps on one network."""

    connection: Connection
    production: Production
    billing: Billing
    revenue: Revenue
    market: Market
    apps: Apps = field(repr=False, compare=False)
    """Explains the apps' refusals."""

    @classmethod
    def of(cls, production: Production) -> "Deployment":
        """The deployment that a KWhReceipt leads to.

        Raises:
            NotWired: one of the consumers is not set.
        """
        connection, receipt = production.connection, production.state()
        ids = {
            Contract.KWH_RECEIPT: receipt.app_id,
            Contract.PPA: receipt.ppa_app,
            Contract.REVENUE_VAULT: receipt.vault_app,
            Contract.OFFER_BOOK: receipt.offer_book_app,
        }
        missing = tuple(contract for contract, app_id in ids.items() if app_id == 0)
        if missing:
            raise NotWired(receipt.app_id, missing)
        apps = Apps(connection.algod)
        for contract, app_id in ids.items():
            apps.register(app_id, contract)
        return cls(
            connection=connection,
            production=Production(connection, receipt.app_id, apps),
            billing=Billing(connection, receipt.ppa_app, receipt.app_id, apps),
            revenue=Revenue(connection, receipt.vault_app, receipt.app_id, apps),
            market=Market(connection, receipt.offer_book_app, receipt.app_id, apps),
            apps=apps,
        )

    @property
    def app_ids(self) -> dict[Contract, int]:
        """App id of each contract."""
        return {
            Contract.KWH_RECEIPT: self.production.app_id,
            Contract.PPA: self.billing.app_id,
            Contract.REVENUE_VAULT: self.revenue.app_id,
            Contract.OFFER_BOOK: self.market.app_id,
        }

    def group(self) -> Group:
        """An empty group."""
        return Group(self.connection.algorand, self.apps)


def find(connection: Connection) -> Deployment:
    """The deployment on a network.

    Raises:
        NotDeployedError: there is none.
        NotWired: it is not complete.
        InvalidAppId, NotKWhReceipt: `GRIDPACT_APP_ID` is not an app of ours.
    """
    app_id = find_receipt(connection)
    if app_id is None:
        raise NotDeployedError(connection.network)
    return Deployment.of(Production(connection, app_id))


def find_receipt(connection: Connection, creator: str | None = None) -> int | None:
    """App id of KWhReceipt, None where it is nowhere.

    Args:
        connection: the network.
        creator: who deployed it; by default whoever `DEPLOYER` is, where that is known.
    """
    if creator is None and (named := os.environ.get(APP_ID_VARIABLE)):
        return _named(connection, named)
    recorded = Record.read(connection)
    if recorded is not None and recorded.holds(connection) and creator in (None, recorded.creator):
        return recorded.kwh_receipt_id
    creator = creator or deployer_address(connection)
    if creator is None:
        return None
    return created_app(connection, creator, Contract.KWH_RECEIPT)


def created_app(connection: Connection, creator: str, contract: Contract) -> int | None:
    """App id of a contract that an account deployed, by AlgoKit's deploy note; None where it did not.

    The indexer is asked when it knows all blocks: a run that follows a killed one at once would deploy again what the
    first one has deployed.

    Raises:
        LaggingIndexerError: the indexer does not catch up.
    """
    connection.wait_for_indexer()
    lookup = connection.algorand.app_deployer.get_creator_apps_by_name(creator_address=creator, ignore_cache=True)
    app = lookup.apps.get(contract.value)
    return None if app is None or app.deleted else app.app_id


@dataclass(frozen=True, slots=True)
class Record:
    """What `deploy` writes down, so that readers need no indexer."""

    kwh_receipt_id: int
    creator: str
    program_sha256: str
    app_ids: Mapping[str, int] = field(default_factory=dict)
    """The other apps, for people who read the file. The chain says which they are."""

    @classmethod
    def of(cls, connection: Connection, app_ids: Mapping[Contract, int]) -> "Record":
        """The record of apps on chain."""
        app_id = app_ids[Contract.KWH_RECEIPT]
        params = app_params(connection.algod, app_id)
        return cls(
            kwh_receipt_id=app_id,
            creator=str(params["creator"]),
            program_sha256=_program_sha256(params),
            app_ids={contract.value: app_id for contract, app_id in app_ids.items()},
        )

    @classmethod
    def read(cls, connection: Connection) -> "Record | None":
        """The record of a network, None where there is none."""
        entry = _read_file(record_path(connection)).get(connection.genesis_hash)
        if entry is None:
            return None
        return cls(entry["kwhReceipt"], entry["creator"], entry["programSha256"], entry["apps"])

    def holds(self, connection: Connection) -> bool:
        """Whether the chain has this very app: same id, creator and program."""
        try:
            params = app_params(connection.algod, self.kwh_receipt_id)
        except AppNotFoundError:
            return False
        return params["creator"] == self.creator and _program_sha256(params) == self.program_sha256

    def write(self, connection: Connection) -> None:
        """Write it down, in place of the network's last one. Nothing is written where it stands already.

        Raises:
            RecordUnwritable: the file cannot be written.
        """
        path = record_path(connection)
        records = _read_file(path)
        entry = {
            "network": connection.network,
            "kwhReceipt": self.kwh_receipt_id,
            "creator": self.creator,
            "programSha256": self.program_sha256,
            "apps": dict(self.app_ids),
        }
        if records.get(connection.genesis_hash) == entry:
            return
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps({**records, connection.genesis_hash: entry}, indent=2) + "\n", encoding="utf-8")
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise RecordUnwritable(path, error.strerror or "", self.kwh_receipt_id) from error


def record_path(connection: Connection) -> Path:
    """The file that holds a network's record: one to be committed, or one for this machine's LocalNets.

    Raises:
        ProjectNotFound: the folder that was named as the project is not there.
    """
    named = os.environ.get(RECORD_VARIABLE)
    if named:
        return Path(named)
    return project_folder() / ("deployments.local.json" if connection.is_localnet else "deployments.json")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RecordUnreadable(path, error.strerror or "") from error
    try:
        records = json.loads(text)
        complete = all({"kwhReceipt", "creator", "programSha256", "apps"} <= entry.keys() for entry in records.values())
    except (ValueError, AttributeError) as error:
        raise RecordDamaged(path) from error
    if not complete:
        raise RecordDamaged(path)
    found: dict[str, Any] = records
    return found


def _program_sha256(params: Mapping[str, Any]) -> str:
    return hashlib.sha256(base64.b64decode(params["approval-program"])).hexdigest()


def _named(connection: Connection, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise InvalidAppId(APP_ID_VARIABLE, text)
    state_keys = {
        base64.b64decode(entry["key"]) for entry in app_params(connection.algod, int(text)).get("global-state", [])
    }
    if b"ppa_app" not in state_keys:
        raise NotKWhReceipt(APP_ID_VARIABLE, int(text))
    return int(text)
