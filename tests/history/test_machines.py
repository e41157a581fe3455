"""Random lives of projects and markets: history that follows them equals history that is read afterwards, from either
server, and the audit finds every stored field as it must be."""

from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test

from gridpact.audit.audit import Auditor
from gridpact.history.blocks import BlockSource
from gridpact.history.database import Database
from gridpact.history.indexer import IndexerSource
from gridpact.history.lists import InvoiceSearch, Lists
from gridpact.history.sync import History, Synced
from gridpact.history.tables import Status
from smart_contracts.ppa import config as ppa_cfg
from tests.contracts.offer_book.test_machine import OfferBookMachine
from tests.contracts.test_machine import ProjectMachine
from tests.history.support import rows_of
from tests.support.world import Ledger, World

STEPS: Final = 65
EXAMPLES: Final = 4
"""Of each machine: 500 steps in all, with the refused ones."""
STEPS_A_SYNC: Final = 3
STATUS: Final = {
    ppa_cfg.INVOICE_ISSUED: Status.ISSUED,
    ppa_cfg.INVOICE_PAID: Status.PAID,
    ppa_cfg.INVOICE_VOID: Status.VOID,
}

pytestmark = pytest.mark.timeout(900)


class Historian:
    """Keeps the history of a machine's world, as often as it is told that something may have happened."""

    def __init__(self, world: World, folder: Path) -> None:
        self._folder = folder
        self._world = world
        self._steps = 0
        self.syncs: list[Synced] = []
        self.audited_fields = 0
        parameters = world.algorand.client.algod.suggested_params()
        apps = {contract: app_id for app_id, contract in world.apps.contracts.items()}
        self._apps = apps
        algod, indexer = world.algorand.client.algod, world.algorand.client.indexer
        blocks = BlockSource(algod, apps.values(), parameters.gen, parameters.gh)
        search = IndexerSource(indexer, algod, apps.values(), parameters.gh)
        self.incremental = History(Database.in_file(folder / "incremental"), blocks, apps)
        self._afterwards = [
            History(Database.in_file(folder / name), source, apps) for name, source in (("b", blocks), ("i", search))
        ]

    def step(self) -> None:
        self._steps += 1
        if self._steps % STEPS_A_SYNC == 0:
            self.syncs.append(self.incremental.sync())

    def compare(self) -> None:
        self.syncs.append(self.incremental.sync())
        kept = rows_of(self.incremental.database)
        for history in (self.incremental, *self._afterwards):
            history.rebuild()
            assert rows_of(history.database) == kept
            history.database.close()
        for source in (self.incremental.source, self._afterwards[1].source):
            report = Auditor(self._world.algorand.client.algod, self._apps, source).run()
            assert report.differences == ()
            self.audited_fields += report.stored_fields


def run(machine: type[RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_projects(ledger: Ledger, tmp_path: Path) -> None:
    class Machine(ProjectMachine):
        """What the model has, is checked elsewhere after each step; here the history is."""

        invoices: dict[tuple[int, int], Any]
        lives: ClassVar[list[Historian]] = []

        @initialize()
        def deploy(self) -> None:
            super().deploy()
            folder = tmp_path / str(len(self.lives))
            self.lives.append(Historian(self.world, folder))

        @invariant()
        def chain_agrees(self) -> None:
            """In the history's lists."""
            if hasattr(self, "world"):
                self.lives[-1].step()

        def teardown(self) -> None:
            historian = self.lives[-1]
            historian.compare()
            listed = Lists(Database.in_file(tmp_path / str(len(self.lives) - 1) / "b")).invoices(InvoiceSearch())
            seen = {(one.agreement_id, one.epoch_id): (one.amount, one.status, one.revision) for one in listed}
            assert seen == {
                key: (model.amount, STATUS[model.status], model.revision) for key, model in self.invoices.items()
            }

    ProjectMachine.ledger = ledger
    run(Machine)
    assert len(Machine.lives) >= EXAMPLES
    assert any(len(life.syncs) > 10 and life.syncs[-1].round for life in Machine.lives)
    assert sum(life.audited_fields for life in Machine.lives) > 500


def test_markets(ledger: Ledger, tmp_path: Path) -> None:
    class Machine(OfferBookMachine):
        lives: ClassVar[list[Historian]] = []

        def __init__(self) -> None:
            super().__init__()
            self.lives.append(Historian(self.world, tmp_path / str(len(self.lives))))

        @invariant()
        def chain_is_the_model_and_the_invariants_hold(self) -> None:
            self.lives[-1].step()

        def teardown(self) -> None:
            self.lives[-1].compare()

    Machine.ledger = ledger
    run(Machine)
    assert len(Machine.lives) >= EXAMPLES
    assert any(len(life.syncs) > 10 for life in Machine.lives)
    assert sum(life.audited_fields for life in Machine.lives) > 500
