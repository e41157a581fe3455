"""What KWhReceipt holds, and the events that it must tell."""

import base64

from gridpact.chain.node import as_dict
from gridpact.chain.specs import Contract
from gridpact.production.boxes import PROJECT, ledger_box_name, total_box_name
from tests.contracts.kwh_receipt.calls import EPOCH
from tests.support.boxes import read_struct
from tests.support.world import World


def ledger(world: World, producer: str = PROJECT, epoch_id: int = EPOCH) -> dict[str, int]:
    """Where each Wh of the ledger is, from its box."""
    name = ledger_box_name(producer, epoch_id)
    return read_struct(world.algorand, Contract.KWH_RECEIPT, world.receipt.app_id, name, "EpochLedger")


def total_wh(world: World, producer: str = PROJECT) -> int:
    """The producer's total, from its box."""
    box = as_dict(world.algorand.client.algod.application_box_by_name(world.receipt.app_id, total_box_name(producer)))
    return int.from_bytes(base64.b64decode(box["value"]))


def assert_ledger(world: World, producer: str = PROJECT, epoch_id: int = EPOCH, **expected: int) -> None:
    """Assert every field of a ledger; those that are not named are 0, except that readings are manual ones.

    Each Wh is in exactly one place.
    """
    seen = ledger(world, producer, epoch_id)
    expected = {"manualWh": seen["manualWh"], "signedWh": 0} | expected
    assert seen == dict.fromkeys(seen, 0) | expected
    assert seen["recordedWh"] + seen["deficitWh"] == (
        seen["ppaWh"] + seen["mintedWh"] + seen["vaultWh"] + seen["remainingWh"]
    )
