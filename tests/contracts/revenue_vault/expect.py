"""What RevenueVault holds, and the events that it must tell."""

from dataclasses import asdict
from typing import Any

from algosdk.error import AlgodHTTPError

from gridpact.chain.node import as_dict
from gridpact.chain.sending import Sent
from gridpact.chain.specs import Contract
from gridpact.contracts.revenue_vault_client import (
    AssetRevenue,
    Deposit,
    Holder,
)
from gridpact.production.boxes import PROJECT
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, deposit_box_name, holder_box_name
from smart_contracts.kwh_receipt import config as receipt_cfg
from smart_contracts.revenue_vault import config as cfg
from tests.contracts.revenue_vault.calls import EPOCH, NO_LINE
from tests.support.boxes import read_struct
from tests.support.events import ANY_TIME
from tests.support.full_state import boxes_of
from tests.support.world import World


def vault(world: World) -> str:
    """The vault's own address."""
    return world.vault.app_address


def line(world: World, holder: str) -> Holder:
    """A holder's line, from its box."""
    try:
        fields = read_struct(
            world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, holder_box_name(holder), "Holder"
        )
    except AlgodHTTPError as error:
        assert error.code == 404
        return NO_LINE
    return Holder(**fields)


def checkpoint_of(world: World, holder: str, index: int) -> dict[str, int]:
    """A checkpoint that a later one has ended, from its box."""
    return read_struct(
        world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, checkpoint_box_name(holder, index), "Checkpoint"
    )


def deposit_of(world: World, deposit_id: int = 1) -> Deposit:
    """A deposit, from its box."""
    return Deposit(
        **read_struct(
            world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, deposit_box_name(deposit_id), "Deposit"
        )
    )


def revenue_in(world: World, asset_id: int) -> dict[str, int]:
    """The vault's counters of an asset other than ALGO, from its box."""
    fields = read_struct(
        world.algorand, Contract.REVENUE_VAULT, world.vault.app_id, asset_box_name(asset_id), "AssetRevenue"
    )
    return asdict(AssetRevenue(**fields))


def held(world: World, address: str, asset_id: int) -> int:
    """Base units of an asset in an account; 0 when it has not opted in."""
    account = as_dict(world.algorand.client.algod.account_info(address))
    return sum(int(one["amount"]) for one in account.get("assets", []) if one["asset-id"] == asset_id)


def money(world: World) -> dict[str, int]:
    """The vault's counters of money, in microALGO."""
    state = world.vault.state.global_state.get_all()
    return {
        "deposited": state["deposited_microalgo"],
        "paid": state["paid_microalgo"],
        "owed": state["owed_microalgo"],
        "carried": state["carried_microalgo"],
    }


def free_microalgo(world: World) -> int:
    """The vault's microALGO above its minimum balance."""
    account = as_dict(world.algorand.client.algod.account_info(vault(world)))
    return int(account["amount"]) - int(account["min-balance"])


def live_units(world: World, address: str) -> int:
    """kW tokens in an account; 0 when it has not opted in."""
    account = as_dict(world.algorand.client.algod.account_info(address))
    return sum(
        int(holding["amount"])
        for holding in account.get("assets", [])
        if holding["asset-id"] == world.vault_calls.kw_token_id
    )


def assert_sound(world: World) -> None:
    """Assert what holds at every moment: money is where the counters say, and units add up to the supply."""
    state = world.vault.state.global_state.get_all()
    counters = money(world)
    assert free_microalgo(world) >= counters["owed"] + counters["carried"]

    names = boxes_of(world.algorand, world.vault.app_id)
    known = {holder_box_name(one.address): one.address for one in world.accounts} | {
        holder_box_name(vault(world)): vault(world)
    }
    lines = {known[name]: line(world, known[name]) for name in names if name.startswith(cfg.BOX_HOLDER)}
    assert sum(one.units for one in lines.values()) == state["issued_units"]
    assert state["supply_units"] in (0, state["issued_units"])
    assert sum(one.paidMicroalgo for one in lines.values()) == counters["paid"]
    assert all(live_units(world, address) <= one.units for address, one in lines.items() if address != vault(world))

    deposits = [deposit_of(world, number) for number in range(1, state["deposit_count"] + 1)]
    assets = [int.from_bytes(name[len(cfg.BOX_ASSET) :], "big") for name in names if name.startswith(cfg.BOX_ASSET)]
    for asset_id in (cfg.ALGO, *assets):
        sums = counters if asset_id == cfg.ALGO else revenue_in(world, asset_id)
        assert sums["paid"] + sums["owed"] + sums["carried"] == sums["deposited"]
        own = [one for one in deposits if one.assetId == asset_id]
        assert sum((state["supply_units"] - one.claimedUnits) * one.perUnitMicroalgo for one in own) == sums["owed"]
        assert sum(one.netAmountMicroalgo for one in own) == sums["deposited"]
        if asset_id != cfg.ALGO:
            assert held(world, vault(world), asset_id) >= sums["owed"] + sums["carried"]
    epochs = [one.epochId for one in deposits]
    assert epochs == sorted(epochs)


def transferred(
    world: World, sender: str, receiver: str, units: int, left: int, has: int
) -> tuple[str, dict[str, Any]]:
    """The event of a transfer, or of units handed out."""
    return (
        "UnitsTransferred",
        {
            "sender": sender,
            "receiver": receiver,
            "units": units,
            "senderUnits": left,
            "receiverUnits": has,
            "timestamp": ANY_TIME,
        },
    )


def claimed(
    holder: str, units: int, microalgo: int, deposit_id: int = 1, epoch_id: int = EPOCH, asset_id: int = cfg.ALGO
) -> tuple[str, dict[str, Any]]:
    """The event of a claim."""
    return (
        "RevenueClaimed",
        {
            "holder": holder,
            "depositId": deposit_id,
            "epochId": epoch_id,
            "units": units,
            "amountMicroalgo": microalgo,
            "assetId": asset_id,
            "timestamp": ANY_TIME,
        },
    )


def energy_drawn(wh: int, epoch_id: int = EPOCH, deposit_id: int = 1) -> tuple[str, dict[str, Any]]:
    """KWhReceipt's event of a draw by the vault, which leaves nothing."""
    return (
        "EnergyDrawn",
        {
            "producer": PROJECT,
            "epochId": epoch_id,
            "consumer": receipt_cfg.CONSUMER_VAULT,
            "wh": wh,
            "remainingWh": 0,
            "reference": deposit_id,
            "timestamp": ANY_TIME,
        },
    )


def pay_out(sent: Sent) -> list[tuple[str, int]]:
    """Receiver and microALGO of each inner payment of a group."""
    return [
        (inner["txn"]["txn"]["rcv"], inner["txn"]["txn"].get("amt", 0))
        for confirmation in sent.confirmations
        for inner in confirmation.get("inner-txns", [])
        if inner["txn"]["txn"]["type"] == "pay"
    ]
