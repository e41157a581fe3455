"""Deployments and roles in words."""

from collections.abc import Iterable

from gridpact import units as fmt
from gridpact.chain.events import Event
from gridpact.chain.programs import Programs
from gridpact.chain.specs import Contract
from gridpact.cli.words.kinds import Names, Phrase, Told, already, intent, listed, refusal, tells
from gridpact.deployment import errors
from gridpact.deployment.corrections import Mend, Return
from gridpact.deployment.effects import (
    AccountFunded,
    AccountsMade,
    AdminChanged,
    AdminProposed,
    AppCreated,
    AppFunded,
    ConsumerSet,
    OperatorChanged,
    OperatorNamed,
    Paused,
    Unpaused,
)
from gridpact.deployment.record import APP_ID_VARIABLE

# --- programs ---------------------------------------------------------------------------------------------------------


def programs_text(apps: Iterable[tuple[Contract, int, str, Programs]]) -> list[str]:
    """What programs the apps run, and who may change them: one line for all that are alike.

    Args:
        apps: contract, app id, admin and programs of each.
    """
    alike: dict[str, list[str]] = {}
    for contract, app_id, admin, programs in apps:
        alike.setdefault(programs_of(fmt.short(admin), programs), []).append(f"{contract.value} (app {app_id})")
    every = len(alike) == 1
    return [f"{'Programs' if every else listed(names)}: {text}" for text, names in alike.items()]


def programs_of(admin: str, programs: Programs) -> str:
    """What programs an app runs, and who may change them."""
    if not programs.is_ours:
        return "OTHER PROGRAMS than this version's; nothing is signed for them."
    may = [what for what, is_so in (("UPDATABLE", programs.updatable), ("DELETABLE", programs.deletable)) if is_so]
    if not may:
        return "this version's, IMMUTABLE."
    return f"this version's, {' and '.join(may)} by the admin {admin}."


# --- a month that was restated ---------------------------------------------------------------------------------------


def mend(one: Mend, recorded_wh: int, asset: fmt.Asset) -> str:
    """What brings an invoice to its share of a restated month."""
    invoice = one.invoice.invoice_id
    kwh, share = fmt.energy_kwh(one.invoice.net_kwh), fmt.energy_kwh(one.share_kwh)
    stands = f"Invoice {invoice} is over {kwh}; its share of {fmt.energy(recorded_wh)} is {share}"
    if not one.invoice.is_paid:
        again = f", then `gridpact allocate {invoice.epoch_id} {invoice.agreement_id} {one.share_kwh}`"
        return f"{stands}: `gridpact invoice void {invoice} --reason TEXT`{again if one.share_kwh else ''}."
    kind, money = "credit" if one.change_kwh < 0 else "debit", fmt.money(one.amount, asset)
    note = f"a {kind} note of {fmt.energy_kwh(abs(one.change_kwh))}, {money}"
    return f"{stands}: {note}: `gridpact invoice correct {invoice} --kwh {one.change_kwh} --reason TEXT`."


def give_back(one: Return) -> str:
    """What a deposit has to return to a restated month."""
    kwh = fmt.number(one.wh, 3).replace(",", "")
    energy = fmt.energy(one.wh)
    return (
        f"Deposit {one.deposit_id} drew {energy} too much: `gridpact vault return-energy {one.deposit_id} --kwh {kwh}`."
    )


# --- evidence ---------------------------------------------------------------------------------------------------------


def named_nowhere() -> str:
    """What is kept has no place on chain."""
    return "It is kept, but nothing on chain has this hash: the text has to be exactly the one that was sent."


def no_evidence() -> str:
    """The chain names nothing."""
    return "Nothing on chain has such a hash."


@refusal.register
def _(error: errors.EvidenceChanged) -> Told:
    return Told(
        f"{error.path} was changed: it is not what its hash on chain stands for.",
        "Move it away, and add what was sent with `gridpact evidence add FILE`.",
    )


# --- effects: deploy --------------------------------------------------------------------------------------------------


@intent.register
def _(effect: AccountsMade) -> Phrase:
    return Phrase("make", f"the LocalNet's accounts {listed(effect.names)}", "made")


@intent.register
def _(effect: AccountFunded) -> Phrase:
    amount = fmt.money(effect.amount_microalgo)
    return Phrase("give", f"the LocalNet's {effect.name} ({effect.address}) {amount}", "gave")


@intent.register
def _(effect: AppCreated) -> Phrase:
    app = "" if effect.app_id is None else f" as app {effect.app_id}"
    return Phrase("create", f"{effect.contract.value}{app}", "created")


@intent.register
def _(effect: AppFunded) -> Phrase:
    amount = "its" if effect.amount_microalgo is None else f"{fmt.money(effect.amount_microalgo)} of"
    return Phrase("give", f"{effect.contract.value} {amount} minimum balance", "gave")


@intent.register
def _(effect: ConsumerSet) -> Phrase:
    return Phrase("let", f"{effect.contract.value} draw from KWhReceipt", "let")


@intent.register
def _(effect: OperatorNamed) -> Phrase:
    if effect.operator is None:
        return Phrase("name", f"the operator of {effect.contract.value}", "named")
    return Phrase("make", f"{effect.operator} the operator of {effect.contract.value}", "made")


# --- effects: roles ---------------------------------------------------------------------------------------------------


@intent.register
def _(effect: AdminProposed) -> Phrase:
    return Phrase("propose", f"{effect.admin} as the admin of {effect.contract.value}")


@already.register
def _(effect: AdminProposed) -> str:
    return f"{effect.contract.value} has {effect.admin} as its proposed or present admin."


@intent.register
def _(effect: AdminChanged) -> Phrase:
    return Phrase("make", f"{effect.admin} the admin of {effect.contract.value}")


@already.register
def _(effect: AdminChanged) -> str:
    return f"{effect.contract.value} has {effect.admin} as its admin."


@intent.register
def _(effect: OperatorChanged) -> Phrase:
    return Phrase("make", f"{effect.operator} the operator of {effect.contract.value}")


@already.register
def _(effect: OperatorChanged) -> str:
    return f"{effect.contract.value} has {effect.operator} as its operator."


@intent.register
def _(effect: Paused) -> Phrase:
    return Phrase("pause", effect.contract.value)


@already.register
def _(effect: Paused) -> str:
    return f"{effect.contract.value} is paused."


@intent.register
def _(effect: Unpaused) -> Phrase:
    return Phrase("unpause", effect.contract.value)


@already.register
def _(effect: Unpaused) -> str:
    return f"{effect.contract.value} is not paused."


# --- events -----------------------------------------------------------------------------------------------------------


@tells("Created")
def _(event: Event, names: Names) -> str:
    admin, program = event.text("admin"), event.raw("programHash").hex()
    return f"Created {names.app(event.app_id)}: admin {admin}, program {program}."


@tells("AdminProposed")
def _(event: Event, names: Names) -> str:
    return f"Proposed {event.text('proposedAdmin')} as the admin of {names.app(event.app_id)}."


@tells("AdminChanged")
def _(event: Event, names: Names) -> str:
    previous = event.text("previousAdmin")
    return f"Made {event.text('admin')} the admin of {names.app(event.app_id)} instead of {previous}."


@tells("OperatorChanged")
def _(event: Event, names: Names) -> str:
    previous = event.text("previousOperator")
    return f"Made {event.text('operator')} the operator of {names.app(event.app_id)} instead of {previous}."


@tells("Paused")
def _(event: Event, names: Names) -> str:
    return f"Paused {names.app(event.app_id)}."


@tells("Unpaused")
def _(event: Event, names: Names) -> str:
    return f"Unpaused {names.app(event.app_id)}."


# --- refusals ---------------------------------------------------------------------------------------------------------

RUN_DEPLOY = "Run `gridpact deploy`: it resumes where it stopped."


@refusal.register
def _(error: errors.NoDeployer) -> Told:
    return Told(
        f"There is no deployer for {error.network}.", "Set DEPLOYER_MNEMONIC, or name a key with --mnemonic-env."
    )


@refusal.register
def _(error: errors.OtherConsumer) -> Told:
    name = error.contract.value
    return Told(
        f"KWhReceipt knows app {error.known_app_id} as its {name}, permanently, not app {error.app_id}.",
        "Deploy from another account, from a new epoch.",
    )


@refusal.register
def _(error: errors.NotDeployedError) -> Told:
    return Told(
        f"The contracts are not deployed on {error.network}.",
        f"Run `gridpact deploy`, or set {APP_ID_VARIABLE} to the id of KWhReceipt.",
    )


@refusal.register
def _(error: errors.NotWired) -> Told:
    missing = listed(contract.value for contract in error.missing)
    return Told(f"KWhReceipt (app {error.kwh_receipt_id}) does not know its {missing} yet.", RUN_DEPLOY)


@refusal.register
def _(error: errors.InvalidAppId) -> Told:
    return Told(f"{error.variable} is {error.text!r}, which is not an app id.", "Set it to the id of KWhReceipt.")


@refusal.register
def _(error: errors.NotKWhReceipt) -> Told:
    return Told(f"App {error.app_id} is not a KWhReceipt.", f"Set {error.variable} to the id of KWhReceipt.")


@refusal.register
def _(error: errors.RecordUnreadable) -> Told:
    return Told(f"{error.path} cannot be read: {error.why}.", "Make it readable, or delete it.")


@refusal.register
def _(error: errors.RecordDamaged) -> Told:
    return Told(f"{error.path} is damaged.", "Delete it and run `gridpact deploy`: it finds the apps again.")


@refusal.register
def _(error: errors.RecordUnwritable) -> Told:
    return Told(
        f"The apps are deployed, but {error.path} cannot be written: {error.why}.",
        f"Make it writable, or set {APP_ID_VARIABLE}={error.kwh_receipt_id}.",
    )


@refusal.register
def _(error: errors.NotProposed) -> Told:
    return Told(
        f"{error.account} is not proposed as the admin of {error.contract.value}.",
        f"Let the admin run `gridpact roles propose {error.account}` first.",
    )


# --- before a deposit -------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.NotBilled) -> Told:
    several = len(error.agreements) > 1
    which = f"Agreement{'s' if several else ''} {listed(map(str, error.agreements))}"
    options = " ".join(f"--unbilled {one}" for one in error.agreements)
    return Told(
        f"{which} {'cover' if several else 'covers'} {fmt.epoch(error.epoch_id)} and {'have' if several else 'has'} no "
        f"invoice for it: a deposit takes the remaining {fmt.energy(error.remaining_wh)} for ever.",
        f"Allocate first with `gridpact allocate {error.epoch_id} AGREEMENT KWH`, "
        f"or confirm that they get none with {options}.",
    )


@refusal.register
def _(error: errors.NewerMonthWaits) -> Told:
    return Told(
        f"{fmt.epoch(error.newer_epoch)} is final and has no deposit, but this one is for {fmt.epoch(error.epoch_id)}.",
        "Name the newer month, or add --older.",
    )
