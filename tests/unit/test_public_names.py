"""The names that `gridpact` exports."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gridpact


def typed_names() -> dict[str, str]:
    """Public name → module, as type checkers see them."""
    tree = ast.parse(Path(gridpact.__file__).read_text())
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    return {
        alias.asname or alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_names_have_one_home() -> None:
    """What is loaded when it is used is what type checkers see."""
    assert typed_names() == gridpact._HOMES
    assert sorted(gridpact.__all__) == dir(gridpact) == sorted(typed_names())


@pytest.mark.parametrize("name", sorted(gridpact._HOMES))
def test_public_name_is_documented(name: str) -> None:
    found = getattr(gridpact, name)
    assert found.__module__ == gridpact._HOMES[name]
    assert found.__doc__


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        gridpact.nothing  # noqa: B018


def test_import_loads_nothing() -> None:
    """Neither the SDK nor the utilities are loaded before a name is used."""
    loaded = (
        "import gridpact, sys; print(*(name for name in sys.modules if name.startswith(('algo', 'numpy', 'rich'))))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
