"""Compiling, source maps and disassembling."""

from base64 import b64decode

import pytest

from localnet.algod.sourcemap import with_columns
from localnet.engine.disassembler import DisassembleError, disassemble
from tests.localnet.client import Algod

EVERYTHING = """#pragma version 10
intcblock 1 300
bytecblock 0x0102 0x74657874
intc_0 // 1
bytec_1 // "text"
pushbytes 0xff // 0xff
pushint 7
txna ApplicationArgs 0
gtxn 0 Amount
global OpcodeBudget
switch label1 label2
label1:
callsub label3
asset_holding_get AssetBalance
acct_params_get AcctBalance
itxn_field TypeEnum
b label1
label2:
frame_dig -1
extract 0 8
||
b|
label3:
proto 1 0
retsub
"""


def test_disassembling_what_was_compiled_gives_the_source(algod: Algod) -> None:
    # The instructions stand side by side for their notation: as a program they would not fit together.
    unchecked = EVERYTHING.replace("\n", "\n#pragma typetrack false\n", 1)
    answer = algod.ask("POST", "/v2/teal/compile", unchecked.encode())
    assert answer.status == 200, answer.body
    assert disassemble(b64decode(answer.tree["result"])) == EVERYTHING
    assert algod.ask("POST", "/v2/teal/disassemble", b64decode(answer.tree["result"])).tree == {"result": EVERYTHING}


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("0aff", "illegal opcode 0xff"),
        ("0a81", "program ends in an instruction"),
        ("0b8101", "unsupported version: 11"),
        ("0a8005aa", "bytes run beyond the program"),
        ("0a31ff", "invalid immediate 255 for txn"),
        ("0a427fff", "branch target out of program"),
    ],
)
def test_what_is_no_program_is_named(program: str, why: str) -> None:
    with pytest.raises(DisassembleError, match=why):
        disassemble(bytes.fromhex(program))


def test_all_errors_are_told(algod: Algod) -> None:
    one = algod.ask("POST", "/v2/teal/compile", b"#pragma version 10\nzebra")
    assert (one.status, one.message) == (400, "1 error: 2: unknown opcode: zebra\n")
    several = algod.ask("POST", "/v2/teal/compile", b"#pragma version 10\nzebra\nint one\nb nowhere")
    assert several.message.splitlines() == [
        "2: unknown opcode: zebra",
        '3:4: unable to parse "one" as integer',
        '4:2: reference to undefined label "nowhere"',
    ]


def test_source_maps_point_to_statements() -> None:
    # Three instructions: two in the second line, one in the third; lines come from the program.
    assert with_columns(";AACA;AAAA;AACA", '#pragma version 10\n  pushint 1; pushbytes "a;b" // x; y\n\tpop') == (
        ";AACE;AAAW;AACZ"
    )
