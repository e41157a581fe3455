"""A chain that goes on while it is audited: what happened meanwhile is replayed, and the apps are read again."""

import importlib

import pytest
from algosdk.v2client.algod import AlgodClient

from gridpact.audit.errors import ChainBusy
from gridpact.audit.present import Held, held
from gridpact.chain.specs import Contract
from gridpact.contracts.offer_book_client import SetGridPriceArgs
from tests.audit.support import auditor
from tests.contracts.offer_book import states as book_states
from tests.support.world import World

audit = importlib.import_module("gridpact.audit.audit")


def set_grid_price(world: World, price: int) -> None:
    world.send(world.book_calls.set_grid_price(world.operator.address, SetGridPriceArgs(pricePerKwh=price)))


def test_called_while_it_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    book_states.registered_producer(world)
    made = auditor(world)
    reads: list[Contract] = []

    def held_later(algod: AlgodClient, contract: Contract, app_id: int) -> Held:
        found = held(algod, contract, app_id)
        if contract is Contract.OFFER_BOOK and contract not in reads:
            set_grid_price(world, 1)
        reads.append(contract)
        return found

    monkeypatch.setattr(audit, "held", held_later)
    report = made.run()
    assert report.differences == ()
    assert [call.method.name for call in made.calls if call.method is not None][-1] == "setGridPrice"
    assert len(reads) > len(set(reads)), "the apps are read again"


def test_called_again_and_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    book_states.registered_producer(world)
    prices = iter(range(1, 1_000))

    def held_never(algod: AlgodClient, contract: Contract, app_id: int) -> Held:
        set_grid_price(world, next(prices))
        return held(algod, contract, app_id)

    monkeypatch.setattr(audit, "held", held_never)
    monkeypatch.setattr(audit, "ATTEMPTS", 2)
    with pytest.raises(ChainBusy):
        auditor(world).run()
