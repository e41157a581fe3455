"""The audit's rules against the interface documents."""

import pytest

from gridpact.audit.findings import Kind, Rule
from gridpact.audit.present import box_kinds
from gridpact.audit.replay.app import Replay
from gridpact.audit.replay.billing import BillingReplay
from gridpact.audit.replay.market import MarketReplay
from gridpact.audit.replay.production import ProductionReplay
from gridpact.audit.replay.revenue import RevenueReplay
from gridpact.chain.specs import spec
from gridpact.cli.words import audit as words

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
