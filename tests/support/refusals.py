"""Every refusal and problem of the library, as classes."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

import gridpact
from gridpact.contracts import errors as err

TOP: Final = "gridpact."


def kinds(base: type) -> Iterator[type]:
    """The classes of the library that derive from a base."""
    for kind in base.__subclasses__():
        # A dataclass with slots is a second class beside the one that was written.
        if kind.__module__.startswith(TOP) and getattr(sys.modules[kind.__module__], kind.__name__, None) is kind:
            yield kind
        yield from kinds(kind)


def load() -> None:
    """Load every module of the library."""
    for module in walk_packages(gridpact.__path__, TOP):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def contract_names() -> set[str]:
    """The contracts' own names of their errors."""
    return {value for name, value in vars(err).items() if name.isupper() and isinstance(value, str)}
