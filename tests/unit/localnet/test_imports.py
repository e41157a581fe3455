"""The LocalNet is a distribution of its own: it stands on the packages that it names, and on nothing of GridPact."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import localnet

PACKAGE = Path(localnet.__file__).parent
PROJECT = PACKAGE.parents[1] / "pyproject.toml"


def imported() -> dict[str, set[str]]:
    """The top-level names that each module imports, the standard library's left out."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path} imports relatively"
                names.add(str(node.module).partition(".")[0])
        found[str(path.relative_to(PACKAGE))] = names - sys.stdlib_module_names
    return found


def declared() -> set[str]:
    """The distributions that its pyproject names."""
    lines = tomllib.loads(PROJECT.read_text())["project"]["dependencies"]
    return {re.split(r"[<>=! \[;]", line, maxsplit=1)[0] for line in lines}


def test_it_imports_itself_and_what_it_declares() -> None:
    brought_by = importlib.metadata.packages_distributions()
    allowed = {name for name, bringers in brought_by.items() if declared() & {one.lower() for one in bringers}}
    allowed.add("localnet")
    assert {module: names - allowed for module, names in imported().items() if names - allowed} == {}


def test_the_modules_that_need_the_declared_packages_are_seen() -> None:
    """The test above says nothing unless imports are found."""
    assert {"localnet", "algosdk", "msgpack", "nacl", "starlette", "uvicorn", "uvloop"} <= set().union(
        *imported().values()
    )
