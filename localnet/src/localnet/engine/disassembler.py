"""Bytecode back to TEAL, in go-algorand's notation."""

from collections.abc import Callable
from dataclasses import dataclass, field

from localnet.engine.opcodes import BY_CODE, FIELDS

_HIGHEST_VERSION = 10


class DisassembleError(ValueError):
    """The bytes are no program; the text says why."""


def disassemble(program: bytes) -> str:
    """The program as TEAL, one instruction a line.

    Raises:
        DisassembleError: at the first byte that is no instruction.
    """
    reader = _Reader(program)
    version = reader.varuint()
    if version > _HIGHEST_VERSION:
        raise DisassembleError(f"unsupported version: {version}")
    lines: list[tuple[int, str]] = []
    while reader.at < len(program):
        start = reader.at
        code = reader.byte()
        opcode = BY_CODE.get(code)
        if opcode is None:
            raise DisassembleError(f"illegal opcode 0x{code:02x}")
        words = [opcode.name]
        for kind in opcode.immediates:
            words += _IMMEDIATES.get(kind, lambda reader, kind=kind: [reader.field(kind)])(reader)
        lines.append((start, reader.with_comment(" ".join(words), opcode.name)))
    return _text(version, lines, reader.labels, len(program))


def _text(version: int, lines: list[tuple[int, str]], labels: set[int], end: int) -> str:
    names = {at: f"label{number}" for number, at in enumerate(sorted(labels), 1)}
    written: list[str] = [f"#pragma version {version}"]
    for start, line in lines:
        if start in names:
            written.append(f"{names[start]}:")
        for at, name in names.items():
            line = line.replace(f"\0{at}\0", name)
        written.append(line)
    if end in names:
        written.append(f"{names[end]}:")
    return "\n".join(written) + "\n"


@dataclass
class _Reader:
    program: bytes
    at: int = 0
    labels: set[int] = field(default_factory=set)
    ints: list[int] = field(default_factory=list)
    byteses: list[bytes] = field(default_factory=list)
    last_bytes: bytes = b""

    def byte(self) -> int:
        if self.at >= len(self.program):
            raise DisassembleError("program ends in an instruction")
        value = self.program[self.at]
        self.at += 1
        return value

    def varuint(self) -> int:
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                return value
            if shift > 63:
                raise DisassembleError("could not decode an integer")

    def bytes(self) -> bytes:
        length = self.varuint()
        end = self.at + length
        if end > len(self.program):
            raise DisassembleError("bytes run beyond the program")
        value, self.at = self.program[self.at : end], end
        self.last_bytes = value
        return value

    def field(self, group: str) -> str:
        number = self.byte()
        names = FIELDS[group]
        if number >= len(names):
            raise DisassembleError(f"invalid immediate {number} for {group}")
        return names[number]

    def offset(self) -> int:
        return int.from_bytes(bytes([self.byte(), self.byte()]), signed=True)

    def label(self, target: int) -> str:
        if not 0 <= target <= len(self.program):
            raise DisassembleError("branch target out of program")
        self.labels.add(target)
        return f"\0{target}\0"

    def with_comment(self, line: str, name: str) -> str:
        """The line with the constant that it stands for, as go-algorand adds it."""
        index = line.rpartition(" ")[2] if name in ("intc", "bytec") else name.rpartition("_")[2]
        if name.startswith("intc") and name != "intcblock" and int(index) < len(self.ints):
            return f"{line} // {self.ints[int(index)]}"
        if name.startswith("bytec") and name != "bytecblock" and int(index) < len(self.byteses):
            return f"{line} // {_guess(self.byteses[int(index)])}"
        if name == "pushbytes":
            return f"{line} // {_guess(self.last_bytes)}"
        return line


def _guess(data: bytes) -> str:
    """Text in quotes when it is printable, else hexadecimal."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return f"0x{data.hex()}"
    if text.isprintable():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"0x{data.hex()}"


def _uints(reader: _Reader) -> list[str]:
    values = [reader.varuint() for _ in range(reader.varuint())]
    reader.ints = values
    return [str(value) for value in values]


def _byteses(reader: _Reader) -> list[str]:
    values = [reader.bytes() for _ in range(reader.varuint())]
    reader.byteses = values
    return [f"0x{value.hex()}" for value in values]


def _label(reader: _Reader) -> list[str]:
    offset = reader.offset()
    return [reader.label(reader.at + offset)]


def _labels(reader: _Reader) -> list[str]:
    offsets = [reader.offset() for _ in range(reader.byte())]
    return [reader.label(reader.at + offset) for offset in offsets]


def _signed(reader: _Reader) -> list[str]:
    return [str(int.from_bytes(bytes([reader.byte()]), signed=True))]


_IMMEDIATES: dict[str, Callable[[_Reader], list[str]]] = {
    "u8": lambda reader: [str(reader.byte())],
    "i8": _signed,
    "uint": lambda reader: [str(reader.varuint())],
    "bytes": lambda reader: [f"0x{reader.bytes().hex()}"],
    "uints": _uints,
    "byteses": _byteses,
    "label": _label,
    "labels": _labels,
}
