"""States of PPA that tests start from. Each stands on the ones before it."""

from typing import Any

from gridpact.chain.call import Call
from gridpact.contracts import ppa_layout as layout
from gridpact.contracts.ppa_client import (
    AcceptAgreementArgs,
)
from smart_contracts.ppa import config as cfg
from tests.contracts.ppa.calls import (
    CREDIT_KWH,
    EPOCH_ID,
    NEXT_EPOCH_ID,
    Billed,
    allocate,
    create_agreement,
    final_epoch,
    hash_of,
    note,
    settle,
    void,
)
from tests.contracts.ppa.expect import agreement_of, bill_of, invoice_of, note_of
from tests.support.checkpoints import checkpoint
from tests.support.structs import as_layout
from tests.support.world import World


def accept(world: World, agreement_id: int = 1, *, terms_hash: bytes | None = None, sender: str | None = None) -> Call:
    """The buyer, or somebody else, accepts an agreement's terms."""
    wanted = terms_hash
    if wanted is None:
        wanted = hash_of(agreement_of(world, agreement_id).terms)
    return world.ppa_calls.accept_agreement(
        sender or world.buyer.address, AcceptAgreementArgs(agreementId=agreement_id, termsHash=wanted)
    )


def settle_note(world: World, number: int = 1, *, agreement_id: int = 1, epoch_id: int = EPOCH_ID) -> Call:
    """The payer's settlement of a note as the library builds it."""
    stored = as_layout(layout.Note, note_of(world, number, agreement_id, epoch_id))
    invoice = as_layout(layout.Invoice, invoice_of(world, agreement_id, epoch_id))
    return world.ppa_calls.note_settlement(agreement_id, epoch_id, number, stored, invoice)


@checkpoint
def issued_invoice(world: World, **changes: Any) -> Billed:
    """The project's epoch is final, agreement 1 exists, and its invoice of 75,000 kWh waits for its payment."""
    world.send(*final_epoch(world), create_agreement(world, **changes), allocate(world))
    return bill_of(world)


@checkpoint
def asset_invoice(world: World, *holders: str) -> Billed:
    """As `issued_invoice`, in an asset that the outsider created and can claw back.

    Args:
        world: where.
        holders: names of more accounts that hold the asset.
    """
    accounts = [getattr(world, name) for name in ("buyer", "treasury", *holders)]
    return issued_invoice(world, assetId=world.asset(world.outsider, *accounts))


@checkpoint
def paid_invoice(world: World) -> Billed:
    """As `issued_invoice`, and paid."""
    issued = issued_invoice(world)
    world.send(settle(world, issued))
    return issued


@checkpoint
def credited_invoice(world: World, kwh: int = CREDIT_KWH) -> Billed:
    """As `paid_invoice`, and a credit note on it waits for its payment."""
    paid = paid_invoice(world)
    world.send(note(world, cfg.NOTE_CREDIT, kwh))
    return paid


@checkpoint
def next_invoice(world: World, kwh: int) -> Billed:
    """As `credited_invoice`, and the agreement's next invoice is unpaid."""
    credited_invoice(world)
    world.send(*final_epoch(world, NEXT_EPOCH_ID), allocate(world, kwh, epoch_id=NEXT_EPOCH_ID))
    return bill_of(world, 1, NEXT_EPOCH_ID)


@checkpoint
def void_invoice(world: World) -> Billed:
    """As `issued_invoice`, and voided."""
    issued = issued_invoice(world)
    world.send(void(world))
    return issued


@checkpoint
def equal_invoices(world: World, count: int) -> list[Billed]:
    """As many agreements of one buyer with the same terms, and an invoice of 1,000 kWh for each."""
    numbers = range(1, count + 1)
    world.send(*final_epoch(world), *(create_agreement(world, number) for number in numbers))
    world.send(*(allocate(world, 1_000, agreement_id=number) for number in numbers))
    return [bill_of(world, number) for number in numbers]
