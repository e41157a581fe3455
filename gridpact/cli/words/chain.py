"""The network, keys, files and transactions in words."""

from gridpact.chain import errors
from gridpact.chain.errors import LedgerReason
from gridpact.chain.layout import UnknownLayout
from gridpact.chain.sending import EventsMissing, GroupLostError
from gridpact.chain.work import NotAllServed
from gridpact.cli.words.kinds import Told, counted, listed, refusal
from gridpact.units import money

# --- the ledger -------------------------------------------------------------------------------------------------------

FUND_IT = "Fund the account, then run the command again."

LEDGER_REASONS = {
    LedgerReason.TOO_LITTLE_ALGO: Told("An account has too little ALGO for this.", FUND_IT),
    LedgerReason.BELOW_MINIMUM: Told("An account would fall below its minimum balance.", FUND_IT),
    LedgerReason.NOT_OPTED_IN: Told(
        "The receiver has not opted in to the asset.", "Let the receiver opt in first, then run the command again."
    ),
    LedgerReason.TOO_LITTLE_OF_ASSET: Told(
        "The account holds too little of the asset.", "Check the balance, then run the command again."
    ),
    LedgerReason.THERE_ALREADY: Told("This very transaction is already confirmed.", "Nothing needs to be done."),
    LedgerReason.EXPIRED: Told(
        "The group is no longer valid: too many rounds have passed.", "Build it again and sign it."
    ),
    LedgerReason.SIGNATURE: Told("A signature is missing or wrong.", "Sign with the account that sends."),
}


@refusal.register
def _(error: errors.LedgerError) -> Told:
    known = LEDGER_REASONS.get(error.reason)
    return Told(f"The ledger refused the transaction group: {error.detail}") if known is None else known


@refusal.register
def _(error: errors.OtherProgram) -> Told:
    advice = (
        "Begin a new chain with `python -m localnet reset`, or sign anyway with --allow-other-programs."
        if error.is_localnet
        else "Check the app's id; to work with an earlier deployment, install the version that made it."
    )
    return Told(f"{error.contract.value} (app {error.app_id}) runs another program than this version's.", advice)


@refusal.register
def _(error: errors.AppNotFoundError) -> Told:
    return Told(
        f"There is no app {error.app_id} on this network.",
        "Check the network and GRIDPACT_APP_ID; where nothing is deployed, unset it and run `gridpact deploy`.",
    )


@refusal.register
def _(error: errors.AssetNotFound) -> Told:
    return Told(f"There is no asset {error.asset_id} on this network.", "Check the asset's id.")


@refusal.register
def _(error: errors.NotEnoughFunds) -> Told:
    held, due = money(error.held, error.asset), money(error.due, error.asset)
    return Told(f"{error.payer} can pay {held}; {due} are due.", FUND_IT)


@refusal.register
def _(error: UnknownLayout) -> Told:
    return Told(
        f"An app stores {error.what} differently from how this version reads it.",
        "Use the version that deployed the app.",
    )


# --- groups -----------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: GroupLostError) -> Told:
    return Told(
        "The node has lost the group that it took.",
        "Run the command again: it sends the same group, which happens once at most.",
    )


@refusal.register
def _(error: EventsMissing) -> Told:
    missing = listed(f"{one.contract.value}'s {one.name}" for one in error.missing)
    return Told(
        f"The group is confirmed in round {error.round:,}, but its events are missing or different "
        f"({missing}): {' '.join(error.tx_ids)}.",
        "Look up what these transactions did before you run the command again.",
    )


@refusal.register
def _(error: NotAllServed) -> Told:
    return Told(
        f"{counted(len(error.dropped), 'group')} of the others were refused; everybody else was served. The first: "
        f"{refusal(error.dropped[0].why).sentence}",
        "Run it again for these once their cause is gone.",
    )


@refusal.register
def _(error: errors.GroupTooLarge) -> Told:
    return Told(f"The group has {error.size} transactions; the ledger takes at most {error.most}.", "Split it.")


# --- the outbox -------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.OutboxUnwritable) -> Told:
    return Told(
        f"{error.folder} cannot be written: {error.why}.",
        "Nothing was sent. Make it writable, and run the command again.",
    )


@refusal.register
def _(error: errors.OutboxUnreadable) -> Told:
    return Told(
        f"{error.path} cannot be read: {error.why}.", "Make it readable: it says what an earlier run was sending."
    )


@refusal.register
def _(error: errors.OutboxDamaged) -> Told:
    return Told(
        f"{error.path} is damaged; it was set aside as {error.aside.name}.",
        "Look on chain whether the last run of this command was confirmed, then run it again.",
    )


# --- signed files -----------------------------------------------------------------------------------------------------

SIGN_IT = "Sign the file that --out wrote, as a whole, for example with `algokit task sign`."


@refusal.register
def _(error: errors.NoTransactions) -> Told:
    return Told(f"{error.path} holds no transactions.", SIGN_IT)


@refusal.register
def _(error: errors.NotSigned) -> Told:
    return Told(f"{error.unsigned} of the {error.transactions} transactions in {error.path} are not signed.", SIGN_IT)


@refusal.register
def _(error: errors.NotGrouped) -> Told:
    return Told(f"{error.path} holds transactions that are in no group.", SIGN_IT)


@refusal.register
def _(error: errors.GroupNotWhole) -> Told:
    return Told(f"A group in {error.path} is not whole: some of its transactions are missing or changed.", SIGN_IT)


# --- files ------------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.FileUnreadable) -> Told:
    return Told(f"{error.path} cannot be read: {error.why}.", "Check the file's name.")


@refusal.register
def _(error: errors.FileUnwritable) -> Told:
    return Told(f"{error.path} cannot be written: {error.why}.", "Choose another file.")


@refusal.register
def _(error: errors.FileExists) -> Told:
    what = "is a link" if error.is_link else "is there already"
    return Told(f"{error.path} {what}.", "Choose another file, or overwrite it with --force.")
