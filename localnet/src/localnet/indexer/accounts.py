"""Accounts with their history."""

from collections.abc import Iterable, Iterator

from starlette.requests import Request

from localnet.algod.accounts import account_json
from localnet.engine.blocks import Tree
from localnet.http import ApiError
from localnet.indexer import params
from localnet.indexer.applications import app_json, local_state_with_history
from localnet.indexer.assets import asset_with_history, holding_with_history
from localnet.indexer.history import Life
from localnet.indexer.index import Index
from localnet.indexer.params import Query
from localnet.indexer.rewind import rewound
from localnet.indexer.values import address, present

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
_LISTS = frozenset(["assets", "created-assets", "apps-local-state", "created-apps"])
_ONLINE = 1


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}``."""
    query = request.query_params
    round_ = params.identity(query, "round")
    account = params.path_address(request)
    lists, with_deleted = _lists(query), params.flag(query, "include-all")
    current_round = index.last_round
    if round_ is not None and round_ > current_round:
        raise ApiError(
            400,
            "failed while searching for account: error while rewinding account: "
            f"the requested round {round_} > the current round {current_round}",
        )
    shown = _account(index, account, lists, with_deleted=with_deleted)
    if shown is None or (shown["deleted"] and not with_deleted):
        raise ApiError(404, f"no accounts found for address: {address(account)}")
    if round_ is not None:
        shown = rewound(index, account, shown, round_)
    return {"account": shown, "current-round": current_round}


def search(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts``."""
    query = request.query_params
    asset_id, app_id = params.identity(query, "asset-id"), params.identity(query, "application-id")
    if params.identity(query, "round") is not None:
        raise ApiError(400, "multiple accounts rewind is not supported by this server")
    with_deleted, online = params.flag(query, "include-all"), params.flag(query, "online-only")
    if with_deleted and online:
        raise ApiError(400, "simultaneously searching for online and deleted accounts is not supported")
    authorized, lists, fits = _authorized(query), _lists(query), params.amount_test(query)
    limit, after = params.limit(query, DEFAULT_LIMIT, MAX_LIMIT), params.next_address(query)
    current_round = index.last_round
    accounts: list[Tree] = []
    for account in _candidates(index, asset_id, app_id, with_deleted=with_deleted):
        if after is not None and account <= after:
            continue
        state = index.ledger.account(account)
        if authorized is not None and state.get("spend") != authorized:
            continue
        if online and state.get("onl") != _ONLINE:
            continue
        if not fits(state.get("asset", {}).get(asset_id, {}).get("a", 0) if asset_id else state.get("algo", 0)):
            continue
        shown = _account(index, account, lists, with_deleted=with_deleted)
        if shown is None or (shown["deleted"] and not with_deleted):
            continue
        accounts.append(shown)
        if len(accounts) == limit:
            break
    token = accounts[-1]["address"] if accounts else None
    return present({"accounts": accounts, "current-round": current_round, "next-token": token})


def _lists(query: Query) -> frozenset[str]:
    """The lists of an account that the query leaves in."""
    lists = _LISTS
    for excluded in query["exclude"].split(",") if "exclude" in query else ():
        if excluded not in _LISTS | {"all", "none"}:
            raise ApiError(400, f'unknown value "{excluded}": invalid exclude argument')
        lists -= _LISTS if excluded == "all" else {excluded}
    return lists


def _authorized(query: Query) -> bytes | None:
    if "auth-addr" not in query:
        return None
    try:
        return params.decode_address(query["auth-addr"])
    except ValueError as error:
        raise ApiError(400, f"unable to parse auth addr: {error}") from None


def _candidates(index: Index, asset_id: int | None, app_id: int | None, *, with_deleted: bool) -> list[bytes]:
    """The accounts in order, narrowed to holders and to those opted in."""
    history = index.history
    found = set(history.accounts)
    if asset_id:
        found &= _living(history.holdings.of_id.get(asset_id, {}).items(), with_deleted=with_deleted)
    if app_id:
        found &= _living(history.local_states.of_id.get(app_id, {}).items(), with_deleted=with_deleted)
    return sorted(found)


def _living(lives: Iterable[tuple[bytes, Life]], *, with_deleted: bool) -> set[bytes]:
    return {account for account, life in list(lives) if with_deleted or life.live}


def _account(index: Index, account: bytes, lists: frozenset[str], *, with_deleted: bool) -> Tree | None:
    """An account, None when it never was."""
    life = index.history.accounts.get(account)
    if life is None:
        return None
    state = index.ledger.account(account)
    shown = account_json(index.ledger, account, ["all"])
    if not any(shown["apps-total-schema"].values()):
        del shown["apps-total-schema"]
    shown |= {
        "closed-at-round": life.closed,
        "created-at-round": life.opened,
        "deleted": not state,
        "round": index.last_round,
        "sig-type": index.history.signature_types.get(account),
        "total-box-bytes": state.get("tbxb", 0),
        "total-boxes": state.get("tbx", 0),
    }
    shown |= {
        name: found
        for name, found in _details(index, account, state, with_deleted=with_deleted)
        if name in lists and found
    }
    return present(shown)


def _details(index: Index, account: bytes, state: Tree, *, with_deleted: bool) -> Iterator[tuple[str, list[Tree]]]:
    history = index.history
    holdings, locals_ = state.get("asset", {}), state.get("appl", {})
    of_assets = dict(history.holdings.of_account.get(account, {}))
    of_apps = dict(history.local_states.of_account.get(account, {}))
    yield (
        "assets",
        [
            holding_with_history(one, holdings.get(one), of_assets[one])
            for one in sorted(of_assets)
            if with_deleted or one in holdings
        ],
    )
    yield (
        "created-assets",
        [
            asset_with_history(index, one)
            for one in list(history.created_assets.get(account, ()))
            if with_deleted or one in state.get("apar", {})
        ],
    )
    yield (
        "apps-local-state",
        [
            local_state_with_history(one, locals_.get(one), of_apps[one])
            for one in sorted(of_apps)
            if with_deleted or one in locals_
        ],
    )
    yield (
        "created-apps",
        [
            app_json(index, one)
            for one in list(history.created_apps.get(account, ()))
            if with_deleted or one in state.get("appp", {})
        ],
    )
