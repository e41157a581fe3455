"""Settings of a run: files of the project, `config show`, `--version`, and services of other chains."""

import socket
from importlib.metadata import version
from pathlib import Path

import pytest

from localnet.testing import LocalNet
from tests.cli.harness import Cli, Outcome, deployed

ALL = ("ALGOD", "INDEXER", "KMD")


def file_of(cli: Cli, *services: str) -> str:
    """The network's variables, as a file says them."""
    pairs = {name: value for name, value in cli.environment.items() if name.startswith(services)}
    return "".join(f"{name}={value}\n" for name, value in pairs.items())


def said(outcome: Outcome) -> list[str]:
    """What a command says, but for where its settings come from."""
    return [line for line in outcome.err.splitlines() if not line.startswith("Note: this run takes ")]


@pytest.fixture
def bare(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The program in an environment that names no network."""
    deployed(cli)
    cli.settle()
    (cli.folder / "network").write_text(file_of(cli, *ALL))
    for name in [name for name in cli.environment if name.startswith(ALL)]:
        monkeypatch.delenv(name, raising=False)
    cli._network = {}
    return cli


def test_network_in_env(bare: Cli) -> None:
    """`GRIDPACT_NETWORK` in `.env` is a safety switch."""
    network = (bare.folder / "network").read_text()
    (bare.folder / ".env").write_text(f"GRIDPACT_NETWORK=testnet\n{network}")
    outcome = bare.run("status")
    assert outcome.exit_code == 1
    assert "is on localnet, not on testnet." in said(outcome)[0]
    (bare.folder / ".env").write_text(f"GRIDPACT_NETWORK=localnet\n{network}")
    assert bare.read("status")["network"] == "localnet"


def test_localnets_file_without_a_name(bare: Cli) -> None:
    (bare.folder / ".env.localnet").write_text((bare.folder / "network").read_text())
    assert bare.read("status")["network"] == "localnet"


def test_from_a_folder_below(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare.folder / ".env.localnet").write_text((bare.folder / "network").read_text())
    below = bare.folder / "data"
    below.mkdir()
    monkeypatch.chdir(below)
    assert bare.read("status", GRIDPACT_DEPLOYMENTS="")["network"] == "localnet"
    monkeypatch.chdir("/")
    assert bare.read("--project", str(bare.folder), "status")["network"] == "localnet"
    assert bare.read("status", GRIDPACT_PROJECT=str(bare.folder))["network"] == "localnet"
    missing = bare.run("--project", "/nowhere", "status")
    assert (missing.exit_code, missing.sentence) == (1, "There is no project folder /nowhere.")


def test_records_are_the_projects(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare.folder / ".env.localnet").write_text((bare.folder / "network").read_text())
    Path(bare.environment["GRIDPACT_DEPLOYMENTS"]).unlink()
    below = bare.folder / "data"
    below.mkdir()
    monkeypatch.chdir(below)
    bare.done("deploy", "--yes", GRIDPACT_DEPLOYMENTS="")
    assert (bare.folder / "deployments.local.json").is_file()
    assert list(below.iterdir()) == []


def test_named_network_without_a_file(bare: Cli) -> None:
    outcome = bare.run("--network", "testnet", "status")
    assert outcome.exit_code == 1
    assert outcome.sentence == f"Nothing says where testnet is: there is no {bare.folder}/.env.testnet."


def test_empty_server(cli: Cli) -> None:
    outcome = cli.run("status", ALGOD_SERVER="")
    assert (outcome.exit_code, outcome.sentence) == (1, "ALGOD_SERVER is empty in the environment.")


def test_help_needs_no_settings(cli: Cli) -> None:
    assert cli.run("status", "--help", ALGOD_SERVER="").exit_code == 0


def test_algod_alone_uses_no_other_kmd(bare: Cli) -> None:
    """Without KMD's port, the one of AlgoKit's LocalNet is not used: its keys are another chain's."""
    (bare.folder / ".env.localnet").write_text(file_of_services(bare, "ALGOD"))
    outcome = bare.run("account", "create", "SOMEBODY")
    assert outcome.exit_code == 1
    assert said(outcome)[0] == "This needs KMD, and none is configured beside algod."
    refused = bare.run("meter", "register", "m", "--yes", OPERATOR_MNEMONIC="", DEPLOYER_MNEMONIC="")
    assert said(refused)[0].startswith("There is no key for ")


def test_no_indexer(bare: Cli, tmp_path: Path) -> None:
    (bare.folder / ".env.localnet").write_text(file_of_services(bare, "ALGOD"))
    nowhere = str(tmp_path / "none.json")
    outcome = bare.run("deploy", "--dry-run", GRIDPACT_DEPLOYMENTS=nowhere)
    assert (outcome.exit_code, said(outcome)[0]) == (1, "This needs an indexer, and none is configured beside algod.")


def file_of_services(cli: Cli, *services: str) -> str:
    lines = (cli.folder / "network").read_text().splitlines()
    return "".join(f"{line}\n" for line in lines if line.startswith(services))


def test_indexer_of_another_chain(cli: Cli, tmp_path: Path) -> None:
    deployed(cli)
    cli.settle()
    nowhere = {"GRIDPACT_DEPLOYMENTS": str(tmp_path / "none.json")}
    assert cli.run("status", **nowhere).exit_code == 0
    with LocalNet.spawn(tmp_path / "other") as other:
        theirs = {name: value for name, value in other.environment.items() if name.startswith("INDEXER")}
        outcome = cli.run("status", **nowhere, **theirs)
    assert outcome.exit_code == 1
    assert "follows another chain than algod" in outcome.sentence


def test_a_file_that_leads_the_keys_elsewhere(bare: Cli) -> None:
    (bare.folder / ".env").write_text((bare.folder / "network").read_text())
    outcome = bare.done("status")
    assert outcome.sentence.startswith("Note: this run takes ALGOD_SERVER (http://localhost) from ")
    assert outcome.sentence.endswith("but BUYER_A_MNEMONIC and 8 other keys from the environment.")
    assert str(bare.folder / ".env") in outcome.sentence


def test_version(cli: Cli) -> None:
    outcome = cli.run("--version")
    assert (outcome.exit_code, outcome.out) == (0, f"gridpact {version('gridpact')}\n")


# --- config show ------------------------------------------------------------------------------------------------------


def test_config_show(bare: Cli) -> None:
    own = bare.folder / ".env.localnet"
    own.write_text((bare.folder / "network").read_text() + "SOME_SECRET=hush\nDEPLOYER_ADDRESS=\n")
    shown = bare.read("config", "show", OPERATOR_MNEMONIC="", GRIDPACT_HISTORY="postgresql://me:hush@host/db")
    assert shown["project"] == str(bare.folder)
    assert shown["files"] == [str(own)]
    rows = {row["name"]: (row["value"], row["from"]) for row in shown["settings"]}
    assert rows["ALGOD_SERVER"] == ("http://localhost", str(own))
    assert rows["ALGOD_TOKEN"] == ("set", str(own))
    assert rows["SOME_SECRET"] == ("set", str(own))
    assert rows["DEPLOYER_ADDRESS"] == ("empty", str(own))
    assert rows["GRIDPACT_HISTORY"] == ("postgresql://…@host/db", "the environment")
    assert rows["DEPLOYER_MNEMONIC"] == (f"key of {bare.address('DEPLOYER')}", "the environment")
    assert rows["OPERATOR_MNEMONIC"] == ("empty", "the environment")
    assert shown["problem"] is None


def test_config_show_shows_no_secret(bare: Cli) -> None:
    (bare.folder / ".env").write_text((bare.folder / "network").read_text() + "SOME_SECRET=hush\n")
    secrets = {"GRIDPACT_HISTORY": "postgresql://me:hush@host/db", "OTHER_MNEMONIC": "hush hush"}
    for arguments in (("config", "show"), ("config", "show", "--json")):
        outcome = bare.done(*arguments, **secrets)
        assert "hush" not in outcome.out + outcome.err
        for name, value in bare.environment.items():
            if name.endswith(("_MNEMONIC", "_TOKEN")):
                assert value not in outcome.out + outcome.err


def test_config_show_of_settings_that_contradict(cli: Cli) -> None:
    shown = cli.read("config", "show", ALGOD_SERVER="")
    assert shown["problem"] == "ALGOD_SERVER is empty in the environment."


def test_config_show_defaults(bare: Cli) -> None:
    with socket.socket():
        rows = {row["name"]: row for row in bare.read("config", "show")["settings"]}
    assert rows["KMD_SERVER"] == {"name": "KMD_SERVER", "value": "http://localhost:4002", "from": "default"}
