"""When the ledger program is started: ahead of what comes, or when it comes."""

import time
from pathlib import Path

import pytest

from localnet.testing import LocalNet
from tests.localnet.client import algod_of

PATIENCE_S = 60.0


def programs(net: LocalNet) -> int:
    """How many processes a LocalNet has started that run or wait."""
    tasks = Path(f"/proc/{net.pid}/task").glob("*/children")
    return sum(len(task.read_text().split()) for task in tasks)


@pytest.mark.parametrize("on_demand", [False, True])
def test_a_program_waits_unless_it_is_started_on_demand(tmp_path: Path, *, on_demand: bool) -> None:
    with LocalNet.spawn(tmp_path, on_demand=on_demand) as net:
        algod = algod_of(net)
        algod.confirm(algod.payment(amount=1))
        algod.simulate(algod.payment(amount=1))
        place = net.snapshot()
        algod.confirm(algod.payment(amount=2))
        net.restore(place)
        algod.confirm(algod.payment(amount=2))
        deadline = time.monotonic() + PATIENCE_S
        while programs(net) != (0 if on_demand else 1):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.1)
        assert programs(net) == (0 if on_demand else 1)
