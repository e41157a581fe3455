"""Every time that a command takes is bounded: by its month, and by the chain's clock."""

import pytest

from gridpact.epochs import epoch_end_ts, epoch_start_ts
from tests.cli.harness import Cli, deployed
from tests.support.checkpoints import checkpoint

FEBRUARY = epoch_start_ts(202602)
FAR = 4_000_000_000
METER = "roof-1"


@checkpoint
def with_producer(cli: Cli) -> None:
    """HOLDER_1 has a meter, and 5,000 Wh of credit."""
    deployed(cli)
    cli.done("meter", "register", METER, "--producer", cli.address("HOLDER_1"), "--capacity-kw", "5", "--yes")
    cli.done("mint:spark", "--meter", METER, "--epoch", "202602", "--amount-wh", "5000", "--yes")


MINT = ("mint:spark", "--meter", METER, "--amount-wh", "100")
OFFER = ("create:offer", "--amount-wh", "100", "--price", "0.15")
BUY = ("create:buy-offer", "--amount-wh", "100", "--max-price", "0.20")
TERMS = ("terms", "set", "--buy-wh", "100", "--max-buy-price", "0.20")
EXPIRED = "InvalidExpiry: the expiry is past."


@pytest.mark.parametrize(
    ("command", "signer", "sentence"),
    [
        ((*MINT, "--end-ts", str(FAR)), "OPERATOR", "The reading of roof-1 ends "),
        ((*MINT, "--epoch", "202902"), "OPERATOR", "The reading of roof-1 ends "),
        (
            (*MINT, "--epoch", "202602", "--start-ts", str(FEBRUARY + 9_000), "--end-ts", str(FEBRUARY + 9_000)),
            "OPERATOR",
            "InvalidInterval: the interval is empty or lies outside the epoch.",
        ),
        (
            (*MINT, "--epoch", "202602", "--start-ts", str(epoch_end_ts(202602) + 9), "--end-ts", "1774000000"),
            "OPERATOR",
            "InvalidInterval: the interval is empty or lies outside the epoch.",
        ),
        ((*OFFER, "--expiry-ts", "1"), "HOLDER_1", EXPIRED),
        ((*BUY, "--expiry-ts", "1"), "HOLDER_2", EXPIRED),
        ((*TERMS, "--expiry-ts", "1"), "HOLDER_2", EXPIRED),
    ],
    ids=["future", "month to come", "empty", "after the month", "offer", "buy offer", "terms"],
)
def test_refused(cli: Cli, command: tuple[str, ...], signer: str, sentence: str) -> None:
    with_producer(cli)
    before = cli.full_state()
    outcome = cli.run(*command, *cli.as_(signer), "--yes")
    assert outcome.exit_code == 1, outcome.out
    assert outcome.sentence.startswith(sentence), outcome.err
    assert len(outcome.err.splitlines()) > 1, "it says what to do"
    assert cli.full_state() == before


def test_expiry_ends_offers_and_terms(cli: Cli) -> None:
    """What has an end says so; 0 is none."""
    with_producer(cli)
    cli.done(*OFFER, "--expiry-ts", str(FAR), *cli.as_("HOLDER_1"), "--yes")
    cli.done(*BUY, "--expiry-ts", str(FAR), *cli.as_("HOLDER_2"), "--yes")
    cli.done(*TERMS, "--expiry-ts", str(FAR), *cli.as_("HOLDER_2"), "--yes")
    assert cli.read("query:offers")["offers"][0]["expiry_ts"] == FAR
    assert cli.read("query:buy-offers")["offers"][0]["expiry_ts"] == FAR
    assert cli.read("terms", "show", "--account", cli.address("HOLDER_2"))["expiry_ts"] == FAR
    cli.done(*TERMS, "--expiry-ts", "0", *cli.as_("HOLDER_2"), "--yes")
    assert cli.read("terms", "show", "--account", cli.address("HOLDER_2"))["expiry_ts"] == 0


def test_close_account(cli: Cli) -> None:
    """An empty line goes, its deposit comes back; one with credit stays."""
    with_producer(cli)
    cli.done(*TERMS, *cli.as_("HOLDER_2"), "--yes")
    close = ("terms", "close-account", *cli.as_("HOLDER_2"))
    held = cli.algorand.account.get_information(cli.address("HOLDER_2")).amount.micro_algo
    cli.done(*close, "--dry-run")
    cli.done(*close, "--yes")
    assert cli.algorand.account.get_information(cli.address("HOLDER_2")).amount.micro_algo > held
    before = cli.full_state()
    refused = cli.run("terms", "close-account", *cli.as_("HOLDER_1"), "--yes")
    assert (refused.exit_code, refused.sentence) == (
        1,
        "AccountNotEmpty: the account has credit, or an open buy offer.",
    )
    assert cli.full_state() == before


@pytest.mark.parametrize("command", [("deploy", "--yes"), ("demo", "--yes")], ids=["deploy", "demo"])
def test_what_was_not_foreseen_says_whether_something_was_sent(
    cli: Cli, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(f"gridpact.cli.commands.{command[0]}.talk", broken)
    outcome = cli.run(*command)
    assert outcome.exit_code == 1
    assert outcome.sentence == "Something unforeseen happened (RuntimeError)."
    assert "Something may have been sent" in outcome.err
