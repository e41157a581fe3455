"""What a run that was cut off had signed: the next run of the same command finishes it, and nothing happens twice."""

import json
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from algokit_utils import AlgoAmount, PaymentParams
from algosdk import encoding
from algosdk.v2client.algod import AlgodClient

from gridpact.chain.connection import Connection, connect
from gridpact.chain.errors import OutboxDamaged
from gridpact.chain.group import Group
from gridpact.chain.keys import KeySource, Role, sign_as
from gridpact.chain.outbox import FOLDER, Finished, Outbox
from gridpact.chain.sending import Sent, SignedGroup
from gridpact.deployment.record import Deployment, find
from tests.cli.harness import Cli, allocated, deployed, issued
from tests.support.checkpoints import checkpoint


@checkpoint
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


def test_what_was_signed_has_to_leave_its_events(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the next run sends it: what it was to do is written down with it."""
    with_holders(cli)
    cut_off(cli, monkeypatch, *transfer(cli, "100"))
    (path,) = (cli.folder / FOLDER).iterdir()
    content = json.loads(path.read_text())
    (promise,) = content["groups"][0]["promises"]
    assert (promise["contract"], promise["event"]) == ("RevenueVault", "UnitsTransferred")
    promise["fields"] = dict.fromkeys(promise["fields"], 7)
    path.write_text(json.dumps(content))

    outcome = cli.run(*transfer(cli, "100"), "--json")
    assert outcome.exit_code == 1
    assert outcome.document["error"]["name"] == "EventsMissing"
    assert units(cli, "HOLDER_2") == 400_000, "it is confirmed all the same, and not sent again"
    assert waiting(cli) == []


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
    before = cli.full_state()
    outcome = cli.run(*transfer(cli, "100"))
    assert outcome.exit_code == 1
    assert outcome.err.splitlines()[1] == "Nothing was sent. Make it writable, and run the command again."
    assert cli.full_state() == before


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


def kept(outbox: Outbox, group: Group, *, is_last: bool = True) -> SignedGroup:
    """A group that is signed and written down, and was not sent."""
    signed = group.sign()
    with outbox.held():
        outbox.put(signed, is_last=is_last)
    return signed


def sent(signed: SignedGroup, connection: Connection, deployment: Deployment) -> Sent:
    signed.send(connection.algod, deployment.apps)
    return signed.wait(connection.algod, deployment.apps)


def finished(outbox: Outbox, connection: Connection, deployment: Deployment) -> Finished | None:
    with outbox.held():
        return outbox.finish(connection, deployment.apps)


def test_finish_expired(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["expired"])
    kept(outbox, payment(cli, deployment, "late", validity_rounds=1))
    for number in range(2):
        payment(cli, deployment, f"meanwhile {number}").send()
    last_round = cli.last_round

    assert finished(Outbox(cli.folder, ["expired"]), connection, deployment) is None

    assert (cli.last_round, waiting(cli)) == (last_round, [])


@pytest.mark.parametrize("is_remembered", [True, False])
def test_finish_sent(
    cli: Cli, signing: tuple[Connection, Deployment], monkeypatch: pytest.MonkeyPatch, is_remembered: bool
) -> None:
    """A node forgets what was confirmed a thousand rounds ago; the indexer does not."""
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["sent"])
    there = sent(
        kept(outbox, payment(cli, deployment, "sent", validity_rounds=1), is_last=False), connection, deployment
    )
    for number in range(2):
        payment(cli, deployment, f"meanwhile {number}").send()
    last_round = cli.last_round
    if not is_remembered:
        monkeypatch.setattr(SignedGroup, "look", lambda *_: None)

    left = finished(Outbox(cli.folder, ["sent"]), connection, deployment)

    assert left is not None
    assert not left.is_all
    ((_, found),) = left.groups
    assert (found.round, found.was_there, found.tx_ids) == (there.round, True, there.tx_ids)
    assert (cli.last_round, waiting(cli)) == (last_round, [])


def test_finish_two_groups(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    """One of them was sent: both are on chain in the end, and only the other one is new."""
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["two"])
    first = payment(cli, deployment, "first").sign()
    second = payment(cli, deployment, "second").sign()
    with outbox.held():
        outbox.put(first, is_last=False)
        outbox.put(second, is_last=True)
    there = sent(first, connection, deployment)
    last_round = cli.last_round

    left = finished(Outbox(cli.folder, ["two"]), connection, deployment)

    assert left is not None
    assert left.is_all
    assert [found.was_there for _, found in left.groups] == [True, False]
    assert [found.round for _, found in left.groups] == [there.round, last_round + 1]
    assert (cli.last_round, waiting(cli)) == (last_round + 1, [])


def test_finish_one_group_of_an_earlier_version(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    """A group that stands alone in the file is read."""
    connection, deployment = signing
    signed = payment(cli, deployment, "alone").sign()
    content = {"isLast": True, "transactions": [encoding.msgpack_encode(one) for one in signed.transactions]}
    outbox = Outbox(cli.folder, ["alone"])
    kept(outbox, payment(cli, deployment, "in its place"))
    (cli.folder / FOLDER / waiting(cli)[0]).write_text(json.dumps(content))

    left = finished(outbox, connection, deployment)

    assert left is not None
    assert [found.tx_ids for _, found in left.groups] == [signed.tx_ids]


def test_files_are_private(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    _, deployment = signing
    kept(Outbox(cli.folder, ["private"]), payment(cli, deployment, "private"))
    folder = cli.folder / FOLDER
    modes = [path.stat().st_mode & 0o777 for path in (folder, folder / waiting(cli)[0])]
    assert modes == [0o700, 0o600]


def test_a_damaged_file_is_named_and_set_aside(cli: Cli, signing: tuple[Connection, Deployment]) -> None:
    connection, deployment = signing
    outbox = Outbox(cli.folder, ["damaged"])
    kept(outbox, payment(cli, deployment, "damaged"))
    path = cli.folder / FOLDER / waiting(cli)[0]
    path.write_text(path.read_text()[:-20])
    with pytest.raises(OutboxDamaged, match=path.name):
        finished(outbox, connection, deployment)
    assert finished(outbox, connection, deployment) is None
    assert waiting(cli) == [path.with_suffix(".damaged").name]


def test_another_run_of_the_command_waits(cli: Cli) -> None:
    order = []

    def second() -> None:
        with Outbox(cli.folder, ["busy"]).held():
            order.append("second")

    with Outbox(cli.folder, ["busy"]).held():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert waiting(cli) == []
