"""Stored structs and global state, decoded: compared with algosdk's own codec."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import pytest
from algosdk import encoding
from algosdk.abi import ABIType
from hypothesis import given
from hypothesis import strategies as st

from gridpact.chain.layout import UnknownLayout, decode, decode_state
from gridpact.chain.specs import Contract, spec
from gridpact.contracts import kwh_receipt_layout, offer_book_layout, ppa_layout, revenue_vault_layout

MODULES = {
    Contract.KWH_RECEIPT: kwh_receipt_layout,
    Contract.PPA: ppa_layout,
    Contract.REVENUE_VAULT: revenue_vault_layout,
    Contract.OFFER_BOOK: offer_book_layout,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """Bools that share bytes, and one that does not."""

    SIZE: ClassVar[int] = 11
    ABI: ClassVar[str] = "(bool,bool,bool,bool,bool,bool,bool,bool,bool,uint64,bool)"

    a: bool
    b: bool
    c: bool
    d: bool
    e: bool
    f: bool
    g: bool
    h: bool
    i: bool
    number: int
    j: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Bools of two structs never share a byte."""

    SIZE: ClassVar[int] = 14
    ABI: ClassVar[str] = f"(bool,{Flags.ABI},byte[1],bool)"

    first: bool
    flags: Flags
    byte: bytes
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Flags):
    """A read model: a struct, and what its box's name says."""

    flags_id: int


STRUCTS: list[Any] = [
    *(one for module in MODULES.values() for one in vars(module).values() if hasattr(one, "ABI")),
    Flags,
    Nested,
]


def values_of(abi: ABIType) -> st.SearchStrategy[Any]:
    """Everything that a type can hold."""
    return st.binary(min_size=abi.byte_len(), max_size=abi.byte_len()).map(abi.decode)


def plain(value: Any) -> Any:
    """A decoded struct as algosdk's codec takes it."""
    return [plain(getattr(value, field.name)) for field in fields(value)] if hasattr(value, "ABI") else value


@pytest.mark.parametrize("kind", STRUCTS, ids=lambda kind: f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}")
def test_a_struct_is_decoded_as_it_was_encoded(kind: Any) -> None:
    abi = ABIType.from_string(kind.ABI)
    assert abi.byte_len() == kind.SIZE

    @given(values_of(abi))
    def check(value: Any) -> None:
        stored = abi.encode(value)
        decoded = decode(kind, stored)
        assert abi.encode(plain(decoded)) == stored

    check()


def test_a_read_model_has_the_ids_besides() -> None:
    stored = bytes([0b1010_0000, 0, *(5).to_bytes(8, "big"), 0x80])
    assert decode(Numbered, stored, flags_id=7) == Numbered(
        a=True, b=False, c=True, d=False, e=False, f=False, g=False, h=False, i=False, number=5, j=True, flags_id=7
    )


@pytest.mark.parametrize("size", [0, Flags.SIZE - 1, Flags.SIZE + 1])
def test_a_box_of_another_size_is_not_read(size: int) -> None:
    with pytest.raises(UnknownLayout) as caught:
        decode(Numbered, bytes(size), flags_id=7)
    assert caught.value.what == "Flags"


# --- global state -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Keys of three kinds."""

    owner: str
    count: int
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(State):
    """A read model: the state, and the app's id."""

    app_id: int


HELD: dict[str, int | bytes] = {"owner": bytes(range(32)), "count": 3, "digest": b"x", "more": 9}


def test_global_state() -> None:
    owner = encoding.encode_address(bytes(range(32)))
    assert decode_state(Numbers, HELD, app_id=7) == Numbers(owner=owner, count=3, digest=b"x", app_id=7)


@pytest.mark.parametrize("key", ["owner", "count", "digest"])
def test_a_missing_key_is_an_error(key: str) -> None:
    with pytest.raises(UnknownLayout) as caught:
        decode_state(State, {name: value for name, value in HELD.items() if name != key})
    assert caught.value.what == key


@pytest.mark.parametrize("key", ["owner", "count", "digest"])
def test_a_key_that_holds_something_else_is_an_error(key: str) -> None:
    other = b"" if key == "count" else 1
    with pytest.raises(UnknownLayout) as caught:
        decode_state(State, {**HELD, key: other})
    assert caught.value.what == key


@pytest.mark.parametrize("contract", Contract)
def test_every_key_of_the_interface_is_read(contract: Contract) -> None:
    keys = spec(contract)["state"]["keys"]["global"]
    assert [field.name for field in fields(MODULES[contract].GlobalState)] == list(keys)
