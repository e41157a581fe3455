"""The apps whose refusals can be explained."""

import base64
from dataclasses import dataclass, field

from algosdk.v2client.algod import AlgodClient

from gridpact.chain.errors import from_node_text
from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract
from gridpact.errors import GridPactError


@dataclass(slots=True)
class Apps:
    """The apps whose refusals can be explained: id → contract and approval program as deployed."""

    algod: AlgodClient
    contracts: dict[int, Contract] = field(default_factory=dict)
    _programs: dict[int, bytes] = field(default_factory=dict)

    def register(self, app_id: int, contract: Contract) -> None:
        """Remember which contract an app is."""
        self.contracts[app_id] = contract
        self._programs.pop(app_id, None)

    def copy(self) -> "Apps":
        """The same apps, to be added to on its own."""
        return Apps(self.algod, dict(self.contracts), dict(self._programs))

    def explain(self, node_text: str) -> GridPactError:
        """What a node's refusal means. Reads the programs of the known apps that the text names."""
        return from_node_text(node_text, self._known(node_text))

    def program(self, app_id: int) -> bytes:
        """The approval program of an app, as deployed."""
        if app_id not in self._programs:
            params = as_dict(self.algod.application_info(app_id))["params"]
            self._programs[app_id] = base64.b64decode(params["approval-program"])
        return self._programs[app_id]

    def _known(self, node_text: str) -> dict[int, tuple[Contract, bytes]]:
        return {
            app_id: (contract, self.program(app_id))
            for app_id, contract in self.contracts.items()
            if f"app={app_id}," in node_text
        }
