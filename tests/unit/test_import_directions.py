"""Which room of the library may import which. The arrows are written out here, and nowhere else."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).parents[2] / "gridpact"
TOP: Final = "gridpact"

BASE: Final = frozenset({"addresses", "contracts", "epochs", "errors", "evidence", "rows", "settings", "units"})
"""Small modules without a network, and what is generated from the contracts."""
SUBJECTS: Final = frozenset({"production", "billing", "revenue", "market"})
"""One contract each."""

ARROWS: Final[dict[str, frozenset[str]]] = {
    "addresses": frozenset({"errors", "units"}),
    "contracts": frozenset(),
    "errors": frozenset(),
    "evidence": frozenset({"errors"}),
    "rows": frozenset({"errors"}),
    "epochs": frozenset({"errors"}),
    "units": frozenset({"contracts", "errors"}),
    "settings": frozenset({"errors"}),
    "chain": BASE,
    "production": BASE | {"chain"},
    "billing": BASE | {"chain", "production"},
    "revenue": BASE | {"chain", "production"},
    "market": BASE | {"chain", "production"},
    "deployment": BASE | {"chain"} | SUBJECTS,
    "history": BASE | {"chain", "deployment"} | SUBJECTS,
    "audit": BASE | {"chain", "history"},
    "example": BASE | {"chain", "deployment"} | SUBJECTS,
    "words": BASE | {"chain", "deployment", "history", "audit", "example"} | SUBJECTS,
    "portal": BASE | {"chain", "deployment", "history", "example", "words"} | SUBJECTS,
    "cli": BASE | {"chain", "deployment", "history", "audit", "example", "portal", "words"} | SUBJECTS,
    "__init__": BASE | {"chain", "deployment", "history"} | SUBJECTS,
    "__main__": frozenset({"cli"}),
}
"""For each room the rooms that it may import."""

WORDS: Final = frozenset({("cli", "words"), ("cli", "errors")})
"""Where the words of refusals, effects and events stand."""

PUBLIC: Final = frozenset({"app", "boxes", "errors", "read"})
"""What of a subject another subject may import: its app object, what that gives and refuses, its boxes' names."""


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, in functions and for types only too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            # `from gridpact import units` names a room, not a member; so does `from gridpact.cli import words`.
            is_above = module in (TOP, f"{TOP}.cli")
            yield from (f"{module}.{alias.name}" for alias in node.names) if is_above else [module]


def room_of(path: Path) -> str:
    """The room that a file belongs to."""
    return room_named(path.relative_to(PACKAGE).with_suffix("").parts)


def room_named(parts: Sequence[str]) -> str:
    """The room of a module. The words, with the refusals of the program that they know, are one of their own: pages say
    what commands say."""
    return "words" if tuple(parts[:2]) in WORDS else parts[0]


FILES: Final = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = room_of(path)
    for module in imports(path):
        top, *rest = module.split(".")
        assert top not in ("localnet", "scripts", "smart_contracts", "tests"), f"{module} is not part of the library"
        if top != TOP or not rest or room_named(rest) == room:
            continue
        assert room_named(rest) in ARROWS[room], f"{room} may not import {module}"
        if room == "cli" and rest[0] == "portal":
            assert path == PACKAGE / "cli" / "commands" / "portal.py", "only its own command serves the portal"
        if {room, rest[0]} <= SUBJECTS:
            assert rest[1] in PUBLIC, f"{module} is an inside of {rest[0]}"


def test_every_room_is_written_out() -> None:
    assert {room_of(path) for path in FILES} <= set(ARROWS)


def test_the_arrows_have_no_circle() -> None:
    above: dict[str, frozenset[str]] = dict(ARROWS)
    while above:
        ready = {room for room, below in above.items() if not below & set(above)}
        assert ready, f"these import one another: {sorted(above)}"
        above = {room: below for room, below in above.items() if room not in ready}
