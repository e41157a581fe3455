"""What algod compiles and deploys is what the package has."""

import base64

import pytest

from gridpact.chain.programs import Programs, approval, clear
from gridpact.chain.specs import Contract, spec
from tests.support.world import World


@pytest.mark.parametrize("contract", list(Contract))
@pytest.mark.parametrize("allowed", [False, True])
def test_algod_compiles_the_same(world: World, contract: Contract, allowed: bool) -> None:
    source = spec(contract)["source"]
    teal = base64.b64decode(source["approval"]).decode()
    for name in ("TMPL_UPDATABLE", "TMPL_DELETABLE"):
        teal = teal.replace(name, str(int(allowed)))
    algod = world.algorand.client.algod
    assert base64.b64decode(algod.compile(teal)["result"]) == approval(contract, updatable=allowed, deletable=allowed)
    assert base64.b64decode(algod.compile(base64.b64decode(source["clear"]).decode())["result"]) == clear(contract)


def test_the_deployed_apps_run_them(world: World) -> None:
    app_ids = (world.receipt.app_id, world.ppa.app_id, world.vault.app_id, world.book.app_id)
    assert [world.apps.programs(app_id) for app_id in app_ids] == [Programs(True, world.mutable, world.mutable)] * 4
