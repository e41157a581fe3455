"""Where a LocalNet listens when nothing else is said."""

from algokit.core import sandbox

from localnet.settings import ALGOD_PORT, INDEXER_PORT, KMD_PORT


def test_the_ports_are_those_that_algokit_deploys_to() -> None:
    assert (ALGOD_PORT, INDEXER_PORT) == (sandbox.DEFAULT_ALGOD_PORT, sandbox.DEFAULT_INDEXER_PORT)
    assert KMD_PORT == ALGOD_PORT + 1
