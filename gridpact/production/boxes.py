"""Names of KWhReceipt's boxes."""

from typing import Final

from algosdk.encoding import decode_address

from gridpact.chain.boxes import uint64
from gridpact.contracts import kwh_receipt_config as cfg

PROJECT: Final = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"
"""The zero address: the producer that is the project itself."""


def meter_box_name(meter_id: int) -> bytes:
    """Name of a meter's box."""
    return cfg.BOX_METER + uint64(meter_id)


def reading_box_name(epoch_id: int, meter_id: int, interval_id: int) -> bytes:
    """Name of a reading's box."""
    return cfg.BOX_READING + uint64(epoch_id) + uint64(meter_id) + uint64(interval_id)


def restatement_box_name(epoch_id: int, meter_id: int, interval_id: int, revision: int) -> bytes:
    """Name of a restatement's box."""
    return cfg.BOX_RESTATEMENT + uint64(epoch_id) + uint64(meter_id) + uint64(interval_id) + uint64(revision)


def ledger_box_name(producer: str, epoch_id: int) -> bytes:
    """Name of the box of a (producer, epoch) ledger."""
    return ledger_prefix(producer) + uint64(epoch_id)


def ledger_prefix(producer: str) -> bytes:
    """What the names of all ledgers of a producer begin with."""
    address: bytes = decode_address(producer)
    return cfg.BOX_LEDGER + address


def total_box_name(producer: str) -> bytes:
    """Name of the box of a producer's total."""
    address: bytes = decode_address(producer)
    return cfg.BOX_TOTAL + address
