"""What PPA holds, and the events that it must tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

import pytest

from gridpact.chain.errors import LedgerError
from gridpact.chain.events import Value
from gridpact.contracts.kwh_receipt_client import (
    EpochLedger,
    LedgerKey,
)
from gridpact.contracts.ppa_client import (
    Agreement,
    Invoice,
    InvoiceKey,
    Note,
    NoteKey,
)
from gridpact.production.boxes import PROJECT
from smart_contracts.kwh_receipt import config as receipt_cfg
from tests.contracts.ppa.calls import EPOCH_ID, Billed
from tests.support.events import ANY_TIME
from tests.support.world import World


def bill_of(world: World, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Billed:
    """An invoice with its key."""
    return Billed(agreement_id, epoch_id, invoice_of(world, agreement_id, epoch_id))


def invoice_of(world: World, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Invoice:
    """What an invoice's box holds."""
    value = world.ppa.state.box.invoices.get_value(InvoiceKey(agreement_id=agreement_id, epoch_id=epoch_id))
    assert value is not None
    return value


def agreement_of(world: World, agreement_id: int = 1) -> Agreement:
    """What an agreement's box holds."""
    value = world.ppa.state.box.agreements.get_value(agreement_id)
    assert value is not None
    # The typed client promises bytes and gives a list of numbers.
    return replace(value, terms=replace(value.terms, contractHash=bytes(value.terms.contractHash)))


def note_of(world: World, number: int = 1, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Note:
    """What a note's box holds."""
    key = NoteKey(agreement_id=agreement_id, epoch_id=epoch_id, note=number)
    value = world.ppa.state.box.notes.get_value(key)
    assert value is not None
    return replace(value, reasonHash=bytes(value.reasonHash))


def project_ledger(world: World, epoch_id: int = EPOCH_ID) -> EpochLedger:
    """Where the project's energy of an epoch is."""
    value = world.receipt.state.box.ledgers.get_value(LedgerKey(producer=PROJECT, epoch_id=epoch_id))
    assert value is not None
    return value


def counters(world: World) -> dict[str, int]:
    """PPA's totals."""
    state = world.ppa.state.global_state.get_all()
    return {
        "agreements": state["agreement_count"],
        "allocated_kwh": state["allocated_kwh"],
        "issued": state["issued_invoices"],
        "paid": state["paid_invoices"],
        "void": state["void_invoices"],
    }


def energy_drawn(
    wh: int, remaining_wh: int, epoch_id: int = EPOCH_ID, agreement_id: int = 1
) -> tuple[str, dict[str, Any]]:
    """KWhReceipt's event of a draw by PPA."""
    return (
        "EnergyDrawn",
        {
            "producer": PROJECT,
            "epochId": epoch_id,
            "consumer": receipt_cfg.CONSUMER_PPA,
            "wh": wh,
            "remainingWh": remaining_wh,
            "reference": agreement_id,
            "timestamp": ANY_TIME,
        },
    )


def invoice_event(name: str, billed: Billed, *more: str, **values: Value) -> tuple[str, dict[str, Any]]:
    """An event of PPA about an invoice: what the invoice pins, and more.

    Args:
        name: the event.
        billed: the invoice.
        more: further fields of the invoice that the event carries.
        values: fields of the event that the invoice does not have.
    """
    invoice = asdict(billed.invoice)
    pinned = ["revision", "kwh", "pricePerKwh", "amount", "assetId", "buyer", "treasury", "dueTs"]
    pinned.append("appliedAmount" if name == "InvoicePaid" else "shortfallKwh")
    return (
        name,
        {
            "agreementId": billed.agreement_id,
            "epochId": billed.epoch_id,
            **{field: invoice[field] for field in (*pinned, *more)},
            **values,
            "timestamp": ANY_TIME,
        },
    )


@contextmanager
def refused_by_ledger(world: World, node_text: str) -> Iterator[None]:
    """Expect the ledger, not the program's own checks, to refuse with this text; nothing changes.

    Args:
        world: where.
        node_text: what the node's message contains.
    """
    before = world.full_state()
    with pytest.raises(LedgerError) as caught:
        yield
    assert node_text in caught.value.node_text
    assert world.full_state() == before
