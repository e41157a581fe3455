"""One contract on one network: what each subject's app object is built on."""

from functools import cached_property

from algosdk.logic import get_application_address
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.apps import Apps
from gridpact.chain.connection import Connection
from gridpact.chain.group import Group
from gridpact.chain.state import app_params, global_state


class App:
    """A contract as deployed. What reads its state and builds its calls derives from it."""

    def __init__(self, connection: Connection, app_id: int, apps: Apps | None = None) -> None:
        """Name the app.

        Args:
            connection: the network.
            app_id: the contract's id there.
            apps: the apps whose refusals can be explained; without them none can.
        """
        self.connection = connection
        self.app_id = app_id
        self.apps = Apps(connection.algod) if apps is None else apps

    @property
    def algod(self) -> AlgodClient:
        """The node."""
        return self.connection.algod

    @cached_property
    def address(self) -> str:
        """The app's account."""
        return str(get_application_address(self.app_id))

    def global_state(self) -> dict[str, int | bytes]:
        """The app's global state by key, as it is stored.

        Raises:
            AppNotFoundError: there is no such app.
        """
        return global_state(app_params(self.algod, self.app_id))

    def group(self) -> Group:
        """An empty atomic group."""
        return Group(self.connection.algorand, self.apps)
