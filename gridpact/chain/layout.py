"""What is stored, decoded by the generated layouts of `gridpact.contracts`: structs of boxes, and global state.

Read models derive from the layouts: they add what a box's name says, and what the numbers mean.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, ClassVar, Final, Protocol, get_type_hints

from algosdk import encoding

from gridpact.errors import GridPactError

ADDRESSES_KEPT: Final = 4_096
"""Addresses whose text is remembered: the same few stand in most boxes of a list."""
BOOLS_A_BYTE: Final = 8
_MEANING: Final = "meaning"


class Layout(Protocol):
    """A generated struct, or a read model that derives from one."""

    ABI: ClassVar[str]
    """Its type on the wire."""
    SIZE: ClassVar[int]
    """Bytes."""


@dataclass(eq=False)
class UnknownLayout(GridPactError):
    """An app stores something in another way than this version of the library reads it."""

    what: str
    """The struct, or the key of the global state."""


def decode[Model: Layout](kind: type[Model], value: bytes, **key: object) -> Model:
    """A stored struct.

    Args:
        kind: its layout, or a read model that derives from it.
        value: the box.
        key: what the model has besides: the ids in the box's name.

    Raises:
        UnknownLayout: the box has another size.
    """
    if len(value) != kind.SIZE:
        raise UnknownLayout(_base(kind).__name__)
    values = _codec(_base(kind)).fields(value)
    for name, meaning in _meanings(kind):
        values[name] = meaning(values[name])
    return kind(**values, **key)


def means(meaning: Callable[[Any], object]) -> dict[str, Callable[[Any], object]]:
    """The metadata of a field that a read model has in another form than its layout: a name instead of a code.

    Args:
        meaning: of what is stored.
    """
    return {_MEANING: meaning}


def abi_fields(kind: type[Layout]) -> Iterator[tuple[str, str]]:
    """Name and ABI type of each field of a layout, in the order in which they are stored."""
    return zip(_names(_base(kind)), _parts(kind.ABI), strict=True)


def as_struct(kind: type[Any], model: Layout) -> Any:  # noqa: ANN401 - a struct of a typed client
    """A layout as the typed client's struct of the same fields: what a call takes.

    Args:
        kind: the client's dataclass.
        model: its layout here.
    """
    values = (getattr(model, one.name) for one in fields(_base(type(model))))  # type: ignore[arg-type]  # a dataclass
    return kind(**{theirs.name: value for theirs, value in zip(fields(kind), values, strict=True)})


def decode_state[Model](kind: type[Model], state: Mapping[str, int | bytes], **more: object) -> Model:
    """Global state.

    Args:
        kind: the app's generated `GlobalState`, or a read model that derives from it.
        state: by key (`state.global_state`).
        more: what the model has besides.

    Raises:
        UnknownLayout: a key is missing, or holds something else.
    """
    values: dict[str, object] = {}
    for key, wanted in _state_kinds(kind).items():
        held = state.get(key)
        if wanted is str and isinstance(held, bytes):
            values[key] = address_text(held)
        elif isinstance(held, wanted):
            values[key] = held
        else:
            raise UnknownLayout(key)
    return kind(**values, **more)


@lru_cache(ADDRESSES_KEPT)
def address_text(public_key: bytes) -> str:
    """The address of 32 bytes."""
    return str(encoding.encode_address(public_key))


@cache
def _meanings(kind: type[Layout]) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    declared = fields(kind)  # type: ignore[arg-type]  # layouts are dataclasses
    return tuple((one.name, one.metadata[_MEANING]) for one in declared if _MEANING in one.metadata)


# --- structs ----------------------------------------------------------------------------------------------------------

type _Values = Iterator[Any]
type _Builder = Callable[[_Values], dict[str, Any]]

_FORMATS: Final = {"uint64": "Q", "uint8": "B", "address": "32s"}


def _base(kind: type[Layout]) -> type[Layout]:
    """The generated struct under a read model."""
    return next(one for one in kind.__mro__ if "ABI" in vars(one))


@dataclass(frozen=True, slots=True)
class _Codec:
    """How to take the bytes of a struct apart, and how to put its fields together."""

    formats: str
    """Of `struct`."""
    bools: tuple[int, ...]
    """For each unpacked value: how many bools it holds, where it is a byte of them, and 0 elsewhere."""
    build: _Builder

    def fields(self, value: bytes) -> dict[str, Any]:
        """The fields by name."""
        return self.build(self._values(struct.unpack(f">{self.formats}", value)))

    def _values(self, unpacked: tuple[Any, ...]) -> _Values:
        for one, bools in zip(unpacked, self.bools, strict=True):
            if bools:
                # The first stands in the highest bit.
                yield from (bool(one >> (BOOLS_A_BYTE - 1 - at) & 1) for at in range(bools))
            else:
                yield one


@cache
def _codec(kind: type[Layout]) -> _Codec:
    formats = ""
    bools: list[int] = []
    readers: list[tuple[str, Callable[[_Values], Any]]] = []
    run = 0
    for name, abi_type in abi_fields(kind):
        is_bool = abi_type == "bool"
        if is_bool and run % BOOLS_A_BYTE:
            bools[-1] += 1
        elif abi_type.startswith("("):
            nested = get_type_hints(kind)[name]
            inner = _codec(nested)
            formats += inner.formats
            bools += inner.bools
            readers.append((name, _nested(nested, inner.build)))
        else:
            formats += "B" if is_bool else _FORMATS.get(abi_type) or f"{int(abi_type[len('byte[') : -1])}s"
            bools.append(int(is_bool))
        if not abi_type.startswith("("):
            readers.append((name, _address if abi_type == "address" else next))
        run = run + 1 if is_bool else 0
    return _Codec(formats, tuple(bools), lambda values: {name: read(values) for name, read in readers})


def _names(kind: type[Layout]) -> list[str]:
    return [field.name for field in fields(kind)]  # type: ignore[arg-type]  # layouts are dataclasses


def _address(values: _Values) -> str:
    return address_text(next(values))


def _nested(kind: Any, build: _Builder) -> Callable[[_Values], Any]:  # noqa: ANN401 - a generated struct
    return lambda values: kind(**build(values))


def _parts(abi: str) -> Iterator[str]:
    """The types in a tuple's."""
    depth, start = 0, 1
    for at, character in enumerate(abi):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if (character == "," and depth == 1) or depth == 0:
            yield abi[start:at]
            start = at + 1


# --- global state -----------------------------------------------------------------------------------------------------


def _state_kinds(kind: type) -> dict[str, type]:
    """The kind of each key: those of the generated class, or of one that names the keys of several apps."""
    base = next(one for one in reversed(kind.__mro__) if one is not object)
    return {field.name: get_type_hints(base)[field.name] for field in fields(base)}
