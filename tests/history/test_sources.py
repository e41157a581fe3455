"""Blocks and the indexer's search give the same transactions, and the rows say who did what with which money."""

from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from gridpact.audit.audit import Auditor
from gridpact.chain.specs import Contract
from gridpact.history.blocks import BlockSource
from gridpact.history.database import Database
from gridpact.history.indexer import IndexerSource
from gridpact.history.lists import Lists
from gridpact.history.source import Mark
from gridpact.history.sync import History
from gridpact.history.tables import Claim, Deposit, EventRow, Note, TransactionRow
from smart_contracts.ppa import config as ppa_cfg
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.ppa import expect as ppa_expect
from tests.contracts.ppa import states as ppa_states
from tests.contracts.revenue_vault import states as vault_states
from tests.contracts.valid_calls import running
from tests.history.support import rows_of
from tests.support.checkpoints import checkpoint
from tests.support.world import Ledger, World


def sources(world: World, batch: int = 1_000) -> tuple[dict[Contract, int], BlockSource, IndexerSource]:
    algod = world.algorand.client.algod
    parameters = algod.suggested_params()
    apps = {contract: app_id for app_id, contract in world.apps.contracts.items()}
    return (
        apps,
        BlockSource(algod, apps.values(), parameters.gen, parameters.gh, batch),
        IndexerSource(world.algorand.client.indexer, algod, apps.values(), parameters.gh, batch),
    )


LATE: Final = 4
"""The agreement whose invoice was paid late, and has a debit, a credit, and a credit set against another month's."""
IN_ASSET: Final = 5
SHORT: Final = 7
TAKEN: Final = 10_000


@pytest.fixture
def lively(ledger: Ledger) -> World:
    """A project in which every contract was used."""
    world = World(ledger)
    used(world)
    return world


@checkpoint
def used(world: World) -> None:
    """Readings, invoices, payments, notes of all kinds and states, revenue in ALGO and in an asset, offers."""
    running(world)
    world.send(
        ppa_calls.interest(world, agreement_id=LATE, number=4),
        ppa_calls.void_note(world, ppa_cfg.NOTE_CREDIT, agreement_id=LATE, number=2),
        ppa_calls.create_agreement(world, SHORT, minimumKwh=TAKEN + 5),
        ppa_calls.allocate(world, TAKEN, agreement_id=SHORT),
    )
    world.send(
        ppa_states.settle_note(world, 1, agreement_id=LATE),
        ppa_states.settle_note(world, 4, agreement_id=LATE),
        ppa_states.settle_note(world, 1, agreement_id=IN_ASSET),
        ppa_calls.settle(world, ppa_expect.bill_of(world, SHORT)),
    )
    world.send(
        ppa_calls.note(world, ppa_cfg.NOTE_SHORTFALL, 5, agreement_id=SHORT),
        ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 1, agreement_id=SHORT, number=2),
        ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 1, agreement_id=SHORT, number=3),
    )
    holder = world.holder_a.address
    world.send(
        ppa_states.settle_note(world, 2, agreement_id=SHORT),
        ppa_calls.void_note(world, ppa_cfg.NOTE_SHORTFALL, agreement_id=SHORT),
        vault_states.claim(world, holder),
        vault_states.claim(world, holder, 2, asset_id=world.revenue_asset),
    )


@pytest.mark.parametrize("batch", [1_000, 3])
def test_same_transactions(lively: World, batch: int) -> None:
    _, blocks, search = sources(lively, batch)
    last_round = blocks.last_round()
    assert search.last_round() == last_round
    whole = [root for part in blocks.batches(None, last_round) for root in part.roots]
    assert [root for part in search.batches(None, last_round) for root in part.roots] == whole
    assert any(root.transaction.inner for root in whole)
    middle = last_round // 2
    for source in (blocks, search):
        known = source.block_hash(middle)
        assert known is not None
        later = list(source.batches(Mark(middle, known), last_round))
        assert later[-1].mark == Mark(last_round, blocks.block_hash(last_round) or b"")
        assert [root for part in later for root in part.roots] == [root for root in whole if root.round > middle]
        assert list(source.batches(later[-1].mark, last_round)) == []
        assert source.block_hash(last_round + 1) is None
    ids = [root.txid for root in whole]
    found = lively.algorand.client.indexer.search_transactions(application_id=lively.ppa.app_id)
    assert {shown["id"] for shown in found["transactions"]} <= set(ids), "the ids are the indexer's"


def test_same_rows(lively: World, tmp_path: Path) -> None:
    apps, blocks, search = sources(lively)
    one = History(Database.in_file(tmp_path / "blocks"), blocks, apps)
    other = History(Database.in_file(tmp_path / "search"), search, apps)
    assert one.sync() == other.sync()
    assert rows_of(one.database) == rows_of(other.database)
    assert rows_of(one.database)["events"]
    with one.database.read() as session:
        notes = {(note.kind, note.status) for note in session.scalars(select(Note))}
        claimed = set(session.scalars(select(Claim.asset_id)))
        deposited = set(session.scalars(select(Deposit.asset_id)))
    assert notes == {
        (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_OPEN),
        (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_APPLIED),
        (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_SETTLED),
        (ppa_cfg.NOTE_CREDIT, ppa_cfg.NOTE_VOID),
        (ppa_cfg.NOTE_DEBIT, ppa_cfg.NOTE_SETTLED),
        (ppa_cfg.NOTE_INTEREST, ppa_cfg.NOTE_SETTLED),
        (ppa_cfg.NOTE_SHORTFALL, ppa_cfg.NOTE_VOID),
    }
    assert claimed == deposited == {0, lively.revenue_asset}
    one.database.close()
    other.database.close()


def test_same_audit(lively: World) -> None:
    """Whichever the past is read from: nothing differs, and as much was compared."""
    algod = lively.algorand.client.algod
    apps, blocks, search = sources(lively)
    one, other = (Auditor(algod, apps, source).run() for source in (blocks, search))
    assert one.differences == other.differences == ()
    assert one == other


def test_a_settlement_names_its_payment(ledger: Ledger, database: Database) -> None:
    world = World(ledger)
    ppa_states.paid_invoice(world)
    apps, blocks, _ = sources(world)
    History(database, blocks, apps).sync()
    [payment] = Lists(database).payments([world.buyer.address])
    with database.read() as session:
        moved = session.get_one(TransactionRow, payment.payment_id)
        paid = session.get_one(EventRow, payment.event_id)
        call = session.get_one(TransactionRow, paid.transaction_id)
    assert (moved.kind, moved.sender, moved.receiver, moved.amount) == (
        "pay",
        world.buyer.address,
        world.treasury.address,
        payment.amount,
    )
    assert moved.group_id == call.group_id
    assert call.value_id == moved.id
    assert call.method == "settlePayment"
    assert paid.sender == world.buyer.address
    assert payment.payment_txid == moved.txid


def test_an_inner_call_comes_before_its_parent(ledger: Ledger, database: Database) -> None:
    world = World(ledger)
    ppa_states.issued_invoice(world)
    apps, blocks, _ = sources(world)
    History(database, blocks, apps).sync()
    with database.read() as session:
        drawn, issued = session.scalars(
            select(EventRow).where(EventRow.name.in_(["EnergyDrawn", "InvoiceIssued"])).order_by(EventRow.id)
        )
        inner = session.get_one(TransactionRow, drawn.transaction_id)
        assert inner.parent_id is not None
        parent = session.get_one(TransactionRow, inner.parent_id)
    assert (drawn.name, drawn.path, issued.name, issued.path) == ("EnergyDrawn", "0", "InvoiceIssued", "")
    assert drawn.txid == issued.txid
    assert parent.id == issued.transaction_id
    assert drawn.sender == world.operator.address, "whoever sent the outer transaction"
    assert inner.sender == world.ppa.app_address


def test_rows_say_which_chain(ledger: Ledger, database: Database) -> None:
    world = World(ledger)
    assert world.receipt.app_id
    apps, blocks, _ = sources(world)
    History(database, blocks, apps).sync()
    with database.read() as session:
        rows = list(session.scalars(select(TransactionRow)))
        created = [row for row in rows if row.creates_app and row.app_id == world.receipt.app_id]
    assert {row.genesis_hash for row in rows} == {blocks.genesis_hash}
    assert [row.sender for row in created] == [world.creator.address]
