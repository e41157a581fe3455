"""Texts that may be shown."""

import random
import re
from pathlib import Path

import pytest
from algosdk.wordlist import word_list_raw

from gridpact.cli.secrecy import HIDDEN, without_keys

LIST = word_list_raw().split()
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("count", [12, 15, 24, 25])
@pytest.mark.parametrize("between", [" ", "\n", ", ", '", "', "  \t", ". ", "-", "_", "/", "\n 7) "])
@pytest.mark.parametrize("misspelt", [(), (3,), (11,), (5, 6)])
def test_words_of_a_key_are_hidden(count: int, between: str, misspelt: tuple[int, ...]) -> None:
    chosen = random.Random(count).sample(LIST, count)
    for place in misspelt:
        chosen[place] = "qwertzu"
    text = f"It is {between.join(chosen)}{between}!"
    shown = without_keys(text)
    assert HIDDEN in shown
    # Only what stands at an end and is misspelt may be left.
    assert not set(re.findall("[a-z]+", shown)) & set(chosen) - {"is", "qwertzu"}
    assert without_keys(text.upper()) != text.upper()


def test_eleven_words_are_no_key() -> None:
    text = " ".join(LIST[:11])
    assert without_keys(text) == text


@pytest.mark.parametrize("page", ["README.md", "docs/contracts.md", "docs/localnet.md", "CHANGELOG.md"])
def test_what_people_write_is_shown(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert without_keys(text) == text
