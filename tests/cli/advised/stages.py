"""Where the cases of advice start, beside the harness's own states."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.harness import EPOCH, READINGS, Cli, deployed
from tests.cli.test_signing import sign
from tests.support.checkpoints import checkpoint


@checkpoint
def nothing(cli: Cli) -> None:
    """Accounts, and no apps."""


@checkpoint
def market(cli: Cli) -> None:
    """A producer with 5 kWh of credit, of which one is offered; a buyer asks for one."""
    deployed(cli)
    roof = ("--producer", cli.address("HOLDER_1"))
    cli.done("meter", "register", "roof-1", *roof, "--capacity-kw", "5", "--yes")
    cli.done("mint:spark", *roof, "--epoch", EPOCH, "--amount-wh", "5000", "--yes")
    sell = ("--amount-wh", "1000", "--price", "0.15")
    cli.done("create:offer", *sell, *cli.as_("HOLDER_1"), "--yes")
    cli.done("create:buy-offer", "--amount-wh", "1000", "--max-price", "0.2", *cli.as_("BUYER_A"), "--yes")


def held(command: str, signer: str = "OPERATOR") -> Callable[[Cli], None]:
    """A group that was built and signed, and is not sent yet: signed.txn."""

    def hold(cli: Cli) -> None:
        asked = [word.format_map({name: one.address for name, one in cli.accounts.items()}) for word in command.split()]
        cli.done(*asked, "--out", "unsigned.txn", "--force")
        sign(cli, signer, "unsigned.txn", "signed.txn")

    return hold


def file(name: str, text: str) -> Callable[[Cli], None]:
    """A file in the project's folder."""

    def write(_cli: Cli) -> None:
        Path(name).write_text(text, encoding="utf-8")

    return write


def lines(*, meter: str = "meter-1", leaves_out: int = 0, more: int = 0, month: str = "2026-02") -> str:
    """The example's readings of one meter: without the last ones, or with another first value."""
    header, *rows = READINGS.read_text(encoding="utf-8").splitlines()
    own = [row for row in rows if row.startswith("meter-1,")]
    own = own[: len(own) - leaves_out]
    if more:
        start, _, wh = own[0].rpartition(",")
        own[0] = f"{start},{int(wh) + more}"
    text = "\n".join([header, *own]) + "\n"
    return text.replace("meter-1,", f"{meter},").replace("2026-02-", f"{month}-")
