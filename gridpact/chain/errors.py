"""Why something did not happen, in one sentence, and what to do next.

Everything that the library raises on purpose is a `GridPactError`. A refusal by a contract is a `ContractError` and
carries the error's name of `smart_contracts.shared.errors`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from algokit_utils.applications.app_client import get_constant_block_offset

from gridpact.chain.specs import Contract, spec
from gridpact.contracts import errors as err
from gridpact.errors import GridPactError as GridPactError


class ContractError(GridPactError):
    """A contract refused a call."""

    is_final = True

    def __init__(self, name: str, app_id: int, node_text: str) -> None:
        sentence, advice = EXPLANATIONS.get(name, (f"The contract refused: {name}.", ""))
        super().__init__(f"{name}: {sentence}" if name in EXPLANATIONS else sentence, advice)
        self.name = name
        """The error's name; for a check of the compiler's, its ARC-56 message."""
        self.app_id = app_id
        """The app whose program failed: the innermost one."""
        self.node_text = node_text

    @property
    def code(self) -> str:
        """The contract's name for it."""
        return self.name


class LedgerError(GridPactError):
    """The ledger refused a group for a reason of its own: balance, signature, duplicate, validity, opt-in."""

    def __init__(self, node_text: str, *, is_final: bool = True) -> None:
        sentence, advice = _ledger_reason(node_text)
        super().__init__(sentence, advice)
        self.node_text = node_text
        self.is_final = is_final


@dataclass(eq=False)
class FileUnreadable(GridPactError):
    """A file that somebody named cannot be read."""

    path: Path
    why: str


@dataclass(eq=False)
class FileUnwritable(GridPactError):
    """A file that somebody named cannot be written."""

    path: Path
    why: str


ERROR_NAMES: Final = frozenset(value for name, value in vars(err).items() if name.isupper())
"""Every error name that a contract can give."""

_FAILURE: Final = re.compile(r"app=(?P<app>\d+), pc=(?P<pc>\d+)")


def from_node_text(text: str, apps: Mapping[int, tuple[Contract, bytes]]) -> GridPactError:
    """What a node's refusal means.

    A failed call names app and program counter; in a chain of inner calls the innermost failure comes first in the
    text. The program counter is looked up in that app's ARC-56 document.

    Args:
        text: the node's message, or a simulation's failure message.
        apps: for each known app id its contract and its approval program as deployed.
    """
    failure = _FAILURE.search(text)
    if failure is not None:
        app_id = int(failure["app"])
        if app_id in apps:
            contract, program = apps[app_id]
            name = message_at(contract, program, int(failure["pc"]))
            if name is not None:
                return ContractError(name, app_id, text)
    return LedgerError(text)


def message_at(contract: Contract, program: bytes, pc: int) -> str | None:
    """The ARC-56 error message of a program counter, or None where the program can fail there without one.

    Args:
        contract: whose document to read.
        program: the approval program as deployed: template variables move its counters by the constant blocks.
        pc: program counter that the node named.
    """
    # The document counts from the first operation after the constant blocks; algokit's offset leaves the version byte
    # out.
    first_pc = get_constant_block_offset(program) + 1
    return _messages(contract).get(pc - first_pc)


@cache
def _messages(contract: Contract) -> dict[int, str]:
    source = spec(contract)["sourceInfo"]["approval"]
    if source["pcOffsetMethod"] != "cblocks":
        msg = f"{contract}: program counters are not relative to the constant blocks"
        raise ValueError(msg)
    return {
        counter: entry["errorMessage"]
        for entry in source["sourceInfo"]
        if "errorMessage" in entry
        for counter in entry["pc"]
    }


def _ledger_reason(text: str) -> tuple[str, str]:
    for pattern, sentence, advice in _LEDGER_REASONS:
        if re.search(pattern, text):
            return sentence, advice
    # A malformed transaction is printed whole before the reason: keep the reason.
    return f"The ledger refused the transaction group: {text.rpartition('} invalid : ')[2]}", ""


_LEDGER_REASONS: Final = (
    (r"overspend", "An account has too little ALGO for this.", "Fund the account and run the command again."),
    (
        r"balance \d+ below min",
        "An account would fall below its minimum balance.",
        "Fund the account and run the command again.",
    ),
    (
        r"must optin",
        "The receiver has not opted in to the asset.",
        "Let the receiver opt in first, then run the command again.",
    ),
    (
        r"underflow on subtracting",
        "The account holds too little of the asset.",
        "Check the balance, then run the command again.",
    ),
    (r"already in ledger", "This very transaction is confirmed already.", "Nothing needs to be done."),
    (r"txn dead", "The group is no longer valid: too many rounds have passed.", "Build it again and sign it."),
    (
        r"should have been authorized by|signedtxn has no sig|logic eval error: .*signature",
        "A signature is missing or wrong.",
        "Sign with the account that sends.",
    ),
)

EXPLANATIONS: Final[Mapping[str, tuple[str, str]]] = {
    err.NOT_ADMIN: ("only the admin may do this.", "Use the admin's key, or see `gridpact roles show`."),
    err.NOT_OPERATOR: ("only the operator may do this.", "Use the operator's key, or see `gridpact roles show`."),
    err.NOT_OWNER: (
        "only the operator (the offer book's owner) may do this.",
        "Use the operator's key, or see `gridpact roles show`.",
    ),
    err.NOT_PROPOSED: ("only the proposed admin may accept.", "Let the admin run `gridpact roles propose` first."),
    err.IS_PAUSED: ("the admin has paused this.", "Wait for `gridpact unpause`, or ask the admin."),
    err.ALREADY_SET: ("this is set already and cannot be set again.", "Nothing needs to be done."),
    err.NOT_UPDATABLE: ("this deployment is immutable.", "Deploy a new version from a new epoch."),
    err.NOT_DELETABLE: ("this deployment is permanent.", "Deploy a new version from a new epoch."),
    err.INVALID_APP: ("an app id is missing.", "Name the app."),
    err.INVALID_ADDRESS: ("this address cannot be used here.", "Check the address."),
    err.INVALID_AMOUNT: ("the amount must be above zero and within what it is taken from.", "Check the amount."),
    err.AMOUNT_TOO_LARGE: ("the amount is beyond its bound.", "Check the unit: Wh, kWh, microALGO."),
    err.MBR_NOT_PAID: ("the storage deposit was not paid exactly.", "Run the command again: it measures it anew."),
    err.INVALID_EPOCH: ("an epoch is a month YYYYMM that has begun.", "Check the epoch, for example 202602."),
    err.INVALID_METER: ("no such meter is registered.", "See `gridpact meter list`, or register it."),
    err.INVALID_QUALITY: ("a quality is actual, estimated or substituted.", "Check the quality."),
    err.INVALID_INTERVAL: ("the interval is empty or lies outside the epoch.", "Check start and end."),
    err.READING_NOT_FOUND: ("no such reading was recorded.", "See `gridpact epoch show`."),
    err.INVALID_REVISION: ("this is not the reading's next revision.", "See `gridpact epoch show`."),
    err.ALREADY_RECORDED: ("this reading was recorded before.", "Correct it with `gridpact epoch restate`."),
    err.EPOCH_NOT_FOUND: ("nothing was recorded for this epoch.", "Record it with `gridpact meter import`."),
    err.EPOCH_NOT_ENDED: ("the month is not over (UTC).", "Wait for its end."),
    err.EPOCH_NOT_FINAL: ("the epoch is not final.", "Close it with `gridpact epoch finalize`."),
    err.EPOCH_FINAL: ("the epoch is final.", "Correct it with `gridpact epoch restate`."),
    err.TOTAL_MISMATCH: ("the expected total is not the recorded total.", "See `gridpact epoch show`."),
    err.NOT_CONSUMER: ("the calling app may not draw energy.", "Run `gridpact deploy`: it wires the apps."),
    err.OVER_DRAWN: ("that is more energy than remains.", "See `gridpact epoch show`."),
    err.LEDGER_IN_DEFICIT: (
        "a restatement took the total below what was drawn.",
        "Void an invoice or restate upwards; see `gridpact epoch show`.",
    ),
    err.AGREEMENT_NOT_FOUND: ("there is no such agreement.", "See `gridpact agreement list`."),
    err.AGREEMENT_INACTIVE: ("the agreement does not cover this epoch.", "See `gridpact agreement show`."),
    err.INVALID_TERMS: ("a term of the agreement is out of its range.", "See `gridpact agreement create --help`."),
    err.OVER_CAP: ("that is more than the agreement's cap per epoch.", "See `gridpact agreement show`."),
    err.ALREADY_ALLOCATED: ("the agreement has a live invoice for this epoch.", "See `gridpact invoice show`."),
    err.INVOICE_NOT_FOUND: ("there is no such invoice.", "See `gridpact invoice list`."),
    err.ALREADY_PAID: ("the invoice is paid.", "Nothing needs to be done."),
    err.INVOICE_IS_VOID: ("the invoice was voided.", "Wait for its re-issue; see `gridpact invoice list`."),
    err.NOT_BUYER: ("only the invoice's buyer may settle it.", "Use the buyer's key."),
    err.INVALID_BUYER: ("this account cannot be the buyer.", "Check the buyer's address."),
    err.INVALID_TREASURY: ("this account cannot be the treasury.", "Check the treasury's address."),
    err.WRONG_AMOUNT: ("the payment is not the exact amount.", "Pay with `gridpact invoice pay`."),
    err.WRONG_RECEIVER: ("the payment goes to the wrong account.", "Pay with `gridpact invoice pay`."),
    err.WRONG_SENDER: ("the payment must come from the caller.", "Pay with `gridpact invoice pay`."),
    err.WRONG_ASSET: ("the payment is in the wrong asset.", "Pay with `gridpact invoice pay`."),
    err.CLAWBACK_NOT_ALLOWED: ("a payment must not claw back.", "Pay from your own holding."),
    err.CLOSE_NOT_ALLOWED: ("a payment must not close an account.", "Pay with `gridpact invoice pay`."),
    err.REKEY_NOT_ALLOWED: ("a payment must not rekey an account.", "Pay with `gridpact invoice pay`."),
    err.ISSUANCE_OPEN: ("issuance is still open.", "Close it with `gridpact vault close-issuance`."),
    err.ISSUANCE_IS_CLOSED: ("issuance is closed for ever.", "Buy units from a holder."),
    err.NOTHING_ISSUED: ("no kW token was issued yet.", "Run `gridpact vault bootstrap` and `gridpact vault issue`."),
    err.INVALID_DEPOSIT: ("there is no such deposit.", "See `gridpact vault show`."),
    err.WRONG_CHECKPOINT: ("this checkpoint does not hold the record date.", "Run the command again."),
    err.NOTHING_TO_CLAIM: ("the holder had no units at the record date.", "See `gridpact vault show`."),
    err.ALREADY_CLAIMED: ("this deposit was claimed for this holder.", "Nothing needs to be done."),
    err.INSUFFICIENT_BALANCE: ("the holder has fewer units.", "See `gridpact vault show`."),
    err.NOT_OPTED_IN: (
        "the receiver has not opted in to the kW token.",
        "Let the receiver opt in with `gridpact vault opt-in`.",
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
}
"""For each error name: a sentence, and the next step."""
