"""The sentences of the program that name a command or an option: all of them, found in its source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typer

from gridpact.cli.app import app

CLI: Final = Path(__file__).parents[2] / "gridpact" / "cli"
COMMAND: Final = re.compile(r"`((?:gridpact|python -m localnet|algokit) [^`]+)`")
OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]+")
NO_SENTENCES: Final = {"app.py", "reference.py", "settings.py:MEANINGS"}
"""Generated pages, and tables of commands and of what variables mean: they explain, and advise nothing."""
PROGRAM: Final = "gridpact"
"""Begins a command that is put together word by word."""
FORMATTED: Final = re.compile(r"\{[a-z]+\}")
"""Stands in a text that `format` fills in."""
FILLED_IN: Final = "\0"
"""Stands in a text where the program fills something in."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the program that names a command or an option.

    Attributes:
        module: where it stands, without its folder.
        owner: the error, effect, function or constant that it belongs to.
        text: the text; what is filled in is a zero byte.
    """

    module: str
    owner: str
    text: str

    @property
    def key(self) -> str:
        """Where it stands: "billing.InvoiceNotPaid"."""
        return f"{self.module}.{self.owner}"

    def is_in(self, said: str) -> bool:
        """Whether something that was said contains it."""
        parts = (re.escape(part) for part in self.text.split(FILLED_IN))
        return re.search(".*?".join(parts), said) is not None


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, in the order of the source."""
    return tuple(
        one
        for path in sorted(CLI.rglob("*.py"))
        if path.name not in NO_SENTENCES or path.parent.name == "words"
        for one in _of(path)
    )


def commands_in(text: str) -> list[str]:
    """The commands that a text names, without backticks."""
    return COMMAND.findall(text)


@cache
def commands() -> dict[str, Any]:
    """Each command as people type it after `gridpact`, and what typer knows of it."""
    top: Any = typer.main.get_command(app)
    top.load()
    context = typer.Context(top)
    found: dict[str, Any] = {}

    def visit(command: Any, name: str) -> None:
        subs = getattr(command, "list_commands", None)
        found[name] = command
        for sub in () if subs is None else subs(context):
            visit(command.get_command(context, sub), f"{name} {sub}".strip())

    visit(top, "")
    return found


def _of(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for child in tree.body:
        yield from _below(path, child, "")


def _below(path: Path, node: ast.AST, owner: str) -> Iterator[Sentence]:
    owner = _owner(node, owner)
    if f"{path.name}:{owner}" in NO_SENTENCES:
        return
    text = _text(node)
    is_sentence = text is not None and " " in text and (COMMAND.search(text) or OPTION.search(text))
    if text is not None and owner and (is_sentence or text == PROGRAM):
        module = path.stem if path.parent.name == "words" else f"{path.parent.name}/{path.stem}"
        yield Sentence(module, owner, text)
        return
    for one, its_owner in _parts(node, owner):
        yield from _below(path, one, its_owner)


def _parts(node: ast.AST, owner: str) -> Iterator[tuple[ast.AST, str]]:
    """What may hold sentences, and whose they are then. Help explains, and advises nothing."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield value, owner if key is None else ast.unparse(key).rpartition(".")[2]
        return
    if isinstance(node, ast.keyword) and node.arg == "help":
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):  # of commands and their options
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST) and not _is_docstring(one):
                yield one, owner


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else FILLED_IN for part in node.values)
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    return FORMATTED.sub(FILLED_IN, node.value)


def _owner(node: ast.AST, outer: str) -> str:
    if isinstance(node, ast.FunctionDef):
        first = node.args.args[0].annotation if node.name == "_" else None
        return node.name if first is None else ast.unparse(first).rpartition(".")[2]
    if isinstance(node, ast.Assign | ast.AnnAssign) and not outer:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return ast.unparse(target)
    return outer


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
