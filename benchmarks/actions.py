"""What each call costs: ``python -m benchmarks.actions``. Fee, deposit, opcodes and references, measured by simulation.

Runs on the LocalNet that `ALGOD_SERVER` names, else on an embedded one of its own. The figures do not depend on the
machine: opcodes and deposits are the ledger's, fees are what the library states.
"""

import os
import tempfile
from pathlib import Path

from algokit_utils import AlgorandClient
from rich.console import Console
from rich.table import Table

from gridpact.chain.specs import Contract
from localnet.testing import LocalNet
from tests.contracts.actions import ACTIONS, COSTLIER, STAGES
from tests.contracts.budgets import MAX_PROGRAM_BYTES, OPCODES_PER_CALL, measure
from tests.contracts.conftest import client_of, connect
from tests.support.probe import deploy_probe
from tests.support.world import Ledger, World


def main() -> None:
    if os.environ.get("ALGOD_SERVER"):
        _report(connect(AlgorandClient.from_environment()))
        return
    with tempfile.TemporaryDirectory() as folder, LocalNet.spawn(Path(folder)) as localnet:
        _report(connect(client_of(localnet)))


def _report(ledger: Ledger) -> None:
    staged = {}
    for stage, prepare in STAGES.items():
        world = World(ledger)
        prepare(world)
        staged[stage] = (world, deploy_probe(world))
    shown = Table("Contract", "Call", box=None, header_style="bold", pad_edge=False)
    for heading in ("Fee (µALGO)", "Deposit (µALGO)", "Opcodes", "of", "References"):
        shown.add_column(heading, justify="right")
    for action in (*ACTIONS, *COSTLIER):
        if action.caller == "nobody" or action.method == "unpause":
            continue
        world, probe = staged[action.stage]
        cost = measure(world, action, probe)
        shown.add_row(
            action.contract.value,
            " ".join(part for part in (action.method, action.variant) if part),
            f"{cost.fees_microalgo:,}",
            f"{cost.deposit_microalgo:,}",
            f"{cost.opcodes:,}",
            f"{OPCODES_PER_CALL * cost.app_calls:,}",
            str(cost.references),
        )
    console = Console(width=120)
    console.print(shown)
    world, _ = staged["running"]
    for app_id, contract in world.apps.contracts.items():
        size = len(world.apps.program(app_id))
        console.print(f"{Contract(contract).value}: {size:,} of {MAX_PROGRAM_BYTES:,} bytes")


if __name__ == "__main__":
    main()
