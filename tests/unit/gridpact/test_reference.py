"""The generated pages are the program's, and name everything."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

import gridpact
from gridpact.chain.keys import Role
from gridpact.cli import reference
from gridpact.cli.words.settings import KEYS, MEANINGS
from gridpact.settings import VARIABLES

PACKAGE = Path(gridpact.__file__).parent


@pytest.mark.parametrize("name", ["settings.md", "errors.md"])
def test_pages_are_as_the_program_writes_them(name: str) -> None:
    """`make docs` writes them."""
    path = reference.PAGES / name
    assert path.read_text(encoding="utf-8") == reference.pages()[path]


def test_every_variable_has_a_meaning() -> None:
    assert set(VARIABLES) <= set(MEANINGS)
    assert set(KEYS) == set(Role)


def variables_read() -> set[str]:
    """The variables that the library reads by name: `os.environ.get(NAME)` or `os.environ[NAME]`."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(("gridpact", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get":
                named: ast.expr = node.args[0]
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                named = node.slice
            else:
                continue
            if isinstance(named, ast.Constant):
                found.add(str(named.value))
            elif isinstance(named, ast.Name) and named.id.isupper():
                found.add(str(getattr(import_module(module), named.id)))
    return found


def test_every_variable_that_is_read_is_on_the_page() -> None:
    read = variables_read()
    assert len(read) > 8
    assert read - set(MEANINGS) == set()


def test_every_refusal_with_words_is_on_the_page() -> None:
    text = (reference.PAGES / "errors.md").read_text(encoding="utf-8")
    for name in ("NotAMnemonic", "OtherProgram", "ServicesApart", "InvoiceNotFound", "NotEnoughFunds", "WrongNetwork"):
        assert f"\n| `{name}` | " in text
