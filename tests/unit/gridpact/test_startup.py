"""What a run of the program loads: no more than its command needs, so that it starts at once."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

import pytest
import typer
from typer.testing import CliRunner

from gridpact.cli.app import Gridpact, app, whole_program
from gridpact.cli.help import UNUSED, split

HEAVY: Final = {"algokit_utils", "numpy", "sqlalchemy"}
READING: Final = (
    *("account", "agreement", "epoch", "grid_price", "invoice"),
    *("meter", "offer", "roles", "status", "terms", "vault"),
)
"""Modules of the commands that an operator asks all day."""


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code."""
    shown = f"{code}\nimport sys\nprint('|'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split("|"))


def heavy(modules: set[str]) -> set[str]:
    """What of them takes a while."""
    return HEAVY & modules


def test_the_help_loads_no_command() -> None:
    modules = loaded("from gridpact.cli.app import app\napp(['--help'], standalone_mode=False)")
    assert heavy(modules) == set()
    assert {
        name for name in modules if name.startswith(("gridpact.chain", "gridpact.cli.commands", "algosdk"))
    } == set()
    assert {"rich.markdown", "rich.traceback", "pygments"} & modules == set()


@pytest.mark.parametrize("module", READING)
def test_a_command_that_reads_loads_neither_clients_nor_numpy(module: str) -> None:
    modules = loaded(f"import gridpact.cli.commands.{module}")
    assert heavy(modules) == set()
    assert {name for name in modules if name.startswith("gridpact.contracts.") and name.endswith("_client")} == set()


def test_a_list_of_invoices_checks_no_file_of_somebody() -> None:
    assert "pydantic" not in loaded("import gridpact.cli.commands.invoice")


def test_what_is_left_out_of_the_help_can_still_be_loaded() -> None:
    code = "from gridpact.cli.help import load_help\nload_help()\nfrom rich.markdown import Markdown\nMarkdown('# x')"
    assert set(UNUSED) & loaded(code) == {"rich.markdown"}


def help_of(command: Any) -> str:
    """The first paragraph of a command's help, in one line."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def test_the_table_of_the_help_is_what_the_commands_say() -> None:
    """Every name with its help and its panel, and none that a module adds and the table has not."""
    program = whole_program()
    assert list(program.commands) == [entry.name for entry in Gridpact.entries]
    for entry in Gridpact.entries:
        command: Any = program.commands[entry.name]
        assert help_of(command) == entry.help, entry.name
        assert (command.rich_help_panel or None) == entry.panel, entry.name


@pytest.mark.parametrize("name", [entry.name for entry in Gridpact.entries])
def test_a_command_is_loaded_by_its_name(name: str) -> None:
    program: Any = typer.main.get_command(app)
    context = program.make_context("gridpact", [], resilient_parsing=True)
    found, command, rest = program.resolve_command(context, [name, "more"])
    assert (found, rest) == (name, ["more"])
    assert command is program.commands[name]
    assert callable(command.callback) or command.commands


def test_a_name_that_is_none() -> None:
    program: Any = typer.main.get_command(app)
    context = program.make_context("gridpact", [], resilient_parsing=True)
    assert program.resolve_command(context, ["invoices"]) == (None, None, [])


def commands(group: Any) -> Iterator[tuple[str, Any]]:
    """All commands of a group, with their names, in nouns too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {verb}", one) for verb, one in commands(command))
        else:
            yield name, command


def test_every_command_has_examples_in_a_panel() -> None:
    """Each begins as people type it, with the variables of an environment before it at most."""
    for name, command in commands(whole_program()):
        told, examples = split(command.help)
        assert "Example" not in told, name
        assert examples, name
        for example in examples:
            assert re.match(r"([A-Z_]+=\S+ )*gridpact \S", example), f"{name}: {example}"
        lines = CliRunner().invoke(app, [*name.split(), "--help"]).stdout.splitlines()
        title = "╭─ Examples ─" if len(examples) > 1 else "╭─ Example ─"
        assert any(line.startswith(title) for line in lines), name
        assert sum("Example" in line for line in lines) == 1, name


def test_no_type_is_any() -> None:
    for name, _ in commands(whole_program()):
        shown = CliRunner().invoke(app, [*name.split(), "--help"]).stdout
        assert not re.search(r"[<\[]Any[>\]]", shown), name


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("gridpact inv", {"invoice"}), ("gridpact invoice p", {"pay"}), ("gridpact query:grid", {"query:grid-price"})],
)
def test_names_are_completed(typed: str, wanted: set[str]) -> None:
    """Of commands that are not loaded, and of a noun's that are for it."""
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_GRIDPACT_COMPLETE": "complete_bash"}
    command = [sys.executable, "-m", "gridpact"]
    run = subprocess.run(command, env={**os.environ, **words}, capture_output=True, text=True, check=False)
    assert set(run.stdout.split()) == wanted, run.stderr
