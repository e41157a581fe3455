"""Refusals as data: what everything that the library raises on purpose derives from."""

from dataclasses import Field, fields, is_dataclass
from typing import Any, ClassVar


class GridPactError(Exception):
    """Something was refused or failed, as data: the class says what, its fields say of what.

    The kinds are dataclasses (`eq=False`) that derive from this. Their words are the business of whoever shows them;
    `str()` is the class's name with its fields, for logs.
    """

    contract_error: ClassVar[str | None] = None
    """The contract's error that stands behind it, where one does."""
    is_final: bool = False
    """Whether a group was checked and refused, so that it is not on chain and never will be."""

    @property
    def code(self) -> str:
        """A stable name for programs."""
        return type(self).__name__

    def __str__(self) -> str:
        named: tuple[Field[Any], ...] = fields(self) if is_dataclass(self) else ()
        shown = [f"{field.name}={getattr(self, field.name)}" for field in named]
        return f"{self.code}({', '.join(shown)})"


class Problem:
    """One of several things that are wrong at once: data, collected in an error.

    The kinds are frozen dataclasses.
    """

    __slots__ = ()

    @property
    def code(self) -> str:
        """A stable name for programs."""
        return type(self).__name__
