"""A batch of the chain becomes rows."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from gridpact.chain.specs import Contract
from gridpact.history.events import Event, happenings
from gridpact.history.interface import SELECTOR_BYTES, Method, methods
from gridpact.history.projection import project
from gridpact.history.projection.rows import Moved, Rows, Told
from gridpact.history.source import Batch
from gridpact.history.tables import EventAccount, EventRow, Table, TransactionRow, Watermark
from gridpact.history.transactions import Path, Root, Step

type _Place = tuple[int, int, Path]


def record(session: Session, batch: Batch, contracts: Mapping[int, Contract], watermark: Watermark) -> None:
    """Write what happened, what follows from it, and how far that reaches.

    Args:
        session: in its transaction; it is committed elsewhere.
        batch: follows on the watermark.
        contracts: contract by app id.
        watermark: the row, which is moved on.
    """
    found = list(happenings(batch.roots, contracts))
    ids = {_place(one.step.root, one.step.path): id_ for id_, one in enumerate(found, watermark.transactions + 1)}
    rows, transactions = Rows(session), []
    events: list[dict[str, Any]] = []
    accounts: list[dict[str, Any]] = []
    for one in found:
        transaction = _transaction_row(one.step, ids, contracts, watermark.genesis_hash)
        transactions.append(transaction)
        moved = _moved(one.step, transaction)
        for event in one.events:
            event_id = watermark.events + len(events) + 1
            events.append(_event_row(event, event_id, transaction["id"]))
            accounts += ({"account": account, "event_id": event_id} for account in sorted(event.accounts))
            project(rows, Told(event_id, event, one.events, moved))
    for table, new in ((TransactionRow, transactions), (EventRow, events), (EventAccount, accounts)):
        if new:
            # Into the table itself: the ORM would send a statement for each set of columns that are not empty.
            session.execute(insert(Table.metadata.tables[table.__tablename__]), new)
    watermark.transactions += len(transactions)
    watermark.events += len(events)
    watermark.round = batch.mark.round
    watermark.block_hash = batch.mark.block_hash


def _place(root: Root, path: Path) -> _Place:
    return root.round, root.position, path


def _transaction_row(
    step: Step, ids: Mapping[_Place, int], contracts: Mapping[int, Contract], genesis_hash: bytes
) -> dict[str, Any]:
    root, transaction = step.root, step.transaction
    method = _method(step, contracts)
    takes_value = method is not None and method.value is not None and step.before is not None
    return {
        "id": ids[_place(root, step.path)],
        "genesis_hash": genesis_hash,
        "txid": root.txid,
        "round": root.round,
        "position": root.position,
        "path": _text(step.path),
        "parent_id": ids[_place(root, step.path[:-1])] if step.path else None,
        "value_id": ids[_place(*step.before)] if takes_value and step.before is not None else None,
        "block_ts": root.block_ts,
        "group_id": transaction.group,
        "kind": transaction.kind,
        "sender": transaction.sender,
        "fee_microalgo": transaction.fee_microalgo,
        "app_id": transaction.app_id,
        "creates_app": transaction.creates_app,
        "on_completion": transaction.on_completion,
        "method": None if method is None else method.name,
        "receiver": transaction.receiver,
        "amount": transaction.amount,
        "asset_id": transaction.asset_id,
        "close_to": transaction.close_to,
        "note": transaction.note,
    }


def _method(step: Step, contracts: Mapping[int, Contract]) -> Method | None:
    contract = contracts.get(step.transaction.app_id)
    if contract is None or not step.transaction.args:
        return None
    return methods(contract).get(step.transaction.args[0][:SELECTOR_BYTES])


def _moved(step: Step, row: Mapping[str, Any]) -> Moved | None:
    if step.before is None or row["value_id"] is None:
        return None
    root, _ = step.before
    return Moved(row["value_id"], root.txid)


def _event_row(event: Event, event_id: int, transaction_id: int) -> dict[str, Any]:
    return {
        "id": event_id,
        "transaction_id": transaction_id,
        "round": event.cursor.round,
        "position": event.cursor.position,
        "ordinal": event.cursor.ordinal,
        "path": _text(event.path),
        "txid": event.txid,
        "sender": event.sender,
        "block_ts": event.block_ts,
        "app_id": event.app_id,
        "contract": event.contract.value,
        "name": event.name,
        "epoch_id": event.epoch_id,
        "fields": dict(event.fields),
    }


def _text(path: Path) -> str:
    return ".".join(str(index) for index in path)
