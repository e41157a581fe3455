"""Global state of an app, raw: `gridpact.chain.layout` decodes it."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.errors import AppNotFoundError
from gridpact.chain.node import NOT_FOUND, as_dict

UINT: Final = 2


def app_params(algod: AlgodClient, app_id: int) -> dict[str, Any]:
    """Creator, programs and global state of an app, as algod shows them.

    Raises:
        AppNotFoundError: there is no such app.
    """
    try:
        answer = as_dict(algod.application_info(app_id))
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            raise AppNotFoundError(app_id) from error
        raise
    return as_dict(answer["params"])


def spare_microalgo(algod: AlgodClient, account: str) -> int:
    """ALGO of an account beyond its minimum balance, in microALGO."""
    found = as_dict(algod.account_info(account, exclude="all"))
    return max(int(found["amount"]) - int(found["min-balance"]), 0)


def global_state(params: Mapping[str, Any]) -> dict[str, int | bytes]:
    """Global state by key.

    Args:
        params: what `app_params` gives.
    """
    return {
        base64.b64decode(entry["key"]).decode(): (
            int(entry["value"]["uint"]) if entry["value"]["type"] == UINT else base64.b64decode(entry["value"]["bytes"])
        )
        for entry in params.get("global-state", [])
    }
