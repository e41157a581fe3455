"""Names of RevenueVault's boxes."""

from algosdk.encoding import decode_address

from gridpact.chain.boxes import uint64
from gridpact.contracts import revenue_vault_config as cfg


def holder_box_name(holder: str) -> bytes:
    """Name of the box of a holder's line."""
    address: bytes = decode_address(holder)
    return cfg.BOX_HOLDER + address


def checkpoint_box_name(holder: str, index: int) -> bytes:
    """Name of the box of a checkpoint that a later one has ended. The last checkpoint is in the holder's line."""
    address: bytes = decode_address(holder)
    return cfg.BOX_CHECKPOINT + address + uint64(index)


def asset_box_name(asset_id: int) -> bytes:
    """Name of the box of what was deposited, paid, owed and carried in an asset other than ALGO."""
    return cfg.BOX_ASSET + uint64(asset_id)


def deposit_box_name(deposit_id: int) -> bytes:
    """Name of a deposit's box."""
    return cfg.BOX_DEPOSIT + uint64(deposit_id)
