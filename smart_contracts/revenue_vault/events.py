"""Events of RevenueVault (ARC-28). Units are base units of the kW token (3 decimals)."""

from algopy import Account, Struct, UInt64

from smart_contracts.shared.types import Hash


class KwTokenCreated(Struct, kw_only=True):
    """The kW token exists."""

    assetId: UInt64
    totalUnits: UInt64
    timestamp: UInt64


class UnitsIssued(Struct, kw_only=True):
    """A holder got new units, which count from time 0."""

    holder: Account
    units: UInt64
    holderUnits: UInt64
    issuedUnits: UInt64
    timestamp: UInt64


class IssuanceClosed(Struct, kw_only=True):
    """The supply is fixed for ever."""

    supplyUnits: UInt64
    timestamp: UInt64


class UnitsTransferred(Struct, kw_only=True):
    """Units went from one line of the book to another. The vault is the sender of units that it hands out again."""

    sender: Account
    receiver: Account
    units: UInt64
    senderUnits: UInt64
    receiverUnits: UInt64
    timestamp: UInt64


class HolderSynced(Struct, kw_only=True):
    """Units that a holder had closed out to the vault went to the vault's own line."""

    holder: Account
    units: UInt64
    holderUnits: UInt64
    vaultUnits: UInt64
    issuedUnits: UInt64
    """While issuance is open they fall by the units: then those go to nobody's line."""
    timestamp: UInt64


class AssetOptedIn(Struct, kw_only=True):
    """Net revenue may be deposited in this asset too."""

    assetId: UInt64
    timestamp: UInt64


class RevenueDeposited(Struct, kw_only=True):
    """Net revenue was shared out to the holders of the record date.

    Money is in base units of the asset, whatever a name says: microALGO where it is ALGO.
    """

    epochId: UInt64
    netAmountMicroalgo: UInt64
    depositId: UInt64
    recordTs: UInt64
    carriedInMicroalgo: UInt64
    perUnitMicroalgo: UInt64
    carriedMicroalgo: UInt64
    energyWh: UInt64
    assetId: UInt64
    """0 is ALGO."""
    pricePerKwh: UInt64
    """What the energy was sold for, in base units of the asset per kWh, as the operator says; 0 where they do not."""
    evidenceHash: Hash
    """Of the statement of the sale; zero where there is none."""
    timestamp: UInt64


class DepositEnergyReturned(Struct, kw_only=True):
    """Energy that a deposit drew went back to the project's ledger. The deposit's money stays as it is."""

    depositId: UInt64
    epochId: UInt64
    wh: UInt64
    returnedWh: UInt64
    """All that this deposit has returned."""
    timestamp: UInt64


class RevenueClaimed(Struct, kw_only=True):
    """A holder was paid their share of a deposit; the vault's own share went to the carry instead.

    The amount is in base units of the asset: microALGO where it is ALGO.
    """

    holder: Account
    depositId: UInt64
    epochId: UInt64
    units: UInt64
    amountMicroalgo: UInt64
    assetId: UInt64
    """0 is ALGO."""
    timestamp: UInt64
