"""Events of RevenueVault (ARC-28). Units are base units of the kW token (3 decimals)."""

from algopy import Account, Struct, UInt64


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
    timestamp: UInt64


class RevenueDeposited(Struct, kw_only=True):
    """Net revenue was shared out to the holders of the record date."""

    epochId: UInt64
    netAmountMicroalgo: UInt64
    depositId: UInt64
    recordTs: UInt64
    carriedInMicroalgo: UInt64
    perUnitMicroalgo: UInt64
    carriedMicroalgo: UInt64
    energyWh: UInt64
    timestamp: UInt64


class RevenueClaimed(Struct, kw_only=True):
    """A holder was paid his share of a deposit; the vault's own share went to the carry instead."""

    holder: Account
    depositId: UInt64
    epochId: UInt64
    units: UInt64
    amountMicroalgo: UInt64
    timestamp: UInt64
