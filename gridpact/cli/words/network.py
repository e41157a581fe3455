"""Nodes and keys in words."""

from gridpact.chain.connection import (
    LaggingIndexerError,
    NodeFailure,
    NoNodeError,
    Service,
    ServiceRefusedError,
    WrongTokenError,
)
from gridpact.chain.keys import InvalidAddress, KeyFailure, NoKeyError
from gridpact.cli.words.kinds import Told, refusal

START_ONE = "Start a LocalNet with `python -m localnet start`, or set ALGOD_SERVER, ALGOD_PORT and ALGOD_TOKEN."
SERVICES = {
    Service.INDEXER: Told("The indexer refused", "Check INDEXER_SERVER, INDEXER_PORT and INDEXER_TOKEN."),
    Service.KMD: Told("KMD refused", "Check KMD_PORT and KMD_TOKEN."),
}


@refusal.register
def _(error: NoNodeError) -> Told:
    where = f" at {error.address}" if error.address else ""
    if error.failure is NodeFailure.BAD_ADDRESS:
        return Told(
            f"ALGOD_SERVER is {error.address!r}, which is not an http address.",
            "Set it to an address such as http://localhost.",
        )
    if error.failure is NodeFailure.SILENT:
        return Told(f"No node answers{where} ({error.detail}).", START_ONE)
    if error.detail:
        return Told(
            f"What answers{where} is not an algod node, or lacks what was requested: {error.detail}.", START_ONE
        )
    return Told(f"What answers{where} is not an algod node.", START_ONE)


@refusal.register
def _(error: WrongTokenError) -> Told:
    where = f" at {error.address}" if error.address else ""
    return Told(
        f"The node{where} refuses the API token.",
        "Set ALGOD_TOKEN to the node's token (a LocalNet's is 64 times the letter a).",
    )


@refusal.register
def _(error: LaggingIndexerError) -> Told:
    return Told(
        f"The indexer is at round {error.indexer_round:,}, the network at round {error.network_round:,}.",
        "Wait until it has caught up, and run the command again.",
    )


@refusal.register
def _(error: ServiceRefusedError) -> Told:
    told = SERVICES[error.service]
    return Told(f"{told.sentence}: {error.detail}.", told.advice)


@refusal.register
def _(error: NoKeyError) -> Told:
    role = None if error.role is None else error.role.value.lower()
    variable = "a mnemonic" if error.role is None else error.role.variable
    told = {
        KeyFailure.BOTH_NAMED: ("A wallet and a mnemonic were both named.", "Name one of them."),
        KeyFailure.NOT_SET: (
            f"The environment variable {error.name} is not set.",
            "Set it to the account's 25 words.",
        ),
        KeyFailure.NO_MNEMONIC: (
            f"{error.name} holds no mnemonic of 25 words.",
            "Check the words and their order.",
        ),
        KeyFailure.ANOTHER_ACCOUNT: (
            f"The key belongs to {error.name}, but {error.address} must sign.",
            "Name the right key with --wallet or --mnemonic-env, or write the group with --out.",
        ),
        KeyFailure.NO_LOCALNET: (
            f"Wallets of KMD are used on a LocalNet only; this is {error.name}.",
            "Name a mnemonic with --mnemonic-env, or write the group with --out.",
        ),
        KeyFailure.NO_WALLET: (
            f"The LocalNet has no wallet {error.name!r} (there are: {', '.join(error.known) or 'none yet'}).",
            f"Make it with `gridpact account create {error.name or 'NAME'}`.",
        ),
        KeyFailure.NOBODY_NAMED: (
            f"No {role or 'account'} was given.",
            f"Name the account, or a key with --wallet or --mnemonic-env, or set {variable}.",
        ),
        KeyFailure.NOT_FOUND: (
            f"There is no key for {error.address}, who must sign as {role or 'sender'}.",
            f"Set {variable}, name a key with --mnemonic-env, or write the group with --out.",
        ),
    }
    return Told(*told[error.failure])


@refusal.register
def _(error: InvalidAddress) -> Told:
    return Told(f"The {error.what} {error.text!r} is not an Algorand address.", "Check it for a typing error.")
