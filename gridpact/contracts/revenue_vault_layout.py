# Generated from RevenueVault.arc56.json and smart_contracts/revenue_vault/types.py: do not edit.
"""How RevenueVault stores its state: the structs of its boxes, and its global state. Pure Python."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRevenue:
    """Revenue in one asset, in its base units: deposited = paid + owed + carried."""

    SIZE: ClassVar[int] = 32
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64)"

    deposited: int
    paid: int
    owed: int
    """Shared out and not yet claimed."""
    carried: int
    """Not yet shared out: the next deposit in this asset does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The units of a holder from a moment until the next checkpoint of the same holder."""

    SIZE: ClassVar[int] = 16
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64)"

    since_ts: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """One deposit of net revenue. It belongs to those who held units at the record date.

    Money is in base units of the deposit's asset, whatever a name says: microALGO where it is ALGO.
    """

    SIZE: ClassVar[int] = 120
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32])"

    epoch_id: int
    record_ts: int
    """The record date: the last second (UTC) of the epoch."""
    net_amount_microalgo: int
    carried_in_microalgo: int
    """The rest of earlier deposits that was shared out with this one."""
    per_unit_microalgo: int
    """A holder's share is exactly this times their units."""
    claimed_units: int
    """Units for which the share was claimed, the vault's own included."""
    energy_wh: int
    """Energy that the deposit drew from the project's ledger."""
    deposited_ts: int
    asset_id: int
    """What it is paid in; 0 is ALGO."""
    price_per_kwh: int
    """What the energy was sold for, in base units of the asset per kWh, as the operator says; 0 where they do not."""
    returned_wh: int
    """Energy that went back to the ledger afterwards."""
    evidence_hash: bytes
    """Of the statement of the sale; zero where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A holder's line in the book: their last checkpoint, and what they have claimed."""

    SIZE: ClassVar[int] = 96
    """Bytes."""
    ABI: ClassVar[str] = "(uint64,uint64,uint64,uint64,byte[64])"

    units: int
    """Units now: those of the last checkpoint."""
    since_ts: int
    """Unix time from which they count; 0 for units issued before issuance was closed."""
    checkpoint_count: int
    """Checkpoints 0 to this - 1 exist. The last one is this line, those before it have a box each."""
    paid_microalgo: int
    """ALGO ever paid to the holder; what other assets paid stands in the events. The vault's own line is never paid."""
    claimed: bytes
    """Bit n - 1, counted from the most significant bit of the first byte, is set once deposit n was claimed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalState:
    """Global state of RevenueVault, by its keys."""

    admin: str
    proposed_admin: str
    operator: str
    paused: int
    kwh_receipt_app: int
    kw_token: int
    issued_units: int
    supply_units: int
    deposit_count: int
    last_epoch: int
    deposited_microalgo: int
    paid_microalgo: int
    owed_microalgo: int
    carried_microalgo: int
