"""`gridpact agreement import`: many agreements from a file, in a few blocks, and never one of them twice."""

from pathlib import Path
from typing import Any

import pytest

from gridpact.chain.group import Group
from gridpact.chain.sending import SignedGroup
from tests.cli.harness import EPOCH, Cli, deployed

HEADER = "buyer,treasury,price,from,to,cap_kwh,due_day,contract_sha256"
MANY = 200


@pytest.fixture
def book(cli: Cli) -> Cli:
    """The apps are there, and no agreement."""
    deployed(cli)
    return cli


def row(cli: Cli, price: str, more: str = ",,", buyer: str = "BUYER_A") -> str:
    return f"{cli.address(buyer)},{cli.address('TREASURY')},{price},{EPOCH},202701,{more}"


def write(cli: Cli, *rows: str, name: str = "agreements.csv", header: str = HEADER) -> str:
    path: Path = cli.folder / name
    path.write_text("\n".join([header, *rows, ""]))
    return str(path)


def test_import_creates_each_row(book: Cli) -> None:
    """Terms as they are in the file; what is left empty has the defaults of `agreement create`."""
    file = write(book, row(book, "0.12"), row(book, "0.1", f"5000,20,{'ab' * 32}", "BUYER_B"))
    planned = book.read("agreement", "import", file, "--dry-run")
    assert [len(group["effects"]) for group in planned["groups"]] == [2]
    assert book.read("agreement", "list")["agreements"] == []
    done = book.done("agreement", "import", file, "--yes")
    assert "Created agreement 1" in done.out
    first, second = book.read("agreement", "list")["agreements"]
    assert (first["buyer"], first["price_per_kwh"], first["cap_kwh"]) == (book.address("BUYER_A"), 120_000, 0)
    assert (first["due_day"], first["contract_sha256"]) == (15, "00" * 32)
    assert (second["buyer"], second["price_per_kwh"], second["cap_kwh"]) == (book.address("BUYER_B"), 100_000, 5_000)
    assert (second["due_day"], second["contract_sha256"]) == (20, "ab" * 32)
    assert (second["first_epoch"], second["last_epoch"]) == (202602, 202701)


def test_import_toml_and_json(book: Cli) -> None:
    """The same rows in the other formats are the same agreements."""
    buyer, treasury = book.address("BUYER_A"), book.address("TREASURY")
    (book.folder / "a.toml").write_text(
        f'[[agreement]]\nbuyer = "{buyer}"\ntreasury = "{treasury}"\nprice = 0.12\nfrom = 202602\nto = "2027-01"\n'
    )
    (book.folder / "a.json").write_text(
        f'[{{"buyer": "{buyer}", "treasury": "{treasury}", "price": 0.12, "from": 202602, "to": 202701}}]'
    )
    book.done("agreement", "import", str(book.folder / "a.toml"), "--yes")
    again = book.done("agreement", "import", str(book.folder / "a.json"), "--yes")
    assert again.out.splitlines()[-1] == "Nothing to do."
    assert len(book.read("agreement", "list")["agreements"]) == 1


def test_import_twice_does_nothing_twice(book: Cli) -> None:
    """An agreement is known by its terms, also one that was ended since; a row more is created alone."""
    rows = [row(book, "0.12"), row(book, "0.13")]
    file = write(book, *rows)
    book.done("agreement", "import", file, "--yes")
    book.done("agreement", "end", "2", "202606", "--yes")
    again = book.done("agreement", "import", file, "--yes")
    assert again.out.splitlines()[-1] == "Nothing to do."
    more = book.read("agreement", "import", write(book, *rows, row(book, "0.14")), "--yes")
    assert len(more["already_done"]) == 2
    assert [one["price_per_kwh"] for one in book.read("agreement", "list")["agreements"]] == [120_000, 130_000, 140_000]


def test_import_says_everything_that_is_wrong(book: Cli) -> None:
    """Nothing is sent, and every row is named."""
    file = write(
        book,
        row(book, "0.12"),
        row(book, "cheap"),
        row(book, "0.12"),
        row(book, "0"),
        row(book, "0.1", ",40,"),
        row(book, "0.2").replace(EPOCH, "202613"),
        "too,few",
        row(book, "0.1234567"),
        row(book, "0.3", ",,12ab"),
        row(book, "0.4").replace(book.address("BUYER_A"), "NOBODY"),
    )
    refused = book.run("agreement", "import", file, "--yes", "--json")
    assert refused.exit_code == 1
    assert refused.document["error"]["name"] == "RowsRefused"
    said = refused.document["error"]["sentence"].splitlines()
    assert said[0] == "The file has 5 problems:"
    for line, part in ((3, "price"), (7, "from"), (8, "2 fields"), (10, "contract_sha256"), (11, "buyer")):
        assert any(f"Line {line}" in one and part in one for one in said), (line, said)
    values = write(book, row(book, "0.12"), row(book, "0.12"), row(book, "0"), row(book, "0.1", ",40,"))
    said = book.run("agreement", "import", values, "--yes").err.splitlines()
    assert said[0] == "The file has 3 problems:"
    assert said[-1] == "Correct the file; nothing was done."
    assert any("Line 3 repeats line 2" in one for one in said)
    assert book.read("agreement", "list")["agreements"] == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "buyer,treasury,price,from,until\n", "the column"),
        ("a.csv", "buyer,treasury,price,from,to\n", "it has no row"),
        ("a.toml", "agreement = 3\n", "it is not TOML"),
        ("a.json", "{", "it is not JSON"),
        ("a.xlsx", "", ".xlsx is none of .csv, .toml, .json"),
    ],
)
def test_import_of_what_is_no_list(book: Cli, name: str, content: str, sentence: str) -> None:
    (book.folder / name).write_text(content)
    refused = book.run("agreement", "import", str(book.folder / name), "--yes")
    assert refused.exit_code == 1
    assert sentence in refused.err


def test_import_of_many_takes_a_few_groups(book: Cli) -> None:
    """200 agreements: 25 groups in flight together, all numbered in the file's order."""
    file = write(book, *(row(book, f"0.{number:05d}") for number in range(1, MANY + 1)))
    done = book.read("agreement", "import", file, "--yes")
    assert len(done["groups"]) == MANY // 8
    prices = [one["price_per_kwh"] for one in book.read("agreement", "list")["agreements"]]
    assert prices == [10 * number for number in range(1, MANY + 1)]


# --- offers -----------------------------------------------------------------------------------------------------------

OFFERS = "amount_wh,price"
ROWS = [f"{100 + number},0.{15 + number}" for number in range(10)]
"""Ten offers, two groups, 1,045 Wh."""


@pytest.fixture
def market(book: Cli) -> Cli:
    """Holder 1 has 5 kWh of credit."""
    book.done("meter", "register", "roof", "--producer", book.address("HOLDER_1"), "--yes")
    book.done("mint:spark", "--amount-wh", "5000", "--yes")
    return book


def offered(cli: Cli, noun: str = "offer") -> list[tuple[int, int]]:
    """Amount and price of each offer, in the order of their ids."""
    price = "price_per_kwh" if noun == "offer" else "max_price_per_kwh"
    found = cli.read(noun, "query", "--type", "all", "--limit", "1000")["offers"]
    return [(one["amount_wh"], one[price]) for one in found]


def expected(rows: list[str]) -> list[tuple[int, int]]:
    pairs = (row.split(",") for row in rows)
    return [(int(amount), int(float(price) * 100 + 0.5) * 1_000_000) for amount, price in pairs]


@pytest.mark.parametrize(("noun", "signer"), [("offer", "HOLDER_1"), ("buy-offer", "HOLDER_2")])
def test_offers_are_imported_once(market: Cli, noun: str, signer: str) -> None:
    """In the file's order; run again, nothing happens; another batch is another import."""
    command = (noun, "import", write(market, *ROWS, header=OFFERS, name="o.csv"), *market.as_(signer), "--yes")
    assert len(market.read(*command)["groups"]) == 2
    assert offered(market, noun) == expected(ROWS)
    again = market.done(*command)
    assert again.out.splitlines()[:2] == [
        "The offers of rows 1 to 7 were created by an earlier run.",
        "The offers of rows 8 to 10 were created by an earlier run.",
    ]
    assert again.out.splitlines()[-1] == "Nothing to do."
    dry = market.done(*command[:-1], "--dry-run")
    assert "Nothing to do." in dry.out
    market.done(*command, "--batch", "tomorrow")
    assert offered(market, noun) == expected(ROWS) * 2


def test_offers_are_checked_as_a_whole(market: Cli) -> None:
    """More than the maker has, and values that no offer may have: nothing is sent."""
    command = ("offer", "import", write(market, "4000,0.15", "2000,0.15", header=OFFERS), *market.as_("HOLDER_1"))
    refused = market.run(*command, "--yes", "--json")
    assert refused.document["error"]["name"] == "CreditTooSmall"
    assert "6000 Wh (6 kWh)" in refused.sentence
    wrong = write(market, "0,0.15", "1,0", "x,0.1", "1,0.123456789", header=OFFERS)
    said = market.run("offer", "import", wrong, *market.as_("HOLDER_1"), "--yes").err
    assert "The file has 2 problems" in said
    assert market.run("offer", "import", str(market.folder / "none.csv"), "--yes").exit_code == 1
    assert offered(market) == []


def test_offers_go_on_where_others_took_their_ids(market: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else makes more offers meanwhile than the calls have ids to spare: the rest is planned anew."""
    file = write(market, *ROWS, header=OFFERS)
    sign = Group.sign
    others = iter(range(6))

    def disturbed(group: Group, *arguments: Any) -> SignedGroup:
        signed = sign(group, *arguments)
        for price in others:
            monkeypatch.setattr(Group, "sign", sign)
            market.done(
                "buy-offer", "create", "--amount-wh", "1", "--max-price", f"0.0{price + 1}", *market.as_("OUTSIDER"),
                "--yes",
            )  # fmt: skip
        return signed

    monkeypatch.setattr(Group, "sign", disturbed)
    done = market.run("buy-offer", "import", file, *market.as_("HOLDER_2"), "--yes")
    assert done.exit_code == 0, done.err
    assert "Planned again" in done.err
    mine = [one for one in offered(market, "buy-offer") if one[0] > 1]
    assert mine == expected(ROWS)
