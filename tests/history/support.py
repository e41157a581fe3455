"""What tests of the history need to compare."""

import base64
from typing import Any

from algosdk.v2client.algod import AlgodClient
from sqlalchemy import select

from gridpact.history.blocks import ROUNDS_A_BATCH, BlockSource
from gridpact.history.database import Database
from gridpact.history.sync import History
from gridpact.history.tables import Table
from tests.history.stored_chain import APPS, GENESIS_HASH, GENESIS_ID


def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Table.metadata.sorted_tables
        }


def history_of(
    database: Database, address: str, genesis_hash: bytes = GENESIS_HASH, batch: int = ROUNDS_A_BATCH
) -> History:
    """The history of a stored chain.

    Args:
        database: where it is kept.
        address: of the node that serves the chain.
        genesis_hash: the chain's.
        batch: rounds that are written together.
    """
    return History(database, source_of(address, genesis_hash, batch), APPS)


def source_of(address: str, genesis_hash: bytes = GENESIS_HASH, batch: int = ROUNDS_A_BATCH) -> BlockSource:
    """The blocks of a stored chain."""
    return BlockSource(
        AlgodClient("", address), APPS.values(), GENESIS_ID, base64.b64encode(genesis_hash).decode(), batch
    )
