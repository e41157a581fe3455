"""Advice can be followed: each command that is named exists, with each option that is named."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from gridpact.cli.app import app

CLI: Final = Path(__file__).parents[3] / "gridpact" / "cli"
NAMED: Final = re.compile(r"`gridpact ([^`]+)`")
OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]+")
OTHERS: Final = {"--help"}
"""Options that every command has."""


def texts() -> Iterator[tuple[str, str]]:
    """The texts of the words, with the module that they stand in; what is filled in is a zero."""
    for path in sorted(CLI.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {value for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
                yield path.name, "".join(parts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
                yield path.name, node.value


def walk() -> dict[str, set[str]]:
    """Each command as people type it → its options."""
    top: Any = typer.main.get_command(app)
    top.load()
    context = typer.Context(top)
    found: dict[str, set[str]] = {}

    def visit(command: Any, name: str) -> None:
        subs = getattr(command, "list_commands", None)
        found[name] = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        for sub in () if subs is None else subs(context):
            visit(command.get_command(context, sub), f"{name} {sub}".strip())

    visit(top, "")
    return found


COMMANDS: Final = walk()
ADVISED: Final = sorted({(module, match[1]) for module, text in texts() for match in NAMED.finditer(text)})


def test_there_is_advice() -> None:
    assert len(ADVISED) > 40


@pytest.mark.parametrize(("module", "advice"), ADVISED, ids=lambda value: str(value)[:60])
def test_advice_parses(module: str, advice: str) -> None:
    words = shlex.split(advice)
    name = next((" ".join(words[:many]) for many in (2, 1) if " ".join(words[:many]) in COMMANDS), None)
    assert name is not None, f"{module}: there is no command {advice!r}"
    named = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert named <= COMMANDS[name] | COMMANDS[""] | OTHERS, f"{module}: {name} has no {named - COMMANDS[name]}"


@pytest.mark.parametrize("path", sorted((CLI / "words").glob("*.py")), ids=lambda path: path.stem)
def test_every_option_that_is_named_exists(path: Path) -> None:
    known = set().union(*COMMANDS.values()) | OTHERS
    named = {option for module, text in texts() if module == path.name for option in OPTION.findall(text)}
    assert named <= known
