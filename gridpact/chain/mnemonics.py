"""The 25 words of a key, and what is wrong with them, without repeating one.

Algorand's mnemonics use the word list of BIP-39, with 24 words for the key and a 25th as the checksum. A wallet's 24
words are another format: they do not give this key.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from algosdk import mnemonic
from algosdk.error import WrongChecksumError
from algosdk.wordlist import word_list_raw

from gridpact.chain.errors import NoKeyError

LENGTH: Final = 25
BIP39_LENGTH: Final = 24


@dataclass(eq=False)
class NotAMnemonic(NoKeyError):
    """An environment variable holds another number of words than a mnemonic has. They are never repeated."""

    variable: str
    words: int


@dataclass(eq=False)
class Bip39Mnemonic(NoKeyError):
    """An environment variable holds the 24 words of a BIP-39 wallet."""

    variable: str


@dataclass(eq=False)
class MisspeltWord(NoKeyError):
    """A word of a mnemonic is in no word list. It is never repeated."""

    variable: str
    position: int
    """1 to 25."""


@dataclass(eq=False)
class WrongWords(NoKeyError):
    """All words are such, and they do not belong together: one is another's place, or another word."""

    variable: str


def private_key(variable: str, text: str) -> str:
    """The key of 25 words.

    Args:
        variable: where they are from.
        text: the words.

    Raises:
        NotAMnemonic, Bip39Mnemonic, MisspeltWord, WrongWords: they are none. No error holds a word, nor any in its
            context.
    """
    words = text.lower().split()
    if len(words) == BIP39_LENGTH and not any(word not in _listed() for word in words):
        raise Bip39Mnemonic(variable)
    if len(words) != LENGTH:
        raise NotAMnemonic(variable, len(words))
    for position, word in enumerate(words, 1):
        if word not in _listed():
            raise MisspeltWord(variable, position)
    try:
        return str(mnemonic.to_private_key(" ".join(words)))
    except (WrongChecksumError, ValueError):
        raise WrongWords(variable) from None


@cache
def _listed() -> frozenset[str]:
    return frozenset(word_list_raw().split())
