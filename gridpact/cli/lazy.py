"""The program's commands, loaded when they are used: `--help` and completion need their names and one line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, Final

import typer
from typer.core import TyperCommand

from gridpact.cli.help import Noun

MODULES: Final = "gridpact.cli.commands"


@dataclass(frozen=True, slots=True)
class Entry:
    """A command or a noun of the program, as its help lists it."""

    name: str
    module: str
    """Under `gridpact.cli.commands`."""
    help: str
    panel: str | None = None
    """Of the help; None is the usual one."""


class LazyGroup(Noun):
    """A group whose commands are loaded one by one."""

    entries: ClassVar[tuple[Entry, ...]] = ()

    def __init__(self, **arguments: Any) -> None:  # noqa: ANN401 - as Typer makes its groups
        super().__init__(**arguments)
        self.commands = {
            entry.name: TyperCommand(entry.name, help=entry.help, rich_help_panel=entry.panel, rich_markup_mode="rich")
            for entry in self.entries
        }
        self._missing = {entry.name: entry.module for entry in self.entries}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 - Typer's own click
        """The command that is run, or completed; only now its module is loaded."""
        if args and args[0] in self._missing:
            self.load(args[0])
        return super().resolve_command(ctx, args)

    def load(self, name: str | None = None) -> None:
        """Load the module of one command, or of all of them."""
        for module in dict.fromkeys(self._missing.values() if name is None else [self._missing[name]]):
            loaded = commands_of(module)
            self.commands.update(loaded)
            for one in loaded:
                self._missing.pop(one, None)


@cache
def commands_of(module: str) -> dict[str, Any]:
    """The commands that a module adds to the program, by name.

    Args:
        module: under `gridpact.cli.commands`.
    """
    part = typer.Typer()
    import_module(f"{MODULES}.{module}").add_to(part)
    return dict(typer.main.get_group(part).commands)


def listed(table: str, panel: str | None = None) -> Iterator[Entry]:
    """The entries of a table: name, module and help, a line each.

    Args:
        table: its lines.
        panel: of the help; None is the usual one.
    """
    for line in table.strip().splitlines():
        name, module, text = line.split(maxsplit=2)
        yield Entry(name, module, text, panel)
