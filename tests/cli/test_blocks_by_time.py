"""The commands on a network with real rounds: groups in flight together, and what fails after a node took it."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from algokit_utils import AlgorandClient

from gridpact.chain import connection as connection_module
from gridpact.chain import sending
from gridpact.chain.connection import Connection
from gridpact.chain.outbox import FOLDER
from gridpact.cli import session as session_module
from localnet.testing import LocalNet
from tests.cli.harness import EPOCH, READINGS, Cli
from tests.cli.killing_proxy import KILLED, SEND, KillingProxy
from tests.contracts.conftest import client_of, connect

BLOCK_S: Final = 0.3
AGREEMENTS: Final = 18
KWH: Final = 1_000
GROUPS: Final = 3
"""Eight allocations each."""
BLOCKS_TO_WAIT: Final = 3
MATCHING_GROUPS: Final = 3
"""31 matches: 15 and a top-up each."""


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNet]:
    """A LocalNet that makes a block every 0.3 seconds."""
    with LocalNet.spawn(tmp_path_factory.mktemp("by-time"), block_seconds=BLOCK_S) as running:
        yield running


@pytest.fixture(scope="module")
def prepared(net: LocalNet, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Cli]:
    """A final month, agreements that wait for energy, kW tokens in two hands: a snapshot, and its program."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        cli = Cli(_algorand(net), net.environment, folder)
        cli.done("deploy", "--yes")
        cli.done("meter", "import", str(READINGS), "--register", "--yes")
        cli.done("epoch", "finalize", EPOCH, "--yes")
        parties = ("--buyer", cli.address("BUYER_A"), "--treasury", cli.address("TREASURY"))
        terms = ("--price", "0.12", "--from", EPOCH, "--to", "202701")
        for _ in range(AGREEMENTS):
            cli.done("agreement", "create", *parties, *terms, "--another", "--yes")
        cli.done("vault", "bootstrap", "--yes")
        for holder in ("HOLDER_1", "HOLDER_2"):
            cli.done("vault", "opt-in", *cli.as_(holder), "--yes")
            cli.done("vault", "issue", cli.address(holder), "500", "--yes")
        cli.done("vault", "close-issuance", "--yes")
        plan = [f"{number},{KWH}" for number in range(1, AGREEMENTS + 1)]
        (folder / "plan.csv").write_text("\n".join(["agreement,kwh", *plan, ""]))
    return net.snapshot(), cli


@pytest.fixture
def begin(
    net: LocalNet, prepared: tuple[str, Cli], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Cli]:
    """Gives the prepared program, in a folder of its own, as often as it is asked."""
    monkeypatch.chdir(tmp_path)
    snapshot, kept = prepared

    def begin() -> Cli:
        net.restore(snapshot)
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        cli = Cli(_algorand(net), net.environment, folder)
        cli.take_over(kept.contents())
        return cli

    return begin


def _algorand(net: LocalNet) -> AlgorandClient:
    return connect(client_of(net)).algorand


def allocate(cli: Cli) -> tuple[str, ...]:
    return ("allocate", EPOCH, "--plan", str(cli.folder / "plan.csv"), "--yes")


def transfer(cli: Cli) -> tuple[str, ...]:
    return ("vault", "transfer", cli.address("HOLDER_2"), "100", *cli.as_("HOLDER_1"), "--yes")


def units(cli: Cli) -> int:
    return int(cli.read("vault", "show", cli.address("HOLDER_2"))["units"])


def written_down(cli: Cli) -> list[str]:
    folder = cli.folder / FOLDER
    return [path.name for path in folder.glob("*.json")] if folder.exists() else []


def invoices(cli: Cli) -> list[tuple[int, int]]:
    return [(one["agreement"], one["kwh"]) for one in cli.read("invoice", "list")["invoices"]]


def agreements_file(cli: Cli, count: int) -> str:
    """A file with so many new agreements, each of other terms."""
    parties = f"{cli.address('BUYER_A')},{cli.address('TREASURY')}"
    rows = [f"{parties},1.{number:03d},{EPOCH},202701" for number in range(count)]
    path = cli.folder / "agreements.csv"
    path.write_text("\n".join(["buyer,treasury,price,from,to", *rows, ""]))
    return str(path)


ALLOCATED: Final = [(number, KWH) for number in range(1, AGREEMENTS + 1)]


def test_groups_wait_for_one_block_together(begin: Callable[[], Cli], net: LocalNet, tmp_path: Path) -> None:
    """All are sent before the first is confirmed, and one block takes them."""
    cli = begin()
    net.hold_pool()
    with ThreadPoolExecutor(1) as pool, KillingProxy(f"http://localhost:{net.ports['algod']}") as proxy:
        ended = pool.submit(proxy.run, allocate(cli), cli.environment, cli.folder)
        while proxy.log.count(SEND) < GROUPS:
            assert not ended.done()
            time.sleep(0.05)
        net.release_pool()
        assert ended.result() == 0
    assert invoices(cli) == ALLOCATED
    rounds = {one["issued_ts"] for one in cli.read("invoice", "list")["invoices"]}
    assert len(rounds) == 1
    assert written_down(cli) == []


def test_refused_by_the_network(begin: Callable[[], Cli], net: LocalNet) -> None:
    """A node took it, and dropped it when the block was made: one sentence, and the next run does it."""
    cli = begin()
    net.refuse_next()
    failed = cli.run(*transfer(cli))
    assert failed.exit_code == 1
    assert failed.err == "The ledger refused the transaction group: refused by the network\n"
    assert (units(cli), written_down(cli)) == (500_000, [])
    cli.done(*transfer(cli))
    assert (units(cli), written_down(cli)) == (600_000, [])


def test_expired(begin: Callable[[], Cli], net: LocalNet, monkeypatch: pytest.MonkeyPatch) -> None:
    """No block took it while it was valid: one sentence, and the next run does it."""
    cli = begin()

    def hasty() -> Connection:
        connection = connection_module.connect()
        connection.algorand.set_default_validity_window(2)
        return connection

    net.hold_pool()
    with monkeypatch.context() as patched:
        patched.setattr(session_module, "connect", hasty)
        failed = cli.run(*transfer(cli))
    net.release_pool()
    assert failed.exit_code == 1
    assert failed.err.splitlines() == [
        "The group is no longer valid: too many rounds have passed.",
        "Build it again and sign it.",
    ]
    assert (units(cli), written_down(cli)) == (500_000, [])
    cli.done(*transfer(cli))
    assert (units(cli), written_down(cli)) == (600_000, [])


def test_lost_once(begin: Callable[[], Cli], net: LocalNet) -> None:
    """A node took it and forgot it: it is sent again."""
    cli = begin()
    net.lose_next()
    cli.done(*transfer(cli))
    assert (units(cli), written_down(cli)) == (600_000, [])


def test_lost_again_and_again(begin: Callable[[], Cli], net: LocalNet, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays written down, and the next run sends the very same group: it happens once."""
    cli = begin()
    net.lose_next()
    with monkeypatch.context() as patched:
        patched.setattr(sending, "SENT_AGAIN", 0)
        failed = cli.run(*transfer(cli))
    assert failed.exit_code == 1
    assert failed.err.splitlines() == [
        "The node has lost the group that it took.",
        "Run the command again: it sends the same group, which happens once at most.",
    ]
    assert (units(cli), len(written_down(cli))) == (500_000, 1)
    finished = cli.read(*transfer(cli))
    assert finished["already_done"][0].startswith("The run that was cut off was sending this")
    assert (units(cli), written_down(cli)) == (600_000, [])


def test_a_refusal_says_which_and_the_others_stand(begin: Callable[[], Cli], net: LocalNet) -> None:
    cli = begin()
    net.refuse_next()
    failed = cli.run(*allocate(cli))
    assert failed.exit_code == 1
    assert "refused by the network" in failed.err
    assert written_down(cli) == []
    cli.done(*allocate(cli))
    assert invoices(cli) == ALLOCATED


def test_a_group_that_waits_is_not_called_confirmed(begin: Callable[[], Cli], net: LocalNet) -> None:
    """The run is killed when the node took its group; the next one finds it in the pool, and waits for its block."""
    cli = begin()
    net.hold_pool()
    with KillingProxy(f"http://localhost:{net.ports['algod']}") as proxy:
        assert proxy.run(transfer(cli), cli.environment, cli.folder, kill_after_sends=1) == KILLED
    assert len(written_down(cli)) == 1
    before = cli.last_round
    net.release_pool()
    finished = cli.read(*transfer(cli))
    assert finished["groups"][0]["round"] > before
    assert (units(cli), written_down(cli)) == (600_000, [])


@pytest.mark.timeout(900)
def test_killed_after_each_request_from_the_first_group_on(begin: Callable[[], Cli], net: LocalNet) -> None:
    """The same command again ends where an undisturbed run ends, with nothing twice."""
    with KillingProxy(f"http://localhost:{net.ports['algod']}") as proxy:
        cli = begin()
        assert proxy.run(allocate(cli), cli.environment, cli.folder) == 0
        sends = [number for number, request in enumerate(proxy.log, 1) if request == SEND]
        assert len(sends) == GROUPS
        positions = range(sends[0], len(proxy.log) + 1)
        for position in positions:
            cli = begin()
            ended = proxy.run(allocate(cli), cli.environment, cli.folder, kill_after=position)
            if ended == 0:  # this run had less to wait for
                continue
            assert ended == KILLED
            cli.done(*allocate(cli))
            assert invoices(cli) == ALLOCATED, f"after request {position}"
            assert written_down(cli) == [], f"after request {position}"
            assert "Nothing to do" in cli.done(*allocate(cli)).out


def test_a_group_that_relies_on_a_lost_one_is_sent_again_behind_it(begin: Callable[[], Cli], net: LocalNet) -> None:
    """The node forgets the first group and refuses the second, whose numbers follow on it: nothing is planned anew."""
    cli = begin()
    net.lose_next()
    done = cli.run("agreement", "import", agreements_file(cli, 16), "--yes")
    assert done.exit_code == 0, done.err
    assert "Planned again" not in done.err
    prices = [one["price_per_kwh"] for one in cli.read("agreement", "list")["agreements"]]
    assert prices[AGREEMENTS:] == [1_000_000 + 1_000 * number for number in range(16)]


def test_agreements_of_a_file_wait_for_one_block_together(begin: Callable[[], Cli], net: LocalNet) -> None:
    """All groups are sent before the first is confirmed, each with the numbers that follow on the one before."""
    cli = begin()
    command = ("agreement", "import", agreements_file(cli, 40), "--yes")
    net.hold_pool()
    with ThreadPoolExecutor(1) as pool, KillingProxy(f"http://localhost:{net.ports['algod']}") as proxy:
        ended = pool.submit(proxy.run, command, cli.environment, cli.folder)
        while proxy.log.count(SEND) < 5:
            assert not ended.done()
            time.sleep(0.05)
        net.release_pool()
        assert ended.result() == 0
    prices = [one["price_per_kwh"] for one in cli.read("agreement", "list")["agreements"]]
    assert prices[AGREEMENTS:] == [1_000_000 + 1_000 * number for number in range(40)]


def test_matches_that_rely_on_one_another_share_a_block(
    begin: Callable[[], Cli], net: LocalNet, tmp_path: Path
) -> None:
    """Ends of sells and buys never coincide: each match leaves an offer that the next one fills."""
    cli = begin()
    cli.done("meter", "register", "roof", "--producer", cli.address("HOLDER_1"), "--yes")
    cli.done("mint:spark", "--amount-wh", "40000", "--yes")
    sells = [1_020 + 2 * number for number in range(16)]
    buys = [1_001 + 2 * number for number in range(16)]
    for noun, price, amounts, maker in (
        ("offer", "0.15", sells, "HOLDER_1"),
        ("buy-offer", "0.2", buys, "HOLDER_2"),
    ):
        file = tmp_path / f"{noun}.csv"
        file.write_text("\n".join(["amount_wh,price", *(f"{amount},{price}" for amount in amounts), ""]))
        cli.done(noun, "import", str(file), *cli.as_(maker), "--yes")
    net.hold_pool()
    with ThreadPoolExecutor(1) as pool, KillingProxy(f"http://localhost:{net.ports['algod']}") as proxy:
        ended = pool.submit(proxy.run, ("market", "match", "--yes"), cli.environment, cli.folder)
        while proxy.log.count(SEND) < MATCHING_GROUPS:
            assert not ended.done()
            time.sleep(0.05)
        net.release_pool()
        assert ended.result() == 0
        assert proxy.log.count(SEND) == MATCHING_GROUPS, "nothing was planned anew"
    trades = lines_of(cli.done("events", "--json", "--event", "OfferMatched").out)
    assert len(trades) == 31
    assert sum(one["fields"]["amountWh"] for one in trades) == sum(buys)
    assert len({one["round"] for one in trades}) == 1


def lines_of(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_trades_are_shown_right_after_they_were_matched(begin: Callable[[], Cli]) -> None:
    """The list waits for the index."""
    cli = begin()
    cli.done("meter", "register", "roof", "--producer", cli.address("HOLDER_1"), "--yes")
    cli.done("mint:spark", "--amount-wh", "5000", "--yes")
    cli.done("offer", "create", "--amount-wh", "1000", "--price", "0.15", *cli.as_("HOLDER_1"), "--yes")
    cli.done("buy-offer", "create", "--amount-wh", "1000", "--max-price", "0.2", *cli.as_("HOLDER_2"), "--yes")
    cli.done("market", "match", "--yes")
    found = cli.done("query:transactions")
    assert "behind the chain" not in found.err
    assert "Found 1 transaction" in found.out


def test_two_matches_at_once_wait_for_a_block_each(begin: Callable[[], Cli], net: LocalNet) -> None:
    """What one of them has sent waits for its block: the other plans the same again no more often than there are
    blocks, and finds nothing to do once there is one. Its attempts would be used up long before that otherwise."""
    cli = begin()
    cli.done("meter", "register", "roof", "--producer", cli.address("HOLDER_1"), "--yes")
    cli.done("mint:spark", "--amount-wh", "5000", "--yes")
    cli.done("offer", "create", "--amount-wh", "1000", "--price", "0.15", *cli.as_("HOLDER_1"), "--yes")
    cli.done("buy-offer", "create", "--amount-wh", "1000", "--max-price", "0.2", *cli.as_("HOLDER_2"), "--yes")
    # The same command in one folder waits for its turn.
    other = cli.folder / "other"
    other.mkdir()
    (other / "deployments.json").write_bytes((cli.folder / "deployments.json").read_bytes())
    elsewhere = {**cli.environment, "GRIDPACT_DEPLOYMENTS": str(other / "deployments.json")}
    algod = f"http://localhost:{net.ports['algod']}"
    match = ("market", "match", "--yes")
    net.hold_pool()
    with ThreadPoolExecutor(2) as pool, KillingProxy(algod) as proxy, KillingProxy(algod) as late:
        first = pool.submit(proxy.run, match, cli.environment, cli.folder)
        while SEND not in proxy.log:
            assert not first.done()
            time.sleep(0.05)
        second = pool.submit(late.run, match, elsewhere, other)
        while late.log.count(SEND) < BLOCKS_TO_WAIT:
            assert not second.done()
            time.sleep(0.05)
        began, blocks = late.log.count(SEND), cli.last_round
        while cli.last_round < blocks + BLOCKS_TO_WAIT:
            time.sleep(0.05)
        sends, passed = late.log.count(SEND) - began, cli.last_round - blocks
        net.release_pool()
        assert (first.result(), second.result()) == (0, 0)
    assert sends <= passed + 1
    assert any("wait-for-block-after" in path for _, path in late.log)
    assert [one["amount_wh"] for one in cli.read("query:transactions")["transactions"]] == [1_000]
