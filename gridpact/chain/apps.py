"""The apps that are known: their refusals can be explained, and nothing is signed for them unless they are ours."""

import base64
from dataclasses import dataclass, field
from typing import Any

from algosdk.v2client.algod import AlgodClient

from gridpact.chain.call import MIN_FEE_MICROALGO
from gridpact.chain.connection import is_localnet
from gridpact.chain.errors import OtherProgram, from_node_text
from gridpact.chain.programs import Programs, compare
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params
from gridpact.errors import GridPactError


@dataclass(slots=True)
class Apps:
    """The known apps: id → contract, and what algod says of them, asked once."""

    algod: AlgodClient
    contracts: dict[int, Contract] = field(default_factory=dict)
    allow_others: bool = False
    """Whether groups are signed for other programs than this version's."""
    fee_microalgo: int = MIN_FEE_MICROALGO
    """What each transaction of their groups pays, inner ones included: more than the least on a congested network."""
    _params: dict[int, dict[str, Any]] = field(default_factory=dict)

    def register(self, app_id: int, contract: Contract) -> None:
        """Remember which contract an app is."""
        self.contracts[app_id] = contract
        self._params.pop(app_id, None)

    def copy(self) -> "Apps":
        """The same apps, to be added to on its own."""
        return Apps(self.algod, dict(self.contracts), self.allow_others, self.fee_microalgo, dict(self._params))

    def programs(self, app_id: int) -> Programs:
        """An app's programs, compared with this version's."""
        return compare(self.contracts[app_id], self._params_of(app_id))

    def others(self) -> list[OtherProgram]:
        """The known apps that run other programs than this version's."""
        return [
            OtherProgram(contract, app_id, is_localnet=is_localnet(self.algod))
            for app_id, contract in self.contracts.items()
            if not self.programs(app_id).is_ours
        ]

    def require_ours(self) -> None:
        """Nobody signs for programs that do something else.

        Raises:
            OtherProgram: one of the known apps runs another program.
        """
        if not self.allow_others and (others := self.others()):
            raise others[0]

    def explain(self, node_text: str) -> GridPactError:
        """What a node's refusal means. Reads the programs of the known apps that the text names."""
        return from_node_text(node_text, self._known(node_text))

    def program(self, app_id: int) -> bytes:
        """The approval program of an app, as deployed."""
        return base64.b64decode(self._params_of(app_id)["approval-program"])

    def _params_of(self, app_id: int) -> dict[str, Any]:
        if app_id not in self._params:
            self._params[app_id] = app_params(self.algod, app_id)
        return self._params[app_id]

    def _known(self, node_text: str) -> dict[int, tuple[Contract, bytes]]:
        return {
            app_id: (contract, self.program(app_id))
            for app_id, contract in self.contracts.items()
            if f"app={app_id}," in node_text
        }
