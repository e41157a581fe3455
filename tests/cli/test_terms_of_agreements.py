"""What an agreement may say beside its price, and its acceptance by the buyer."""

import pytest

from tests.cli.harness import EPOCH, Cli, deployed, finalized


def create(cli: Cli, *options: str) -> tuple[str, ...]:
    parties = ("--buyer", cli.address("BUYER_A"), "--treasury", cli.address("TREASURY"))
    return ("agreement", "create", *parties, "--price", "0.12", "--from", "202602", "--to", "203612", *options)


def test_create_with_all_terms(cli: Cli) -> None:
    deployed(cli)
    options = ("--escalator", "2.5", "--minimum-kwh", "80000", "--late-interest", "8")
    cli.done(*create(cli, *options), "--dry-run")
    cli.done(*create(cli, *options), "--yes")
    shown = cli.read("agreement", "show", "1")
    assert (shown["escalator_bps"], shown["minimum_kwh"], shown["late_interest_bps"]) == (250, 80_000, 800)
    text = cli.done("agreement", "show", "1").out
    for figure in ("2.5 %", "80,000 kWh", "8 %"):
        assert figure in text
    assert "Nothing to do." in cli.done(*create(cli, *options), "--yes").out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--escalator", "20"), "The price rises by at most 19.99 % a year, not by 20 %."),
        (("--late-interest", "100.01"), "Late interest is at most 100 % a year, not 100.01 %."),
        (("--minimum-kwh", "2", "--cap", "1"), "The minimum of 2 kWh is above the cap of 1 kWh."),
    ],
    ids=["escalator", "interest", "minimum"],
)
def test_create_refused(cli: Cli, options: tuple[str, ...], sentence: str) -> None:
    deployed(cli)
    before = cli.full_state()
    outcome = cli.run(*create(cli, *options), "--yes")
    assert (outcome.exit_code, outcome.sentence) == (1, sentence)
    assert cli.full_state() == before


def test_accept(cli: Cli) -> None:
    """Nothing is billed before the buyer has accepted, where the terms say so; a second time sends nothing."""
    finalized(cli)
    cli.done(*create(cli, "--require-acceptance"), "--yes")
    refused = cli.run("allocate", EPOCH, "3", "1000", "--yes")
    assert refused.exit_code == 1
    assert "gridpact agreement accept" in refused.err
    other = cli.run("agreement", "accept", "3", *cli.as_("BUYER_B"), "--yes")
    assert other.exit_code == 1
    cli.done("agreement", "accept", "3", *cli.as_("BUYER_A"), "--dry-run")
    done = cli.done("agreement", "accept", "3", *cli.as_("BUYER_A"), "--yes")
    assert f"Accepted agreement 3 as {cli.address('BUYER_A')}" in " ".join(done.out.split())
    assert "Nothing to do." in cli.done("agreement", "accept", "3", *cli.as_("BUYER_A"), "--yes").out
    cli.done("allocate", EPOCH, "3", "1000", "--yes")
