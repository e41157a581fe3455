"""What `gridpact doctor` found, in words."""

from functools import singledispatch

from gridpact import units as fmt
from gridpact.cli import words
from gridpact.cli.words.deployment import programs_of
from gridpact.cli.words.kinds import Told, counted, listed
from gridpact.deployment import checkup
from gridpact.deployment.checkup import Fact, Finding, Health


def tell(finding: Finding) -> Told:
    """A finding, and the next step where something is not well."""
    if finding.refusal is not None:
        return words.refusal(finding.refusal)
    assert finding.fact is not None, "a finding is a fact or a refusal"
    return fact(finding.fact)


@singledispatch
def fact(seen: Fact) -> Told:
    """What was seen."""
    msg = f"{type(seen).__name__} has no words"
    raise NotImplementedError(msg)


@fact.register
def _(seen: checkup.Versions) -> Told:
    return Told(f"gridpact {seen.gridpact}, algokit-utils {seen.algokit_utils}, Python {seen.python}.")


@fact.register
def _(seen: checkup.Node) -> Told:
    return Told(
        f"algod {seen.version} at {seen.address} answers for {seen.network} ({seen.genesis_id}), "
        f"round {seen.last_round:,}; it takes the token."
    )


@fact.register
def _(seen: checkup.Clock) -> Told:
    sentence = f"The newest block is of {fmt.moment(seen.chain_ts)}, {_away(seen.own_ts - seen.chain_ts)}."
    if seen.health is Health.GOOD:
        return Told(sentence)
    return Told(sentence, "Check this machine's clock, and whether the node has caught up.")


@fact.register
def _(seen: checkup.Indexer) -> Told:
    behind = seen.network_round - seen.indexer_round
    sentence = f"The indexer is at round {seen.indexer_round:,}, {counted(max(behind, 0), 'round')} behind."
    if seen.health is Health.GOOD:
        return Told(sentence)
    return Told(sentence, "Lists from the past are not complete until it has caught up.")


@fact.register
def _(_: checkup.NoIndexer) -> Told:
    return Told(
        "No indexer is configured.",
        "Set INDEXER_SERVER beside ALGOD_SERVER to see trades and history; GRIDPACT_APP_ID finds the apps without it.",
    )


@fact.register
def _(seen: checkup.Kmd) -> Told:
    return Told(f"KMD answers, with {counted(seen.wallets, 'wallet')}.")


@fact.register
def _(_: checkup.NoKmd) -> Told:
    return Told("No KMD is configured.", "Set KMD_PORT beside ALGOD_SERVER to use a LocalNet's wallets.")


@fact.register
def _(seen: checkup.AppsFound) -> Told:
    return Told(f"{listed(f'{contract.value} ({app_id})' for contract, app_id in seen.app_ids)} know one another.")


@fact.register
def _(seen: checkup.AppPaused) -> Told:
    return Told(f"{seen.contract.value} (app {seen.app_id}) is paused.", "Its admin ends that with `gridpact unpause`.")


@fact.register
def _(seen: checkup.AppPrograms) -> Told:
    sentence = f"{seen.contract.value} (app {seen.app_id}): {programs_of(seen.admin, seen.programs)}"
    if seen.health is Health.GOOD:
        return Told(sentence)
    return Told(sentence, "Check the app's id, or install the version that made the deployment.")


@fact.register
def _(seen: checkup.Balance) -> Told:
    free = seen.balance_microalgo - seen.minimum_microalgo
    held = f"{fmt.money(seen.balance_microalgo)}, {fmt.money(max(free, 0))} of it free"
    sentence = f"{seen.holder[:1].upper()}{seen.holder[1:]} ({fmt.short(seen.address)}) has {held}."
    if seen.health is Health.GOOD:
        return Told(sentence)
    return Told(sentence, f"Send it at least {fmt.money(seen.spare_microalgo - free)}: {seen.address}.")


@fact.register
def _(seen: checkup.Key) -> Told:
    sentence = f"{seen.variable} is the key of {seen.address}."
    if seen.belongs_to is None:
        return Told(sentence)
    return Told(sentence, f"On chain the role belongs to {seen.belongs_to}.")


@fact.register
def _(seen: checkup.NoKeys) -> Told:
    where = "KMD's wallets sign." if seen.is_localnet else "Groups can be written out with --out and signed elsewhere."
    return Told(f"The environment holds no mnemonic. {where}")


def _away(seconds: int) -> str:
    if seconds == 0:
        return "this machine's time"
    return f"{abs(seconds):,} seconds {'behind' if seconds > 0 else 'ahead of'} this machine's clock"
