"""From what each stored field can be recomputed: events, creates, and the payments in their groups. Pure Python.

`Event.field` names a field of the contract's own event; a plain `Event` means that it happened, its time the event's.
`docs/contracts.md` carries the tables, the audit recomputes by them, and a test compares the names with the ARC-56
documents.
"""

from collections.abc import Mapping
from typing import Final

type Origins = Mapping[str, Mapping[str, str]]
"""Struct, or what holds the field → field → from what."""

GLOBAL: Final = "global state"

_ROLES: Final = {
    "admin": "`Created.admin`, then `AdminChanged.admin`",
    "proposed_admin": "`AdminProposed.proposedAdmin`; zero after `AdminChanged`",
    "operator": "`Created.operator`, then `OperatorChanged.operator`",
    "paused": "`Paused` and `Unpaused`, the later one",
}
_CONSUMER_OF: Final = {"kwh_receipt_app": "`Created.kwhReceiptApp`"}

_KWH_RECEIPT: Final[Origins] = {
    GLOBAL: _ROLES
    | {
        "genesis_hash": "the argument of `create`: the network's own",
        "ppa_app": "`ConsumerSet.appId` of `ConsumerSet.consumer` 1",
        "vault_app": "the same of 2",
        "offer_book_app": "the same of 3",
        "ppa_address": "the account of `ppa_app`",
        "vault_address": "the account of `vault_app`",
        "meter_count": "number of `MeterRegistered`",
    },
    "Meter": {
        "producer": "`MeterRegistered.producer`",
        "capacityW": "`MeterRegistered.capacityW`",
        "label": "`MeterRegistered.label`",
        "publicKey": "`MeterRegistered.publicKey`, then `MeterKeyRotated.publicKey`",
        "lastSequence": "the last `ProductionRecorded.sequence` of the meter that is not 0",
        "lastEndTs": "the last `ProductionRecorded.endTs` of the meter",
    },
    "MeterReading": {
        "wh": "`ProductionRecorded.wh`",
        "quality": "`ProductionRecorded.quality`",
        "startTs": "`ProductionRecorded.startTs`",
        "endTs": "`ProductionRecorded.endTs`",
        "sourceHash": "`ProductionRecorded.sourceHash`",
        "recordedTs": "`ProductionRecorded.timestamp`",
        "sequence": "`ProductionRecorded.sequence`",
    },
    "Restatement": {
        "increase": "`ProductionRestated.increase`",
        "wh": "`ProductionRestated.wh`",
        "netWh": "`ProductionRestated.netWh`; again from the reading and all its `ProductionRestated.wh`",
        "reasonHash": "`ProductionRestated.reasonHash`",
        "restatedTs": "`ProductionRestated.timestamp`",
    },
    "EpochLedger": {
        "recordedWh": "sum of `ProductionRecorded.wh`, more or less each `ProductionRestated.wh`",
        "deficitWh": "`ProductionRestated.deficitWh`, less what `ProductionRecorded.wh` and `EnergyReturned.wh` filled",
        "ppaWh": "sum of `EnergyDrawn.wh` less `EnergyReturned.wh` of `EnergyDrawn.consumer` 1",
        "mintedWh": "the same of 3",
        "vaultWh": "the same of 2",
        "remainingWh": "recorded + deficit - ppa - minted - vault; also `EnergyDrawn.remainingWh`",
        "readings": "number of `ProductionRecorded`",
        "finalizedTs": "`EpochFinalized.timestamp`",
        "signedWh": "sum of `ProductionRecorded.wh` whose `ProductionRecorded.sequence` is not 0",
        "manualWh": "sum of the other `ProductionRecorded.wh`",
    },
    "totals": {"uint64": "sum of `ProductionRecorded.wh` of the producer, more or less each `ProductionRestated.wh`"},
}

_TERMS: Final = (
    "buyer",
    "treasury",
    "assetId",
    "pricePerKwh",
    "escalatorBps",
    "minimumKwh",
    "lateInterestBps",
    "firstEpoch",
    "lastEpoch",
    "capKwh",
    "dueDay",
    "contractHash",
    "requiresAcceptance",
)
_PINNED: Final = ("kwh", "pricePerKwh", "amount", "assetId", "buyer", "treasury", "dueTs", "revision", "shortfallKwh")

_PPA: Final[Origins] = {
    GLOBAL: _ROLES
    | _CONSUMER_OF
    | {
        "agreement_count": "number of `AgreementCreated`",
        "allocated_kwh": "sum of `InvoiceIssued.kwh` less `InvoiceVoided.kwh`, less credits and with debits of energy "
        "(`NoteIssued.kwh` less `NoteVoided.kwh`, of `NoteIssued.kind` 1 and 2)",
        "issued_invoices": "number of `InvoiceIssued` less those of `InvoiceVoided` and `InvoicePaid`",
        "paid_invoices": "number of `InvoicePaid`",
        "void_invoices": "number of `InvoiceVoided` less that of `InvoiceIssued` whose `InvoiceIssued.revision` is "
        "above 1",
    },
    "AgreementTerms": {field: f"`AgreementCreated.{field}`" for field in _TERMS},
    "Agreement": {
        "terms": "`AgreementCreated`, field by field",
        "lastEpoch": "`AgreementCreated.lastEpoch`, then `AgreementEnded.lastEpoch`",
        "allocatedKwh": "as `allocated_kwh`, of this agreement",
        "invoicedAmount": "sum of `InvoiceIssued.amount` less `InvoiceVoided.amount`",
        "paidAmount": "sum of `InvoicePaid.amount`",
        "invoices": "number of `InvoiceIssued` less that of `InvoiceVoided`",
        "paidInvoices": "number of `InvoicePaid`",
        "creditedAmount": "sum of `NoteIssued.amount` less `NoteVoided.amount`, of `NoteIssued.kind` 1",
        "debitedAmount": "the same of 2, 3 and 4",
        "acceptedTs": "`AgreementAccepted.timestamp`",
    },
    "Invoice": {field: f"`InvoiceIssued.{field}`" for field in _PINNED}
    | {
        "issuedTs": "`InvoiceIssued.timestamp`",
        "status": "`InvoiceIssued`, `InvoicePaid` and `InvoiceVoided`, the latest",
        "notes": "number of `NoteIssued`",
        "paidTs": "`InvoicePaid.timestamp`",
        "paidRound": "`InvoicePaid.paidRound`: the round of its payment",
        "appliedAmount": "sum of `CreditApplied.amount` less `CreditReleased.amount` by `CreditApplied.toEpochId`; "
        "also `InvoicePaid.appliedAmount`",
        "creditedKwh": "sum of `NoteIssued.kwh` less `NoteVoided.kwh`, of `NoteIssued.kind` 1",
        "creditedAmount": "the same of `NoteIssued.amount`",
        "debitedKwh": "sum of `NoteIssued.kwh` less `NoteVoided.kwh`, of `NoteIssued.kind` 2",
        "debitedAmount": "sum of `NoteIssued.amount` less `NoteVoided.amount`, of 2, 3 and 4",
        "billedShortfallKwh": "sum of `NoteIssued.kwh` less `NoteVoided.kwh`, of 4",
        "settledNotes": "number of `NoteSettled` and `CreditApplied`, less that of `CreditReleased`",
        "interestNote": "`NoteIssued.note` of `NoteIssued.kind` 3",
    },
    "Note": {
        "kind": "`NoteIssued.kind`",
        "kwh": "`NoteIssued.kwh`",
        "amount": "`NoteIssued.amount`",
        "status": "`NoteIssued`, `NoteSettled`, `CreditApplied`, `CreditReleased` and `NoteVoided`, the latest",
        "reasonHash": "`NoteIssued.reasonHash`",
        "issuedTs": "`NoteIssued.timestamp`",
        "settledTs": "`NoteSettled.timestamp`",
        "settledRound": "`NoteSettled.settledRound`: the round of its payment",
        "appliedEpoch": "`CreditApplied.toEpochId`; zero after `CreditReleased`",
    },
}

_REVENUE_VAULT: Final[Origins] = {
    GLOBAL: _ROLES
    | _CONSUMER_OF
    | {
        "kw_token": "`KwTokenCreated.assetId`",
        "issued_units": "the last of `UnitsIssued.issuedUnits` and `HolderSynced.issuedUnits`",
        "supply_units": "`IssuanceClosed.supplyUnits`",
        "deposit_count": "number of `RevenueDeposited`",
        "last_epoch": "the last `RevenueDeposited.epochId`",
        "deposited_microalgo": "sum of `RevenueDeposited.netAmountMicroalgo` where `RevenueDeposited.assetId` is 0: "
        "payments to the vault",
        "paid_microalgo": "sum of `RevenueClaimed.amountMicroalgo` where `RevenueClaimed.assetId` is 0, the vault's "
        "own line apart: payments by the vault",
        "owed_microalgo": "deposited - paid - carried",
        "carried_microalgo": "the last `RevenueDeposited.carriedMicroalgo` in ALGO, and each "
        "`RevenueClaimed.amountMicroalgo` of the vault's own line since",
    },
    "Holder": {
        "units": "the last of `UnitsIssued.holderUnits`, `UnitsTransferred.senderUnits`, "
        "`UnitsTransferred.receiverUnits`, `HolderSynced.holderUnits` and `HolderSynced.vaultUnits`",
        "sinceTs": "0 after `UnitsIssued`, then `UnitsTransferred.timestamp` or `HolderSynced.timestamp`",
        "checkpointCount": "1, and 1 more for each of these events that is the holder's first of a month",
        "paidMicroalgo": "sum of `RevenueClaimed.amountMicroalgo` in ALGO, the vault's own line apart",
        "claimed": "a bit for each `RevenueClaimed.depositId`",
    },
    "AssetRevenue": {
        "deposited": "as `deposited_microalgo`, of this asset; made by `AssetOptedIn`",
        "paid": "as `paid_microalgo`, of this asset",
        "owed": "as `owed_microalgo`, of this asset",
        "carried": "as `carried_microalgo`, of this asset",
    },
    "Checkpoint": {
        "sinceTs": "the holder's `sinceTs` before the event that began the next checkpoint",
        "units": "the holder's `units` before it",
    },
    "Deposit": {
        "epochId": "`RevenueDeposited.epochId`",
        "recordTs": "`RevenueDeposited.recordTs`: the epoch's last second",
        "netAmountMicroalgo": "`RevenueDeposited.netAmountMicroalgo`: the payment in its group",
        "carriedInMicroalgo": "`RevenueDeposited.carriedInMicroalgo`: what was carried before",
        "perUnitMicroalgo": "`RevenueDeposited.perUnitMicroalgo`",
        "claimedUnits": "sum of `RevenueClaimed.units`",
        "energyWh": "`RevenueDeposited.energyWh`",
        "depositedTs": "`RevenueDeposited.timestamp`",
        "assetId": "`RevenueDeposited.assetId`",
        "pricePerKwh": "`RevenueDeposited.pricePerKwh`",
        "returnedWh": "the last `DepositEnergyReturned.returnedWh`",
        "evidenceHash": "`RevenueDeposited.evidenceHash`",
    },
}

_OFFER_BOOK: Final[Origins] = {
    GLOBAL: _ROLES
    | _CONSUMER_OF
    | {
        "grid_price": "the last `GridPriceSet.pricePerKwh`",
        "sell_total": "number of `OfferCreated`",
        "sell_active": "number of `OfferCreated` less those of `OfferCancelled` and `OfferMatched`",
        "buy_total": "number of `BuyOfferCreated`",
        "buy_active": "number of `BuyOfferCreated` less those of `BuyOfferCancelled` and `BuyOfferMatched`",
        "minted_wh": "sum of `EnergyMinted.amountWh`",
        "consumed_wh": "sum of `EnergyConsumed.amountWh`",
        "traded_wh": "sum of `OfferMatched.amountWh`, and of `BuyOfferMatched.amountWh` with "
        "`BuyOfferMatched.usedTerms`",
        "trades": "number of the same",
    },
    "Offer": {
        "maker": "`OfferCreated.seller`, `BuyOfferCreated.buyer`",
        "amountWh": "`OfferCreated.amountWh`, `BuyOfferCreated.amountWh`",
        "pricePerKwh": "`OfferCreated.pricePerKwh`, `BuyOfferCreated.maxPricePerKwh`",
        "sinceTs": "`OfferCreated.sinceTs`, `BuyOfferCreated.sinceTs`",
        "matchedWh": "`OfferMatched.amountWh`, `BuyOfferMatched.amountWh`",
        "childId": "`OfferMatched.newOfferId`, `BuyOfferMatched.newOfferId`",
        "status": "`OfferCreated`, `OfferCancelled` and `OfferMatched`, the latest: a match is partial where the "
        "amount is less than the offer's; likewise `BuyOfferCreated`, `BuyOfferCancelled`, `BuyOfferMatched`",
        "paidByFloat": "whether `OfferCreated.parentId` or `BuyOfferCreated.parentId` is another offer's id",
        "expiryTs": "`OfferCreated.expiryTs`, `BuyOfferCreated.expiryTs`",
    },
    "TradingAccount": {
        "virtualWh": "`EnergyMinted.amountWh`, `EnergyTransferred.amountWh`, `EnergyConsumed.amountWh`, "
        "`OfferMatched.amountWh` and `BuyOfferMatched.amountWh`: of two offers that match only one counts",
        "lockedWh": "sum of `OfferCreated.amountWh` of the offers that are active",
        "producedWh": "sum of `EnergyMinted.amountWh`",
        "minSellPrice": "`TradingTermsSet.minSellPrice`",
        "sellWh": "`TradingTermsSet.sellWh` less `BuyOfferMatched.amountWh` with `BuyOfferMatched.usedTerms`",
        "maxBuyPrice": "`TradingTermsSet.maxBuyPrice`",
        "buyWh": "`TradingTermsSet.buyWh` less `OfferMatched.amountWh` with `OfferMatched.usedTerms`",
        "sellOffers": "number of `OfferCreated`",
        "buyOffers": "number of `BuyOfferCreated`",
        "termsExpiryTs": "`TradingTermsSet.expiryTs`",
        "openBuyOffers": "number of `BuyOfferCreated` less those of `BuyOfferCancelled` and `BuyOfferMatched`",
        "paidByFloat": "whether `EnergyMinted` made the account; all of an account begins anew after "
        "`TradingAccountClosed`",
    },
}

ORIGINS: Final[Mapping[str, Origins]] = {
    "kwh_receipt": _KWH_RECEIPT,
    "ppa": _PPA,
    "revenue_vault": _REVENUE_VAULT,
    "offer_book": _OFFER_BOOK,
}
"""By the contract's package."""
