"""Words stand in the command line only, and everything that is to be told has some."""

import ast
import re
import sys
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Final, get_args, get_origin, get_type_hints

import pytest
from algosdk.transaction import OnComplete

import gridpact
from gridpact.billing.effects import AgreementKept, AssetOptedIn, InvoiceVoided
from gridpact.billing.read import InvoiceId
from gridpact.chain.assets import AssetRoles
from gridpact.chain.describe import (
    Action,
    AppCall,
    AssetConfiguration,
    AssetFreeze,
    AssetTransfer,
    Description,
    KeyRegistration,
    OtherAction,
    Payment,
)
from gridpact.chain.errors import ERROR_NAMES, ContractError
from gridpact.chain.events import Event, Promised
from gridpact.chain.specs import Contract, spec
from gridpact.chain.work import Dropped, Effect
from gridpact.cli import words
from gridpact.cli.words import kinds
from gridpact.deployment.effects import (
    AccountFunded,
    AccountsMade,
    AppCreated,
    AppFunded,
    ConsumerSet,
    OperatorNamed,
)
from gridpact.epochs import NotAnEpoch
from gridpact.errors import GridPactError, Problem
from gridpact.market.effects import (
    EnergyConsumed,
    EnergyMinted,
    EnergyTransferred,
    Match,
    OfferCancelled,
    OfferCreated,
    OfferMatched,
    RowsImported,
    SurplusWithdrawn,
)
from gridpact.production.effects import ReportAnchored
from gridpact.revenue.effects import (
    NoDeposits,
    NoShare,
    NotOptedInToAsset,
    OptedIn,
    UnitsHandedOut,
    UnitsTransferred,
    VaultSurplusWithdrawn,
)
from gridpact.units import ALGO, Asset

TOP: Final = "gridpact."
PACKAGE: Final = Path(__file__).parents[2] / "gridpact"
ADDRESS: Final = "CFUVZ2PHFFF7FY4KRYAYJNRYSQFL7ZYQ5VKWOPFCUYQHCJLSUVXKHNRKAM"
EPOCH: Final = 202602
"""It serves as any other number, too."""

for module in walk_packages(gridpact.__path__, TOP):
    if not module.name.endswith("__main__"):
        import_module(module.name)
words.load()


def kinds_of[Kind](base: type[Kind]) -> list[type[Kind]]:
    """All classes of the library that derive from a base, and from which none derives."""
    found: list[type[Kind]] = []
    for kind in base.__subclasses__():
        # A dataclass with slots is a second class beside the one that was written.
        if getattr(sys.modules[kind.__module__], kind.__name__, None) is kind and kind.__module__.startswith(TOP):
            found += kinds_of(kind) or [kind]
    return sorted(set(found), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


EFFECTS: Final[list[type[Effect]]] = kinds_of(Effect)
ERRORS: Final[list[type[GridPactError]]] = kinds_of(GridPactError)
PROBLEMS: Final[list[type[Problem]]] = kinds_of(Problem)


# --- one of each ------------------------------------------------------------------------------------------------------


def values(hint: Any) -> list[Any]:
    """Values of a type: one of each kind that words may depend on."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return [value for argument in arguments for value in values(argument)]
    if origin is tuple:
        return [tuple(values(arguments[0]))]
    if hint is Problem:
        return [one for kind in PROBLEMS if kind.__module__.endswith("billing.errors") for one in samples(kind)]
    if isinstance(hint, type) and issubclass(hint, Problem):
        return [one for kind in kinds_of(hint) for one in samples(kind)]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    plain: dict[Any, list[Any]] = {
        bool: [True, False],
        int: [EPOCH, 0] if hint is int else [],
        str: [ADDRESS],
        bytes: [bytes(32)],
        types.NoneType: [None],
        Path: [Path("/a/file")],
        Asset: [ALGO],
        GridPactError: [NotAnEpoch(EPOCH)],
        InvoiceId: [InvoiceId(1, EPOCH)],
        datetime: [datetime(2026, 2, 1, tzinfo=UTC)],
        AssetRoles: [AssetRoles(), AssetRoles(ADDRESS, ADDRESS, ADDRESS)],
        Promised: [Promised(Contract.PPA, "InvoicePaid")],
        Dropped: [Dropped((NoDeposits(),), ContractError("AlreadyPaid", 1, ""))],
    }
    return plain[hint] if hint in plain else samples(hint)


def samples[Kind](kind: type[Kind]) -> list[Kind]:
    """Instances of a dataclass: each field takes all its values, one after the other."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    choices = {name: values(hints[name]) for name in names}
    # Epochs and times have to be such: numbers of other names may be 0.
    for name in names:
        if name.endswith(("epoch", "epoch_id", "planned")):
            choices[name] = [EPOCH]
    first = {name: choices[name][0] for name in names}
    others = [{**first, name: value} for name in names for value in choices[name][1:]]
    return [kind(**arguments) for arguments in (first, *others)]


class FakeNames:
    """Names without a chain."""

    vault = ADDRESS[::-1]

    def asset(self, asset_id: int) -> Asset:
        return ALGO

    def meter(self, meter_id: int) -> str:
        return f"meter-{meter_id}"

    def app(self, app_id: int) -> str:
        return "PPA"


def is_sentence(text: str) -> bool:
    """Whether a text stands on its own."""
    return text[:1].isupper() or not text[:1].isalpha() if text else False


# --- everything has words ---------------------------------------------------------------------------------------------

NEVER_PLANNED: Final = {NoShare, NoDeposits, NotOptedInToAsset}
"""Findings: there is nothing to do about them."""
NEVER_THERE: Final = {
    *(AccountFunded, AccountsMade, AppCreated, AppFunded, ConsumerSet, OperatorNamed),
    *(ReportAnchored, UnitsTransferred, UnitsHandedOut),
    *(EnergyMinted, EnergyTransferred, EnergyConsumed),
    *(SurplusWithdrawn, VaultSurplusWithdrawn),
    *(OfferCreated, OfferMatched, OfferCancelled, Match),
}
"""What happens again with each run, or is left out where it is there."""


@pytest.mark.parametrize("kind", EFFECTS, ids=lambda kind: kind.__name__)
def test_every_effect_has_words(kind: type[Effect]) -> None:
    for effect in samples(kind):
        if kind in NEVER_PLANNED:
            assert words.there([effect])[0].endswith(".")
            continue
        phrase = kinds.intent(effect)
        assert phrase.plan.startswith(phrase.verb.capitalize())
        assert words.would(effect) == f"Would {phrase.verb} {phrase.rest}"
        assert phrase.rest
        assert not phrase.rest.endswith(".")


@pytest.mark.parametrize("kind", [kind for kind in EFFECTS if kind not in NEVER_THERE], ids=lambda kind: kind.__name__)
def test_what_is_there_already_has_words(kind: type[Effect]) -> None:
    for effect in samples(kind):
        sentence, *advice = words.there([effect])
        assert is_sentence(sentence)
        assert sentence.endswith(".")
        assert all(text.endswith(".") for text in advice)
        assert words.there([effect], with_advice=False) == [sentence]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_words(kind: type[GridPactError]) -> None:
    assert kind.contract_error is None or kind.contract_error in ERROR_NAMES
    for error in samples(kind):
        told = words.refusal(error)
        assert is_sentence(told.sentence)
        assert "None" not in told.sentence + told.advice
        assert not told.advice or (is_sentence(told.advice) and told.advice.endswith("."))
        assert str(error).startswith(f"{error.code}(") or kind is ContractError


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_every_problem_has_words(kind: type[Problem]) -> None:
    for problem in samples(kind):
        text = words.fault(problem)
        assert text
        assert "None" not in text


EVENTLESS: Final = {
    *NEVER_PLANNED,
    AgreementKept,
    RowsImported,
    AccountsMade,
    AccountFunded,
    AppCreated,
    AppFunded,
    OptedIn,
    AssetOptedIn,
}
"""The chain has no event of these."""


@pytest.mark.parametrize("kind", EFFECTS, ids=lambda kind: kind.__name__)
def test_every_effect_promises_an_event_of_its_contract(kind: type[Effect]) -> None:
    for effect in samples(kind):
        assert bool(effect.promises()) == (kind not in EVENTLESS)
        for promised in effect.promises():
            (event,) = [one for one in spec(promised.contract)["events"] if one["name"] == promised.name]
            types = {one["name"]: one["type"] for one in event["args"]}
            python: dict[str, type] = {"uint64": int, "address": str, "bool": bool, "byte[32]": bytes}
            assert {name: type(value) for name, value in promised.fields.items()} == {
                name: python[types[name]] for name in promised.fields
            }


EVENTS: Final = {event["name"]: event for contract in Contract for event in spec(contract)["events"]}


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_has_a_teller(name: str) -> None:
    plain: dict[str, Any] = {"uint64": EPOCH, "address": ADDRESS, "bool": True}
    few = {"quality": 1, "consumer": 1, "kind": 1}
    sample = {
        one["name"]: few.get(one["name"], plain.get(one["type"], b"label".ljust(32, b"\0")))
        for one in EVENTS[name]["args"]
    }
    sentence = kinds.TELLERS[name](Event(1, name, sample), FakeNames())
    assert is_sentence(sentence)
    assert sentence.endswith(".")


def test_every_teller_has_an_event() -> None:
    assert set(kinds.TELLERS) == set(EVENTS)


@pytest.mark.parametrize("name", sorted(ERROR_NAMES))
def test_every_error_of_a_contract_is_told_with_its_name(name: str) -> None:
    assert words.refusal(ContractError(name, 1, "")).sentence.startswith(f"{name}: ")


# --- what is told -----------------------------------------------------------------------------------------------------


def test_an_effect_is_told_before_and_after() -> None:
    effect = InvoiceVoided(InvoiceId(1, EPOCH), 75_000, "wrong split")
    assert words.plan(effect) == "Void invoice 1/202602 over 75,000 kWh: wrong split"
    assert words.would(effect) == "Would void invoice 1/202602 over 75,000 kWh: wrong split"
    assert words.there([effect]) == ["Invoice 1/202602 is void."]


def test_results_are_told_from_events_and_not_from_what_was_planned() -> None:
    effect = InvoiceVoided(InvoiceId(1, EPOCH), 75_000, "wrong split")
    returned = Event(
        1,
        "EnergyReturned",
        {"producer": ADDRESS, "epochId": EPOCH, "consumer": 1, "wh": 1, "remainingWh": 1, "timestamp": 1},
    )
    voided = Event(2, "InvoiceVoided", {"agreementId": 2, "epochId": EPOCH, "kwh": 30_000})
    assert words.told([effect], [returned, voided], FakeNames()) == [
        "Voided invoice 2/202602: 30,000 kWh returned to February 2026."
    ]


def test_what_leaves_no_event_is_told_from_its_effect() -> None:
    opted_in = OptedIn(ADDRESS, 7, 100_000)
    assert words.told([opted_in], [], FakeNames()) == [
        "Opted in to the kW token (asset 7), which takes 0.1 ALGO more of the account's minimum balance."
    ]
    with pytest.raises(NotImplementedError, match="told from its event"):
        words.done(InvoiceVoided(InvoiceId(1, EPOCH), 75_000, "wrong split"))


def test_a_kind_without_words_is_named() -> None:
    @dataclass(frozen=True)
    class Unheard(Effect):
        """Nobody has words for it."""

    with pytest.raises(NotImplementedError, match="Unheard has no words"):
        words.plan(Unheard())


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (Payment(ADDRESS, 3_000_000, None), f"pay 3 ALGO to {ADDRESS}"),
        (Payment(ADDRESS, 0, ADDRESS), f"pay 0 ALGO to {ADDRESS}, CLOSES the sender to {ADDRESS}"),
        (AssetTransfer(7, ADDRESS, 0, None, None), "opt in to asset 7"),
        (AssetTransfer(7, FakeNames.vault, 0, None, None), f"transfer 0 base units of asset 7 to {FakeNames.vault}"),
        (
            AssetTransfer(7, ADDRESS, 1_000, ADDRESS, None),
            f"transfer 1,000 base units of asset 7 to {ADDRESS}, CLOSES the holding to {ADDRESS}",
        ),
        (
            AssetTransfer(7, ADDRESS, 1_000, None, ADDRESS),
            f"transfer 1,000 base units of asset 7 to {ADDRESS}, from {ADDRESS} by clawback",
        ),
        (AppCall(5, Contract.PPA, "voidInvoice"), "call PPA.voidInvoice"),
        (AppCall(5, Contract.PPA, None), "call PPA.(unknown method)"),
        (AppCall(5, None, None), "call app 5.(unknown call)"),
        (AppCall(0, None, None), "create an app"),
        (
            AppCall(5, Contract.PPA, None, OnComplete.OptInOC),
            "call PPA.(unknown method), OPTS the sender IN to the app",
        ),
        (
            AppCall(5, Contract.PPA, None, OnComplete.CloseOutOC),
            "call PPA.(unknown method), CLOSES the sender's state in the app",
        ),
        (
            AppCall(5, Contract.PPA, None, OnComplete.ClearStateOC),
            "call PPA.(unknown method), CLEARS the sender's state in the app",
        ),
        (
            AppCall(5, None, None, OnComplete.UpdateApplicationOC),
            "call app 5.(unknown call), REPLACES the app's programs",
        ),
        (AppCall(5, Contract.PPA, None, OnComplete.DeleteApplicationOC), "call PPA.(unknown method), DELETES the app"),
        (AssetFreeze(7, ADDRESS, is_frozen=True), f"FREEZE the holding of asset 7 of {ADDRESS}"),
        (AssetFreeze(7, ADDRESS, is_frozen=False), f"unfreeze the holding of asset 7 of {ADDRESS}"),
        (
            AssetConfiguration(0, False, "Token", "TOK", 1_000, 2, True, ADDRESS, None, None, ADDRESS),
            (
                "create an asset Token (TOK) of 10, holdings FROZEN by default: "
                f"manager {ADDRESS}, reserve nobody, freeze nobody, clawback {ADDRESS}"
            ),
        ),
        (
            AssetConfiguration(7, False, None, None, 0, 0, False, ADDRESS, None, ADDRESS, None),
            f"set the roles of asset 7: manager {ADDRESS}, reserve nobody, freeze {ADDRESS}, clawback nobody",
        ),
        (AssetConfiguration(7, True, None, None, 0, 0, False, None, None, None, None), "DESTROY asset 7"),
        (KeyRegistration(is_online=True, is_for_ever=False), "take the account in to consensus"),
        (KeyRegistration(is_online=False, is_for_ever=False), "take the account out of consensus"),
        (KeyRegistration(is_online=False, is_for_ever=True), "take the account out of consensus FOR EVER"),
        (OtherAction("acfg"), "acfg transaction"),
    ],
)
def test_transactions(action: Action, text: str) -> None:
    assert words.transaction(Description(action, None, ADDRESS, 1_000, "ID")) == text
    rekeyed = Description(action, ADDRESS, ADDRESS, 1_000, "ID")
    assert words.transaction(rekeyed) == f"{text}, REKEYS the sender to {ADDRESS}"


# --- where they stand -------------------------------------------------------------------------------------------------

NOT_FOR_A_LIBRARY: Final = {
    "a command": re.compile(r"\bgridpact [a-z]|python -m localnet|\balgokit [a-z]"),
    "an option": re.compile(r"(?<![\w-])--[a-z]"),
    "a variable": re.compile(r"\w_MNEMONIC\b|\b(?:ALGOD|INDEXER|KMD|GRIDPACT|OPERATOR|DEPLOYER)_[A-Z]+\b|\}_[A-Z]+\b"),
}
SPEAKING: Final = PACKAGE / "portal" / "words.py"
"""What the pages say beside the words of the commands."""
LIBRARY: Final = sorted(
    set(PACKAGE.rglob("*.py")) - {SPEAKING} - set(PACKAGE.glob("cli/**/*")) - set(PACKAGE.glob("contracts/*"))
)


def literals(tree: ast.AST) -> Iterator[str]:
    """The texts of a module; what is filled in is {}. Without docstrings."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            inside |= set(node.values)
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            yield node.value


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_library_does_not_speak_of_the_command_line(path: Path) -> None:
    sentences = [text for text in literals(ast.parse(path.read_text(encoding="utf-8"))) if " " in text]
    found = [(what, text) for text in sentences for what, named in NOT_FOR_A_LIBRARY.items() if named.search(text)]
    assert found == []
