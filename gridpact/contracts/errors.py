# Generated from smart_contracts/shared/errors.py: do not edit.
"""Every reason for which a contract refuses a call: one cause, one name.

Contracts, library, scripts and tests all import these constants. A contract's own assert carries the name as its
ARC-56 message. Methods that other apps reach by inner call (KWhReceipt) log the same name in ARC-65 form, because an
ARC-56 message does not survive an inner call: see `error_codes`.
"""

from typing import Final

# --- roles ------------------------------------------------------------------------------------------------------------
NOT_ADMIN: Final = "NotAdmin"  # the caller must be the admin
NOT_OPERATOR: Final = "NotOperator"  # the caller must be the operator
NOT_OWNER: Final = "NotOwner"  # the offer book's name for its operator
NOT_PROPOSED: Final = "NotProposed"  # the caller must be the proposed admin
IS_PAUSED: Final = "IsPaused"  # the admin has paused this action
ALREADY_SET: Final = "AlreadySet"  # the value is set once, or is already so
NOT_UPDATABLE: Final = "NotUpdatable"  # this deployment is immutable
NOT_DELETABLE: Final = "NotDeletable"  # this deployment is permanent
INVALID_APP: Final = "InvalidApp"  # another app of the same creator must be named here
INVALID_ADDRESS: Final = "InvalidAddress"  # this address cannot be used here
INVALID_AMOUNT: Final = "InvalidAmount"  # the amount must not be zero, nor beyond what it is taken from
AMOUNT_TOO_LARGE: Final = "AmountTooLarge"  # the amount is beyond the bound of its unit
OVER_SURPLUS: Final = "OverSurplus"  # more than the app has to spare
MBR_NOT_PAID: Final = "MbrNotPaid"  # the payment must be the storage deposit, to this app, and nothing else

# --- production -------------------------------------------------------------------------------------------------------
INVALID_EPOCH: Final = "InvalidEpoch"  # an epoch is a month YYYYMM that has begun
INVALID_METER: Final = "InvalidMeter"  # no such meter
INVALID_QUALITY: Final = "InvalidQuality"  # actual, estimated or substituted
INVALID_INTERVAL: Final = "InvalidInterval"  # the interval must end after it starts, and lie in the epoch
READING_TOO_EARLY: Final = "ReadingTooEarly"  # a reading ends at the chain's clock at the latest
READING_OVERLAP: Final = "ReadingOverlap"  # a meter's reading starts where its last one ended, or later
OVER_CAPACITY: Final = "OverCapacity"  # more energy than the meter's capacity gives in this time
NO_METER_KEY: Final = "NoMeterKey"  # the meter has no key, so nothing is signed by it
INVALID_SEQUENCE: Final = "InvalidSequence"  # a meter's signed readings are numbered upwards
INVALID_SIGNATURE: Final = "InvalidSignature"  # the meter's key did not sign exactly this reading
READING_NOT_FOUND: Final = "ReadingNotFound"  # nothing was recorded under this key
INVALID_REVISION: Final = "InvalidRevision"  # revisions count 1, 2, 3 …
ALREADY_RECORDED: Final = "AlreadyRecorded"  # one reading per (epoch, meter, interval)
EPOCH_NOT_FOUND: Final = "EpochNotFound"  # the producer has no ledger for this epoch
EPOCH_NOT_ENDED: Final = "EpochNotEnded"  # the month must be over
EPOCH_NOT_FINAL: Final = "EpochNotFinal"  # the project's ledger must be closed first
EPOCH_FINAL: Final = "EpochFinal"  # the project's ledger is closed
TOTAL_MISMATCH: Final = "TotalMismatch"  # the expected total is not the recorded total
NOT_CONSUMER: Final = "NotConsumer"  # the caller is not one of the apps that may draw
OVER_DRAWN: Final = "OverDrawn"  # more energy than remains
LEDGER_IN_DEFICIT: Final = "LedgerInDeficit"  # a restatement took the total below what was drawn

# --- agreements and invoices ------------------------------------------------------------------------------------------
AGREEMENT_NOT_FOUND: Final = "AgreementNotFound"  # no such agreement
AGREEMENT_INACTIVE: Final = "AgreementInactive"  # the agreement does not cover this epoch
INVALID_TERMS: Final = "InvalidTerms"  # a term of the agreement is out of its range
OVER_CAP: Final = "OverCap"  # more kWh than the agreement's cap per epoch
ALREADY_ALLOCATED: Final = "AlreadyAllocated"  # a live invoice exists for (agreement, epoch)
INVOICE_NOT_FOUND: Final = "InvoiceNotFound"  # no invoice for (agreement, epoch)
ALREADY_PAID: Final = "AlreadyPaid"  # the invoice is paid
NOT_PAID: Final = "NotPaid"  # the invoice must be paid: until then it is voided and issued again
INVOICE_IS_VOID: Final = "InvoiceIsVoid"  # the invoice was voided
NOT_ACCEPTED: Final = "NotAccepted"  # the buyer must accept the terms first
TERMS_MISMATCH: Final = "TermsMismatch"  # the accepted terms are not the agreement's
INVALID_KIND: Final = "InvalidKind"  # the note is of a kind that cannot be used here
NOTE_NOT_FOUND: Final = "NoteNotFound"  # no such note on this invoice
NOTE_SETTLED: Final = "NoteSettled"  # the note is paid
NOTE_IS_VOID: Final = "NoteIsVoid"  # the note was voided
OVER_CREDITED: Final = "OverCredited"  # more credit than the invoice has left
OVER_SHORTFALL: Final = "OverShortfall"  # more kWh than the shortfall has left
NOT_LATE: Final = "NotLate"  # no interest is due: paid in time, or the agreement asks for none
CREDIT_APPLIED: Final = "CreditApplied"  # a credit is set against an invoice: it must be released first
CREDIT_NOT_APPLIED: Final = "CreditNotApplied"  # the credit is set against no invoice
NOT_TREASURY: Final = "NotTreasury"  # the caller must be the treasury, which owes the credit
NOT_BUYER: Final = "NotBuyer"  # the caller must be the invoice's buyer
INVALID_BUYER: Final = "InvalidBuyer"  # the buyer cannot be this account
INVALID_TREASURY: Final = "InvalidTreasury"  # the treasury cannot be this account
WRONG_AMOUNT: Final = "WrongAmount"  # the payment must be the exact amount
WRONG_RECEIVER: Final = "WrongReceiver"  # the payment must go to the pinned receiver
WRONG_SENDER: Final = "WrongSender"  # the payment must come from the caller
WRONG_ASSET: Final = "WrongAsset"  # the payment must be in the pinned asset
CLAWBACK_NOT_ALLOWED: Final = "ClawbackNotAllowed"  # the payment must not claw back from another account
CLOSE_NOT_ALLOWED: Final = "CloseNotAllowed"  # the payment must not close its sender's account
REKEY_NOT_ALLOWED: Final = "RekeyNotAllowed"  # the payment must not rekey its sender

# --- net revenue ------------------------------------------------------------------------------------------------------
ISSUANCE_OPEN: Final = "IssuanceOpen"  # issuance must be closed first
ISSUANCE_IS_CLOSED: Final = "IssuanceIsClosed"  # issuance is closed for ever
NOTHING_ISSUED: Final = "NothingIssued"  # no kW token, or no unit of it, exists yet
INVALID_DEPOSIT: Final = "InvalidDeposit"  # no such deposit
WRONG_CHECKPOINT: Final = "WrongCheckpoint"  # this checkpoint does not hold the record date
NOTHING_TO_CLAIM: Final = "NothingToClaim"  # no units at the record date
ALREADY_CLAIMED: Final = "AlreadyClaimed"  # this deposit was claimed for this holder
INSUFFICIENT_BALANCE: Final = "InsufficientBalance"  # more units than the holder's line has
SELF_TRANSFER: Final = "SelfTransfer"  # sender and receiver are the same
NOT_OPTED_IN: Final = "NotOptedIn"  # the holder must opt in to the asset first
NOTHING_TO_SYNC: Final = "NothingToSync"  # the account has all the units that the book says
EPOCH_OUT_OF_ORDER: Final = "EpochOutOfOrder"  # deposits name months in rising order
DEPOSITS_FULL: Final = "DepositsFull"  # the vault has all the deposits that it can number

# --- offers -----------------------------------------------------------------------------------------------------------
NOT_A_PRODUCER: Final = "NotAProducer"  # the account never recorded production
INSUFFICIENT_AVAILABLE_BALANCE: Final = "InsufficientAvailableBalance"  # virtual less locked is too little
INVALID_OFFER_ID: Final = "InvalidOfferId"  # no such sell offer
OFFER_NOT_ACTIVE: Final = "OfferNotActive"  # the sell offer is closed
NOT_OFFER_SELLER: Final = "NotOfferSeller"  # the caller must be the seller or the operator
INVALID_BUY_OFFER_ID: Final = "InvalidBuyOfferId"  # no such buy offer
BUY_OFFER_NOT_ACTIVE: Final = "BuyOfferNotActive"  # the buy offer is closed
INSUFFICIENT_SELLER_BALANCE: Final = "InsufficientSellerBalance"  # the seller's available energy is too little
NOT_BUY_OFFER_BUYER: Final = "NotBuyOfferBuyer"  # the caller must be the buyer or the operator
SELF_MATCH: Final = "SelfMatch"  # an account never trades with itself
PRICE_CROSS: Final = "PriceCross"  # the seller's price is above the buyer's maximum
NO_BUYER_CONSENT: Final = "NoBuyerConsent"  # the buyer's trading terms do not allow this
NO_SELLER_CONSENT: Final = "NoSellerConsent"  # the seller's trading terms do not allow this
OFFER_STILL_ACTIVE: Final = "OfferStillActive"  # only a closed offer can be pruned
OFFER_EXPIRED: Final = "OfferExpired"  # the sell offer's expiry is past
BUY_OFFER_EXPIRED: Final = "BuyOfferExpired"  # the buy offer's expiry is past
INVALID_EXPIRY: Final = "InvalidExpiry"  # an expiry must not be past
ACCOUNT_NOT_FOUND: Final = "AccountNotFound"  # the account has nothing in the book
ACCOUNT_NOT_EMPTY: Final = "AccountNotEmpty"  # the account has credit, or an open buy offer
