"""A LocalNet with a prepared month for the operator scripts."""

from tests.cli.conftest import cli as cli
from tests.cli.conftest import network as network
