"""Who may do what, paused or not: one expectation for each (method, role, paused) cell.

Each cell is simulated in a world in which the method's own call succeeds, so what is refused is refused for the role or
the pause and for nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from gridpact.chain.specs import Contract, spec
from smart_contracts.shared import errors as err
from tests.contracts.valid_calls import ACTIONS, STAGES, Action
from tests.support.errors import raises
from tests.support.world import Ledger, World, call_of, side_by_side

ROLES: Final = ("outsider", "operator", "admin", "buyer", "holder", "creator")
ACCOUNTS: Final = {role: role for role in ROLES} | {"holder": "holder_a"}
OK: Final = "ok"

Row = Mapping[tuple[str, bool], str]
"""(role, paused) → `OK` or the error's name."""


def row(otherwise: str, *allowed: str, paused: str | None = None, **exceptions: str) -> Row:
    """A row of the table.

    Args:
        otherwise: what a role gets that is not named.
        allowed: the roles that succeed.
        paused: what the allowed ones get while the contract is paused; None when pause does not stop them.
        exceptions: what a named role gets, paused or not.
    """
    cells = {}
    for role in ROLES:
        base = exceptions.get(role, OK if role in allowed else otherwise)
        cells[role, False] = base
        cells[role, True] = paused if base == OK and paused is not None else base
    return cells


def everybody(paused: str | None = None) -> Row:
    """A method that anybody may call."""
    return row(OK, *ROLES, paused=paused)


def unless_paused(cells: Row, error: str = err.IS_PAUSED) -> Row:
    """A method that looks at the pause before anything else."""
    return {(role, paused): error if paused else cell for (role, paused), cell in cells.items()}


def stopped(cells: Row, stopped_role: str) -> Row:
    """A method that pause stops for one of the roles only."""
    return {**cells, (stopped_role, True): err.IS_PAUSED}


COMMON: Final[Mapping[str, Row]] = {
    "proposeAdmin": row(err.NOT_ADMIN, "admin"),
    "acceptAdmin": row(err.NOT_PROPOSED, "creator"),
    "setOperator": row(err.NOT_ADMIN, "admin"),
    "pause": row(err.NOT_ADMIN, "admin", paused=err.ALREADY_SET),
    "unpause": {
        **row(err.NOT_ADMIN, "admin"),
        ("admin", False): err.ALREADY_SET,
    },
}
OPERATOR_UNLESS_PAUSED: Final = row(err.NOT_OPERATOR, "operator", paused=err.IS_PAUSED)
OWNER_UNLESS_PAUSED: Final = row(err.NOT_OWNER, "operator", paused=err.IS_PAUSED)

TABLE: Final[Mapping[Contract, Mapping[str, Row]]] = {
    Contract.KWH_RECEIPT: {
        **COMMON,
        "registerMeter": OPERATOR_UNLESS_PAUSED,
        "recordProduction": OPERATOR_UNLESS_PAUSED,
        "recordReading": OPERATOR_UNLESS_PAUSED,
        "restateReading": OPERATOR_UNLESS_PAUSED,
        "finalizeEpoch": OPERATOR_UNLESS_PAUSED,
        "anchorReport": OPERATOR_UNLESS_PAUSED,
        "recordSignedReading": everybody(paused=err.IS_PAUSED),
        "rotateMeterKey": OPERATOR_UNLESS_PAUSED,
        "addBudget": everybody(),
        "setConsumer": row(err.NOT_ADMIN, "admin"),
        "draw": row(err.NOT_CONSUMER),
        "giveBack": row(err.NOT_CONSUMER),
    },
    Contract.PPA: {
        **COMMON,
        "createAgreement": OPERATOR_UNLESS_PAUSED,
        "acceptAgreement": row(err.NOT_BUYER, "buyer"),
        "endAgreement": OPERATOR_UNLESS_PAUSED,
        "allocateProduction": OPERATOR_UNLESS_PAUSED,
        "voidInvoice": OPERATOR_UNLESS_PAUSED,
        "issueNote": OPERATOR_UNLESS_PAUSED,
        "issueInterest": everybody(),
        "settleNote": row(err.NOT_BUYER, "buyer"),
        "settleNoteAsset": row(err.NOT_BUYER, "buyer"),
        "applyCredit": OPERATOR_UNLESS_PAUSED,
        "releaseCredit": OPERATOR_UNLESS_PAUSED,
        "voidNote": OPERATOR_UNLESS_PAUSED,
        "settlePayment": row(err.NOT_BUYER, "buyer"),
        "settlePaymentAsset": row(err.NOT_BUYER, "buyer"),
    },
    Contract.REVENUE_VAULT: {
        **COMMON,
        "bootstrap": row(err.NOT_ADMIN, "admin"),
        "issue": OPERATOR_UNLESS_PAUSED,
        "closeIssuance": OPERATOR_UNLESS_PAUSED,
        "transfer": row(err.INSUFFICIENT_BALANCE, "holder"),
        "handOut": OPERATOR_UNLESS_PAUSED,
        "syncHolder": everybody(),
        "depositNetRevenue": OPERATOR_UNLESS_PAUSED,
        "depositNetRevenueAsset": OPERATOR_UNLESS_PAUSED,
        "optInAsset": OPERATOR_UNLESS_PAUSED,
        "returnEnergy": OPERATOR_UNLESS_PAUSED,
        "withdrawSurplus": row(err.NOT_ADMIN, "admin"),
        "claim": everybody(),
    },
    Contract.OFFER_BOOK: {
        **COMMON,
        "mintEnergy": OWNER_UNLESS_PAUSED,
        "transferEnergy": row(err.INSUFFICIENT_AVAILABLE_BALANCE, "holder"),
        "consumeEnergy": row(err.INSUFFICIENT_AVAILABLE_BALANCE, "holder"),
        "setTradingTerms": everybody(),
        "createEnergyOffer": unless_paused(row(err.NOT_A_PRODUCER, "holder")),
        # Nobody in this table has an empty account: the consumer of the worlds does.
        "closeTradingAccount": row(err.ACCOUNT_NOT_FOUND, buyer=err.ACCOUNT_NOT_EMPTY, holder=err.ACCOUNT_NOT_EMPTY),
        "withdrawSurplus": row(err.NOT_ADMIN, "admin"),
        "cancelEnergyOffer": stopped(row(err.NOT_OFFER_SELLER, "holder", "operator"), "operator"),
        "matchEnergyOffer": OWNER_UNLESS_PAUSED,
        "createEnergyBuyOffer": everybody(paused=err.IS_PAUSED),
        "cancelEnergyBuyOffer": stopped(row(err.NOT_BUY_OFFER_BUYER, "buyer", "operator"), "operator"),
        "matchEnergyBuyOffer": OWNER_UNLESS_PAUSED,
        "matchOffers": OWNER_UNLESS_PAUSED,
        "pruneOffer": everybody(),
        "pruneBuyOffer": everybody(),
        "setGridPrice": OWNER_UNLESS_PAUSED,
    },
}

Worlds = Callable[[str, bool], World]


@pytest.fixture(scope="module")
def worlds(ledger: Ledger) -> Worlds:
    """The worlds of all stages, each unpaused and paused, built at first use."""
    ledger = side_by_side(ledger)
    built: dict[tuple[str, bool], World] = {}

    def get(stage: str, paused: bool) -> World:
        if (stage, paused) not in built:
            world = World(ledger)
            STAGES[stage](world)
            if paused:
                for app in (world.receipt, world.ppa, world.vault, world.book):
                    world.send(call_of(app, "pause", [], world.admin))
            built[stage, paused] = world
        return built[stage, paused]

    return get


@pytest.mark.parametrize("contract", list(Contract), ids=lambda contract: contract.folder)
def test_table_and_actions_are_complete(contract: Contract) -> None:
    writing = {
        method["name"]
        for method in spec(contract)["methods"]
        if not method.get("readonly") and method["actions"]["call"]
    }
    assert set(TABLE[contract]) == writing
    assert {action.method for action in ACTIONS if action.contract is contract} == writing


@pytest.mark.parametrize("paused", [False, True], ids=["active", "paused"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS, ids=str)
def test_cell(worlds: Worlds, action: Action, role: str, paused: bool) -> None:
    world = worlds(action.stage, paused)
    expected = TABLE[action.contract][action.method][role, paused]
    items = action.build(world, getattr(world, ACCOUNTS[role]))
    if expected == OK:
        world.simulate(*items)
    else:
        with raises(expected):
            world.simulate(*items)
