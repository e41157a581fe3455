"""What `docs/localnet.md` says that the AVM lacks, asked of the ledger program itself."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from puya.ussemble.op_spec import OP_SPECS
from puya.ussemble.op_spec_models import ImmediateEnum, ImmediateKind, OpSpec

from localnet.engine.compiler import CompileError, Compiler
from localnet.engine.program import installed_program

DOCUMENT: Final = Path(__file__).parents[3] / "docs" / "localnet.md"
OF_ANY_KIND: Final = {
    ImmediateKind.uint8: "0",
    ImmediateKind.int8: "0",
    ImmediateKind.varuint: "0",
    ImmediateKind.label: "here",
    ImmediateKind.label_array: "here",
    ImmediateKind.varuint_array: "1 2",
    ImmediateKind.bytes: "0x01",
    ImmediateKind.bytes_array: "0x01",
}
"""What follows an opcode where it does not matter."""
SHOWN: Final = ("global", "acct_params_get", "app_params_get", "txn", "block")
"""The opcodes whose fields the document lists."""


def test_the_document_names_all_that_is_missing(tmp_path: Path) -> None:
    """Each opcode, and each field of those that take one, is compiled for version 10."""
    compiler = Compiler(installed_program(tmp_path), tmp_path)
    programs = [
        (opcode, _fields(spec, chosen), chosen)
        for opcode, spec in OP_SPECS.items()
        for chosen in product(*map(_choices, spec.immediates))
    ]
    with ThreadPoolExecutor(4) as pool:
        refused = list(pool.map(lambda one: _refusal(compiler, one[0], one[2]), programs))
    opcodes = {opcode for (opcode, _, _), why in zip(programs, refused, strict=True) if "unknown opcode" in why}
    fields = {
        f"{opcode} {field}"
        for (opcode, names, _), why in zip(programs, refused, strict=True)
        for field in names
        if opcode in SHOWN and f'unknown field: "{field}"' in why
    }
    assert opcodes == _named("opcodes of ")
    assert fields == {f"{opcode} {field}" for opcode in SHOWN for field in _named(f"fields of `{opcode}` ")}


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CompileError, match="unsupported version: 11"):
        Compiler(installed_program(tmp_path), tmp_path).compile("#pragma version 11\nint 1\n")


def _choices(kind: ImmediateKind | ImmediateEnum) -> list[str]:
    return list(kind.codes) if isinstance(kind, ImmediateEnum) else [OF_ANY_KIND[kind]]


def _fields(spec: OpSpec, chosen: Sequence[str]) -> list[str]:
    return [text for text, kind in zip(chosen, spec.immediates, strict=True) if isinstance(kind, ImmediateEnum)]


def _refusal(compiler: Compiler, opcode: str, immediates: tuple[str, ...]) -> str:
    line = " ".join((opcode, *immediates))
    try:
        compiler.compile(f"#pragma version 10\n#pragma typetrack false\n{line}\nhere:\nint 1\n")
    except CompileError as error:
        return str(error)
    return ""


def _named(row: str) -> set[str]:
    """What the rows of the document's table that begin so name."""
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith(f"| {row}")]
    return {name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[2])}
