"""The contracts' errors in words."""

from collections.abc import Mapping
from typing import Final

from gridpact.chain.errors import ContractError
from gridpact.cli.words.kinds import Told, refusal
from gridpact.contracts import errors as err

EXPLANATIONS: Final[Mapping[str, tuple[str, str]]] = {
    err.NOT_ADMIN: ("only the admin may do this.", "Use the admin's key, or see `gridpact roles show`."),
    err.NOT_OPERATOR: ("only the operator may do this.", "Use the operator's key, or see `gridpact roles show`."),
    err.NOT_OWNER: (
        "only the operator (the offer book's owner) may do this.",
        "Use the operator's key, or see `gridpact roles show`.",
    ),
    err.NOT_PROPOSED: (
        "only the proposed admin may accept.",
        "Let the admin run `gridpact roles propose ACCOUNT` first.",
    ),
    err.IS_PAUSED: ("the admin has paused this.", "Wait for `gridpact unpause`, or ask the admin."),
    err.ALREADY_SET: ("this is set already and cannot be set again.", "Nothing needs to be done."),
    err.NOT_UPDATABLE: ("this deployment is immutable.", "Deploy a new version from a new epoch."),
    err.NOT_DELETABLE: ("this deployment is permanent.", "Deploy a new version from a new epoch."),
    err.INVALID_APP: (
        "another app of the same creator must be named here.",
        "Deploy the apps with `gridpact deploy`: one account creates them all.",
    ),
    err.INVALID_ADDRESS: ("this address cannot be used here.", "Check the address."),
    err.INVALID_AMOUNT: ("the amount must be above zero and within what it is taken from.", "Check the amount."),
    err.AMOUNT_TOO_LARGE: ("the amount is beyond its bound.", "Check the unit: Wh, kWh, microALGO."),
    err.OVER_SURPLUS: ("that is more than the app has to spare.", "Choose a smaller amount."),
    err.MBR_NOT_PAID: (
        "the storage deposit was not paid.",
        "Run the command again: it measures the deposit again.",
    ),
    err.INVALID_EPOCH: ("an epoch is a month YYYYMM that has begun.", "Check the epoch, for example 202602."),
    err.INVALID_METER: ("no such meter is registered.", "See `gridpact meter list`, or register it."),
    err.INVALID_QUALITY: ("a quality is actual, estimated or substituted.", "Check the quality."),
    err.INVALID_INTERVAL: ("the interval is empty or lies outside the epoch.", "Check start and end."),
    err.READING_TOO_EARLY: ("the reading ends after the chain's clock.", "Wait until the interval is over."),
    err.READING_OVERLAP: (
        "the reading starts before the meter's last one ends.",
        "Correct what is recorded with `gridpact epoch restate EPOCH --to KWH --reason TEXT`.",
    ),
    err.OVER_CAPACITY: (
        "the meter's capacity does not give so much energy in this time.",
        "Check the unit, the interval, and `gridpact meter list`.",
    ),
    err.NO_METER_KEY: ("the meter has no key.", "Let the operator give it one with `rotateMeterKey`."),
    err.INVALID_SEQUENCE: (
        "the meter's signed readings are numbered upwards, and this number was passed.",
        "Nothing needs to be done if the reading is recorded; else sign it again with a higher number.",
    ),
    err.INVALID_SIGNATURE: (
        "the meter's key did not sign exactly this reading for this app on this network.",
        "Let the meter sign it again.",
    ),
    err.READING_NOT_FOUND: ("no such reading was recorded.", "See `gridpact epoch show EPOCH`."),
    err.INVALID_REVISION: ("this is not the reading's next revision.", "See `gridpact epoch show EPOCH`."),
    err.ALREADY_RECORDED: (
        "this reading was recorded before.",
        "Correct it with `gridpact meter import FILE --correct`.",
    ),
    err.EPOCH_NOT_FOUND: ("nothing was recorded for this epoch.", "Record it with `gridpact meter import FILE`."),
    err.EPOCH_NOT_ENDED: ("the month is not over (UTC).", "Wait for its end."),
    err.EPOCH_NOT_FINAL: ("the epoch is not final.", "Close it with `gridpact epoch finalize EPOCH`."),
    err.EPOCH_FINAL: ("the epoch is final.", "Correct it with `gridpact meter import FILE --correct`."),
    err.TOTAL_MISMATCH: ("the expected total is not the recorded total.", "See `gridpact epoch show EPOCH`."),
    err.NOT_CONSUMER: ("the calling app may not draw energy.", "Run `gridpact deploy`: it wires the apps."),
    err.OVER_DRAWN: ("that is more energy than remains.", "See `gridpact epoch show EPOCH`."),
    err.LEDGER_IN_DEFICIT: (
        "a restatement took the total below what was drawn.",
        "Void an invoice or restate upwards; see `gridpact epoch show EPOCH`.",
    ),
    err.AGREEMENT_NOT_FOUND: ("there is no such agreement.", "See `gridpact agreement list`."),
    err.AGREEMENT_INACTIVE: ("the agreement does not cover this epoch.", "See `gridpact agreement show AGREEMENT`."),
    err.INVALID_TERMS: ("a term of the agreement is out of its range.", "See `gridpact agreement create --help`."),
    err.OVER_CAP: ("that is more than the agreement's cap per epoch.", "See `gridpact agreement show AGREEMENT`."),
    err.ALREADY_ALLOCATED: ("the agreement has a live invoice for this epoch.", "See `gridpact invoice show INVOICE`."),
    err.INVOICE_NOT_FOUND: ("there is no such invoice.", "See `gridpact invoice list`."),
    err.ALREADY_PAID: ("the invoice is paid.", "Nothing needs to be done."),
    err.NOT_PAID: (
        "the invoice is not paid.",
        "Void it with `gridpact invoice void INVOICE --reason TEXT`, and allocate again.",
    ),
    err.NOT_ACCEPTED: (
        "the buyer has not accepted the terms.",
        "Let the buyer run `gridpact agreement accept AGREEMENT`.",
    ),
    err.TERMS_MISMATCH: ("the agreement has other terms.", "See `gridpact agreement show AGREEMENT`."),
    err.INVALID_KIND: ("a note of this kind cannot be used here.", "See `gridpact invoice notes INVOICE`."),
    err.NOTE_NOT_FOUND: ("there is no such note on the invoice.", "See `gridpact invoice notes INVOICE`."),
    err.NOTE_SETTLED: ("the note is paid.", "Nothing needs to be done."),
    err.NOTE_IS_VOID: ("the note was voided.", "See `gridpact invoice notes INVOICE`."),
    err.OVER_CREDITED: ("that is more credit than the invoice has left.", "See `gridpact invoice notes INVOICE`."),
    err.OVER_SHORTFALL: (
        "that is more than is left of the invoice's shortfall.",
        "See `gridpact invoice show INVOICE`.",
    ),
    err.NOT_LATE: (
        "no late interest is due.",
        "See `gridpact invoice show INVOICE` and `gridpact agreement show AGREEMENT`.",
    ),
    err.CREDIT_APPLIED: (
        "a credit is set against an invoice.",
        "The operator releases it with `gridpact invoice release-credit INVOICE NOTE`.",
    ),
    err.CREDIT_NOT_APPLIED: ("the credit is set against no invoice.", "See `gridpact invoice notes INVOICE`."),
    err.NOT_TREASURY: ("a credit is refunded by the treasury.", "Use the treasury's key."),
    err.INVOICE_IS_VOID: ("the invoice was voided.", "Wait for its re-issue; see `gridpact invoice list`."),
    err.NOT_BUYER: ("only the invoice's buyer may settle it.", "Use the buyer's key."),
    err.INVALID_BUYER: ("this account cannot be the buyer.", "Check the buyer's address."),
    err.INVALID_TREASURY: ("this account cannot be the treasury.", "Check the treasury's address."),
    err.WRONG_AMOUNT: ("the payment is not the exact amount.", "Pay with `gridpact invoice pay INVOICE`."),
    err.WRONG_RECEIVER: ("the payment goes to the wrong account.", "Pay with `gridpact invoice pay INVOICE`."),
    err.WRONG_SENDER: ("the payment must come from the caller.", "Pay with `gridpact invoice pay INVOICE`."),
    err.WRONG_ASSET: ("the payment is in the wrong asset.", "Pay with `gridpact invoice pay INVOICE`."),
    err.CLAWBACK_NOT_ALLOWED: ("a payment must not claw back.", "Pay from your own holding."),
    err.CLOSE_NOT_ALLOWED: ("a payment must not close an account.", "Pay with `gridpact invoice pay INVOICE`."),
    err.REKEY_NOT_ALLOWED: ("a payment must not rekey an account.", "Pay with `gridpact invoice pay INVOICE`."),
    err.ISSUANCE_OPEN: ("issuance is still open.", "Close it with `gridpact vault close-issuance`."),
    err.ISSUANCE_IS_CLOSED: ("issuance is closed permanently.", "Buy units from a holder."),
    err.NOTHING_ISSUED: (
        "no kW token was issued yet.",
        "Run `gridpact vault bootstrap` and `gridpact vault issue HOLDER KW`.",
    ),
    err.INVALID_DEPOSIT: ("there is no such deposit.", "See `gridpact vault show`."),
    err.WRONG_CHECKPOINT: ("this checkpoint does not hold the record date.", "Run the command again."),
    err.NOTHING_TO_CLAIM: ("the holder had no units at the record date.", "See `gridpact vault show`."),
    err.ALREADY_CLAIMED: ("this deposit was claimed for this holder.", "Nothing needs to be done."),
    err.INSUFFICIENT_BALANCE: ("the holder has fewer units.", "See `gridpact vault show`."),
    err.NOT_OPTED_IN: (
        "the receiver has not opted in to the kW token.",
        "Let the receiver opt in with `gridpact vault opt-in`.",
    ),
    err.EPOCH_OUT_OF_ORDER: (
        "deposits name months in rising order.",
        "Name the last deposit's month or a later one: see `gridpact vault show`.",
    ),
    err.DEPOSITS_FULL: ("this vault has taken all its deposits.", "Deploy a new vault from a new epoch."),
    err.NOTHING_TO_SYNC: ("the holder's units and the book agree.", "Nothing needs to be done."),
    err.SELF_TRANSFER: ("sender and receiver are the same.", "Check the receiver."),
    err.NOT_A_PRODUCER: (
        "the account has never recorded energy production.",
        "Record production first with `gridpact mint:spark`.",
    ),
    err.INSUFFICIENT_AVAILABLE_BALANCE: (
        "insufficient available balance (virtual - locked).",
        "See `gridpact query:balance`; cancel an offer, wait for a match, or mint more with `gridpact mint:spark`.",
    ),
    err.INVALID_OFFER_ID: (
        "invalid offer ID (does not exist).",
        "See `gridpact query:offers`, and use an ID from the list.",
    ),
    err.OFFER_NOT_ACTIVE: (
        "offer is not ACTIVE (already cancelled/completed).",
        "See `gridpact query:offers --offer-id ID`; a closed offer cannot change: create a new one.",
    ),
    err.NOT_OFFER_SELLER: (
        "you are not the seller or contract owner.",
        "Only the offer's creator or the operator can cancel it.",
    ),
    err.INVALID_BUY_OFFER_ID: (
        "invalid buy offer ID (does not exist).",
        "See `gridpact query:buy-offers`, and use an ID from the list.",
    ),
    err.BUY_OFFER_NOT_ACTIVE: (
        "buy offer is not ACTIVE (already cancelled/completed).",
        "See `gridpact query:buy-offers --offer-id ID`; a closed buy offer cannot change: create a new one.",
    ),
    err.INSUFFICIENT_SELLER_BALANCE: (
        "seller has insufficient available balance.",
        "Choose another seller, reduce the amount, or wait for more production.",
    ),
    err.NOT_BUY_OFFER_BUYER: (
        "you are not the buyer or contract owner.",
        "Only the buy offer's creator or the operator can cancel it.",
    ),
    err.SELF_MATCH: ("an account never trades with itself.", "Match offers of two accounts."),
    err.PRICE_CROSS: ("the seller's price is above the buyer's maximum.", "Match offers whose prices meet."),
    err.NO_BUYER_CONSENT: ("the buyer's trading terms do not allow this.", "Let the buyer run `gridpact terms set`."),
    err.NO_SELLER_CONSENT: (
        "the seller's trading terms do not allow this.",
        "Let the seller run `gridpact terms set`.",
    ),
    err.OFFER_STILL_ACTIVE: ("only a closed offer can be pruned.", "Cancel it first."),
    err.OFFER_EXPIRED: ("the sell offer has expired.", "Its seller cancels it, and creates another."),
    err.BUY_OFFER_EXPIRED: ("the buy offer has expired.", "Its buyer cancels it, and creates another."),
    err.INVALID_EXPIRY: ("the expiry is past.", "Choose a later --expiry-ts, or 0 for no end."),
    err.ACCOUNT_NOT_FOUND: ("the account has nothing in the offer book.", "Nothing needs to be done."),
    err.ACCOUNT_NOT_EMPTY: (
        "the account has credit, or an open buy offer.",
        "Consume or transfer the credit, and cancel the offers.",
    ),
}
"""For each error name: a sentence, and the next step."""


@refusal.register
def _(error: ContractError) -> Told:
    if error.name not in EXPLANATIONS:
        return Told(f"The contract refused: {error.name}.")
    sentence, advice = EXPLANATIONS[error.name]
    return Told(f"{error.name}: {sentence}", advice)
