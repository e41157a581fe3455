"""What completion offers of the chain: months, agreements, invoices, open offers."""

import pytest

from gridpact.cli import completion
from tests.cli.harness import EPOCH, Cli, allocated


def test_values_of_the_chain(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    allocated(cli)
    cli.done("meter", "register", "roof", "--producer", cli.address("HOLDER_1"), "--yes")
    cli.done("mint:spark", "--amount-wh", "5000", "--yes")
    for price in ("0.15", "0.16"):
        cli.done("offer", "create", "--amount-wh", "1000", "--price", price, *cli.as_("HOLDER_1"), "--yes")
    cli.done("offer", "cancel", "--offer-id", "0", *cli.as_("HOLDER_1"), "--yes")
    for name, value in cli.environment.items():
        monkeypatch.setenv(name, value)
    assert completion.epochs("2026") == [EPOCH]
    assert completion.epochs("1") == []
    assert completion.agreements("") == ["1", "2"]
    assert completion.invoices("2/") == [f"2/{EPOCH}"]
    assert completion.sell_offers("") == ["1"]
    assert completion.buy_offers("") == []
