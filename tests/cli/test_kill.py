"""`kill -9` after the k-th request to algod, then the same command again: the same end state, nothing twice."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Network
from tests.cli.harness import EPOCH, READINGS, Cli, allocated, deployed, finalized, issued, recorded
from tests.cli.killing_proxy import KILLED, KillingProxy
from tests.support.checkpoints import checkpoint


@dataclass(frozen=True, slots=True)
class Killed:
    """A command, and what it starts from.

    Attributes:
        prepare: brings the state about.
        command: its arguments, for the accounts of one deployment.
        groups: how many it sends.
        shown_by: what shows its effect, besides status, epochs, invoices and the vault.
        everywhere: kill it after each request, not only around the ones that send: between those the chain is the same.
        repeats: each run does it once more, so that nothing on chain tells whether it was done.
    """

    prepare: Callable[[Cli], None]
    command: Callable[[Cli], tuple[str, ...]]
    groups: int
    shown_by: Callable[[Cli], tuple[str, ...]] = lambda _: ()
    everywhere: bool = False
    repeats: bool = False


@checkpoint
def with_plan(cli: Cli) -> None:
    """The month is final, and a file says who gets what."""
    finalized(cli)
    (cli.folder / "plan.csv").write_text("agreement,kwh\n1,75000\n2,30000\n")


@checkpoint
def earning(cli: Cli) -> None:
    """The month is allocated, and the kW tokens are in three hands."""
    allocated(cli)
    issued(cli)
    time.sleep(1)  # changes of a holder's units in the same second share one checkpoint, and one deposit


@checkpoint
def deposited(cli: Cli) -> None:
    """Three holders have something to claim."""
    earning(cli)
    cli.done("vault", "deposit", EPOCH, "3000", "--yes")


@checkpoint
def metered(cli: Cli) -> None:
    """Holder 1 has a meter of its own."""
    deployed(cli)
    cli.done("meter", "register", "roof", "--producer", cli.address("HOLDER_1"), "--yes")


@checkpoint
def credited(cli: Cli) -> None:
    """Holder 1 has 5 kWh of credit."""
    metered(cli)
    cli.done("mint:spark", "--amount-wh", "5000", "--yes")


@checkpoint
def offered(cli: Cli) -> None:
    """Holder 1 offers 1 kWh."""
    credited(cli)
    cli.done("offer", "create", "--amount-wh", "1000", "--price", "0.15", *cli.as_("HOLDER_1"), "--yes")


@checkpoint
def with_offers(cli: Cli) -> None:
    """A file has eight offers of holder 1, two of them equal."""
    credited(cli)
    rows = [f"{100 + number // 2},0.15" for number in range(8)]
    (cli.folder / "offers.csv").write_text("\n".join(["amount_wh,price", *rows, ""]))


@checkpoint
def with_agreements(cli: Cli) -> None:
    """A file has nine agreements."""
    finalized(cli)
    parties = f"{cli.address('BUYER_A')},{cli.address('TREASURY')}"
    rows = [f"{parties},0.2{number},{EPOCH},202701" for number in range(9)]
    (cli.folder / "agreements.csv").write_text("\n".join(["buyer,treasury,price,from,to", *rows, ""]))


def agreement(cli: Cli) -> tuple[str, ...]:
    """A third agreement."""
    parties = ("--buyer", cli.address("BUYER_A"), "--treasury", cli.address("TREASURY"))
    return ("agreement", "create", *parties, "--price", "0.3", "--from", EPOCH, "--to", "202701")


def units(cli: Cli) -> tuple[str, ...]:
    return tuple(f"vault show {cli.address(holder)}" for holder in ("HOLDER_1", "HOLDER_2"))


def credit(cli: Cli) -> tuple[str, ...]:
    balances = (f"query:balance --account {cli.address(holder)}" for holder in ("HOLDER_1", "HOLDER_2"))
    return (*balances, "query:offers")


COMMANDS = {
    "deploy": Killed(lambda cli: None, lambda cli: ("deploy",), groups=5),
    "import": Killed(
        deployed,
        lambda cli: ("meter", "import", str(READINGS), "--register"),
        groups=1,
        shown_by=lambda _: ("meter list",),
    ),
    "finalize": Killed(recorded, lambda cli: ("epoch", "finalize", EPOCH, "--expect", "125000"), groups=1),
    "agreement": Killed(finalized, agreement, groups=1, shown_by=lambda _: ("agreement list",)),
    "allocate": Killed(
        with_plan,
        lambda cli: ("allocate", EPOCH, "--plan", str(cli.folder / "plan.csv"), "--expect-total", "125000"),
        groups=1,
        everywhere=True,
    ),
    "void": Killed(allocated, lambda cli: ("invoice", "void", f"1/{EPOCH}", "--reason", "wrong split"), groups=1),
    "pay": Killed(allocated, lambda cli: ("invoice", "pay", f"1/{EPOCH}", *cli.as_("BUYER_A")), groups=1),
    "deposit": Killed(earning, lambda cli: ("vault", "deposit", EPOCH, "3000"), groups=1),
    "claim": Killed(deposited, lambda cli: ("vault", "claim", "--everybody"), groups=1),
    "deposit again": Killed(
        deposited, lambda cli: ("vault", "deposit", EPOCH, "500", "--again"), groups=1, repeats=True
    ),
    "transfer of units": Killed(
        earning,
        lambda cli: ("vault", "transfer", cli.address("HOLDER_2"), "100", *cli.as_("HOLDER_1")),
        groups=1,
        shown_by=units,
        repeats=True,
    ),
    "mint": Killed(metered, lambda cli: ("mint:spark", "--amount-wh", "500"), groups=1, shown_by=credit, repeats=True),
    "transfer of energy": Killed(
        credited,
        lambda cli: ("transfer:energy", "--to", cli.address("HOLDER_2"), "--amount-wh", "500", *cli.as_("HOLDER_1")),
        groups=1,
        shown_by=credit,
        repeats=True,
    ),
    "consume": Killed(
        credited,
        lambda cli: ("consume:energy", "--amount-wh", "500", *cli.as_("HOLDER_1")),
        groups=1,
        shown_by=credit,
        repeats=True,
    ),
    "offer": Killed(
        credited,
        lambda cli: ("offer", "create", "--amount-wh", "1000", "--price", "0.15", *cli.as_("HOLDER_1")),
        groups=1,
        shown_by=credit,
        repeats=True,
    ),
    "offers of a file": Killed(
        with_offers,
        lambda cli: ("offer", "import", str(cli.folder / "offers.csv"), *cli.as_("HOLDER_1")),
        groups=2,
        shown_by=credit,
    ),
    "agreements of a file": Killed(
        with_agreements,
        lambda cli: ("agreement", "import", str(cli.folder / "agreements.csv")),
        groups=2,
        shown_by=lambda _: ("agreement list",),
    ),
    "cancel": Killed(
        offered, lambda cli: ("offer", "cancel", "--offer-id", "0", *cli.as_("HOLDER_1")), groups=1, shown_by=credit
    ),
}


@pytest.fixture
def proxy(network: Network) -> Iterator[KillingProxy]:
    named = network.environment or os.environ
    with KillingProxy(f"http://localhost:{named.get('ALGOD_PORT') or 4001}") as opened:
        yield opened


@pytest.fixture
def begin(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Cli]:
    """Gives the program with nothing deployed, in a folder of its own, as often as it is asked."""
    monkeypatch.chdir(tmp_path)

    def begin() -> Cli:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return Cli(network.algorand, network.environment, folder, network.checkpoints)

    return begin


def end_state(cli: Cli, shown_by: tuple[str, ...]) -> tuple[object, ...]:
    """What the commands show, in any order of accounts, and every account's microALGO."""
    views = ("status", "epoch list", "invoice list", "vault show", *shown_by)
    shown = [sorted(cli.plain(cli.run(*view.split()).out).splitlines()) for view in views]
    amounts = [cli.algorand.account.get_information(one.address).amount for one in cli.accounts.values()]
    return (*shown, *(amount.micro_algo for amount in amounts))


@pytest.mark.parametrize("name", COMMANDS)
def test_killed(begin: Callable[[], Cli], proxy: KillingProxy, name: str) -> None:
    killed = COMMANDS[name]

    def start(kill_after: int | None) -> tuple[Cli, tuple[str, ...], int]:
        cli = begin()
        killed.prepare(cli)
        command = (*killed.command(cli), "--yes")
        cli.settle()
        return cli, command, proxy.run(command, cli.environment, cli.folder, kill_after)

    undisturbed, _, exit_code = start(None)
    assert exit_code == 0
    expected = end_state(undisturbed, killed.shown_by(undisturbed))
    requests = len(proxy.log)
    sends = [number for number, request in enumerate(proxy.log, 1) if request == ("POST", "/v2/transactions")]
    assert len(sends) == killed.groups
    around = {1, *sends, *(number + 1 for number in sends if number < requests)}
    for position in range(1, requests + 1) if killed.everywhere else sorted(around):
        cli, command, exit_code = start(position)
        assert exit_code == KILLED
        assert len(proxy.log) >= position  # reads of several threads may be under way
        cli.done(*command)
        assert end_state(cli, killed.shown_by(cli)) == expected, f"after request {position}"
        last_round = cli.last_round
        again = cli.run(*command)
        assert "cut off" not in again.out, f"after request {position}"
        if killed.repeats:
            assert cli.last_round == last_round + 1, f"after request {position}"
        else:
            assert "Nothing to do" in again.out or "OfferNotActive" in again.err, f"after request {position}"
            assert cli.last_round == last_round, f"after request {position}"
