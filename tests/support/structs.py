"""Structs of the typed clients, as the library reads them."""

from dataclasses import astuple, fields
from typing import Any


def as_layout[Model](kind: type[Model], struct: Any) -> Model:
    """A typed client's struct as the layout of the same fields.

    Args:
        kind: the layout.
        struct: the client's.
    """
    names = (field.name for field in fields(kind))  # type: ignore[arg-type]  # layouts are dataclasses
    return kind(**dict(zip(names, astuple(struct), strict=True)))
