"""What RevenueVault stores. Every struct has a fixed size. Units are base units of the kW token (3 decimals)."""

import typing

from algopy import FixedBytes, Struct, UInt64

from smart_contracts.shared.types import Hash

ClaimedBits = FixedBytes[typing.Literal[64]]


class Holder(Struct, kw_only=True):
    """A holder's line in the book: their last checkpoint, and what they have claimed."""

    units: UInt64
    """Units now: those of the last checkpoint."""
    sinceTs: UInt64
    """Unix time from which they count; 0 for units issued before issuance was closed."""
    checkpointCount: UInt64
    """Checkpoints 0 to this - 1 exist. The last one is this line, those before it have a box each."""
    paidMicroalgo: UInt64
    """ALGO ever paid to the holder; what other assets paid stands in the events. The vault's own line is never paid."""
    claimed: ClaimedBits
    """Bit n - 1, counted from the most significant bit of the first byte, is set once deposit n was claimed."""


class Checkpoint(Struct, kw_only=True):
    """The units of a holder from a moment until the next checkpoint of the same holder."""

    sinceTs: UInt64
    units: UInt64


class Deposit(Struct, kw_only=True):
    """One deposit of net revenue. It belongs to those who held units at the record date.

    Money is in base units of the deposit's asset, whatever a name says: microALGO where it is ALGO.
    """

    epochId: UInt64
    recordTs: UInt64
    """The record date: the last second (UTC) of the epoch."""
    netAmountMicroalgo: UInt64
    carriedInMicroalgo: UInt64
    """The rest of earlier deposits that was shared out with this one."""
    perUnitMicroalgo: UInt64
    """A holder's share is exactly this times their units."""
    claimedUnits: UInt64
    """Units for which the share was claimed, the vault's own included."""
    energyWh: UInt64
    """Energy that the deposit drew from the project's ledger."""
    depositedTs: UInt64
    assetId: UInt64
    """What it is paid in; 0 is ALGO."""
    pricePerKwh: UInt64
    """What the energy was sold for, in base units of the asset per kWh, as the operator says; 0 where they do not."""
    returnedWh: UInt64
    """Energy that went back to the ledger afterwards."""
    evidenceHash: Hash
    """Of the statement of the sale; zero where there is none."""


class AssetRevenue(Struct, kw_only=True):
    """Revenue in one asset, in its base units: deposited = paid + owed + carried."""

    deposited: UInt64
    paid: UInt64
    owed: UInt64
    """Shared out and not yet claimed."""
    carried: UInt64
    """Not yet shared out: the next deposit in this asset does it."""
