"""A failure is told as its own: which service, through which proxy, with a next step. And fees above the least."""

import socket
from collections.abc import Iterator

import pytest
from algosdk.v2client.algod import AlgodClient

from tests.cli.harness import EPOCH, Cli, allocated, deployed, finalized

DEAD_PROXY = "http://127.0.0.1:9"


@pytest.fixture
def closed_port() -> Iterator[str]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield str(taken.getsockname()[1])


def test_kmd_does_not_answer(cli: Cli, closed_port: str) -> None:
    deployed(cli)
    kmd = {"KMD_SERVER": "http://127.0.0.1", "KMD_PORT": closed_port}
    outcome = cli.run("account", "list", **kmd)
    assert (outcome.exit_code, outcome.sentence) == (
        1,
        f"KMD at http://127.0.0.1:{closed_port} does not answer (Connection refused).",
    )
    assert "KMD_PORT" in outcome.err
    # Whoever has a mnemonic needs no KMD.
    cli.done("meter", "register", "roof", "--yes", **kmd)


def test_the_indexer_does_not_answer(cli: Cli, closed_port: str) -> None:
    deployed(cli)
    (cli.folder / "deployments.json").unlink()
    outcome = cli.run("status", INDEXER_SERVER="http://127.0.0.1", INDEXER_PORT=closed_port)
    assert (outcome.exit_code, outcome.sentence) == (
        1,
        f"The indexer at http://127.0.0.1:{closed_port} does not answer (Connection refused).",
    )
    assert "INDEXER_PORT" in outcome.err


def test_algod_stops_answering(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after the first request it is named with its address."""
    finalized(cli)

    def gone(*_: object, **__: object) -> None:
        msg = "Connection reset by peer"
        raise ConnectionResetError(104, msg)

    with monkeypatch.context() as patched:
        patched.setattr("algosdk.v2client.algod.urlopen", gone)
        outcome = cli.run("status")
    algod = f"{cli.environment['ALGOD_SERVER']}:{cli.environment['ALGOD_PORT']}"
    assert (outcome.exit_code, outcome.sentence) == (1, f"No node answers at {algod} (Connection reset by peer).")


@pytest.mark.parametrize("command", [("status",), ("account", "list")], ids=lambda command: command[0])
def test_a_proxy_is_not_for_this_machine(cli: Cli, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    deployed(cli)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    cli.done(*command, HTTP_PROXY=DEAD_PROXY, http_proxy=DEAD_PROXY)


def test_a_proxy_that_does_not_answer_is_named(cli: Cli) -> None:
    elsewhere = {"ALGOD_SERVER": "http://node.invalid", "ALGOD_PORT": "80", "INDEXER_SERVER": "", "KMD_PORT": ""}
    outcome = cli.run("status", **elsewhere, http_proxy=DEAD_PROXY, no_proxy="localhost")
    assert outcome.exit_code == 1
    assert outcome.sentence.startswith(f"No node answers at http://node.invalid:80 through the proxy {DEAD_PROXY} (")
    assert "no_proxy" in outcome.err


# --- fees -------------------------------------------------------------------------------------------------------------


def test_fee(cli: Cli) -> None:
    """Every transaction pays it, and who pays for inner transactions pays it for them."""
    finalized(cli)
    allocate = ("allocate", EPOCH, "1", "75000")
    least = cli.read(*allocate, "--dry-run")["groups"][0]["fees_microalgo"]
    assert "Pay 0.003 ALGO for each transaction" in cli.run(*allocate, "--fee", "0.003").err
    assert cli.read(*allocate, "--fee", "0.003", "--dry-run")["groups"][0]["fees_microalgo"] == 3 * least
    assert cli.read(*allocate, "--fee", "0.003", "--yes")["groups"][0]["fees_microalgo"] == 3 * least
    pay = ("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"))
    assert cli.read(*pay, "--fee", "0.002", "--yes")["groups"][0]["fees_microalgo"] == 4_000


def test_fee_suggested(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the node asks for a byte counts; on a quiet network it is the least fee."""
    allocated(cli)
    pay = ("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A"), "--fee", "suggested")
    assert cli.read(*pay, "--dry-run")["groups"][0]["fees_microalgo"] == 2_000
    quiet = AlgodClient.suggested_params

    def congested(self: AlgodClient, **options: object) -> object:
        parameters = quiet(self, **options)
        parameters.fee = 5
        return parameters

    with monkeypatch.context() as patched:
        patched.setattr(AlgodClient, "suggested_params", congested)
        assert cli.read(*pay, "--yes")["groups"][0]["fees_microalgo"] == 10_000


@pytest.mark.parametrize("fee", ["0.0009", "1.1", "much", "-1"])
def test_fee_out_of_range(cli: Cli, fee: str) -> None:
    assert cli.run("pause", "--fee", fee, "--yes").exit_code == 2
