"""Assets, who holds them, and what an account holds."""

from collections.abc import Iterable, Iterator

from starlette.requests import Request

from localnet.algod.accounts import holding_json
from localnet.algod.formats import go_string_bytes
from localnet.engine.blocks import Tree
from localnet.http import ApiError
from localnet.indexer import params
from localnet.indexer.history import Life
from localnet.indexer.index import Index
from localnet.indexer.params import Query
from localnet.indexer.values import ZERO_ADDRESS, address, asset_params, present

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
DEFAULT_BALANCES_LIMIT = 1000
MAX_BALANCES_LIMIT = 10_000
_ROLES = ("clawback", "freeze", "manager", "reserve")


def asset_with_history(index: Index, asset_id: int) -> Tree:
    """An asset as an account shows what it created: roles that nobody has are left out."""
    life = index.history.assets[asset_id]
    alive = index.ledger.account(life.creator).get("apar", {}).get(asset_id)
    return present(
        {
            "created-at-round": life.opened,
            "deleted": alive is None,
            "destroyed-at-round": life.closed if alive is None else None,
            "index": asset_id,
            "params": asset_params(life.creator, alive or {}),
        }
    )


def _searched_asset(index: Index, asset_id: int) -> Tree:
    """An asset as searches show it: a role that nobody has is the zero address."""
    shown = asset_with_history(index, asset_id)
    shown["params"] = dict.fromkeys(_ROLES, address(ZERO_ADDRESS)) | shown["params"]
    return shown


def holding_with_history(asset_id: int, holding: Tree | None, life: Life) -> Tree:
    """What an account holds of an asset with its history; ``None`` when it was closed."""
    return present(
        {
            "deleted": holding is None,
            "opted-in-at-round": life.opened,
            "opted-out-at-round": life.closed,
            **holding_json(asset_id, {"f": life.frozen} if holding is None else holding),
        }
    )


# --- assets


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/assets/{asset-id}``."""
    asset_id = params.path_id(request, "asset-id")
    with_deleted = params.flag(request.query_params, "include-all")
    shown = _searched_asset(index, asset_id) if asset_id in index.history.assets else None
    if shown is None or (shown["deleted"] and not with_deleted):
        raise ApiError(404, f"no assets found for asset-id: {asset_id}")
    return {"asset": shown, "current-round": index.last_round}


def search(index: Index, request: Request) -> Tree:
    """``GET /v2/assets``."""
    query = request.query_params
    if "creator" not in query:
        return _page(index, query, sorted(index.history.assets))
    try:
        creator = params.decode_address(query["creator"])
    except ValueError as error:
        raise ApiError(400, f"unable to parse creator address: {error}") from None
    return _page(index, query, _created(index, creator))


def search_created(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}/created-assets``."""
    creator = params.path_address(request, "unable to parse creator address")
    query = {name: text for name, text in request.query_params.items() if name not in ("name", "unit")}
    return _page(index, query, _created(index, creator))


def _created(index: Index, creator: bytes) -> list[int]:
    return list(index.history.created_assets.get(creator, ()))


def _page(index: Index, query: Query, ids: Iterable[int]) -> Tree:
    limit = params.limit(query, DEFAULT_LIMIT, MAX_LIMIT)
    assets: list[Tree] = []
    for shown in _matching(index, query, ids):
        assets.append(shown)
        if len(assets) == limit:
            break
    token = str(assets[-1]["index"]) if assets else None
    return present({"assets": assets, "current-round": index.last_round, "next-token": token})


def _matching(index: Index, query: Query, ids: Iterable[int]) -> Iterator[Tree]:
    wanted, after = params.identity(query, "asset-id"), params.next_id(query)
    with_deleted = params.flag(query, "include-all")
    for asset_id in ids:
        if wanted not in (None, asset_id) or (after is not None and asset_id <= after):
            continue
        shown = _searched_asset(index, asset_id)
        if (with_deleted or not shown["deleted"]) and _is_called(index, asset_id, query):
            yield shown


def _is_called(index: Index, asset_id: int, query: Query) -> bool:
    """Whether name and unit contain what is asked for, in any case."""
    held = index.ledger.account(index.history.assets[asset_id].creator).get("apar", {}).get(asset_id) or {}
    for name, key in (("name", "an"), ("unit", "un")):
        text = go_string_bytes(held.get(key, "")).decode(errors="replace")
        if query.get(name, "").lower() not in text.lower():
            return False
    return True


# --- holdings


def search_balances(index: Index, request: Request) -> Tree:
    """``GET /v2/assets/{asset-id}/balances``."""
    query = request.query_params
    asset_id = params.path_id(request, "asset-id")
    fits = params.amount_test(query)
    after = params.next_address(query)
    lives = dict(index.history.holdings.of_id.get(asset_id, {}))
    holders = [one for one in sorted(lives) if after is None or one > after]
    found = (
        {"address": address(one), **holding_with_history(asset_id, _held(index, one, asset_id), lives[one])}
        for one in holders
    )
    balances = _fitting(query, (one for one in found if fits(one["amount"])))
    for one in balances:
        del one["asset-id"]
    token = balances[-1]["address"] if balances else None
    return present({"balances": balances, "current-round": index.last_round, "next-token": token})


def search_holdings(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}/assets``."""
    query = request.query_params
    account = params.path_address(request)
    wanted, after = params.identity(query, "asset-id"), params.next_id(query)
    lives = dict(index.history.holdings.of_account.get(account, {}))
    ids = [one for one in sorted(lives) if wanted in (None, one) and (after is None or one > after)]
    assets = _fitting(query, (holding_with_history(one, _held(index, account, one), lives[one]) for one in ids))
    token = str(assets[-1]["asset-id"]) if assets else None
    return present({"assets": assets, "current-round": index.last_round, "next-token": token})


def _held(index: Index, account: bytes, asset_id: int) -> Tree | None:
    holding: Tree | None = index.ledger.account(account).get("asset", {}).get(asset_id)
    return holding


def _fitting(query: Query, holdings: Iterable[Tree]) -> list[Tree]:
    """One page of holdings, without closed ones unless they are asked for."""
    with_deleted = params.flag(query, "include-all")
    limit = params.limit(query, DEFAULT_BALANCES_LIMIT, MAX_BALANCES_LIMIT)
    page: list[Tree] = []
    for one in holdings:
        if with_deleted or not one["deleted"]:
            page.append(one)
        if len(page) == limit:
            break
    return page
