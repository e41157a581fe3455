"""createAgreement: terms are checked once and never edited."""

from typing import Any

import pytest
from algosdk.logic import get_application_address

from gridpact.contracts.ppa_client import Agreement, CreateAgreementArgs
from gridpact.production.boxes import PROJECT
from smart_contracts.shared import errors as err
from tests.contracts.ppa.calls import CONTRACT_HASH, DUE_DAY, MAX_UINT64, PRICE_PER_KWH, create_agreement, pause, terms
from tests.contracts.ppa.expect import agreement_of, counters
from tests.support.events import ANY_TIME, expect_events
from tests.support.world import World

ZERO_ADDRESS = PROJECT


def test_create_agreement_success(world: World) -> None:
    sent = world.send(create_agreement(world))

    assert sent.returns == (1,)
    assert agreement_of(world) == Agreement(
        terms=terms(world),
        lastEpoch=203012,
        allocatedKwh=0,
        invoicedAmount=0,
        paidAmount=0,
        invoices=0,
        paidInvoices=0,
        creditedAmount=0,
        debitedAmount=0,
        acceptedTs=0,
    )
    assert counters(world) == {"agreements": 1, "allocated_kwh": 0, "issued": 0, "paid": 0, "void": 0}
    expect_events(
        sent,
        (
            "AgreementCreated",
            {
                "agreementId": 1,
                "buyer": world.buyer.address,
                "treasury": world.treasury.address,
                "assetId": 0,
                "pricePerKwh": PRICE_PER_KWH,
                "escalatorBps": 0,
                "minimumKwh": 0,
                "lateInterestBps": 0,
                "firstEpoch": 202601,
                "lastEpoch": 203012,
                "capKwh": 0,
                "dueDay": DUE_DAY,
                "contractHash": CONTRACT_HASH,
                "requiresAcceptance": False,
                "timestamp": ANY_TIME,
            },
        ),
    )


def test_create_agreement_success_counts_ids_from_one(world: World) -> None:
    sent = world.send(*(create_agreement(world, number, capKwh=number) for number in (1, 2, 3)))

    assert sent.returns == (1, 2, 3)
    assert [agreement_of(world, number).terms.capKwh for number in (1, 2, 3)] == [1, 2, 3]


def test_create_agreement_success_in_an_asset(world: World) -> None:
    asset_id = world.asset(world.outsider)

    world.send(create_agreement(world, assetId=asset_id))

    assert agreement_of(world).terms.assetId == asset_id


def test_create_agreement_success_at_the_bounds(world: World) -> None:
    bounds: list[dict[str, Any]] = [
        {"dueDay": 1},
        {"dueDay": 28},
        {"firstEpoch": 202602, "lastEpoch": 202602},
        {"firstEpoch": 200001, "lastEpoch": 299912},
        {"pricePerKwh": 1},
        {"pricePerKwh": MAX_UINT64, "capKwh": MAX_UINT64},
        {"escalatorBps": 1_999, "firstEpoch": 202602, "lastEpoch": 206601},
        {"lateInterestBps": 10_000, "requiresAcceptance": True},
        {"minimumKwh": 5, "capKwh": 5},
        {"minimumKwh": MAX_UINT64},
    ]

    world.send(*(create_agreement(world, number, **changes) for number, changes in enumerate(bounds, start=1)))

    for number, changes in enumerate(bounds, start=1):
        assert agreement_of(world, number).terms == terms(world, **changes)


def test_create_agreement_not_operator(world: World) -> None:
    for caller in (world.outsider, world.admin, world.buyer):
        call = world.ppa_calls.create_agreement(caller.address, CreateAgreementArgs(terms=terms(world)), 1)
        with world.refused(err.NOT_OPERATOR):
            world.send(call)


def test_create_agreement_is_paused(world: World) -> None:
    pause(world, world.ppa)

    with world.refused(err.IS_PAUSED):
        world.send(create_agreement(world))


def test_create_agreement_invalid_treasury(world: World) -> None:
    lost = (
        ZERO_ADDRESS,
        get_application_address(world.ppa.app_id),
        get_application_address(world.receipt.app_id),
    )
    for treasury in lost:
        with world.refused(err.INVALID_TREASURY):
            world.send(create_agreement(world, treasury=treasury))


def test_create_agreement_invalid_buyer(world: World) -> None:
    never_pays = (
        ZERO_ADDRESS,
        world.treasury.address,
        get_application_address(world.ppa.app_id),
        get_application_address(world.receipt.app_id),
    )
    for buyer in never_pays:
        with world.refused(err.INVALID_BUYER):
            world.send(create_agreement(world, buyer=buyer))


def test_create_agreement_wrong_asset(world: World) -> None:
    never_created = world.asset(world.outsider) + 1_000_000

    with world.refused(err.WRONG_ASSET):
        world.send(create_agreement(world, assetId=never_created))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"pricePerKwh": 0}, id="no-price"),
        pytest.param({"dueDay": 0}, id="due-day-0"),
        pytest.param({"dueDay": 29}, id="due-day-29"),
        pytest.param({"escalatorBps": 2_000}, id="escalator"),
        pytest.param({"escalatorBps": 1, "firstEpoch": 202602, "lastEpoch": 206602}, id="years"),
        pytest.param({"minimumKwh": 6, "capKwh": 5}, id="minimum-above-cap"),
        pytest.param({"lateInterestBps": 10_001}, id="interest"),
    ],
)
def test_create_agreement_invalid_terms(world: World, changes: dict[str, Any]) -> None:
    with world.refused(err.INVALID_TERMS):
        world.send(create_agreement(world, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"firstEpoch": 202600}, id="first-month-0"),
        pytest.param({"firstEpoch": 202613}, id="first-month-13"),
        pytest.param({"firstEpoch": 199912}, id="first-too-early"),
        pytest.param({"lastEpoch": 203000}, id="last-month-0"),
        pytest.param({"lastEpoch": 203013}, id="last-month-13"),
        pytest.param({"lastEpoch": 300001}, id="last-too-late"),
        pytest.param({"firstEpoch": 202602, "lastEpoch": 202601}, id="last-before-first"),
    ],
)
def test_create_agreement_invalid_epoch(world: World, changes: dict[str, Any]) -> None:
    with world.refused(err.INVALID_EPOCH):
        world.send(create_agreement(world, **changes))
