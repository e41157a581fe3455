"""What the apps hold now: every box and every key of the global state, decoded by the interface documents."""

import base64
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from algosdk.error import AlgodHTTPError
from algosdk.logic import get_application_address
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.boxes import boxes_by_prefix
from gridpact.chain.layout import address_text, decode
from gridpact.chain.node import AT_ONCE, NOT_FOUND, as_dict
from gridpact.chain.programs import compare
from gridpact.chain.specs import Contract, spec
from gridpact.chain.state import app_params, global_state
from gridpact.evidence import sha256

PROGRAM_PAGE_BYTES: Final = 4_096
"""As much of a program as the AVM can hold at once."""


@dataclass(frozen=True, slots=True)
class BoxKind:
    """One map of boxes."""

    name: str
    """Of the map."""
    prefix: bytes
    decode: Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What one app holds."""

    contract: Contract
    app_id: int
    address: str
    creator: str
    runs_this_build: bool
    """Whether its programs are those that this version was built with."""
    program_hash: bytes
    """Of its approval program, as the app itself tells it."""
    state: Mapping[str, int | str | bytes]
    boxes: Mapping[bytes, Any]
    box_bytes: Mapping[bytes, int]
    """Length of each box's value."""
    balance_microalgo: int
    minimum_microalgo: int
    assets: Mapping[int, int]
    """Units of each asset in the app's account."""


def held(algod: AlgodClient, contract: Contract, app_id: int) -> Held:
    """Read an app.

    Raises:
        AppNotFoundError: there is no such app.
        UnknownLayout: it stores something in another way than this build.
    """
    params = app_params(algod, app_id)
    address = str(get_application_address(app_id))
    account = as_dict(algod.account_info(address))
    values = dict(_boxes(algod, contract, app_id))
    return Held(
        contract=contract,
        app_id=app_id,
        address=address,
        creator=str(params["creator"]),
        runs_this_build=compare(contract, params).is_ours,
        program_hash=program_hash(base64.b64decode(params["approval-program"])),
        state=_state(contract, global_state(params)),
        boxes={name: value for name, (value, _) in values.items()},
        box_bytes={name: size for name, (_, size) in values.items()},
        balance_microalgo=int(account["amount"]),
        minimum_microalgo=int(account["min-balance"]),
        assets={int(one["asset-id"]): int(one["amount"]) for one in account.get("assets", [])},
    )


@dataclass(frozen=True, slots=True)
class Token:
    """The kW token, and where its units are."""

    parameters: Mapping[str, object]
    """What decides who may do what with it."""
    units: Mapping[str, int]
    """Of each account that was asked for; 0 without the asset."""


def token(algod: AlgodClient, asset_id: int, accounts: Sequence[str]) -> Token:
    """Read the kW token.

    Args:
        algod: the node.
        asset_id: the token.
        accounts: whose units.
    """
    found = as_dict(algod.asset_info(asset_id))["params"]
    names = ("creator", "clawback", "freeze", "manager", "reserve", "default-frozen", "total", "decimals")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        units = list(pool.map(lambda account: _units(algod, account, asset_id), accounts))
    return Token({name: found.get(name) or None for name in names}, dict(zip(accounts, units, strict=True)))


def _units(algod: AlgodClient, account: str, asset_id: int) -> int:
    try:
        return int(as_dict(algod.account_asset_info(account, asset_id))["asset-holding"]["amount"])
    except AlgodHTTPError as error:
        if error.code == NOT_FOUND:
            return 0
        raise


def program_hash(program: bytes) -> bytes:
    """SHA-256 of the SHA-256 hashes of a program's pages."""
    pages = (program[at : at + PROGRAM_PAGE_BYTES] for at in range(0, len(program), PROGRAM_PAGE_BYTES))
    return sha256(b"".join(map(sha256, pages)))


def _boxes(algod: AlgodClient, contract: Contract, app_id: int) -> Iterator[tuple[bytes, tuple[Any, int]]]:
    for kind in box_kinds(contract):
        for name, value in boxes_by_prefix(algod, app_id, kind.prefix):
            yield name, (kind.decode(value), len(value))


@cache
def box_kinds(contract: Contract) -> tuple[BoxKind, ...]:
    """The maps of boxes of a contract, by its interface document."""
    maps: Mapping[str, Mapping[str, str]] = spec(contract)["state"]["maps"]["box"]
    return tuple(
        BoxKind(name, base64.b64decode(found["prefix"]), _decoder(contract, found["valueType"]))
        for name, found in sorted(maps.items())
    )


def _decoder(contract: Contract, kind: str) -> Callable[[bytes], Any]:
    if kind == "uint64":
        return lambda value: int.from_bytes(value, "big")
    layouts = importlib.import_module(f"gridpact.contracts.{contract.folder}_layout")
    return lambda value: decode(getattr(layouts, kind), value)


def _state(contract: Contract, raw: Mapping[str, int | bytes]) -> dict[str, int | str | bytes]:
    keys = {
        base64.b64decode(found["key"]).decode(): found["valueType"]
        for found in spec(contract)["state"]["keys"]["global"].values()
    }
    return {
        key: address_text(value) if isinstance(value, bytes) and keys.get(key) == "address" else value
        for key, value in raw.items()
    }
