"""Global state and boxes of an app, raw and decoded by the contract's interface document (ARC-56)."""

import base64
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

from algosdk import encoding
from algosdk.abi import ABIType
from algosdk.error import AlgodHTTPError
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.errors import AppNotFoundError
from gridpact.chain.node import AT_ONCE, NOT_FOUND, as_dict
from gridpact.chain.specs import Contract, spec

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


def uint(state: Mapping[str, int | bytes], key: str) -> int:
    """A number of the global state; 0 where the key was never written."""
    value = state.get(key, 0)
    if isinstance(value, bytes):
        msg = f"{key} holds bytes, not a number"
        raise TypeError(msg)
    return value


def address(state: Mapping[str, int | bytes], key: str) -> str:
    """An address of the global state."""
    value = state[key]
    if not isinstance(value, bytes):
        msg = f"{key} holds a number, not an address"
        raise TypeError(msg)
    return str(encoding.encode_address(value))


def box_names(algod: AlgodClient, app_id: int, prefix: bytes) -> list[bytes]:
    """Names of an app's boxes that start with a prefix, sorted. Where names can be computed, compute them instead."""
    answer = as_dict(algod.application_boxes(app_id))
    names = (base64.b64decode(box["name"]) for box in answer["boxes"])
    return sorted(name for name in names if name.startswith(prefix))


def box(algod: AlgodClient, app_id: int, name: bytes) -> bytes | None:
    """The value of a box, None where there is none."""
    try:
        return base64.b64decode(as_dict(algod.application_box_by_name(app_id, name))["value"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return None
        raise


def boxes(algod: AlgodClient, app_id: int, names: Iterable[bytes]) -> list[bytes | None]:
    """Values of many boxes, in the order of their names."""
    wanted = list(names)
    if len(wanted) < 2:
        return [box(algod, app_id, name) for name in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda name: box(algod, app_id, name), wanted))


def decode[Struct](contract: Contract, kind: type[Struct], value: bytes) -> Struct:
    """A stored struct.

    Args:
        contract: whose struct it is.
        kind: its dataclass in the contract's typed client.
        value: the box.
    """
    struct: Struct = _value(
        contract, kind.__name__, ABIType.from_string(_abi_type(contract, kind.__name__)).decode(value), kind
    )
    return struct


@cache
def _abi_type(contract: Contract, name: str) -> str:
    structs = spec(contract)["structs"]
    if name not in structs:
        return name
    return f"({','.join(_abi_type(contract, field['type']) for field in structs[name])})"


def _value(contract: Contract, name: str, raw: Any, kind: Any) -> Any:  # noqa: ANN401 - what an ABI codec returns
    structs = spec(contract)["structs"]
    if name not in structs:
        return bytes(raw) if name.startswith("byte[") else raw
    fields = structs[name]
    types = kind.__annotations__
    return kind(
        **{
            field["name"]: _value(contract, field["type"], part, types[field["name"]])
            for field, part in zip(fields, raw, strict=True)
        }
    )
