"""What each call costs: ``python -m benchmarks.actions [--write]``. Fee, deposit, opcodes and references, simulated.

The first edition's figures stand beside the second's: `first_edition.json` was measured in the same way on its last
commit. ``--write`` writes `calls.md`, which `tests/contracts/test_budgets.py` compares.

Runs on the LocalNet that `ALGOD_SERVER` names, else on an embedded one of its own. The figures do not depend on the
machine: opcodes and deposits are the ledger's, fees are what the library states.
"""

import argparse
import os
import tempfile
from pathlib import Path

from algokit_utils import AlgorandClient

from gridpact.chain.specs import Contract
from localnet.testing import LocalNet
from tests.contracts.budgets import CALLS, MAX_PROGRAM_BYTES, MEASURED, measure, program_row, row
from tests.contracts.conftest import client_of, connect
from tests.contracts.valid_calls import STAGES
from tests.support.probe import deploy_probe
from tests.support.world import Ledger, World

HEAD = """\
# What each call costs

Written by `python -m benchmarks.actions --write`; `tests/contracts/test_budgets.py` measures each line again. Fees and
deposits are in microALGO. Opcodes are of the call and of the calls that it makes, of 700 each; the last column compares
them with the first edition, whose calls may cost a tenth more and one reference more. In parentheses: what the
first edition had where it differs.

| call | fee | deposit | references | opcodes | of | first edition |
|---|---:|---:|---:|---:|---:|---:|
"""
PROGRAMS = """
| program | bytes | of |
|---|---:|---:|
"""


def main() -> None:
    """Measure, and print or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.actions", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {CALLS.name}")
    options = parser.parse_args()
    if os.environ.get("ALGOD_SERVER"):
        text = _report(connect(AlgorandClient.from_environment()))
    else:
        with tempfile.TemporaryDirectory() as folder, LocalNet.spawn(Path(folder)) as localnet:
            text = _report(connect(client_of(localnet)))
    if options.write:
        CALLS.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def _report(ledger: Ledger) -> str:
    staged = {}
    for stage, prepare in STAGES.items():
        world = World(ledger)
        prepare(world)
        staged[stage] = (world, deploy_probe(world))
    rows = [row(action, measure(staged[action.stage][0], action, staged[action.stage][1])) for action in MEASURED]
    world, _ = staged["running"]
    programs = [
        program_row(contract, len(world.apps.program(app_id)), MAX_PROGRAM_BYTES)
        for contract in Contract
        for app_id, known in world.apps.contracts.items()
        if known is contract
    ]
    return HEAD + "".join(rows) + PROGRAMS + "".join(programs)


if __name__ == "__main__":
    main()
