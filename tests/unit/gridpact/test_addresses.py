"""The address book: names for addresses, on every network or on one."""

from pathlib import Path

import pytest
from algosdk import encoding

from gridpact.addresses import FILE, AddressBook, AddressBookUnreadable, NoAddressOfName, NoName

ONE, OTHER = (str(encoding.encode_address(bytes([number]) * 32)) for number in (1, 2))


def book(folder: Path, text: str, network: str = "mainnet") -> AddressBook:
    (folder / FILE).write_text(text, encoding="utf-8")
    return AddressBook.read(folder, network)


def test_names_of_every_network_and_of_one(tmp_path: Path) -> None:
    text = f'TREASURY = "{ONE}"\n"Bäckerei Süd" = "{ONE}"\n[testnet]\nTREASURY = "{OTHER}"\n'
    main, test = book(tmp_path, text), book(tmp_path, text, "testnet")
    assert (main.address("TREASURY"), test.address("TREASURY")) == (ONE, OTHER)
    assert main.address("Bäckerei Süd") == test.address("Bäckerei Süd") == ONE
    assert main.address("treasury") is None
    assert (main.shown(ONE), main.shown(OTHER)) == ("TREASURY", OTHER)
    assert test.short(ONE) == "Bäckerei Süd"
    assert main.short(OTHER) == f"{OTHER[:4]}…{OTHER[-4:]}"
    assert (main.both(ONE), main.both(OTHER)) == (f"TREASURY ({ONE})", OTHER)


def test_no_book(tmp_path: Path) -> None:
    assert AddressBook.read(tmp_path, "localnet").addresses == {}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("TREASURY", AddressBookUnreadable),
        (f'A = "{ONE[:-1]}"', NoAddressOfName),
        ("A = 7", NoAddressOfName),
        ("[testnet]\nA = 'B'", NoAddressOfName),
        (f'"" = "{ONE}"', NoName),
        (f'"{"x" * 41}" = "{ONE}"', NoName),
        (f'"a\\u001b" = "{ONE}"', NoName),
        (f'{ONE} = "{OTHER}"', NoName),
    ],
)
def test_refusals(tmp_path: Path, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        book(tmp_path, text)


def test_a_book_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(AddressBookUnreadable):
        AddressBook.read(tmp_path, "localnet")
