"""Names of the project's address book, wherever an address is."""

import json

from gridpact.units import short
from tests.cli.harness import EPOCH, Cli, allocated, finalized, issued
from tests.support.checkpoints import checkpoint

NAMES = {"bakery": "BUYER_A", "Mill & Sons": "BUYER_B", "house": "TREASURY", "anna": "HOLDER_1", "ops": "OPERATOR"}


@checkpoint
def a_month(cli: Cli) -> None:
    """Both agreements have their invoice, and 1,000 kW are in three hands."""
    allocated(cli)
    issued(cli)


def write_book(cli: Cli) -> None:
    lines = (f"{json.dumps(name)} = {json.dumps(cli.address(account))}" for name, account in NAMES.items())
    (cli.folder / "addresses.toml").write_text("\n".join(lines) + "\n")


def test_names_stand_in_lists(cli: Cli) -> None:
    a_month(cli)
    assert short(cli.address("BUYER_A")) in cli.done("invoice", "list").out
    write_book(cli)
    for command, names in (
        (("invoice", "list"), ("bakery", "Mill & Sons")),
        (("agreement", "list"), ("bakery", "Mill & Sons")),
        (("agreement", "show", "1"), ("bakery", "house")),
        (("vault", "show"), ("anna",)),
        (("status",), ("ops",)),
    ):
        out = cli.done(*command).out
        assert [name for name in names if name not in out] == []
    # Where one has to be sure the address stands beside.
    assert f"bakery ({cli.address('BUYER_A')})" in cli.done("invoice", "show", f"1/{EPOCH}").out
    assert cli.read("invoice", "show", f"1/{EPOCH}")["buyer"] == cli.address("BUYER_A")


def test_names_are_accepted_for_addresses(cli: Cli) -> None:
    a_month(cli)
    write_book(cli)
    terms = ("--price", "0.3", "--from", EPOCH, "--to", EPOCH)
    made = cli.run("agreement", "create", "--buyer", "Mill & Sons", "--treasury", "house", *terms)
    # What is signed is shown with the addresses.
    assert f"{cli.address('BUYER_B')} buys at" in made.err
    cli.done("agreement", "create", "--buyer", "Mill & Sons", "--treasury", "house", *terms, "--yes")
    assert cli.read("agreement", "show", "3")["buyer"] == cli.address("BUYER_B")
    assert [one["agreement"] for one in cli.read("invoice", "list", "--buyer", "bakery")["invoices"]] == [1]
    assert cli.read("vault", "show", "anna")["address"] == cli.address("HOLDER_1")
    cli.done("vault", "transfer", "anna", "100", *cli.as_("HOLDER_2"), "--yes")
    assert cli.read("vault", "show", "anna")["units"] == 600_000


def test_a_name_that_nobody_knows(cli: Cli) -> None:
    finalized(cli)
    write_book(cli)
    outcome = cli.run("invoice", "list", "--buyer", "backery")
    assert outcome.exit_code == 1


def test_a_book_with_a_slip_stops_every_command_that_needs_it(cli: Cli) -> None:
    finalized(cli)
    (cli.folder / "addresses.toml").write_text('bakery = "ABC"\n')
    outcome = cli.run("invoice", "list", "--buyer", "bakery")
    assert outcome.exit_code == 1
    assert outcome.sentence.startswith("'bakery' in ")
    assert outcome.sentence.endswith(" is not an Algorand address.")
