"""Everything that a refused call could have changed."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from algokit_utils import AlgorandClient
from algosdk.logic import get_application_address

from gridpact.chain.node import as_dict


@dataclass(frozen=True, slots=True)
class Snapshot:
    """State of apps and accounts at one moment. Two are equal when nothing changed."""

    globals: dict[int, dict[str, Any]]
    boxes: dict[int, dict[bytes, bytes]]
    accounts: dict[str, dict[str, Any]]
    """Balances, minimum balances, holdings, local state, created apps and assets."""

    @classmethod
    def take(cls, algorand: AlgorandClient, app_ids: Iterable[int], addresses: Iterable[str]) -> "Snapshot":
        """Read everything of the apps, their accounts, and the named accounts."""
        apps = sorted(app_ids)
        everybody = sorted({*addresses, *(get_application_address(app_id) for app_id in apps)})
        return cls(
            globals={app_id: _globals(algorand, app_id) for app_id in apps},
            boxes={app_id: boxes_of(algorand, app_id) for app_id in apps},
            accounts={address: _account(algorand, address) for address in everybody},
        )


def boxes_of(algorand: AlgorandClient, app_id: int) -> dict[bytes, bytes]:
    """All boxes of an app, name → value."""
    algod = algorand.client.algod
    names = [base64.b64decode(box["name"]) for box in as_dict(algod.application_boxes(app_id))["boxes"]]
    return {
        name: base64.b64decode(as_dict(algod.application_box_by_name(app_id, name))["value"]) for name in sorted(names)
    }


def _globals(algorand: AlgorandClient, app_id: int) -> dict[str, Any]:
    params = as_dict(algorand.client.algod.application_info(app_id))["params"]
    return {entry["key"]: entry["value"] for entry in params.get("global-state", [])}


def _account(algorand: AlgorandClient, address: str) -> dict[str, Any]:
    account = dict(as_dict(algorand.client.algod.account_info(address)))
    # The round moves with every other block, and an online account's rewards with the round.
    for field in ("round", "last-proposed", "last-heartbeat"):
        account.pop(field, None)
    return account
