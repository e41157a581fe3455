"""Refusals as data: what everything that the library raises on purpose derives from."""

from dataclasses import fields, is_dataclass
from typing import ClassVar


class GridPactError(Exception):
    """Something was refused or failed, as data: the class says what, its fields say of what.

    The kinds are dataclasses (`eq=False`) that derive from this. Their words are the business of whoever shows them;
    `str()` is the class's name with its fields, for logs.
    """

    contract_error: ClassVar[str | None] = None
    """The contract's error that stands behind it, where one does."""
    is_final: bool = False
    """Whether a group was checked and refused, so that it is not on chain and never will be."""

    def __init__(self, sentence: str = "", advice: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice

    @property
    def code(self) -> str:
        """A stable name for programs."""
        return type(self).__name__

    def __str__(self) -> str:
        return _shown(self)


class Problem:
    """One of several things that are wrong at once: data, collected in an error.

    The kinds are frozen dataclasses.
    """

    __slots__ = ()


def _shown(error: GridPactError) -> str:
    if not is_dataclass(error):
        return error.sentence
    shown = ", ".join(f"{field.name}={getattr(error, field.name)}" for field in fields(error))
    return f"{error.code}({shown})"
