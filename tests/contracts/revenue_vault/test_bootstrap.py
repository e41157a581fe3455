from gridpact.chain.node import as_dict
from smart_contracts.shared import errors as err
from tests.contracts.revenue_vault.expect import vault
from tests.contracts.revenue_vault.states import bootstrap
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World


def test_bootstrap_success(world: World) -> None:
    sent = world.send(world.vault_calls.bootstrap(world.admin.address))

    (token_id,) = sent.returns
    expect_events(
        sent, ("KwTokenCreated", {"assetId": token_id, "totalUnits": 1_000_000_000_000_000, "timestamp": ANY_TIME})
    )
    assert world.vault.state.global_state.kw_token == token_id
    params = as_dict(world.algorand.client.algod.asset_info(token_id))["params"]
    assert {name: params[name] for name in ("creator", "total", "decimals", "unit-name", "name", "default-frozen")} == {
        "creator": vault(world),
        "total": 1_000_000_000_000_000,
        "decimals": 3,
        "unit-name": "kW",
        "name": "GridPact kW",
        "default-frozen": True,
    }
    # Only the vault moves units, and nobody can change the token.
    assert (params["freeze"], params["clawback"]) == (vault(world), vault(world))
    assert not {"manager", "reserve", "url", "metadata-hash"} & params.keys()


def test_bootstrap_not_admin(world: World) -> None:
    call = world.vault_calls.bootstrap(world.operator.address)
    with world.refused(err.NOT_ADMIN):
        world.send(call)


def test_bootstrap_already_set(world: World) -> None:
    bootstrap(world)
    with world.refused(err.ALREADY_SET):
        world.send(world.vault_calls.bootstrap(world.admin.address))
