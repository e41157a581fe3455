"""The simulate route."""

import asyncio
import json
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any

import msgpack
from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.formats import address_text, wire_json
from localnet.algod.node import Node
from localnet.algod.pending import transaction_result
from localnet.algod.submission import MOST_TRANSACTIONS, group_fault
from localnet.engine.blocks import Tree, pack, unpack
from localnet.engine.ledger import Ledger
from localnet.engine.reasons import BAD_SIGNATURE, Failure, explain, in_simulation
from localnet.engine.shapes import ShapeError, check_signed
from localnet.engine.simulation import (
    BUDGET_A_CALL,
    Outcome,
    Simulator,
    authorities,
    claimed_signer,
    inner_calls,
)
from localnet.engine.transactions import canonical, transaction_id
from localnet.engine.variants import References, is_unsigned
from localnet.http import ApiError, Router, decode_address, json_response, raw_response, read_body, wants_msgpack

_LARGEST_BODY_BYTES = 1_000_000
_LARGEST_EXTRA_BUDGET = 320_000
_MOST_LOG_CALLS = 2048
_LARGEST_LOGS_BYTES = 65_536
_OPTIONS = frozenset(
    [
        "txn-groups",
        "round",
        "allow-empty-signatures",
        "allow-more-logging",
        "allow-unnamed-resources",
        "extra-opcode-budget",
        "exec-trace-config",
        "fix-signers",
    ]
)
_TRACE_PARTS = {"stack-change": "stack", "scratch-change": "scratch", "state-change": "state"}

_ADDRESSES = frozenset(["snd", "rcv", "close", "rekey", "asnd", "arcv", "aclose", "fadd", "sgnr", "apat"])
_ROLES = frozenset(["m", "r", "f", "c"])
_BEFORE_AUTHORITY = ("txn dead", "already in ledger", "overlapping lease", "using an overlapping")
_TEXTS = frozenset(["type", "gen", "un", "an", "au"])


@dataclass(frozen=True)
class _Asked:
    """A simulation that a client asked for."""

    transactions: list[Tree]
    empty_signatures: bool
    more_logging: bool
    unnamed_resources: bool
    extra_budget: int
    fix_signers: bool
    trace: Tree
    round: int | None


def add_routes(router: Router, node: Node, simulator: Simulator) -> None:
    """Add the route."""

    @router.post("/v2/transactions/simulate")
    async def simulate(request: Request) -> Response:
        as_msgpack = wants_msgpack(request)
        too_large = ApiError(400, "http: request body too large")
        asked = _parse(await read_body(request, _LARGEST_BODY_BYTES, too_large))
        if asked.round is not None and asked.round > node.ledger.last_round:
            raise ApiError(500, f"failed to simulate: round {asked.round} is in the future")
        fault = group_fault(asked.transactions)
        if fault is not None and fault.incomplete:
            raise ApiError(400, fault.text)
        if fault is not None:
            outcome = Outcome(node.ledger.last_round)
            failure: Failure | None = Failure(fault.text, path=[fault.position])
        else:
            outcome, failure = await node.thread.run(lambda: _run(simulator, asked))
        if failure is not None and failure.message.startswith((BAD_SIGNATURE, "msgpack decode error")):
            raise ApiError(400, failure.message)
        answer = await asyncio.to_thread(_answer, node.ledger, asked, outcome, failure)
        if as_msgpack:
            return raw_response(pack(answer), "application/msgpack")
        return json_response(wire_json(answer))


def _run(simulator: Simulator, asked: _Asked) -> tuple[Outcome, Failure | None]:
    outcome = simulator.simulate(
        asked.transactions,
        unsigned_allowed=asked.empty_signatures,
        unnamed_allowed=asked.unnamed_resources,
        extra_budget=asked.extra_budget,
        more_logging=asked.more_logging,
        fix_signers=asked.fix_signers,
    )
    failure = None if outcome.applied is not None else explain(outcome.reason, asked.transactions, simulator.ledger)
    if outcome.impostor is None or (failure is not None and _comes_before(failure, outcome.impostor[0])):
        return outcome, failure
    at, authority, claimed = outcome.impostor
    outcome.applied = outcome.budget_consumed = None
    text = (
        f"transaction {transaction_id(asked.transactions[at]['txn'])}: should have been authorized by "
        f"{address_text(authority)} but was actually authorized by {address_text(claimed)}"
    )
    return outcome, Failure(text, path=[at])


def _comes_before(failure: Failure, at: int) -> bool:
    """Whether a node finds a failure before it asks who signed the transaction at this position."""
    if failure.before_pool or failure.message.startswith(BAD_SIGNATURE) or failure.path[0] < at:
        return True
    return failure.path[0] == at and any(sign in failure.message for sign in _BEFORE_AUTHORITY)


# --- the request


def _parse(body: bytes) -> _Asked:
    request = _decode(body)
    unknown = sorted(request.keys() - _OPTIONS)
    if unknown:
        raise ApiError(400, f"failed to decode object: no matching struct field found with key {unknown[0]}")
    groups = _typed(request, "txn-groups", list) or []
    if len(groups) != 1:
        raise ApiError(400, f"expected 1 transaction group, got {len(groups)}")
    group = groups[0]
    transactions = group.get("txns") if isinstance(group, dict) else None
    if transactions is not None and not isinstance(transactions, list):
        raise ApiError(400, "failed to decode object: txns is no list")
    if not transactions:
        raise ApiError(400, "empty txgroup")
    if len(transactions) > MOST_TRANSACTIONS:
        raise ApiError(400, f"transaction group size {len(transactions)} exceeds protocol max {MOST_TRANSACTIONS}")
    for one in transactions:
        try:
            check_signed(one)
        except ShapeError as why:
            raise ApiError(400, f"failed to decode object: {why}") from None
    asked = _Asked(
        [{"txn": {}} | canonical(one) for one in transactions],
        empty_signatures=bool(_typed(request, "allow-empty-signatures", bool)),
        more_logging=bool(_typed(request, "allow-more-logging", bool)),
        unnamed_resources=bool(_typed(request, "allow-unnamed-resources", bool)),
        extra_budget=_typed(request, "extra-opcode-budget", int) or 0,
        fix_signers=bool(_typed(request, "fix-signers", bool)),
        trace=_typed(request, "exec-trace-config", dict) or {},
        round=_typed(request, "round", int),
    )
    _check(asked)
    return asked


def _check(asked: _Asked) -> None:
    if asked.extra_budget > _LARGEST_EXTRA_BUDGET:
        raise ApiError(
            400, f"extra budget {asked.extra_budget} > simulation extra budget limit {_LARGEST_EXTRA_BUDGET}"
        )
    if asked.extra_budget < 0:
        raise ApiError(400, "failed to decode object: extra-opcode-budget is negative")
    if asked.fix_signers and not asked.empty_signatures:
        raise ApiError(400, "FixSigners requires AllowEmptySignatures to be enabled")
    for key, name in _TRACE_PARTS.items():
        if asked.trace.get(key) and not asked.trace.get("enable"):
            raise ApiError(400, f"basic trace must be enabled when enabling {name} tracing")


def _decode(body: bytes) -> dict[str, Any]:
    """The request, msgpack or JSON, with transactions as msgpack has them."""
    try:
        request = unpack(body)
        if isinstance(request, dict):
            return request
    except (ValueError, TypeError, msgpack.UnpackException):
        pass  # not msgpack: JSON is accepted too
    try:
        request = json.loads(body)
        if isinstance(request, dict):
            return {key: _from_json(value) if key == "txn-groups" else value for key, value in request.items()}
        why = "only encoded map or array can be decoded into a struct"
    except (ValueError, RecursionError) as error:
        why = str(error)
    raise ApiError(400, f"failed to decode object: {why}")


def _from_json(tree: Any, key: str = "", parent: str = "") -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(tree, dict):
        return {name: _from_json(value, name, key) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_from_json(item, key, parent) for item in tree]
    if not isinstance(tree, str) or key in _TEXTS:
        return tree
    if key in _ADDRESSES or (key in _ROLES and parent == "apar"):
        try:
            return decode_address(tree)
        except ValueError as why:
            raise ApiError(400, f"failed to decode object: {why}") from None
    try:
        return b64decode(tree, validate=True)
    except Base64Error as why:
        raise ApiError(400, f"failed to decode object: {why}") from None


def _typed(request: dict[str, Any], key: str, kind: type) -> Any:  # noqa: ANN401 - of the kind that is asked for
    value = request.get(key)
    if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        raise ApiError(400, f"failed to decode object: {key} has the wrong type")
    return value


# --- the answer


def _answer(ledger: Ledger, asked: _Asked, outcome: Outcome, failure: Failure | None) -> Tree:
    answer: Tree = {"last-round": outcome.round, "txn-groups": [_group(ledger, asked, outcome, failure)], "version": 2}
    overrides = _overrides(asked)
    if overrides:
        answer["eval-overrides"] = overrides
    if asked.trace.get("enable"):
        answer["exec-trace-config"] = {key: True for key, value in asked.trace.items() if value}
    return answer


def _overrides(asked: _Asked) -> Tree:
    overrides: Tree = {
        "allow-empty-signatures": asked.empty_signatures,
        "allow-unnamed-resources": asked.unnamed_resources,
        "extra-opcode-budget": asked.extra_budget,
        "fix-signers": asked.fix_signers,
    }
    if asked.more_logging:
        overrides |= {"max-log-calls": _MOST_LOG_CALLS, "max-log-size": _LARGEST_LOGS_BYTES}
    return {key: value for key, value in overrides.items() if value}


def _group(ledger: Ledger, asked: _Asked, outcome: Outcome, failure: Failure | None) -> Tree:
    results = [_result(ledger, asked, outcome, failure, at) for at in range(len(asked.transactions))]
    group: Tree = {"txn-results": results}
    added = _budget_added(asked, outcome, failure)
    if added:
        group["app-budget-added"] = added
    if outcome.budget_consumed:
        group["app-budget-consumed"] = outcome.budget_consumed
    if failure is not None:
        group["failed-at"] = failure.path
        group["failure-message"] = in_simulation(failure)
    unnamed = _unnamed(outcome.references)
    if unnamed:
        group["unnamed-resources-accessed"] = unnamed
    return group


def _result(ledger: Ledger, asked: _Asked, outcome: Outcome, failure: Failure | None, at: int) -> Tree:
    signed = asked.transactions[at]
    if outcome.applied is None:
        inner: Tree = {"pool-error": "", "txn": signed}
        if failure is not None and failure.logs and failure.path == [at]:
            inner["logs"] = failure.logs
    else:
        # References may have been added and signatures replaced: what the client sent is shown.
        effects = {key: value for key, value in outcome.applied[at].items() if key not in ("sig", "sgnr", "msig")}
        inner = transaction_result(
            {**effects, "txn": outcome.applied[at]["txn"]},
            genesis_id=ledger.genesis_id,
            genesis_hash=ledger.genesis_hash,
        )
        inner["txn"] = signed
    result: Tree = {"txn-result": inner}
    if asked.fix_signers and is_unsigned(signed):
        authority = list(authorities(ledger, asked.transactions))[at]
        if authority != claimed_signer(signed):
            result["fixed-signer"] = address_text(authority)
    return result


def _budget_added(asked: _Asked, outcome: Outcome, failure: Failure | None) -> int:
    """What the application calls that began were given."""
    if failure is not None and not any(sign in failure.message for sign in ("logic eval", "min", "authorized by")):
        return 0
    begun = asked.transactions
    if failure is not None:
        begun = begun[: failure.path[0] + ("authorized by" not in failure.message)]
    calls = sum(one["txn"].get("type") == "appl" for one in begun)
    if outcome.applied is not None:
        calls += inner_calls(outcome.applied)
    return BUDGET_A_CALL * calls + asked.extra_budget if calls else 0


def _unnamed(references: References) -> Tree:
    accounts = [*references.accounts, *(address for address, _ in (*references.holdings, *references.locals))]
    assets = [*references.assets, *(id_ for _, id_ in references.holdings)]
    apps = [*references.apps, *(id_ for _, id_ in references.locals)]
    lists: Tree = {
        "accounts": [address_text(one) for one in dict.fromkeys(accounts)],
        "app-locals": [{"account": address_text(one), "app": id_} for one, id_ in references.locals],
        "apps": list(dict.fromkeys(apps)),
        "asset-holdings": [{"account": address_text(one), "asset": id_} for one, id_ in references.holdings],
        "assets": list(dict.fromkeys(assets)),
        "boxes": [
            {"app": app, "name": name}
            # Today's nodes ask for an empty reference for each box of a new application: it stands first.
            for app, name in (*references.boxes, *((0, b"") for _ in references.new_boxes), *references.new_boxes)
        ],
        "extra-box-refs": references.extra_box_references,
    }
    return {key: value for key, value in lists.items() if value}
