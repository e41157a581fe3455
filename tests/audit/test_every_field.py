"""Whatever a node says otherwise than it is, the audit finds: every field of every event, argument, payment and box.

A world in which every method was called is read once. Then one thing after the other is changed in what was read.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import pytest
from algosdk import abi, encoding

from gridpact.audit.findings import Kind, Rule
from gridpact.chain.specs import Contract
from gridpact.errors import GridPactError
from gridpact.history.interface import SELECTOR_BYTES, EventType, Method, events, methods
from gridpact.history.transactions import Path, Root, Transaction
from tests.audit.tape import Tape, steps
from tests.contracts.offer_book import calls as book_calls
from tests.contracts.valid_calls import ACTIONS, Action, running
from tests.support.world import Ledger, World

SOMEBODY: Final = str(encoding.encode_address(bytes(31) + b"\1"))
SOMEBODY_ELSE: Final = str(encoding.encode_address(bytes(31) + b"\2"))
ANYBODY_MAY: Final = {
    "claim", "pruneOffer", "pruneBuyOffer", "addBudget", "recordSignedReading", "issueInterest", "syncHolder"
}  # fmt: skip
"""Methods whose caller decides nothing. Whoever pays a storage deposit is checked beside it."""


FIRST: Final = (
    "recordSignedReading", "voidNote", "closeTradingAccount", "transferEnergy", "matchEnergyOffer",
    "matchEnergyBuyOffer", "voidInvoice",
)  # fmt: skip
LAST: Final = ("setOperator", "pause", "unpause", "acceptAdmin")
"""What other actions would keep from happening, and what keeps others from it."""


@pytest.fixture(scope="module")
def tape(ledger: Ledger) -> Tape:
    """A world in which every method was called, as far as the calls let each other."""
    world = World(ledger)
    running(world)
    seller, buyer = world.holder_a.address, world.buyer.address
    world.send(
        book_calls.sell(world, 1_500, offer_id=2, seller=seller),
        book_calls.buy(world, 1_000, offer_id=2, buyer=buyer, opens_account=False),
    )
    world.send(book_calls.match_both(world, 1_000, sell_id=2, buy_id=2, sell_child_id=3, seller=seller, buyer=buyer))
    world.send(book_calls.buy(world, 500, offer_id=3, buyer=buyer, opens_account=False))
    world.send(book_calls.match_both(world, 500, sell_id=3, buy_id=3, seller=seller, buyer=buyer))
    world.send(book_calls.transfer(world, 1, sender=buyer, receiver=seller, opens_account=False))
    for action in sorted(ACTIONS, key=_turn):
        if action.stage == "running" and action.caller != "nobody":
            try:
                world.send(*action.build(world, getattr(world, action.caller)))
            except GridPactError:
                continue  # another action was before it
    return Tape.of(world)


def _turn(action: Action) -> int:
    """First ones, all others, last ones."""
    if action.method in FIRST:
        return FIRST.index(action.method) - len(FIRST)
    return LAST.index(action.method) + 1 if action.method in LAST else 0


def test_honest(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tape.audited(monkeypatch)
    assert report.differences == ()
    assert min(report.checked[rule] for rule in Rule if rule is not Rule.EVIDENCE) > 0


def told(tape: Tape) -> dict[tuple[Contract, str], tuple[Root, Path, int, EventType]]:
    """The last event of each name, and where it is logged."""
    found = {}
    contracts = {app_id: contract for contract, app_id in tape.app_ids.items()}
    for root, path, transaction in steps(tape.roots):
        contract = contracts.get(transaction.app_id)
        for at, log in enumerate(transaction.logs if contract is not None else ()):
            assert contract is not None
            kind = events(contract).get(log[:SELECTOR_BYTES])
            if kind is not None:
                found[contract, kind.name] = root, path, at, kind
    return found


def test_every_event_was_logged(tape: Tape) -> None:
    every = {(contract, kind.name) for contract in Contract for kind in events(contract).values()}
    missing = every - told(tape).keys()
    assert missing == set()


def other(value: Any) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1 if value < 2**64 - 1 else value - 1
        case str():
            return SOMEBODY_ELSE if value == SOMEBODY else SOMEBODY
        case bytes() | bytearray():
            return bytes([*value[:-1], value[-1] ^ 1])
    return [*value[:-1], other(value[-1]) if isinstance(value[-1], bool) else value[-1] ^ 1]


def with_log(at: int, change: Callable[[bytes], tuple[bytes, ...]]) -> Callable[[Transaction], Transaction]:
    return lambda one: replace(one, logs=(*one.logs[:at], *change(one.logs[at]), *one.logs[at + 1 :]))


def test_every_field_of_every_event(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for (contract, name), (root, path, at, kind) in told(tape).items():
        for index, field in enumerate(kind.fields):

            def lie(log: bytes, kind: EventType = kind, index: int = index) -> tuple[bytes, ...]:
                values = kind.codec.decode(log[SELECTOR_BYTES:])
                values[index] = other(values[index])
                return (log[:SELECTOR_BYTES] + kind.codec.encode(values),)

            if tape.with_transaction(root, path, with_log(at, lie)).audited(monkeypatch).is_green:
                missed.append(f"{contract} {name}.{field}")
    assert missed == []


def test_every_event_missing_or_repeated(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for (contract, name), (root, path, at, _) in told(tape).items():
        for lie in (lambda _: (), lambda log: (log, log)):
            if tape.with_transaction(root, path, with_log(at, lie)).audited(monkeypatch).is_green:
                missed.append(f"{contract} {name}")  # noqa: PERF401 - what was missed, in words
    assert missed == []


def called(tape: Tape) -> Iterator[tuple[Method, Root, Path]]:
    """The last call of each method."""
    contracts = {app_id: contract for contract, app_id in tape.app_ids.items()}
    found = {}
    for root, path, transaction in steps(tape.roots):
        contract = contracts.get(transaction.app_id)
        if contract is not None:
            method = methods(contract)[transaction.args[0]]
            found[contract, method.name] = method, root, path
    yield from found.values()


UNSEEN_ARGUMENTS: Final = {
    "expectedTotalWh", "expectedTotalGeneration", "expectedTotalKwh", "checkpointIndex", "kwhReceiptId",
}  # fmt: skip
"""What a call may not go on without, and what no state and no event repeats."""


def test_every_argument(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for method, root, path in called(tape):
        for index, (name, codec) in enumerate(zip(method.arguments, method.codecs, strict=True), start=1):

            def lie(one: Transaction, index: int = index, codec: abi.ABIType = codec) -> Transaction:
                value = other(codec.decode(one.args[index]))
                return replace(one, args=(*one.args[:index], codec.encode(value), *one.args[index + 1 :]))

            if name in UNSEEN_ARGUMENTS:
                continue
            if tape.with_transaction(root, path, lie).audited(monkeypatch).is_green:
                missed.append(f"{method.name}.{name}")
    assert missed == []


def test_every_caller(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for method, root, path in called(tape):
        lie = tape.with_transaction(root, path, lambda one: replace(one, sender=SOMEBODY))
        if method.name not in ANYBODY_MAY and lie.audited(monkeypatch).is_green:
            missed.append(method.name)
    assert missed == []


LEAVE_NOTHING: Final = ("anchorReport", "withdrawSurplus", "withdrawSurplus")
"""Calls that change no state: without their block nobody misses them. The report says so."""


def test_every_call_missing_or_repeated(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for method, root, path in called(tape):
        if path or not method.events:
            continue
        at = tape.roots.index(root)
        for count in (0, 2):
            roots = (*tape.roots[:at], *[root] * count, *tape.roots[at + 1 :])
            if replace(tape, roots=roots).audited(monkeypatch).is_green:
                missed.append(f"{method.name} {count} times")
    assert missed == [f"{method} 0 times" for method in LEAVE_NOTHING]


PAYMENT_LIES: Final[dict[str, Callable[[Transaction], Transaction]]] = {
    "amount": lambda one: replace(one, amount=one.amount + 1),
    "receiver": lambda one: replace(one, receiver=SOMEBODY),
    "sender": lambda one: replace(one, sender=SOMEBODY),
    "asset": lambda one: replace(one, asset_id=one.asset_id + 1),
    "close": lambda one: replace(one, close_to=SOMEBODY),
    "rekey": lambda one: replace(one, rekey_to=SOMEBODY),
    "clawback": lambda one: replace(one, taken_from=SOMEBODY),
}


def test_every_payment(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that a call asks for: the settlement, the deposit, the storage deposit."""
    missed = []
    by_place = {(root.round, root.position): root for root in tape.roots}
    for method, root, path in called(tape):
        if method.value is None or path:
            continue
        payment = by_place[root.round, root.position - 1]
        for name, lie in PAYMENT_LIES.items():
            if tape.with_transaction(payment, (), lie).audited(monkeypatch).is_green:
                missed.append(f"{method.name} {name}")
    assert missed == []


def test_every_inner_payment(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for method, root, path in called(tape):
        outer = root.transaction
        for index, inner in enumerate(outer.inner if not path else ()):
            if inner.kind not in ("pay", "axfer"):
                continue
            for name in ("amount", "receiver", "asset"):
                if tape.with_transaction(root, (index,), PAYMENT_LIES[name]).audited(monkeypatch).is_green:
                    missed.append(f"{method.name} {name}")  # noqa: PERF401 - what was missed, in words
    assert missed == []


def leaves(held: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each stored field of a struct."""
    if not is_dataclass(held):
        yield path
        return
    for field in fields(held):
        yield from leaves(getattr(held, field.name), (*path, field.name))


def with_leaf(held: Any, path: tuple[str, ...]) -> Any:
    if not path:
        return other(held)
    return replace(held, **{path[0]: with_leaf(getattr(held, path[0]), path[1:])})


@pytest.mark.parametrize("contract", list(Contract))
def test_every_field_of_every_box(tape: Tape, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    """One field of each box at a time, and each of them is named."""
    boxes = tape.apps[contract].boxes
    of_box = {name: list(leaves(held)) for name, held in boxes.items()}
    for index in range(max(map(len, of_box.values()))):
        changed = {name: paths[index] for name, paths in of_box.items() if index < len(paths)}
        lie = {name: with_leaf(held, changed[name]) if name in changed else held for name, held in boxes.items()}
        report = tape.with_app(contract, boxes=lie).audited(monkeypatch)
        named = {(one.subject.kind, one.subject.key, one.field) for one in report.differences if one.rule is Rule.BOX}
        assert len(named) == len(changed)
        assert {field for *_, field in named} == {".".join(path) or "value" for path in changed.values()}


@pytest.mark.parametrize("contract", list(Contract))
def test_every_box_missing_or_more(tape: Tape, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = tape.apps[contract].boxes
    for name in boxes:
        left = {one: held for one, held in boxes.items() if one != name}
        differences = tape.with_app(contract, boxes=left).audited(monkeypatch).differences
        assert [one.field for one in differences if one.rule is Rule.BOX] == ["exists"]
    name, held = next(iter(boxes.items()))
    more = {**boxes, name[:-1] + bytes([name[-1] ^ 0x55]): held}
    differences = tape.with_app(contract, boxes=more).audited(monkeypatch).differences
    assert [(one.field, one.expected) for one in differences if one.rule is Rule.BOX] == [("exists", False)]


@pytest.mark.parametrize("contract", list(Contract))
def test_every_global(tape: Tape, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tape.apps[contract].state
    for key, value in state.items():
        report = tape.with_app(contract, state={**state, key: other(value)}).audited(monkeypatch)
        assert [one.field for one in report.differences if one.rule is Rule.STATE] == [key]
        left = {one: held for one, held in state.items() if one != key}
        assert not tape.with_app(contract, state=left).audited(monkeypatch).is_green


@pytest.mark.parametrize("contract", list(Contract))
def test_every_account(tape: Tape, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    app = tape.apps[contract]
    lies: tuple[dict[str, Any], ...] = (
        {"runs_this_build": False},
        {"program_hash": bytes(32)},
        {"creator": SOMEBODY},
        {"minimum_microalgo": app.minimum_microalgo + 1},
        {"balance_microalgo": app.minimum_microalgo - 1},
        *({"assets": {**app.assets, one: 0}} for one, units in app.assets.items() if units),
    )
    for changes in lies:
        assert not tape.with_app(contract, **changes).audited(monkeypatch).is_green, changes


def test_vault_has_what_it_owes(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = tape.apps[Contract.REVENUE_VAULT]
    owed = sum(int(vault.state[key]) for key in ("owed_microalgo", "carried_microalgo"))
    short = tape.with_app(Contract.REVENUE_VAULT, balance_microalgo=vault.minimum_microalgo + owed - 1)
    assert [one.rule for one in short.audited(monkeypatch).differences] == [Rule.PROMISE]


def test_every_holding(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in tape.token.parameters.items():
        lie = replace(
            tape.token, parameters={**tape.token.parameters, name: SOMEBODY if value is None else other(value)}
        )
        found = replace(tape, token=lie).audited(monkeypatch).differences
        assert [(one.rule, one.field) for one in found] == [(Rule.HOLDING, name)]
    for holder, units in tape.token.units.items():
        for more in (1, -1):
            lie = replace(tape.token, units={**tape.token.units, holder: units + more})
            report = replace(tape, token=lie).audited(monkeypatch)
            assert report.is_green == (holder == tape.apps[Contract.REVENUE_VAULT].address)


def test_another_genesis(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    report = replace(tape, genesis_hash=bytes(32)).audited(monkeypatch)
    assert (Rule.STATE, "genesis_hash") in {(one.rule, one.field) for one in report.differences}


def test_time_of_a_block(tape: Tape, monkeypatch: pytest.MonkeyPatch) -> None:
    root = next(one for one in reversed(tape.roots) if one.transaction.logs)
    times = {**tape.times, root.round - 1: tape.times[root.round - 1] + 1}
    assert Rule.TIME in {one.rule for one in replace(tape, times=times).audited(monkeypatch).differences}


@pytest.mark.parametrize("how", ["update", "delete"])
def test_a_program_that_was_replaced(tape: Tape, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = next(one for one in reversed(tape.roots) if one.transaction.app_id == tape.app_ids[Contract.PPA])
    replaced = replace(root.transaction, on_completion=how, args=(), logs=(), inner=(), group=None)
    lie = replace(root, transaction=replaced, position=root.position + 100, txid="another")
    [difference] = replace(tape, roots=(*tape.roots, lie)).audited(monkeypatch).differences
    assert (difference.rule, difference.subject.kind, difference.found) == (Rule.PROGRAM, Kind.APP, how)
