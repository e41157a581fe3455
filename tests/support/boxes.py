"""Boxes as the contract's structs, read from chain by the ARC-56 document."""

import base64
from functools import cache
from typing import Any

from algokit_utils import AlgorandClient
from algosdk import abi

from gridpact.chain.events import Value
from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract, spec


def read_struct(algorand: AlgorandClient, contract: Contract, app_id: int, name: bytes, struct: str) -> dict[str, Any]:
    """The fields of a box.

    Args:
        algorand: the connection.
        contract: whose document describes the struct.
        app_id: whose box.
        name: the box's name.
        struct: the struct's name in the document.
    """
    box = as_dict(algorand.client.algod.application_box_by_name(app_id, name))
    return decode_struct(contract, struct, base64.b64decode(box["value"]))


def decode_struct(contract: Contract, struct: str, value: bytes) -> dict[str, Value]:
    """The fields of a stored struct: uint64 as int, address as text, byte[n] as bytes, bool as bool."""
    fields, codec = _layout(contract, struct)
    decoded = codec.decode(value)
    return {
        field["name"]: bytes(item) if field["type"].startswith("byte[") else item
        for field, item in zip(fields, decoded, strict=True)
    }


@cache
def _layout(contract: Contract, struct: str) -> tuple[list[dict[str, Any]], abi.TupleType]:
    fields = spec(contract)["structs"][struct]
    return fields, abi.TupleType([abi.ABIType.from_string(field["type"]) for field in fields])
