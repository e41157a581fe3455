"""How the program's help looks: Typer's, with the examples in a panel of their own.

Typer's help brings Markdown, tracebacks and with them pygments, for modes that this program does not use: half of the
processor time of a `--help`. They are left out while it is loaded.
"""

import re
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

UNUSED: Final = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}
"""What Typer's help imports and does not use here."""
EXAMPLES: Final = re.compile(r"^Examples?: (.+)$", re.MULTILINE)
"""The line of a command's help that has examples, several of them apart by semicolons."""


class Command(TyperCommand):
    """A command of the program."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own click
        """Typer's help without the examples, and a panel of these."""
        load_help()
        told, examples = split(self.help or "")
        whole, self.help = self.help, told
        try:
            super().format_help(ctx, formatter)
        finally:
            self.help = whole
        if examples:
            show_examples(examples)


class Noun(TyperGroup):
    """A noun of the program, with its commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own click
        """Typer's, loaded without what it does not use."""
        load_help()
        super().format_help(ctx, formatter)


def split(text: str) -> tuple[str, list[str]]:
    """A command's help without its examples, and these."""
    examples = [one.strip() for line in EXAMPLES.findall(text) for one in line.split(";")]
    return re.sub(r"\n{3,}", "\n\n", EXAMPLES.sub("", text)).strip(), examples


def show_examples(examples: list[str]) -> None:
    """Print examples as Typer prints its panels."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.text import Text
    from typer import rich_utils

    panel = Panel(
        Text("\n".join(examples)),
        title="Examples" if len(examples) > 1 else "Example",
        title_align=rich_utils.ALIGN_OPTIONS_PANEL,
        border_style=rich_utils.STYLE_OPTIONS_PANEL_BORDER,
    )
    Console(width=rich_utils.MAX_WIDTH, highlight=False, force_terminal=rich_utils.FORCE_TERMINAL).print(panel)


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
