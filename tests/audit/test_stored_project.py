"""An audit of a project that no ledger has made: quickly green, and the book's better offers are found in it."""

from algosdk.v2client.algod import AlgodClient

from gridpact.audit.audit import Auditor, Report
from tests.audit.stored_project import ProjectNode, StoredProject
from tests.history.stored_chain import APPS
from tests.history.support import source_of


def audited(node: ProjectNode) -> Report:
    return Auditor(AlgodClient("", node.address), APPS, source_of(node.address)).run()


def test_green() -> None:
    with ProjectNode(StoredProject(seed=3).tell(1_000)).serving() as node:
        assert isinstance(node, ProjectNode)
        report = audited(node)
    assert report.differences == ()
    assert report.passed_over == ()
    assert (report.events, report.boxes, report.stored_fields) > (1_000, 400, 4_000)
