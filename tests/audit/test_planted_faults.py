"""A node that lies in one point: the audit finds the point by name. Nothing of the audit is told what is wrong."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from nacl.signing import SigningKey

from gridpact.audit.audit import Report
from gridpact.audit.findings import Difference, Kind, Rule
from gridpact.chain.specs import Contract
from gridpact.epochs import epoch_end_ts, epoch_start_ts
from gridpact.production.boxes import PROJECT
from gridpact.production.read import Quality
from gridpact.production.signed import MeterRead, Place, public_key, sign
from smart_contracts.ppa import config as ppa_cfg
from tests.audit.proxy import ChangeApp, ChangeBlock, ChangeBox, LyingNode, change_event, entries
from tests.audit.support import audited
from tests.contracts.kwh_receipt import calls as receipt_calls
from tests.contracts.kwh_receipt import states as receipt_states
from tests.contracts.offer_book import calls as book_calls
from tests.contracts.offer_book import states as book_states
from tests.contracts.ppa import calls as ppa_calls
from tests.contracts.ppa import states as ppa_states
from tests.contracts.revenue_vault import calls as vault_calls
from tests.contracts.revenue_vault import states as vault_states
from tests.support.checkpoints import checkpoint
from tests.support.world import World, genesis_hash


@checkpoint
def lived(world: World) -> None:
    """Something of everything.

    A paid invoice and a credit note on it, one with a price that has risen, a signed reading, a deposit that two have
    claimed, a transfer, offers and a trade.
    """
    ppa_states.paid_invoice(world)
    world.send(ppa_calls.note(world, ppa_cfg.NOTE_CREDIT, 5))
    world.send(
        ppa_calls.create_agreement(world, 2, firstEpoch=202402, escalatorBps=250),
        ppa_calls.allocate(world, 100, agreement_id=2),
    )
    vault_states.open_for_revenue(world)
    world.send(vault_calls.deposit(world, vault_calls.EXAMPLE_MICROALGO))
    world.send(vault_states.claim(world, world.holder_a.address), vault_states.claim(world, world.holder_b.address))
    world.send(vault_states.transfer(world, world.holder_a, world.holder_b.address, 1_000))
    book_states.registered_producer(world)
    signed_reading(world)
    world.send(book_calls.sell(world, 2_000))
    world.send(book_calls.sell(world, 1_000, offer_id=1))
    world.send(book_calls.buy(world, 1_500))
    world.send(book_calls.match_both(world, 1_500, sell_child_id=2))


def signed_reading(world: World) -> None:
    """A month of the project that its meter has signed."""
    meter_id = receipt_states.register_meter(world, PROJECT, "roof", public_key=public_key(METER_SEED))
    start_ts, end_ts = epoch_start_ts(SIGNED_EPOCH), epoch_end_ts(SIGNED_EPOCH) + 1
    read = MeterRead(SIGNED_EPOCH, meter_id, 1, 1_000, Quality.ACTUAL, start_ts, end_ts, bytes(32), sequence=1)
    signed = sign(read, Place(genesis_hash(world.algorand), world.receipt.app_id), METER_SEED)
    arguments = receipt_calls.reading(
        meter_id, epochId=SIGNED_EPOCH, wh=1_000, startTs=start_ts, endTs=end_ts, sourceHash=bytes(32)
    )
    calls = world.receipt_calls.record_signed_reading(
        world.outsider.address, arguments, 1, signed.signature, PROJECT, LEDGERS_FIRST_READING_MICROALGO
    )
    world.send(*calls)


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

    def change(block: dict[str, Any]) -> None:
        # Of this call alone: an auditor asks for several blocks at once.
        seen: list[bool] = []
        look = change_event(contract, name, lambda _: seen.append(True))
        transactions = block.get("txns") or []
        for at in range(len(transactions)):
            look({"txns": [transactions[at]]})
            if seen:
                first = max(at - 1, 0) if transactions[at]["txn"].get("grp") else at
                block["txns"] = transactions[: at + 1] + transactions[first : at + 1] + transactions[at + 1 :]
                return

    return change


def another_signature(block: dict[str, Any]) -> None:
    """What is signed, another key has signed."""
    for entry in entries(block):
        arguments = entry["txn"].get("apaa") or []
        if arguments and len(arguments[-1]) == SIGNATURE_BYTES:
            arguments[-1] = bytes(SigningKey(bytes(32)).sign(b"another").signature)


def without_escalator(fields: dict[str, Any]) -> bool:
    """Agreement 2 is billed at its base price."""
    if fields["agreementId"] == 2:
        fields["pricePerKwh"] = ppa_calls.PRICE_PER_KWH
        fields["amount"] = fields["kwh"] * ppa_calls.PRICE_PER_KWH
    return True


def larger_than_its_invoice(fields: dict[str, Any]) -> bool:
    """The credit is of more energy than was billed."""
    fields["kwh"] = ppa_calls.ALLOCATED_KWH + 1
    fields["amount"] = fields["kwh"] * ppa_calls.PRICE_PER_KWH
    return True


def without_deposit(block: dict[str, Any]) -> None:
    """The payment of the net revenue is not there."""
    if "txns" in block:
        block["txns"] = [one for one in block["txns"] if one["txn"].get("amt") != vault_calls.EXAMPLE_MICROALGO]


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
    return f"{ppa_calls.EPOCH_ID}/0/1"


def invoice(_: World) -> str:
    return f"1/{ppa_calls.EPOCH_ID}"


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


SIGNED_EPOCH: Final = 202_601
METER_SEED: Final = bytes(range(32))
SIGNATURE_BYTES: Final = 64
LEDGERS_FIRST_READING_MICROALGO: Final = 44_500 + 50_900
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
        Rule.PAYMENT, Kind.INVOICE, "receiver", invoice, payment(ppa_calls.AMOUNT, rcv=ANOTHER)
    ),
    "double payment": Fault(Rule.ORDER, Kind.INVOICE, "status before", invoice, repeated("InvoicePaid", Contract.PPA)),
    "deposit without its payment": Fault(Rule.PAYMENT, Kind.DEPOSIT, "amount", lambda _: "1", without_deposit),
    "deposit with less than it says": Fault(
        Rule.PAYMENT,
        Kind.DEPOSIT,
        "amount",
        lambda _: "1",
        payment(vault_calls.EXAMPLE_MICROALGO, amt=vault_calls.EXAMPLE_MICROALGO - 1),
    ),
    "payment that rekeys": Fault(
        Rule.PAYMENT, Kind.INVOICE, "rekeys to", invoice, payment(ppa_calls.AMOUNT, rekey=ANOTHER)
    ),
    "payment that closes": Fault(
        Rule.PAYMENT, Kind.INVOICE, "closes to", invoice, payment(ppa_calls.AMOUNT, close=ANOTHER)
    ),
    "wrong escalated price": Fault(
        Rule.EVENT,
        Kind.INVOICE,
        "pricePerKwh",
        lambda _: f"2/{ppa_calls.EPOCH_ID}",
        change_event(Contract.PPA, "InvoiceIssued", without_escalator),
    ),
    "note larger than its invoice": Fault(
        Rule.EVENT,
        Kind.NOTE,
        "within its invoice",
        lambda _: f"1/{ppa_calls.EPOCH_ID}/1",
        change_event(Contract.PPA, "NoteIssued", larger_than_its_invoice),
    ),
    "reading signed by another key": Fault(
        Rule.SIGNATURE, Kind.READING, "signature", lambda _: f"{SIGNED_EPOCH}/2/1", another_signature
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
    """The operator may match what they like; the audit names the older offer that stood open."""
    book_states.registered_producer(world)
    time.sleep(1)  # offers of the same second are of the same age, and a call's time is that of the block before
    world.send(book_calls.sell(world, 1_000))
    world.send(book_calls.sell(world, 1_000, offer_id=1))
    world.send(book_calls.buy(world, 1_000))
    world.send(book_calls.match_both(world, 1_000, sell_id=1))
    report = audited(world)
    assert report.differences == ()
    [passed] = report.passed_over
    assert (passed.taken.key, passed.better.key) == ("1", "0")
    assert passed.taken.kind is passed.better.kind is Kind.SELL_OFFER
