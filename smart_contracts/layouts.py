"""Writes how a contract stores its state, from its ARC-56 document, so that readers cannot differ from it.

Structs of boxes and the global state become frozen dataclasses in snake_case. What a field means is said once, in the
contract's `types.py`: its words are carried over.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent

KINDS: Final = {"uint64": "int", "uint8": "int", "bool": "bool", "address": "str"}
"""ABI types as Python's; byte[N] is bytes."""
STATE_KINDS: Final = {"AVMUint64": "int", "address": "str", "AVMBytes": "bytes", "AVMString": "bytes"}
SIZES: Final = {"uint64": 8, "uint8": 1, "address": 32}


def layout(document: Path, package: str) -> str:
    """The module, whole.

    Args:
        document: the contract's ARC-56 document.
        package: the contract's folder here.
    """
    spec = json.loads(document.read_text(encoding="utf-8"))
    words = _words(ROOT / package / "types.py")
    structs: Mapping[str, Any] = spec["structs"]
    # Keys of boxes have no words of their own, and pages of answers no fixed size.
    stored = [name for name in _nested_first(structs) if name in words and "[]" not in _abi_type(name, structs)]
    lines = [
        f"# Generated from {document.name} and smart_contracts/{package}/types.py: do not edit.",
        f'"""How {spec["name"]} stores its state: the structs of its boxes, and its global state. Pure Python."""',
        "",
        "from dataclasses import dataclass",
        "from typing import ClassVar",
    ]
    for name in stored:
        lines += ["", "", *_struct(name, structs, words[name])]
    lines += ["", "", *_global_state(spec["name"], spec["state"]["keys"]["global"])]
    return "\n".join(lines) + "\n"


def _struct(name: str, structs: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    fields = structs[name]
    yield "@dataclass(frozen=True, slots=True, kw_only=True)"
    yield f"class {name}:"
    yield from _docstring(_in_snake(words[""], structs))
    yield ""
    yield f"    SIZE: ClassVar[int] = {_size(name, structs)}"
    yield '    """Bytes."""'
    yield f'    ABI: ClassVar[str] = "{_abi_type(name, structs)}"'
    yield ""
    for field in fields:
        kind = field["type"]
        yield f"    {_snake(field['name'])}: {kind if kind in structs else _python_type(kind)}"
        if field["name"] in words:
            yield from _docstring(_in_snake(words[field["name"]], structs))


def _global_state(contract: str, keys: Mapping[str, Any]) -> Iterator[str]:
    yield "@dataclass(frozen=True, slots=True, kw_only=True)"
    yield "class GlobalState:"
    yield f'    """Global state of {contract}, by its keys."""'
    yield ""
    for key, entry in keys.items():
        yield f"    {key}: {STATE_KINDS[entry['valueType']]}"


def _docstring(text: str) -> Iterator[str]:
    first, *others = text.splitlines()
    if not others:
        yield f'    """{first}"""'
        return
    yield f'    """{first}'
    yield from (f"    {line}" if line else "" for line in others)
    yield '    """'


def _words(types: Path) -> dict[str, dict[str, str]]:
    """The docstring of each struct, by "", and of its fields, by name."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(types.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef):
            continue
        words = found[node.name] = {"": ast.get_docstring(node) or ""}
        for before, after in zip(node.body, node.body[1:], strict=False):
            if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and _is_text(after):
                words[before.target.id] = after.value.value  # type: ignore[attr-defined]  # a text, as just asked
    return found


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _in_snake(text: str, structs: Mapping[str, Any]) -> str:
    """A field's words, with the names of fields as they are here."""
    names = {field["name"] for fields in structs.values() for field in fields}
    return re.sub(r"\b\w+\b", lambda word: _snake(word[0]) if word[0] in names else word[0], text)


def _nested_first(structs: Mapping[str, Any]) -> list[str]:
    order: list[str] = []

    def add(name: str) -> None:
        for field in structs[name]:
            if field["type"] in structs:
                add(field["type"])
        if name not in order:
            order.append(name)

    for name in sorted(structs):
        add(name)
    return order


def _abi_type(name: str, structs: Mapping[str, Any]) -> str:
    if name not in structs:
        return name
    return f"({','.join(_abi_type(field['type'], structs) for field in structs[name])})"


def _size(name: str, structs: Mapping[str, Any]) -> int:
    """Bytes of a type. Up to eight bools that follow one another share a byte."""
    if name in SIZES:
        return SIZES[name]
    if name.startswith("byte["):
        return int(name[len("byte[") : -1])
    size, bools = 0, 0
    for field in structs[name]:
        bools = bools + 1 if field["type"] == "bool" else 0
        if not bools:
            size += _size(field["type"], structs)
        elif bools % 8 == 1:
            size += 1
    return size


def _python_type(abi_type: str) -> str:
    return "bytes" if abi_type.startswith("byte[") else KINDS[abi_type]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
