"""Audits of worlds."""

from algosdk.v2client.algod import AlgodClient

from gridpact.audit.audit import Auditor, Report
from gridpact.history.blocks import BlockSource
from tests.support.world import World


def audited(world: World, node: str | None = None) -> Report:
    """The audit of a world's apps.

    Args:
        world: the deployment.
        node: address of the node to ask; the world's own by default.
    """
    return auditor(world, node).run()


def auditor(world: World, node: str | None = None) -> Auditor:
    """The same, before it runs."""
    own = world.algorand.client.algod
    algod = own if node is None else AlgodClient(own.algod_token, node)
    parameters = own.suggested_params()
    apps = {contract: app_id for app_id, contract in world.apps.contracts.items()}
    return Auditor(algod, apps, BlockSource(algod, apps.values(), parameters.gen, parameters.gh))
