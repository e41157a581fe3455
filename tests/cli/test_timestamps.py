"""Every time that a command takes is bounded: by its month, and by the chain's clock."""

import pytest
from algosdk.transaction import ApplicationCallTxn, assign_group_id, write_to_file

from gridpact.epochs import epoch_end_ts, epoch_start_ts
from tests.cli.harness import Cli, deployed
from tests.cli.test_signing import transactions, with_key
from tests.support.checkpoints import checkpoint

FEBRUARY = epoch_start_ts(202602)
FAR = 4_000_000_000
MILLISECONDS = "1969904000000"
LARGEST = str(2**64 - 1)
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
        ((*MINT, "--start-ts", MILLISECONDS), "OPERATOR", "The reading of roof-1 ends after the year 9999"),
        ((*MINT, "--end-ts", LARGEST), "OPERATOR", "The reading of roof-1 ends after the year 9999"),
        ((*OFFER, "--expiry-ts", MILLISECONDS), "HOLDER_1", f"The second {MILLISECONDS} is after the year 9999."),
        ((*BUY, "--expiry-ts", LARGEST), "HOLDER_2", f"The second {LARGEST} is after the year 9999."),
        ((*TERMS, "--expiry-ts", LARGEST + "9"), "HOLDER_2", f"The second {LARGEST}9 is after the year 9999."),
        ((*OFFER, "--expiry-ts", "1"), "HOLDER_1", EXPIRED),
        ((*BUY, "--expiry-ts", "1"), "HOLDER_2", EXPIRED),
        ((*TERMS, "--expiry-ts", "1"), "HOLDER_2", EXPIRED),
    ],
    ids=[
        *("future", "month to come", "empty", "after the month", "start in milliseconds", "end of all"),
        *("offer in milliseconds", "buy offer of all", "terms beyond all", "offer", "buy offer", "terms"),
    ],
)
def test_refused(cli: Cli, command: tuple[str, ...], signer: str, sentence: str) -> None:
    with_producer(cli)
    before = cli.full_state()
    outcome = cli.run(*command, *cli.as_(signer), "--yes")
    assert outcome.exit_code == 1, outcome.out
    assert outcome.sentence.startswith(sentence), outcome.err
    assert len(outcome.err.splitlines()) > 1, "it says what to do"
    assert cli.full_state() == before


def test_an_end_that_no_calendar_has_is_shown(cli: Cli) -> None:
    """The contract takes it from anybody, and nobody's lists may fail for it."""
    with_producer(cli)
    cli.done(*OFFER, *cli.as_("HOLDER_1"), "--out", "unsigned.txn")
    group = transactions("unsigned.txn")
    for one in group:
        one.group = None
        if isinstance(one, ApplicationCallTxn):
            one.app_args = [*one.app_args[:3], (2**64 - 1).to_bytes(8)]
    key = cli.accounts["HOLDER_1"].private_key
    write_to_file([with_key(one, key) for one in assign_group_id(group)], "signed.txn")
    cli.done("submit", "signed.txn", "--yes")
    assert "after the year 9999" in cli.done("query:offers").out
    for command in ("events", "history sync", "history offers", "market plan", "audit", "doctor", "offer query --json"):
        cli.done(*command.split())


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
