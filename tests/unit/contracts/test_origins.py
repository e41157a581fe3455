"""The tables *field → from what* name everything that is stored, and only what is there."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from gridpact.chain.specs import Contract, spec
from smart_contracts.origins import GLOBAL, ORIGINS
from smart_contracts.reference import PAGE


def stored(contract: Contract) -> dict[str, set[str]]:
    """What the ARC-56 document says is stored: global keys, and the fields of every box's struct."""
    document: Mapping[str, Any] = spec(contract)
    structs = document["structs"]
    found = {GLOBAL: set(document["state"]["keys"]["global"])}

    def add(name: str) -> None:
        found[name] = {field["name"] for field in structs[name]}
        for field in structs[name]:
            if field["type"] in structs:
                add(field["type"])

    for boxes, entry in document["state"]["maps"]["box"].items():
        kind = entry["valueType"]
        if kind in structs:
            add(kind)
        else:
            found[boxes] = {kind}
    return found


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_every_stored_field_has_its_origin(contract: Contract) -> None:
    assert {holder: set(fields) for holder, fields in ORIGINS[contract.folder].items()} == stored(contract)


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_origins_are_events_of_the_contract(contract: Contract) -> None:
    events = {event["name"]: {field["name"] for field in event["args"]} for event in spec(contract)["events"]}
    for fields in ORIGINS[contract.folder].values():
        for origin in fields.values():
            for event, field in re.findall(r"`([A-Z]\w+)(?:\.(\w+))?`", origin):
                assert not field or field in events[event]
                assert event in events


def test_the_page_has_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for tables in ORIGINS.values():
        for holder, fields in tables.items():
            for field, origin in fields.items():
                assert f"| {holder} `{field}` | {origin} |" in page
