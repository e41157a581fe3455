"""The program's commands, loaded when they are used: `--help` and completion need their names and one line each.

Typer's help brings Markdown, tracebacks and with them pygments, for modes that this program does not use: half of the
processor time of a `--help`. They are left out while it is loaded.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar, Final

import typer
from typer.core import TyperCommand, TyperGroup

MODULES: Final = "gridpact.cli.commands"
UNUSED: Final = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}
"""What Typer's help imports and does not use here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command or a noun of the program, as its help lists it."""

    name: str
    module: str
    """Under `gridpact.cli.commands`."""
    help: str
    panel: str | None = None
    """Of the help; None is the usual one."""


class LazyGroup(TyperGroup):
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

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own click
        """Typer's, without what it does not use."""
        load_help()
        super().format_help(ctx, formatter)


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


def load_help() -> None:
    """Load Typer's help, without the modules that it imports and does not use."""
    empty = {name: ModuleType(name) for name in UNUSED if name not in sys.modules}
    for name, module in empty.items():
        setattr(module, UNUSED[name], object)
    sys.modules.update(empty)
    try:
        import_module("typer.rich_utils")
    finally:
        # Whoever asks for them gets the real ones.
        for name in empty:
            del sys.modules[name]
