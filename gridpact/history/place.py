"""Where a deployment's history is kept, and where it is read from.

The database's library is loaded with the first history: lists ask here for one, and most projects keep none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridpact.chain.connection import PUBLIC_NETWORKS, Connection, IndexerNotNamed
from gridpact.chain.outbox import FOLDER
from gridpact.chain.specs import Contract
from gridpact.deployment.record import Deployment, record_path

if TYPE_CHECKING:
    from gridpact.history.database import Database
    from gridpact.history.lists import Lists
    from gridpact.history.source import Source
    from gridpact.history.sync import History

URL_VARIABLE: Final = "GRIDPACT_HISTORY"
"""A database's address, such as postgresql://user@host/name. Without it, SQLite in the project's folder."""


def history_of(deployment: Deployment) -> History:
    """The history of a deployment. Nothing is read or written yet.

    Raises:
        DatabaseUnusable: its place cannot be used.
        IndexerNotNamed: a public network, and no indexer is named.
    """
    from gridpact.history.sync import History

    return History(database_of(deployment), source_of(deployment.connection, deployment.app_ids), deployment.app_ids)


def kept_lists_of(deployment: Deployment) -> Lists | None:
    """The lists of a history that was begun, brought up to date; None where none was begun.

    Raises:
        DatabaseUnusable: its place cannot be used.
        IndexerNotNamed: a public network, and no indexer is named.
    """
    if not os.environ.get(URL_VARIABLE) and not _file_of(deployment).exists():
        return None
    from gridpact.history.lists import Lists

    history = history_of(deployment)
    if not history.database.is_ready():
        return None
    history.sync()
    return Lists(history.database)


def lists_of(deployment: Deployment) -> Lists:
    """The same; where no history was begun, the whole past is read from the chain, and kept nowhere.

    Raises:
        DatabaseUnusable: its place cannot be used.
        IndexerNotNamed: a public network, and no indexer is named.
    """
    kept = kept_lists_of(deployment)
    if kept is not None:
        return kept
    from gridpact.history.database import Database
    from gridpact.history.lists import Lists
    from gridpact.history.sync import History

    source = source_of(deployment.connection, deployment.app_ids)
    in_memory = History(Database("sqlite://"), source, deployment.app_ids)
    in_memory.sync()
    return Lists(in_memory.database)


def database_of(deployment: Deployment) -> Database:
    """The database of a deployment's history: one for each network and KWhReceipt.

    Raises:
        DatabaseUnusable: its place cannot be used.
    """
    from gridpact.history.database import Database

    url = os.environ.get(URL_VARIABLE)
    if url:
        return Database(url, schema=f"gridpact_{re.sub(r'\W', '_', _name_of(deployment))}")
    return Database.in_file(_file_of(deployment))


def _file_of(deployment: Deployment) -> Path:
    return record_path(deployment.connection).parent / FOLDER / f"history_{_name_of(deployment)}.sqlite"


def _name_of(deployment: Deployment) -> str:
    return f"{deployment.connection.genesis_id}_{deployment.production.app_id}"


def source_of(connection: Connection, apps: Mapping[Contract, int]) -> Source:
    """Blocks of a LocalNet or another small network, the indexer's search elsewhere.

    Raises:
        IndexerNotNamed: a public network, and no indexer is named.
    """
    from gridpact.history.blocks import BlockSource
    from gridpact.history.indexer import IndexerSource

    if connection.is_localnet or (not connection.has_indexer and connection.genesis_id not in PUBLIC_NETWORKS):
        return BlockSource(connection.algod, apps.values(), connection.genesis_id, connection.genesis_hash)
    if not connection.has_indexer:
        raise IndexerNotNamed
    return IndexerSource(connection.indexer, connection.algod, apps.values(), connection.genesis_hash)
