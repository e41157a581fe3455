"""Completion in bash: of names with a colon, which bash takes for the end of a word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
QUERIES = ["balance", "offers", "buy-offers", "grid-price", "transactions"]
COMPLETE = """
source <(gridpact --show-completion bash)
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
COMP_LINE="$1" COMP_POINT=${#1}
_gridpact_completion gridpact
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(line: str, **environment: str) -> list[str]:
    """What bash offers behind a line."""
    done = subprocess.run(
        ["bash", "--norc", "-c", COMPLETE, "bash", line],
        env={"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("gridpact query:b", ["buy-offers", "balance"]),
        ("gridpact query:", ["balance", "offers", "buy-offers", "grid-price", "transactions"]),
        (
            "gridpact que",
            [f"query:{name}" for name in ("balance", "offers", "buy-offers", "grid-price", "transactions")],
        ),
        ("gridpact agreement im", ["import"]),
        ("gridpact offer ", ["create", "match", "cancel", "import", "query", "prune"]),
    ],
)
def test_commands(line: str, expected: list[str]) -> None:
    assert sorted(completed(line)) == sorted(expected)


def test_nothing_is_said_where_no_node_answers() -> None:
    assert completed("gridpact epoch show ", ALGOD_SERVER="http://127.0.0.1", ALGOD_PORT="9") == []
