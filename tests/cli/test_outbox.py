"""What a run that was cut off had signed: the next run of the same command finishes it, and nothing happens twice."""

from collections.abc import Sequence
from typing import Any

import pytest
from algokit_utils import AlgoAmount, PaymentParams
from algosdk.v2client.algod import AlgodClient

from gridpact.chain import outbox as module
from gridpact.chain import signed as signed_module
from gridpact.chain.connection import Connection, connect
from gridpact.chain.group import Group
from gridpact.chain.keys import KeySource, Role, sign_as
from gridpact.chain.outbox import FOLDER, Outbox
from gridpact.deployment.record import Deployment, find
from tests.cli.harness import Cli, allocated, deployed, issued
from tests.support.stages import stage


@stage
def with_holders(cli: Cli) -> None:
    """1,000 kW are in three hands."""
    allocated(cli)
    issued(cli)


def transfer(cli: Cli, kw: str) -> tuple[str, ...]:
    return ("vault", "transfer", cli.address("HOLDER_2"), kw, *cli.as_("HOLDER_1"), "--yes")


def cut_off(cli: Cli, monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """Run a command that is stopped when its group is signed and not sent."""

    def stop(_algod: AlgodClient, _group: Sequence[Any]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(AlgodClient, "send_transactions", stop)
        outcome = cli.run(*command)
    assert (outcome.exit_code, outcome.sentence) == (1, "Stopped.")
    assert len(waiting(cli)) == 1


def waiting(cli: Cli) -> list[str]:
    """The groups that are on their way."""
    folder = cli.folder / FOLDER
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def units(cli: Cli, holder: str) -> int:
    return int(cli.read("vault", "show", cli.address(holder))["units"])


def test_what_was_signed_is_sent_by_the_next_run(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with_holders(cli)
    before = cli.last_round
    cut_off(cli, monkeypatch, *transfer(cli, "100"))
    assert (cli.last_round, units(cli, "HOLDER_2")) == (before, 300_000)

    finished = cli.read(*transfer(cli, "100"))

    assert finished["already_done"][0].startswith("The run that was cut off was sending this: it is in round ")
    assert [event["name"] for event in finished["groups"][0]["events"]] == ["UnitsTransferred"]
    assert (cli.last_round, units(cli, "HOLDER_2"), waiting(cli)) == (before + 1, 400_000, [])
    cli.done(*transfer(cli, "100"))
    assert (cli.last_round, units(cli, "HOLDER_2"), waiting(cli)) == (before + 2, 500_000, [])


def test_another_command_does_not_finish_it(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with_holders(cli)
    cut_off(cli, monkeypatch, *transfer(cli, "100"))
    cli.done(*transfer(cli, "1"))
    assert (units(cli, "HOLDER_2"), len(waiting(cli))) == (301_000, 1)


def test_what_cannot_happen_any_more_is_planned_anew(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with_holders(cli)
    cut_off(cli, monkeypatch, *transfer(cli, "500"))
    cli.done(*transfer(cli, "1"))
    outcome = cli.run(*transfer(cli, "500"))
    assert outcome.exit_code == 1
    assert outcome.sentence == f"{cli.address('HOLDER_1')} has 499 kW, not 500 kW."
    assert (units(cli, "HOLDER_2"), waiting(cli)) == (301_000, [])


def test_a_folder_that_cannot_be_written_stops_the_command(cli: Cli) -> None:
    with_holders(cli)
    folder = cli.folder / FOLDER
    if folder.exists():
        folder.rmdir()
    folder.write_text("not a folder")
    before = cli.snapshot()
    outcome = cli.run(*transfer(cli, "100"))
    assert outcome.exit_code == 1
    assert outcome.err.splitlines()[1] == "Nothing was sent. Make it writable, and run the command again."
    assert cli.snapshot() == before


# --- the library ------------------------------------------------------------------------------------------------------


@pytest.fixture
def signing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> tuple[Connection, Deployment]:
    """A connection that signs for the operator."""
    deployed(cli)
    cli.settle()
    for name, value in cli.environment.items():
        monkeypatch.setenv(name, value)
    connection = connect()
    sign_as(connection, cli.address("OPERATOR"), Role.OPERATOR, KeySource(None, "OPERATOR_MNEMONIC"))
    return connection, find(connection)


def payment(cli: Cli, deployment: Deployment, note: str, validity_rounds: int | None = None) -> Group:
    operator = cli.address("OPERATOR")
    return deployment.group().add(
        PaymentParams(
            sender=operator,
            receiver=operator,
            amount=AlgoAmount.from_micro_algo(0),
            note=note.encode(),
            validity_window=validity_rounds,
        )
    )


def test_finish_expired(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["expired"])

    def keep(signed: Sequence[Any]) -> None:
        outbox.put(signed, is_last=True)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        payment(cli, deployment, "late", validity_rounds=1).send(keep)
    for number in range(2):
        payment(cli, deployment, f"meanwhile {number}").send()
    last_round = cli.last_round

    assert outbox.finish(connection, deployment.apps) is None

    assert (cli.last_round, waiting(cli)) == (last_round, [])


@pytest.mark.parametrize("is_remembered", [True, False])
def test_finish_sent(
    cli: Cli, signing: tuple[Connection, Deployment], monkeypatch: pytest.MonkeyPatch, is_remembered: bool
) -> None:
    """A node forgets what was confirmed a thousand rounds ago; the indexer does not."""
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["sent"])
    sent = payment(cli, deployment, "sent", validity_rounds=1).send(lambda signed: outbox.put(signed, is_last=False))
    for number in range(2):
        payment(cli, deployment, f"meanwhile {number}").send()
    last_round = cli.last_round
    if not is_remembered:
        monkeypatch.setattr(module, "confirmed", lambda *_: None)

    finished = outbox.finish(connection, deployment.apps)

    assert finished is not None
    assert not finished.is_last
    assert (finished.submitted.round, finished.submitted.was_there) == (sent.round, True)
    assert finished.submitted.tx_ids == sent.tx_ids
    assert cli.last_round == last_round


def test_finish_waiting(cli: Cli, signing: tuple[Connection, Deployment], monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for its round is not confirmed, and a pool refuses it as being there: it is not sent anew."""
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["waiting"])
    sent = payment(cli, deployment, "waiting").send(lambda signed: outbox.put(signed, is_last=True))
    last_round = cli.last_round
    for place in (module, signed_module):
        monkeypatch.setattr(place, "confirmed", lambda *_: None)

    finished = outbox.finish(connection, deployment.apps)

    assert finished is not None
    assert (finished.submitted.round, finished.submitted.was_there) == (sent.round, True)
    assert cli.last_round == last_round
