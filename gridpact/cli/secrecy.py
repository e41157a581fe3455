"""The words of a key are never shown, wherever they come from: a mistyped command, a file, a failure's own text."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import typer
from typer.core import TyperGroup

HIDDEN: Final = "(words of a key)"
"""What stands in their place."""

_SPAN: Final = 12
"""So many words in a row are the words of a key,"""
_MISSES: Final = 2
"""of which so many may be misspelt."""
_REPEATS: Final = 1
"""and so many the same as another one: prose repeats its words, a key hardly ever does."""
_RUN: Final = re.compile(r"[A-Za-z]+(?:[^A-Za-z]{1,8}[A-Za-z]+){11,}")
"""Words with little between them: blanks, lines, commas, numbers, and what parts the words of a file's name."""
_WORD: Final = re.compile(r"[A-Za-z]+")


def without_keys(text: str) -> str:
    """A text as it may be shown: without what looks like twelve or more words of a key, however they are listed."""
    return _RUN.sub(lambda run: _hidden(run[0]), text)


def _hidden(run: str) -> str:
    found = list(_WORD.finditer(run))
    words = [match[0].lower() for match in found]
    secret = [False] * len(found)
    for start in range(len(found) - _SPAN + 1):
        if _is_key(words[start : start + _SPAN]):
            secret[start : start + _SPAN] = [True] * _SPAN
    parts: list[str] = []
    end = 0
    for index, match in enumerate(found):
        if not secret[index]:
            continue
        if index == 0 or not secret[index - 1]:
            parts += [run[end : match.start()], HIDDEN]
        end = match.end()
    return "".join([*parts, run[end:]])


def _is_key(words: Sequence[str]) -> bool:
    misses = sum(word not in _listed() for word in words)
    return misses <= _MISSES and len(words) - len(set(words)) <= _REPEATS


class Discreet(TyperGroup):
    """A program whose complaints about its arguments repeat no key."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 - Typer's own click is not public
        """Parse the program's options."""
        with _discreet():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own click is not public
        """Parse and run the command."""
        with _discreet():
            return super().invoke(ctx)


COMPLAINT: Final[type[Any]] = typer.BadParameter.__mro__[2]
"""What Typer raises of any kind of wrong use: it has a message."""


@contextmanager
def _discreet() -> Iterator[None]:
    try:
        yield
    except COMPLAINT as error:
        error.message = without_keys(error.message)
        raise


@cache
def _listed() -> frozenset[str]:
    # Loaded where something looks like it: hardly ever.
    from algosdk.wordlist import word_list_raw

    return frozenset(word_list_raw().split())
