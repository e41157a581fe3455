"""Nodes and keys in words."""

from gridpact import addresses
from gridpact.chain import connection, keys, kmd, mnemonics
from gridpact.cli.errors import NobodyNamed
from gridpact.cli.words.kinds import Told, counted, listed, refusal

# --- nodes ------------------------------------------------------------------------------------------------------------

BOOK = "It is TOML: a name, an equals sign, and an address in quotation marks on each line."
START = "Start a LocalNet with `python -m localnet start`, or set ALGOD_SERVER, ALGOD_PORT and ALGOD_TOKEN."


@refusal.register
def _(error: connection.NoNodeError) -> Told:
    return Told(
        f"No node answers{_at(error.address)}{_through(error.proxy)} ({error.why}).", _direct(error.proxy) or START
    )


@refusal.register
def _(error: connection.NotANodeError) -> Told:
    where = error.address or "what answers"
    if not error.why:
        return Told(f"There is no algod node at {where}.", START)
    return Told(f"There is no algod node at {where}, or it lacks what was requested: {error.why}.", START)


@refusal.register
def _(error: connection.BadAddressError) -> Told:
    return Told(
        f"ALGOD_SERVER is {error.address!r}, which is not an http address.",
        "Set it to an address such as http://localhost.",
    )


@refusal.register
def _(error: connection.WrongTokenError) -> Told:
    return Told(
        f"The node{_at(error.address)} refuses the API token.",
        "Set ALGOD_TOKEN to the node's token (a LocalNet's is 64 times the letter a).",
    )


@refusal.register
def _(error: connection.NoIndexerError) -> Told:
    return Told(
        f"The indexer{_at(error.address)} does not answer{_through(error.proxy)} ({error.why}).",
        _direct(error.proxy) or "Start it, or check INDEXER_SERVER and INDEXER_PORT.",
    )


@refusal.register
def _(error: connection.NoKmdError) -> Told:
    return Told(
        f"KMD{_at(error.address)} does not answer{_through(error.proxy)} ({error.why}).",
        _direct(error.proxy) or "Start it, check KMD_SERVER and KMD_PORT, or name a mnemonic with --mnemonic-env.",
    )


@refusal.register
def _(error: connection.IndexerFailure) -> Told:
    return Told(f"The indexer refused: {error.why}.", "Check INDEXER_SERVER, INDEXER_PORT and INDEXER_TOKEN.")


@refusal.register
def _(_: connection.IndexerNotNamed) -> Told:
    return Told(
        "This needs an indexer, and none is configured beside algod.",
        "Set INDEXER_SERVER beside ALGOD_SERVER; to find the apps, GRIDPACT_APP_ID does as well.",
    )


@refusal.register
def _(error: connection.OtherChain) -> Told:
    return Told(
        f"The indexer, at round {error.indexer_round:,} of {error.indexer_genesis}, follows another chain than algod, "
        f"which is on {error.algod_genesis}.",
        "Check INDEXER_SERVER and INDEXER_PORT.",
    )


@refusal.register
def _(error: connection.KmdFailure) -> Told:
    return Told(f"KMD refused: {error.why}.", "Check KMD_PORT and KMD_TOKEN.")


@refusal.register
def _(error: connection.LaggingIndexerError) -> Told:
    return Told(
        f"The indexer is at round {error.indexer_round:,}, the network at round {error.network_round:,}.",
        "Wait until it has caught up, and run the command again.",
    )


# --- keys -------------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: keys.TwoKeysNamed) -> Told:
    return Told("A wallet and a mnemonic were both named.", "Name one of them.")


@refusal.register
def _(error: keys.VariableNotSet) -> Told:
    return Told(f"The environment variable {error.variable} is not set.", "Set it to the account's 25 words.")


@refusal.register
def _(_: keys.WordsInsteadOfName) -> Told:
    return Told(
        "--mnemonic-env takes the name of an environment variable, not the words of a key.",
        "Put the words in a variable, such as OPERATOR_MNEMONIC, and name it. Whoever saw these words has the key.",
    )


CHECK_WORDS = "Check the words against what you wrote down; none of them is shown here."


@refusal.register
def _(error: mnemonics.NotAMnemonic) -> Told:
    return Told(f"{error.variable} holds {counted(error.words, 'word')}, not the 25 of an Algorand key.", CHECK_WORDS)


@refusal.register
def _(error: mnemonics.Bip39Mnemonic) -> Told:
    return Told(
        f"{error.variable} holds 24 words: the BIP-39 phrase of a wallet, not the 25 words of an Algorand key.",
        "Export the account's 25 words from the wallet; or unset the variable and sign there: --out writes the group.",
    )


@refusal.register
def _(error: mnemonics.MisspeltWord) -> Told:
    return Told(f"Word {error.position} of {error.variable} is misspelt: it is in no word list.", CHECK_WORDS)


@refusal.register
def _(error: mnemonics.WrongWords) -> Told:
    return Told(
        f"The 25 words of {error.variable} do not belong together: their checksum is wrong.",
        "One of them is another word, or they are in another order. " + CHECK_WORDS,
    )


@refusal.register
def _(error: keys.WrongKey) -> Told:
    return Told(
        f"The key belongs to {error.address}, but {error.needed} must sign.",
        "Name the right key with --wallet or --mnemonic-env, or write the group with --out.",
    )


@refusal.register
def _(error: keys.KeyMissing) -> Told:
    return Told(
        f"There is no key for {error.address}, who must sign as {error.role.value.lower()}.",
        f"Set {error.role.variable}, name a key with --mnemonic-env, or write the group with --out.",
    )


@refusal.register
def _(error: kmd.NoKmd) -> Told:
    return Told(
        f"Wallets of KMD are used on a LocalNet only; this is {error.network}.",
        "Name a mnemonic with --mnemonic-env, or write the group with --out.",
    )


@refusal.register
def _(_: kmd.KmdNotNamed) -> Told:
    return Told(
        "This needs KMD, and none is configured beside algod.",
        "Set KMD_PORT beside ALGOD_SERVER, or name a mnemonic with --mnemonic-env.",
    )


@refusal.register
def _(error: kmd.WalletNotFound) -> Told:
    known = listed(error.known) or "none yet"
    return Told(
        f"The LocalNet has no wallet {error.name!r} (there are: {known}).",
        f"Make it with `gridpact account create {error.name}`.",
    )


@refusal.register
def _(error: kmd.WalletLocked) -> Told:
    return Told(
        f"The wallet {error.name!r} has a password.",
        "Name a mnemonic with --mnemonic-env, or another wallet; see `gridpact account list`.",
    )


@refusal.register
def _(error: keys.Rekeyed) -> Told:
    return Told(
        f"{error.address} is rekeyed to {error.authority}, whose key is needed.",
        "Name that key with --wallet or --mnemonic-env, or write the group with --out.",
    )


@refusal.register
def _(error: keys.NotAnAddress) -> Told:
    return Told(f"The {error.what} {error.text!r} is not an Algorand address.", "Check it for a typing error.")


@refusal.register
def _(error: NobodyNamed) -> Told:
    return Told(
        f"No {error.role.value.lower()} was named.",
        f"Name the account, or a key with --wallet or --mnemonic-env, or set {error.role.variable}.",
    )


# --- the address book -------------------------------------------------------------------------------------------------


@refusal.register
def _(error: addresses.AddressBookUnreadable) -> Told:
    return Told(f"The address book {error.path} cannot be read: {error.why}.", BOOK)


@refusal.register
def _(error: addresses.NoAddressOfName) -> Told:
    return Told(f"{error.name!r} in {error.path} is not an Algorand address.", "Check it for a typing error.")


@refusal.register
def _(error: addresses.NoName) -> Told:
    return Told(
        f"{error.name!r} in {error.path} cannot be a name.",
        f"A name has 1 to {addresses.LONGEST_NAME} printable characters, and is not an address.",
    )


def _through(proxy: str) -> str:
    return f" through the proxy {proxy}" if proxy else ""


def _direct(proxy: str) -> str:
    return "Check HTTP_PROXY and HTTPS_PROXY, or name the host in no_proxy to ask it directly." if proxy else ""


def _at(address: str) -> str:
    return f" at {address}" if address else ""
