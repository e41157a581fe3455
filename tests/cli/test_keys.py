"""Keys: never shown, found once, and an account that was rekeyed signs with its authorising key."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from algosdk import mnemonic
from algosdk.atomic_transaction_composer import MultisigTransactionSigner
from algosdk.kmd import KMDClient
from algosdk.transaction import Multisig, write_to_file

from gridpact.cli.secrecy import HIDDEN
from tests.cli.conftest import Network
from tests.cli.harness import EPOCH, READINGS, Cli, allocated, deployed, finalized, issued
from tests.cli.test_signing import transactions

REGISTER = ("meter", "register", "roof-1", "--yes")


def words_of(cli: Cli, name: str = "OPERATOR") -> list[str]:
    words: list[str] = mnemonic.from_private_key(cli.accounts[name].private_key).split()
    return words


def rekey(cli: Cli, name: str, to: str) -> None:
    """Give an account another key."""
    cli.settle()
    cli.algorand.set_signer_from_account(cli.accounts[name])
    cli.algorand.account.rekey_account(cli.address(name), to, suppress_log=True)


def keyless(cli: Cli) -> dict[str, str]:
    """An environment without mnemonics: wallets sign."""
    return {f"{name}_MNEMONIC": "" for name in cli.accounts}


# --- secrecy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_misspelt_word_is_named_by_its_place(cli: Cli, options: tuple[str, ...]) -> None:
    deployed(cli)
    words = words_of(cli)
    wrong = [*words[:7], "qwertz", *words[8:]]
    outcome = cli.run("--verbose", *REGISTER, *options, OPERATOR_MNEMONIC=" ".join(wrong))
    assert outcome.exit_code == 1
    assert "Word 8 of OPERATOR_MNEMONIC is misspelt" in outcome.err
    shown = (outcome.out + outcome.err).split()
    assert "qwertz" not in shown
    # Some of them are words of the program's own sentences.
    assert len(set(words) & set(shown)) < 5


@pytest.mark.parametrize("options", [(), ("--json",), ("--dry-run",)])
def test_words_where_their_variables_name_belongs(cli: Cli, options: tuple[str, ...]) -> None:
    deployed(cli)
    words = " ".join(words_of(cli))
    outcome = cli.run("--verbose", *REGISTER, "--mnemonic-env", words, *options)
    assert outcome.exit_code == 1
    assert "--mnemonic-env takes the name of an environment variable" in outcome.err
    assert words[:40] not in outcome.out + outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("invoice", "pay"),
        ("meter", "register", "roof-1", "--producer"),
        ("allocate", EPOCH),
        ("status",),
        ("query:balance", "--account"),
        (),
    ],
    ids=lambda arguments: " ".join(arguments) or "command",
)
@pytest.mark.parametrize("count", [12, 24, 25])
def test_words_where_something_else_belongs(cli: Cli, arguments: tuple[str, ...], count: int) -> None:
    deployed(cli)
    words = " ".join(words_of(cli)[:count])
    outcome = cli.run("--verbose", *arguments, words)
    assert outcome.exit_code != 0
    assert words not in outcome.out + outcome.err
    assert words[:60] not in " ".join((outcome.out + outcome.err).replace("│", " ").split())
    assert HIDDEN in outcome.out + outcome.err


def test_words_where_the_networks_name_belongs(cli: Cli) -> None:
    words = " ".join(words_of(cli))
    outcome = cli.run("--network", words, "status", "--json")
    assert outcome.exit_code == 1
    assert words[:60] not in outcome.out + outcome.err


# --- rekeyed accounts -------------------------------------------------------------------------------------------------


def test_a_rekeyed_operator(cli: Cli) -> None:
    deployed(cli)
    rekey(cli, "OPERATOR", cli.address("OUTSIDER"))
    refused = cli.run(*REGISTER)
    said = f"{cli.address('OPERATOR')} is rekeyed to {cli.address('OUTSIDER')}, whose key is needed."
    assert (refused.exit_code, refused.sentence) == (1, said)
    document = cli.read(*REGISTER, *cli.as_("OUTSIDER"))
    assert document["sender"] == cli.address("OPERATOR")
    cli.done("meter", "import", str(READINGS), "--register", "--yes", *cli.as_("OUTSIDER"))


def test_an_operator_rekeyed_to_several(cli: Cli) -> None:
    """No single key signs: the group is written, signed by two of three, and sent."""
    deployed(cli)
    names = ("HOLDER_1", "HOLDER_2", "HOLDER_3")
    several = Multisig(1, 2, [cli.address(name) for name in names])
    rekey(cli, "OPERATOR", several.address())
    refused = cli.run(*REGISTER)
    assert refused.exit_code == 1
    assert refused.sentence == f"{cli.address('OPERATOR')} is rekeyed to {several.address()}, whose key is needed."
    assert "--out" in refused.err
    cli.done("meter", "register", "roof-1", "--out", "group.txn")
    keys = [cli.accounts[name].private_key for name in names[:2]]
    # One by one: a signer's multisig account is of one transaction only.
    signed = [
        MultisigTransactionSigner(several.get_multisig_account(), keys).sign_transactions([one], [0])[0]
        for one in transactions("group.txn")
    ]
    write_to_file(signed, "signed.txn")
    cli.done("submit", "signed.txn", "--yes")
    assert [one["label"] for one in cli.read("meter", "list")["meters"]] == ["roof-1"]


def test_a_rekeyed_deployer(cli: Cli) -> None:
    rekey(cli, "DEPLOYER", cli.address("OUTSIDER"))
    refused = cli.run("deploy", "--yes")
    assert refused.exit_code == 1
    assert "is rekeyed to " in refused.err


def test_a_rekeyed_buyer(cli: Cli) -> None:
    allocated(cli)
    rekey(cli, "BUYER_A", cli.address("OUTSIDER"))
    refused = cli.run("invoice", "pay", f"1/{EPOCH}", "--yes", *cli.as_("BUYER_A"))
    assert (refused.exit_code, "is rekeyed to " in refused.sentence) == (1, True)
    cli.done("invoice", "pay", f"1/{EPOCH}", "--yes", *cli.as_("OUTSIDER"))
    assert cli.read("invoice", "show", f"1/{EPOCH}")["status"] == "PAID"


def test_a_rekeyed_holder(cli: Cli) -> None:
    finalized(cli)
    issued(cli)
    rekey(cli, "HOLDER_1", cli.address("OUTSIDER"))
    give = ("vault", "transfer", cli.address("HOLDER_2"), "10", "--from", cli.address("HOLDER_1"), "--yes")
    refused = cli.run(*give, *cli.as_("HOLDER_1"))
    assert (refused.exit_code, "is rekeyed to " in refused.sentence) == (1, True)
    assert cli.read(*give, *cli.as_("OUTSIDER"))["sender"] == cli.address("HOLDER_1")


def test_a_rekeyed_account_signs_with_a_wallet(cli: Cli) -> None:
    deployed(cli)
    key = cli.read("account", "create", "COLD")["address"]
    rekey(cli, "OPERATOR", key)
    cli.done(*REGISTER, **keyless(cli))


# --- wallets ----------------------------------------------------------------------------------------------------------


def kmd_of(cli: Cli) -> KMDClient:
    cli.settle()
    return cli.algorand.client.kmd


@pytest.fixture
def own(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The program with accounts that no other test has: KMD keeps their keys, wherever the ledger goes back to."""
    monkeypatch.chdir(tmp_path)
    return Cli(network.algorand, network.environment, tmp_path)


def import_operator(cli: Cli, wallet: str) -> None:
    """Put the operator's key into a wallet of KMD."""
    kmd = kmd_of(cli)
    ids = {one["name"]: one["id"] for one in kmd.list_wallets()}
    handle = kmd.init_wallet_handle(ids.get(wallet) or kmd.create_wallet(wallet, "")["id"], "")
    kmd.import_key(handle, cli.accounts["OPERATOR"].private_key)
    kmd.release_wallet_handle(handle)


def test_wallets_with_a_password_are_passed_over(own: Cli) -> None:
    deployed(own)
    first, locked, last = (f"{name}-{own.address('OPERATOR')[:8]}" for name in ("A", "LOCKED", "ZZZ"))
    for name in (first, locked):
        kmd_of(own).create_wallet(name, "secret")
    import_operator(own, last)
    own.done(*REGISTER, **keyless(own))
    assert first not in own.done("account", "list").out
    for arguments in ((*REGISTER, "--wallet", locked), ("account", "create", locked)):
        refused = own.run(*arguments, **keyless(own))
        assert (refused.exit_code, refused.sentence) == (1, f"The wallet '{locked}' has a password.")


def test_a_mnemonic_of_another_account_is_not_passed_over(own: Cli) -> None:
    """Who sets OPERATOR_MNEMONIC means it: no wallet signs in its place."""
    deployed(own)
    import_operator(own, "OPERATOR")
    refused = own.run(*REGISTER, OPERATOR_MNEMONIC=own.environment["OUTSIDER_MNEMONIC"])
    said = f"The key belongs to {own.address('OUTSIDER')}, but {own.address('OPERATOR')} must sign."
    assert (refused.exit_code, refused.sentence) == (1, said)
    own.done(*REGISTER, OPERATOR_MNEMONIC="")


def test_each_wallet_is_opened_once(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening one takes KMD about a second."""
    opened: Counter[str] = Counter()
    opening = KMDClient.init_wallet_handle

    def counting(kmd: KMDClient, wallet_id: str, *arguments: Any) -> str:
        opened[wallet_id] += 1
        return str(opening(kmd, wallet_id, *arguments))

    monkeypatch.setattr(KMDClient, "init_wallet_handle", counting)
    cli.done("demo", "--yes", **keyless(cli))
    # Making an account opens its wallet, too; the dispenser's is among them.
    assert max(opened.values()) == 1
    for again in (("demo", "--yes"), ("deploy", "--yes"), ("account", "list")):
        opened.clear()
        cli.done(*again, **keyless(cli))
        assert opened
        assert max(opened.values()) == 1
