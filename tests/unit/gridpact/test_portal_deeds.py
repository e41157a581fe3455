"""What the portal's pages can do, beside what the commands can: every form is an action, every action has a form."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest

from gridpact.chain.connection import Connection
from gridpact.chain.events import Event
from gridpact.chain.specs import Contract, spec
from gridpact.deployment import evidence_folder
from gridpact.portal.actions import ACTIONS
from gridpact.portal.evidence import Held
from tests.support.advice import commands

TEMPLATES: Final = {
    one.name: one.read_text(encoding="utf-8")
    for one in sorted((files("gridpact.portal") / "templates").iterdir(), key=lambda one: one.name)
}

PAGES_OF: Final = {
    "agreement accept": "accept",
    "agreement create": "agree",
    "agreement end": "end",
    "allocate": "allocate",
    "asset opt-in": "hold-asset",
    "buy-offer cancel": "cancel",
    "buy-offer create": "buy-offer",
    "cancel:buy-offer": "cancel",
    "cancel:offer": "cancel",
    "consume:energy": "consume",
    "create:buy-offer": "buy-offer",
    "create:offer": "offer",
    "energy consume": "consume",
    "energy mint": "mint",
    "energy transfer": "give",
    "epoch anchor": "anchor",
    "epoch finalize": "finalize",
    "epoch restate": "restate",
    "grid-price set": "grid-price",
    "invoice apply-credit": "apply-credit",
    "invoice bill-shortfall": "bill-shortfall",
    "invoice charge-interest": "charge-interest",
    "invoice correct": "correct",
    "invoice pay": "pay",
    "invoice release-credit": "release-credit",
    "invoice settle-note": "settle-note",
    "invoice void": "void",
    "invoice void-note": "void-note",
    "market match": "match",
    "meter import": "record",
    "meter register": "register",
    "mint:spark": "mint",
    "offer cancel": "cancel",
    "offer create": "offer",
    "pause": "pause",
    "roles accept": "accept-admin",
    "roles propose": "propose-admin",
    "roles set-operator": "set-operator",
    "terms clear": "terms",
    "terms close-account": "close-account",
    "terms set": "terms",
    "transfer:energy": "give",
    "unpause": "unpause",
    "vault bootstrap": "bootstrap",
    "vault claim": "claim",
    "vault close-issuance": "close-issuance",
    "vault deposit": "deposit",
    "vault hand-out": "hand-out",
    "vault issue": "issue",
    "vault opt-in": "opt-in",
    "vault opt-in-asset": "accept-asset",
    "vault return-energy": "return-energy",
    "vault sync": "sync",
    "vault transfer": "transfer",
}
"""Commands that send, and the action of a page that does the same."""

FILES: Final = "a file of many rows goes in groups that the command sends one after the other"
ONE_BY_ONE: Final = "the Operator Console matches all that meet, at the best price for both"
WITHOUT_PAGE: Final = {
    "agreement import": FILES,
    "buy-offer import": FILES,
    "offer import": FILES,
    "buy-offer match": ONE_BY_ONE,
    "offer match": ONE_BY_ONE,
    "match:buy-offer": ONE_BY_ONE,
    "match:offer": ONE_BY_ONE,
    "buy-offer prune": "housekeeping of the book's storage",
    "offer prune": "housekeeping of the book's storage",
    "deploy": "there is no portal before it",
    "market withdraw": "the admin's float, no part of a month",
    "submit": "sends what was signed elsewhere; a page sends what its wallet has signed",
    "vault withdraw": "the admin's float, no part of a month",
    "meter rotate-key": "a gateway's setup, beside its key on the gateway",
    "meter submit": "a gateway sends its signed file by itself",
}
"""And those that stay commands, with the reason."""


def test_every_writing_command_has_a_page_or_a_reason() -> None:
    writing = {name for name, command in commands().items() if any("--dry-run" in one.opts for one in command.params)}
    assert writing == {*PAGES_OF, *WITHOUT_PAGE}
    assert not PAGES_OF.keys() & WITHOUT_PAGE.keys()
    assert {*PAGES_OF.values()} | {"record-typed"} == {*ACTIONS}


def test_every_action_has_a_form_and_every_form_an_action() -> None:
    text = "\n".join(TEMPLATES.values())
    named = re.findall(r'call act\("([a-z-]+)"', text) + re.findall(r'data-action="/actions/([a-z-]+)"', text)
    assert {*named} == {*ACTIONS}


CALL: Final = re.compile(
    r'"contract": "(\w+)", "method": "(\w+)(\{\w+\?\})?"(?:, *\n? *"args": \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\})?'
)
FORM: Final = re.compile(r'\{% call act\("([a-z-]+)"(.*?)\{% endcall %\}', re.DOTALL)


@pytest.mark.parametrize("name", [name for name, text in TEMPLATES.items() if CALL.search(text)])
def test_forms_name_methods_and_arguments_of_the_contracts(name: str) -> None:
    """Else the page would never find what it has shown in the group, and refuse to sign."""
    for contract, method, twin, args in CALL.findall(TEMPLATES[name]):
        for ending in ("", "Asset") if twin else ("",):
            (found,) = [one for one in spec(Contract(contract))["methods"] if one["name"] == method + ending]
            known = {one["name"] for one in found["args"]} | {
                field["name"]
                for one in found["args"]
                if "struct" in one
                for field in spec(Contract(contract))["structs"][one["struct"]]
            }
            named = set(re.findall(r'"(\w+)": ', args))
            assert named <= known, f"{contract}.{method}{ending}"


@pytest.mark.parametrize("name", [name for name, text in TEMPLATES.items() if FORM.search(text)])
def test_what_a_form_shows_is_filled_in_there(name: str) -> None:
    """A placeholder without a field would stand for nothing, and nothing would fit it."""
    for action, form in FORM.findall(TEMPLATES[name]):
        fields = set(re.findall(r'name="(\w+)(?:\[\])?"', form)) | set(
            re.findall(r'field\([^,]+, "(\w+)(?:\[\])?"', form)
        )
        shown = {
            found
            for _, _, twin, args in CALL.findall(form)
            for found in re.findall(r'"\{(\w+)[/:}]', args) + re.findall(r"\{(\w+)\?\}", twin)
        }
        assert shown <= fields, action


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_what_events_name_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: list[bytes] = []

    def keep(_connection: Connection, content: bytes) -> bytes:
        kept.append(content)
        return content

    monkeypatch.setattr(evidence_folder, "keep", keep)
    held, connection = Held(most_bytes=10), Connection.__new__(Connection)
    first, second = held.hold(b"first"), held.hold(b"2")
    held.keep_named(connection, [Event(1, "Any", {"note": 1, "reasonHash": bytes(32)})])
    assert kept == []
    for _ in range(2):  # once it is kept, it is not held any more
        held.keep_named(connection, [Event(1, "NoteVoided", {"note": 1, "reasonHash": first})])
        assert kept == [b"first"]
    held.hold(b"0123456789")
    held.keep_named(connection, [Event(1, "NoteVoided", {"reasonHash": second})])
    assert kept == [b"first"], "what waited longest made room"
