"""Everything that a refused call could have changed."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from algokit_utils import AlgorandClient
from algosdk.logic import get_application_address

from gridpact.chain.boxes import PAGE
from gridpact.chain.node import as_dict

KEPT: Final = 64
"""Snapshots that are remembered: those of the checkpoints that a module's tests start from."""


@dataclass(frozen=True, slots=True)
class FullState:
    """State of apps and accounts at one moment. Two are equal when nothing changed."""

    globals: dict[int, dict[str, Any]]
    boxes: dict[int, dict[bytes, bytes]]
    accounts: dict[str, dict[str, Any]]
    """Balances, minimum balances, holdings, local state, created apps and assets."""

    @classmethod
    def take(cls, algorand: AlgorandClient, app_ids: Iterable[int], addresses: Iterable[str]) -> "FullState":
        """Read everything of the apps, their accounts, and the named accounts.

        Blocks are all that changes it: what was read at a block is not read again while that one is the last.
        """
        apps = tuple(sorted(app_ids))
        everybody = tuple(sorted({*addresses, *(get_application_address(app_id) for app_id in apps)}))
        key = (last_block(algorand), apps, everybody)
        if key not in _taken:
            _taken[key] = cls(
                globals={app_id: _globals(algorand, app_id) for app_id in apps},
                boxes={app_id: boxes_of(algorand, app_id) for app_id in apps},
                accounts={address: _account(algorand, address) for address in everybody},
            )
            while len(_taken) > KEPT:
                del _taken[next(iter(_taken))]
        return _taken[key]


_taken: dict[tuple[str, tuple[int, ...], tuple[str, ...]], FullState] = {}


def last_block(algorand: AlgorandClient) -> str:
    """The hash of the last block: of the whole past."""
    algod = algorand.client.algod
    round_ = as_dict(algod.status())["last-round"]
    return str(as_dict(algod.algod_request("GET", f"/blocks/{round_}/hash"))["blockHash"])


def boxes_of(algorand: AlgorandClient, app_id: int) -> dict[bytes, bytes]:
    """All boxes of an app, name → value."""
    algod = algorand.client.algod
    asked = {"limit": PAGE, "include": "values"}
    listed = as_dict(algod.algod_request("GET", f"/applications/{app_id}/boxes", params=asked))
    found = listed["boxes"]
    if "next-token" not in listed and all("value" in box for box in found):
        return {base64.b64decode(box["name"]): base64.b64decode(box["value"]) for box in found}
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
