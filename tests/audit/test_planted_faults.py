"""A node that lies in one point: the audit finds the point by name. Nothing of the audit is told what is wrong."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from gridpact.audit.audit import Report
from gridpact.audit.findings import Difference, Kind, Rule
from gridpact.chain.specs import Contract
from tests.audit.proxy import ChangeApp, ChangeBlock, ChangeBox, LyingNode, change_event, entries
from tests.audit.support import audited
from tests.contracts.offer_book import ladder as book
from tests.contracts.ppa import ladder as ppa
from tests.contracts.revenue_vault import ladder as vault
from tests.support.stages import stage
from tests.support.world import World


@stage
def lived(world: World) -> None:
    """Something of everything: a paid invoice, a deposit that two have claimed, a transfer, offers and a trade."""
    ppa.paid_invoice(world)
    vault.open_for_revenue(world)
    world.send(vault.deposit(world, vault.EXAMPLE_MICROALGO))
    world.send(vault.claim(world, world.holder_a.address), vault.claim(world, world.holder_b.address))
    world.send(vault.transfer(world, world.holder_a, world.holder_b.address, 1_000))
    book.registered_producer(world)
    world.send(book.sell(world, 2_000))
    world.send(book.sell(world, 1_000, offer_id=1))
    world.send(book.buy(world, 1_500))
    world.send(book.match_both(world, 1_500, sell_child_id=2))


@pytest.fixture
def chain(world: World) -> World:
    lived(world)
    return world


def nothing(_: dict[str, Any]) -> None:
    """No lie."""


def honest(_: World) -> ChangeBox:
    """No lie about boxes."""
    return lambda _, value: value


@dataclass(frozen=True)
class Fault:
    """One lie, and how it is found.

    Attributes:
        rule: the one that it breaks.
        kind: of what is named.
        key: the name.
        differs: the field.
        block: what the node says otherwise of blocks; and so on.
    """

    rule: Rule
    kind: Kind
    differs: str
    key: Callable[[World], str]
    block: ChangeBlock = nothing
    app: ChangeApp = nothing
    box: Callable[[World], ChangeBox] = honest


def event(contract: Contract, name: str, **changes: Callable[[Any], Any]) -> ChangeBlock:
    """Fields of an event are others; without any, there is no such event."""

    def change(fields: dict[str, Any]) -> bool:
        for one, changed in changes.items():
            fields[one] = changed(fields[one])
        return bool(changes)

    return change_event(contract, name, change)


def payment(amount_microalgo: int, **changes: Any) -> ChangeBlock:
    """The payment of an amount is another one."""

    def change(block: dict[str, Any]) -> None:
        for entry in entries(block):
            if entry["txn"].get("amt") == amount_microalgo:
                entry["txn"].update(changes)

    return change


def repeated(name: str, contract: Contract) -> ChangeBlock:
    """A transaction that logs an event is in the block twice."""
    seen: list[bool] = []
    found = change_event(contract, name, lambda _: seen.append(True))

    def change(block: dict[str, Any]) -> None:
        transactions = block.get("txns") or []
        for at in range(len(transactions)):
            seen.clear()
            found({"txns": [transactions[at]]})
            if seen:
                first = max(at - 1, 0) if transactions[at]["txn"].get("grp") else at
                block["txns"] = transactions[: at + 1] + transactions[first : at + 1] + transactions[at + 1 :]
                return

    return change


def number(name: Callable[[World], bytes], at: int, more: int) -> Callable[[World], ChangeBox]:
    """The number at a place of a box is another one."""

    def told(world: World) -> ChangeBox:
        wanted = name(world)

        def change(box: bytes, value: bytes) -> bytes:
            if box != wanted:
                return value
            held = int.from_bytes(value[at : at + 8], "big") + more
            return value[:at] + held.to_bytes(8, "big") + value[at + 8 :]

        return change

    return told


def reading(_: World) -> str:
    return f"{ppa.EPOCH_ID}/0/1"


def invoice(_: World) -> str:
    return f"1/{ppa.EPOCH_ID}"


def agreement_box(_: World) -> bytes:
    return b"a" + (1).to_bytes(8, "big")


def another_program(shown: dict[str, Any]) -> None:
    """PPA's approval program has one instruction more."""
    parameters = shown["params"]
    if any(entry["key"] == "YWdyZWVtZW50X2NvdW50" for entry in parameters.get("global-state", [])):
        program = base64.b64decode(parameters["approval-program"])
        parameters["approval-program"] = base64.b64encode(program + b"\x00").decode()


def more(value: int) -> int:
    return value + 1


ANOTHER: Final = bytes(31) + b"\1"

FAULTS: Final = {
    "missing reading event": Fault(
        Rule.BOX,
        Kind.READING,
        "exists",
        reading,
        event(Contract.KWH_RECEIPT, "ProductionRecorded"),
    ),
    "changed kWh": Fault(
        Rule.BOX,
        Kind.READING,
        "wh",
        reading,
        event(Contract.KWH_RECEIPT, "ProductionRecorded", wh=more),
    ),
    "changed price": Fault(
        Rule.EVENT,
        Kind.INVOICE,
        "pricePerKwh",
        invoice,
        event(Contract.PPA, "InvoiceIssued", pricePerKwh=more),
    ),
    "invoice amount + 1": Fault(
        Rule.EVENT, Kind.INVOICE, "amount", invoice, event(Contract.PPA, "InvoiceIssued", amount=more)
    ),
    "payment to another receiver": Fault(
        Rule.PAYMENT, Kind.INVOICE, "receiver", invoice, payment(ppa.AMOUNT, rcv=ANOTHER)
    ),
    "double payment": Fault(Rule.ORDER, Kind.INVOICE, "status before", invoice, repeated("InvoicePaid", Contract.PPA)),
    "deposit without its payment": Fault(
        Rule.PAYMENT, Kind.DEPOSIT, "payment", lambda _: "1", payment(vault.EXAMPLE_MICROALGO, amt=0)
    ),
    "claim paid twice": Fault(
        Rule.ORDER,
        Kind.CLAIM,
        "not claimed before",
        lambda world: f"{world.holder_a.address}/1",
        repeated("RevenueClaimed", Contract.REVENUE_VAULT),
    ),
    "checkpoint time moved": Fault(
        Rule.BOX,
        Kind.CHECKPOINT,
        "since_ts",
        lambda world: f"{world.holder_a.address}/0",
        box=number(lambda world: b"c" + world.holder_a.public_key + bytes(8), 0, 1),
    ),
    "lock off by one": Fault(
        Rule.BOX,
        Kind.ACCOUNT,
        "locked_wh",
        lambda world: world.producer.address,
        box=number(lambda world: b"a" + world.producer.public_key, 8, 1),
    ),
    "box that differs from its event": Fault(
        Rule.BOX,
        Kind.AGREEMENT,
        "terms.price_per_kwh",
        lambda _: "1",
        box=number(agreement_box, 72, 1),
    ),
    "program that is not the build's": Fault(
        Rule.PROGRAM, Kind.APP, "runs this build", lambda _: "PPA", app=another_program
    ),
    "event of another time": Fault(
        Rule.TIME, Kind.APP, "InvoicePaid", lambda _: "PPA", event(Contract.PPA, "InvoicePaid", timestamp=more)
    ),
    "draw for another invoice": Fault(
        Rule.DRAW,
        Kind.INVOICE,
        "EnergyDrawn",
        invoice,
        event(Contract.KWH_RECEIPT, "EnergyDrawn", reference=more),
    ),
}


def found(report: Report, fault: Fault, world: World) -> list[Difference]:
    return [
        one
        for one in report.differences
        if (one.rule, one.subject.kind, one.field) == (fault.rule, fault.kind, fault.differs)
        and one.subject.key == fault.key(world)
    ]


def test_nothing_differs_on_an_honest_node(chain: World) -> None:
    with LyingNode(chain.algorand.client.algod.algod_address) as node:
        report = audited(chain, node.address)
    assert report.differences == ()
    assert report.passed_over == ()
    assert (report.calls, report.events) > (20, 20)


@pytest.mark.parametrize("name", FAULTS)
def test_found_by_name(chain: World, name: str) -> None:
    fault = FAULTS[name]
    with LyingNode(chain.algorand.client.algod.algod_address, fault.block, fault.box(chain), fault.app) as node:
        report = audited(chain, node.address)
    assert found(report, fault, chain), [*report.differences]


def test_passed_over_offer_is_named(world: World) -> None:
    """The operator may match what he likes; the audit names the older offer that stood open."""
    book.registered_producer(world)
    time.sleep(1)  # offers of the same second are of the same age, and a call's time is that of the block before
    world.send(book.sell(world, 1_000))
    world.send(book.sell(world, 1_000, offer_id=1))
    world.send(book.buy(world, 1_000))
    world.send(book.match_both(world, 1_000, sell_id=1))
    report = audited(world)
    assert report.differences == ()
    [passed] = report.passed_over
    assert (passed.taken.key, passed.better.key) == ("1", "0")
    assert passed.taken.kind is passed.better.kind is Kind.SELL_OFFER
