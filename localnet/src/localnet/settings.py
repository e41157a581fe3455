"""Where a LocalNet listens and keeps its state."""

import os
from dataclasses import dataclass
from pathlib import Path

ALGOD_PORT = 4001
KMD_PORT = 4002
INDEXER_PORT = 8980
STATE_FOLDER_VARIABLE = "LOCALNET_DATA_DIR"
_STATE_FOLDER = ".localnet"


@dataclass(frozen=True)
class Settings:
    """One LocalNet.

    Attributes:
        algod_port, kmd_port, indexer_port: TCP ports on the loopback interface; 0 takes a free one.
        state_folder: chains, snapshots, keys and the log lie here.
        block_seconds: time from block to block; 0 makes a block for each group, at once.
        on_demand: the ledger program is started when there is something to evaluate, and never ahead.
    """

    algod_port: int
    kmd_port: int
    indexer_port: int
    state_folder: Path
    block_seconds: float = 0.0
    on_demand: bool = False

    @property
    def ports(self) -> dict[str, int]:
        """The ports by the service's name."""
        return {"algod": self.algod_port, "kmd": self.kmd_port, "indexer": self.indexer_port}


def default_state_folder() -> Path:
    """The folder that the environment names, else ``.localnet`` in the current one."""
    return Path(os.environ.get(STATE_FOLDER_VARIABLE) or _STATE_FOLDER)
