"""Keys from the environment. The words never come back in a message."""

import base64
import re
import traceback
from typing import Final

import pytest
from algosdk import account, mnemonic

from gridpact.chain.errors import NoKeyError
from gridpact.chain.keys import NotAnAddress, Role, mnemonic_account, require_address
from gridpact.chain.mnemonics import Bip39Mnemonic, MisspeltWord, NotAMnemonic, WrongWords
from gridpact.cli import words


def test_mnemonic(monkeypatch: pytest.MonkeyPatch) -> None:
    private_key, address = account.generate_account()
    monkeypatch.setenv(Role.OPERATOR.variable, f"  {mnemonic.from_private_key(private_key)} ")
    found = mnemonic_account("OPERATOR_MNEMONIC")
    assert found is not None
    assert found.address == address


@pytest.mark.parametrize("unset", [None, "", "  "])
def test_no_mnemonic(monkeypatch: pytest.MonkeyPatch, unset: str | None) -> None:
    monkeypatch.delenv("BUYER_MNEMONIC", raising=False)
    if unset is not None:
        monkeypatch.setenv("BUYER_MNEMONIC", unset)
    assert mnemonic_account("BUYER_MNEMONIC") is None


RIGHT: Final = mnemonic.from_master_derivation_key(base64.b64encode(bytes(range(32))).decode()).split()
MISSPELT: Final = [*RIGHT[:16], "qwertz", *RIGHT[17:]]
SWAPPED: Final = ["zoo" if RIGHT[0] != "zoo" else "zone", *RIGHT[1:]]


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        (RIGHT[:12], NotAMnemonic, "BUYER_MNEMONIC holds 12 words, not the 25 of an Algorand key."),
        (RIGHT[:1], NotAMnemonic, "BUYER_MNEMONIC holds 1 word, not the 25 of an Algorand key."),
        (RIGHT[:24], Bip39Mnemonic, "BUYER_MNEMONIC holds 24 words: the BIP-39 phrase of a wallet, "),
        (MISSPELT, MisspeltWord, "Word 17 of BUYER_MNEMONIC is misspelt: it is in no word list."),
        (SWAPPED, WrongWords, "The 25 words of BUYER_MNEMONIC do not belong together: their checksum is wrong."),
        (["abandon"] * 25, WrongWords, "The 25 words of BUYER_MNEMONIC do not belong together"),
    ],
)
def test_bad_mnemonic_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, text: list[str], kind: type[NoKeyError], sentence: str
) -> None:
    monkeypatch.setenv("BUYER_MNEMONIC", " ".join(text))
    with pytest.raises(kind) as caught:
        mnemonic_account("BUYER_MNEMONIC")
    assert words.refusal(caught.value).sentence.startswith(sentence)
    said = "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert not [word for word in text if re.search(rf"\b{word}\b", said)]


def test_words_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUYER_MNEMONIC", "\n ".join(RIGHT).upper())
    found = mnemonic_account("BUYER_MNEMONIC")
    assert found is not None
    assert found.private_key == mnemonic.to_private_key(" ".join(RIGHT))


def test_address_with_a_typing_error() -> None:
    _, address = account.generate_account()
    assert require_address(address) == address
    typo = ("B" if address[0] == "A" else "A") + address[1:]
    with pytest.raises(NotAnAddress) as caught:
        require_address(typo, "buyer")
    assert (caught.value.text, caught.value.what) == (typo, "buyer")
