"""An audit of a project that no ledger has made: quickly green, and the book's better offers are found in it."""

from algosdk.v2client.algod import AlgodClient

from gridpact.audit.audit import Auditor, Report
from gridpact.audit.replay.billing import APPLIED, CREDIT, DEBIT, INTEREST, NOTE_VOID, OPEN, SETTLED, SHORTFALL
from gridpact.chain.specs import Contract
from gridpact.contracts.ppa_layout import Note
from gridpact.contracts.revenue_vault_layout import Deposit
from tests.audit.stored_project import ProjectNode, StoredProject
from tests.history.stored_chain import APPS, REVENUE_ASSET
from tests.history.support import source_of


def audited(node: ProjectNode) -> Report:
    return Auditor(AlgodClient("", node.address), APPS, source_of(node.address)).run()


def test_green() -> None:
    with ProjectNode(StoredProject(seed=3).tell_months(3)).serving() as node:
        assert isinstance(node, ProjectNode)
        report = audited(node)
        auditor = Auditor(AlgodClient("", node.address), APPS, source_of(node.address))
        auditor.replay()
    notes = [held for held in auditor.replays[Contract.PPA].boxes.values() if isinstance(held, Note)]
    assert report.differences == ()
    assert report.passed_over == ()
    assert (report.events, report.boxes, report.stored_fields) > (1_000, 400, 4_000)
    assert {(note.kind, note.status) for note in notes} == {
        (CREDIT, OPEN),
        (CREDIT, APPLIED),
        (CREDIT, SETTLED),
        (DEBIT, SETTLED),
        (DEBIT, NOTE_VOID),
        (INTEREST, SETTLED),
        (SHORTFALL, SETTLED),
    }
    deposits = [held for held in auditor.replays[Contract.REVENUE_VAULT].boxes.values() if isinstance(held, Deposit)]
    assert [(one.asset_id, one.claimed_units) for one in deposits] == [(0, 8_000), (REVENUE_ASSET, 8_000)] * 3
