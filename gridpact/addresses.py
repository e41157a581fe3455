"""The project's address book: names that stand for addresses, on every network or on one of them.

It is a file `addresses.toml` in the project's folder: `name = "ADDRESS"` for every network, and in a table with a
network's name what holds there instead.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from algosdk import encoding

from gridpact.errors import GridPactError
from gridpact.units import short

FILE: Final = "addresses.toml"
LONGEST_NAME: Final = 40


@dataclass(eq=False)
class AddressBookUnreadable(GridPactError):
    """The address book cannot be read, or is no TOML."""

    path: Path
    why: str


@dataclass(eq=False)
class NoAddressOfName(GridPactError):
    """A name of the address book stands for something that is no address."""

    path: Path
    name: str


@dataclass(eq=False)
class NoName(GridPactError):
    """What should be a name in the address book can be none: it is empty, too long, unprintable, or an address."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Names and their addresses."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    """By name."""

    @classmethod
    def read(cls, folder: Path, network: str) -> "AddressBook":
        """The book of a project; an empty one where there is none.

        Args:
            folder: of the project.
            network: whose names count before those of every network.

        Raises:
            AddressBookUnreadable, NoAddressOfName, NoName: the file is not as it should be.
        """
        path = folder / FILE
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise AddressBookUnreadable(path, error.strerror or "") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise AddressBookUnreadable(path, str(error)) from error
        everywhere = {name: one for name, one in content.items() if not isinstance(one, dict)}
        tables = {name: one for name, one in content.items() if isinstance(one, dict)}
        for part in (everywhere, *tables.values()):
            _check(path, part)
        return cls({**everywhere, **tables.get(network, {})})

    def address(self, name: str) -> str | None:
        """What a name stands for; None where it is not known."""
        return self.addresses.get(name)

    def name(self, address: str) -> str | None:
        """The first name of an address; None where it has none."""
        return next((name for name, one in self.addresses.items() if one == address), None)

    def shown(self, address: str) -> str:
        """An address in a list: its name, or the whole of it."""
        return self.name(address) or address

    def short(self, address: str) -> str:
        """An address in a list with little room: its name, or both its ends."""
        return self.name(address) or short(address)

    def both(self, address: str) -> str:
        """An address beside its name, where one has to be sure."""
        name = self.name(address)
        return address if name is None else f"{name} ({address})"


def _check(path: Path, part: Mapping[str, Any]) -> None:
    for name, address in part.items():
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or encoding.is_valid_address(name):
            raise NoName(path, name)
        if not isinstance(address, str) or not encoding.is_valid_address(address):
            raise NoAddressOfName(path, name)
