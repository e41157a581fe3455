"""getAgreement: what was agreed and what was billed."""

from gridpact.contracts.ppa_client import GetAgreementArgs
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import ALLOCATED_KWH, AMOUNT, CONTRACT_HASH, DUE_DAY, PRICE_PER_KWH, Billed
from tests.support.world import World


def test_get_agreement_success(paid: tuple[World, Billed]) -> None:
    world, _ = paid

    answer = world.simulate(world.ppa_calls.get_agreement(world.outsider.address, GetAgreementArgs(agreementId=1)))

    terms = [
        world.buyer.address,
        world.treasury.address,
        0,
        PRICE_PER_KWH,
        0,
        0,
        0,
        202601,
        203012,
        0,
        DUE_DAY,
        list(CONTRACT_HASH),
        False,
    ]
    assert answer.returns == ([terms, 203012, ALLOCATED_KWH, AMOUNT, AMOUNT, 1, 1, 0, 0, 0],)


def test_get_agreement_agreement_not_found(paid: tuple[World, Billed]) -> None:
    world, _ = paid

    for unknown in (0, 2):
        call = world.ppa_calls.get_agreement(world.outsider.address, GetAgreementArgs(agreementId=unknown))
        with world.refused(err.AGREEMENT_NOT_FOUND):
            world.send(call)
