"""Proofs for one party: only what led to its figure, and the figure itself."""

from gridpact.audit.proof import Part, Step, prove_claim
from gridpact.production.boxes import PROJECT
from tests.audit.support import auditor
from tests.contracts.offer_book import states as book_states
from tests.contracts.revenue_vault import calls as vault_calls
from tests.contracts.revenue_vault import states as vault_states
from tests.support.world import World


def proof(world: World, holder: str) -> list[Step]:
    made = auditor(world)
    assert made.run().differences == ()
    return prove_claim(made.calls, holder, 1)


def test_prove_claim_takes_the_projects_energy_only(world: World) -> None:
    """What a producer of the same month has minted, was never the project's."""
    book_states.registered_producer(world)
    vault_states.deposited(world)
    drawn = [step.event for step in proof(world, world.holder_a.address) if step.part is Part.DRAWN]
    assert [event.text("producer") for event in drawn if event is not None] == [PROJECT]


def test_prove_claim_knows_what_went_back_before_issuance_closed(world: World) -> None:
    """Units that were closed out while issuance was open never counted, whenever that was seen."""
    vault_states.issued(world)
    vault_states.closed_out(world, world.holder_c)
    world.send(vault_states.sync(world, world.holder_c.address))
    world.send(vault_calls.close_issuance(world))
    vault_calls.final_epoch(world)
    world.send(vault_calls.deposit(world, vault_calls.EXAMPLE_MICROALGO))
    assert proof(world, world.holder_c.address)[-1].result == 0
    units, _ = proof(world, world.holder_a.address)[-1].terms
    assert units == vault_calls.EXAMPLE_UNITS[0]
