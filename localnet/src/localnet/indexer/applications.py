"""Applications, their boxes, and the local states of accounts."""

from collections.abc import Iterable

from starlette.requests import Request

from localnet.algod.accounts import application_json, local_state_json
from localnet.algod.formats import base64_text
from localnet.algod.state import box_name
from localnet.engine.blocks import Tree
from localnet.http import ApiError
from localnet.indexer import params
from localnet.indexer.history import Life
from localnet.indexer.index import Index
from localnet.indexer.params import Query
from localnet.indexer.values import present

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
DEFAULT_BOXES_LIMIT = 1000
MAX_BOXES_LIMIT = 10_000


def app_json(index: Index, app_id: int) -> Tree:
    """An application with its history. Of a deleted one only creator and rounds are left."""
    life = index.history.apps[app_id]
    alive = index.ledger.account(life.creator).get("appp", {}).get(app_id)
    shown = application_json(app_id, life.creator, alive or {})
    if alive is None:
        shown["params"] |= {"approval-program": None, "clear-state-program": None}
    deleted_round = None if alive is not None else life.closed
    return present(
        {"created-at-round": life.opened, "deleted": alive is None, "deleted-at-round": deleted_round, **shown}
    )


def local_state_with_history(app_id: int, local: Tree | None, life: Life) -> Tree:
    """An account's local state of an application with its history; ``None`` when it was closed."""
    return present(
        {
            "closed-out-at-round": life.closed,
            "deleted": local is None,
            "opted-in-at-round": life.opened,
            **local_state_json(app_id, local or {}),
        }
    )


def search(index: Index, request: Request) -> Tree:
    """``GET /v2/applications``."""
    query = request.query_params
    creator = _creator(query)
    return _page(index, query, sorted(index.history.apps) if creator is None else _created(index, creator))


def search_created(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}/created-applications``."""
    creator = params.path_address(request, "unable to parse creator address")
    return _page(index, request.query_params, _created(index, creator))


def lookup(index: Index, request: Request) -> Tree:
    """``GET /v2/applications/{application-id}``."""
    app_id = params.path_id(request, "application-id")
    with_deleted = params.flag(request.query_params, "include-all")
    shown = app_json(index, app_id) if app_id in index.history.apps else None
    if shown is None or (shown["deleted"] and not with_deleted):
        raise ApiError(404, f"no application found for application-id: {app_id}")
    return {"application": shown, "current-round": index.last_round}


def search_local_states(index: Index, request: Request) -> Tree:
    """``GET /v2/accounts/{account-id}/apps-local-state``."""
    query = request.query_params
    account = params.path_address(request, "unable to parse creator address")
    lives = dict(index.history.local_states.of_account.get(account, {}))
    locals_ = index.ledger.account(account).get("appl", {})
    with_deleted = params.flag(query, "include-all")
    ids = [one for one in _asked(query, sorted(lives)) if with_deleted or one in locals_]
    ids = ids[: params.limit(query, DEFAULT_LIMIT, MAX_LIMIT)]
    return present(
        {
            "apps-local-states": [local_state_with_history(one, locals_.get(one), lives[one]) for one in ids],
            "current-round": index.last_round,
            "next-token": str(ids[-1]) if ids else None,
        }
    )


def _creator(query: Query) -> bytes | None:
    if "creator" not in query:
        return None
    try:
        return params.decode_address(query["creator"])
    except ValueError as error:
        raise ApiError(400, f"unable to parse creator address: {error}") from None


def _created(index: Index, creator: bytes) -> list[int]:
    return list(index.history.created_apps.get(creator, ()))


def _asked(query: Query, ids: Iterable[int]) -> list[int]:
    """The ids that a query asks for and that no earlier page showed."""
    wanted, after = params.identity(query, "application-id"), params.next_id(query)
    return [one for one in ids if wanted in (None, one) and (after is None or one > after)]


def _page(index: Index, query: Query, ids: Iterable[int]) -> Tree:
    with_deleted = params.flag(query, "include-all")
    limit = params.limit(query, DEFAULT_LIMIT, MAX_LIMIT)
    apps: list[Tree] = []
    for app_id in _asked(query, ids):
        shown = app_json(index, app_id)
        if with_deleted or not shown["deleted"]:
            apps.append(shown)
        if len(apps) == limit:
            break
    token = str(apps[-1]["id"]) if apps else None
    return present({"applications": apps, "current-round": index.last_round, "next-token": token})


# --- boxes


def lookup_box(index: Index, request: Request) -> Tree:
    """``GET /v2/applications/{application-id}/box``."""
    app_id = params.path_id(request, "application-id")
    text = request.query_params.get("name")
    if text is None:
        raise ApiError(400, "Query argument name is required, but not found")
    try:
        name = box_name(text)
    except ApiError as error:
        why = f"LookupApplicationBoxByIDAndName received illegal box name ({text}): {error.message}"
        raise ApiError(400, why) from None
    round_ = index.last_round
    value = index.ledger.boxes(app_id).get(name)
    if value is None:
        what = (
            "no application boxes found" if app_id in index.history.apps else "no application found for application-id"
        )
        raise ApiError(404, f"{what}: round={round_}, appid={app_id}, boxName={text}")
    return {"name": base64_text(name), "round": round_, "value": base64_text(value)}


def search_boxes(index: Index, request: Request) -> Tree:
    """``GET /v2/applications/{application-id}/boxes``: an application that never was has none."""
    query = request.query_params
    app_id = params.path_id(request, "application-id")
    limit = params.limit(query, DEFAULT_BOXES_LIMIT, MAX_BOXES_LIMIT)
    after: bytes | None = None
    if "next" in query:
        try:
            after = box_name(query["next"])
        except ApiError as error:
            why = f"SearchForApplicationBoxes received illegal next token ({query['next']}): {error.message}"
            raise ApiError(400, why) from None
    round_ = index.last_round
    boxes = dict(index.ledger.boxes(app_id))
    names = [name for name in sorted(boxes) if after is None or name > after][:limit]
    with_values = "values" in query.get("include", "").split(",")
    return present(
        {
            "application-id": app_id,
            "boxes": [
                {"name": base64_text(name)} | ({"value": base64_text(boxes[name])} if with_values else {})
                for name in names
            ],
            "next-token": f"b64:{base64_text(names[-1])}" if names else None,
            "round": round_,
        }
    )
