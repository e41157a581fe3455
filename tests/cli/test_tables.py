"""Every list of the program at 80, 100 and 160 columns: no number is broken or cut, and no line is too long."""

import re

import pytest

from gridpact.cli.output import WIDTH_VARIABLE
from tests.cli.harness import EPOCH, Cli, allocated, issued
from tests.support.checkpoints import checkpoint

NUMBER = re.compile(r"(?<![\w.,…])-?\d[\d,]*(?:\.\d+)?(?:/\d+)?(?![\w…])")
LISTS = (
    "status",
    "meter list",
    "epoch list",
    f"epoch show {EPOCH}",
    "agreement list",
    "agreement show 1",
    "invoice list",
    "vault show",
    "vault show {HOLDER_1}",
    "roles show",
    "market plan",
    "terms show --account {HOLDER_2}",
    "account list",
)
WITHOUT_NUMBERS = ("account list", "roles show")


@checkpoint
def busy(cli: Cli) -> None:
    """Something is in every list: figures with all their digits, and long names."""
    allocated(cli)
    issued(cli)
    cli.done("vault", "deposit", EPOCH, "3000.123457", "--yes")
    roof = ("the-meter-with-the-longest-name", "--producer", cli.address("HOLDER_1"), "--capacity-kw", "12.345")
    cli.done("meter", "register", *roof, "--yes")
    cli.done("mint:spark", "--amount-wh", "5432", "--yes")
    cli.done("offer", "create", "--amount-wh", "1234", "--price", "0.12345678", *cli.as_("HOLDER_1"), "--yes")
    cli.done("buy-offer", "create", "--amount-wh", "2345", "--max-price", "0.2", *cli.as_("HOLDER_2"), "--yes")
    cli.done("terms", "set", "--buy-wh", "99999", "--max-buy-price", "0.20", *cli.as_("HOLDER_2"), "--yes")


def numbers(text: str) -> list[str]:
    return sorted(NUMBER.findall(text))


@pytest.mark.parametrize("command", LISTS)
def test_lists_at_any_width(cli: Cli, command: str) -> None:
    busy(cli)
    arguments = [
        word.format(**{name: cli.address(name) for name in ("HOLDER_1", "HOLDER_2")}) for word in command.split()
    ]
    wide = numbers(cli.done(*arguments, **{WIDTH_VARIABLE: "400"}).out)
    assert wide or command in WITHOUT_NUMBERS
    for width in (80, 100, 160):
        shown = cli.done(*arguments, **{WIDTH_VARIABLE: str(width)}).out
        assert numbers(shown) == wide, shown
        assert all(len(line) <= width for line in shown.splitlines()), shown
