"""How values of the ledger look in the indexer's JSON, where it differs from algod's."""

from functools import lru_cache

from localnet.algod.accounts import asset_json
from localnet.algod.formats import address_text, base64_text
from localnet.engine.blocks import Tree

ZERO_ADDRESS = bytes(32)

address = lru_cache(maxsize=16_384)(address_text)
"""The 58 characters of an address."""


def present(tree: Tree) -> Tree:
    """The tree without its ``None`` entries."""
    return {key: value for key, value in tree.items() if value is not None}


def address_or_none(raw: bytes | None) -> str | None:
    """An address, None when it is absent or zero."""
    return address(raw) if raw and raw != ZERO_ADDRESS else None


def bytes_or_none(data: bytes | None) -> str | None:
    """Base64, None when there are no bytes or only zeros."""
    return base64_text(data) if data and any(data) else None


def asset_params(creator: bytes, params: Tree) -> Tree:
    """An asset's parameters; unset roles and texts are left out."""
    shown: Tree = asset_json(0, creator, params)["params"]
    return shown
