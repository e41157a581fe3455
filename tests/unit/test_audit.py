"""The audit's rules against the interface documents."""

from pathlib import Path
from typing import Final

import pytest

from gridpact.audit import replay as replay_package
from gridpact.audit.findings import Kind, Rule
from gridpact.audit.present import box_kinds
from gridpact.audit.replay.app import Replay
from gridpact.audit.replay.billing import BillingReplay
from gridpact.audit.replay.market import MarketReplay
from gridpact.audit.replay.production import ProductionReplay
from gridpact.audit.replay.revenue import RevenueReplay
from gridpact.chain.specs import spec
from gridpact.cli.words import audit as words
from tests.unit.test_import_directions import imports

REPLAY: Final = Path(replay_package.__path__[0])
REPLAYS: tuple[type[Replay], ...] = (ProductionReplay, BillingReplay, RevenueReplay, MarketReplay)


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: replay.contract)
def test_every_event_has_a_rule(replay: type[Replay]) -> None:
    assert set(replay.steps) >= {event["name"] for event in spec(replay.contract)["events"]}


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: replay.contract)
def test_every_box_has_a_name(replay: type[Replay]) -> None:
    assert set(replay.names) == {kind.prefix for kind in box_kinds(replay.contract)}


def test_every_rule_has_words() -> None:
    assert set(words.WHAT) == set(Rule)
    assert Kind.BOX not in {kind for replay in REPLAYS for kind in replay.names.values()}


OWN: Final = ("gridpact.audit.", "gridpact.contracts.", "gridpact.history.")
CALENDAR: Final = {"gridpact.epochs"}
BYTES: Final = {"gridpact.chain.layout", "gridpact.chain.specs"}
"""How structs lie in boxes, and which contract is which."""


@pytest.mark.parametrize("path", sorted(REPLAY.glob("*.py")), ids=lambda path: path.stem)
def test_replay_shares_no_code_with_the_librarys_predictions(path: Path) -> None:
    """The rules are written a second time, or they would find nothing."""
    modules = {name for name in imports(path) if name.startswith("gridpact.") and not name.startswith(OWN)}
    members = {name for name in modules if name.rpartition(".")[0] in CALENDAR | BYTES}
    assert modules - members <= CALENDAR | BYTES
