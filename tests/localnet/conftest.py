"""One LocalNet for the tests of a module."""

from collections.abc import Iterator

import pytest

from localnet.testing import LocalNet
from tests.localnet.client import Algod, algod_of


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNet]:
    """A LocalNet with an own chain."""
    with LocalNet.spawn(tmp_path_factory.mktemp("localnet")) as running:
        yield running


@pytest.fixture(scope="module")
def algod(net: LocalNet) -> Algod:
    """Its algod."""
    return algod_of(net)
