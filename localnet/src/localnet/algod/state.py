"""Routes that read accounts, assets, applications and boxes."""

import asyncio
import json
from base64 import b32decode, b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from urllib.parse import unquote

from algosdk import abi
from starlette.requests import Request
from starlette.responses import Response

from localnet.algod.accounts import (
    EXCLUDE_CHOICES,
    account_json,
    application_json,
    asset_json,
    holding_json,
    local_state_json,
)
from localnet.algod.formats import base64_text
from localnet.algod.node import Node
from localnet.engine.blocks import Tree
from localnet.engine.ledger import Ledger
from localnet.http import (
    ApiError,
    Router,
    decode_address,
    json_response,
    msgpack_response,
    path_address,
    path_uint,
    query_uint,
    wants_msgpack,
)

_MOST_RESOURCES = 1000
_MOST_BOXES = 1000
_BOX_FORM = "all arguments and box names should be of the form 'encoding:value'"


def add_routes(router: Router, node: Node) -> None:
    """Add the routes of this module."""
    _add_account_routes(router, node)
    _add_account_list_routes(router, node)
    _add_application_routes(router, node)
    _add_box_routes(router, node)


async def settled(node: Node) -> None:
    """Wait for the last block's state without holding up other requests."""
    if not node.ledger.state_is_known:
        await asyncio.to_thread(node.ledger.wait_for_state)


def _add_account_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.get("/v2/accounts/{address}")
    async def account(request: Request) -> Response:
        address = path_address(request, "address")
        exclude = request.query_params.get("exclude", "none")
        if any(choice not in EXCLUDE_CHOICES for choice in exclude.split(",")):
            raise ApiError(400, "failed to parse exclude")
        as_msgpack = wants_msgpack(request)
        await settled(node)
        if as_msgpack:
            return msgpack_response(ledger.account(address))
        return json_response(account_json(ledger, address, exclude.split(",")))

    @router.get("/v2/accounts/{address}/assets/{asset-id}")
    async def account_asset(request: Request) -> Response:
        address = path_address(request, "address")
        asset_id = path_uint(request, "asset-id")
        await settled(node)
        return json_response(_account_asset(ledger, address, asset_id))

    @router.get("/v2/accounts/{address}/applications/{application-id}")
    async def account_application(request: Request) -> Response:
        address = path_address(request, "address")
        app_id = path_uint(request, "application-id")
        await settled(node)
        return json_response(_account_application(ledger, address, app_id))


def _account_asset(ledger: Ledger, address: bytes, asset_id: int) -> Tree:
    data = ledger.account(address)
    answer: Tree = {"round": ledger.last_round}
    if asset_id in data.get("asset", {}):
        answer["asset-holding"] = holding_json(asset_id, data["asset"][asset_id])
    if asset_id in data.get("apar", {}):
        answer["created-asset"] = asset_json(asset_id, address, data["apar"][asset_id])["params"]
    if len(answer) == 1:
        raise ApiError(404, "account asset info not found")
    return answer


def _account_application(ledger: Ledger, address: bytes, app_id: int) -> Tree:
    data = ledger.account(address)
    answer: Tree = {"round": ledger.last_round}
    if app_id in data.get("appl", {}):
        answer["app-local-state"] = local_state_json(app_id, data["appl"][app_id])
    if app_id in data.get("appp", {}):
        answer["created-app"] = application_json(app_id, address, data["appp"][app_id])["params"]
    if len(answer) == 1:
        raise ApiError(404, "account application info not found")
    return answer


def _add_account_list_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.get("/v2/accounts/{address}/assets")
    async def account_assets(request: Request) -> Response:
        address = path_address(request, "address")
        limit, after = _page(request, "next")
        await settled(node)
        held = ledger.account(address).get("asset", {})
        page, next_token = _cut(sorted(held), limit, after)
        holdings = []
        for asset_id in page:
            entry: Tree = {"asset-holding": holding_json(asset_id, held[asset_id])}
            creator = ledger.creator(asset_id)
            if creator is not None:
                params = ledger.account(creator)["apar"][asset_id]
                entry["asset-params"] = asset_json(asset_id, creator, params)["params"]
            holdings.append(entry)
        return json_response({"asset-holdings": holdings, "round": ledger.last_round} | next_token)

    @router.get("/v2/accounts/{address}/applications")
    async def account_applications(request: Request) -> Response:
        address = path_address(request, "address")
        limit, after = _page(request, "next")
        with_params = "params" in request.query_params.get("include", "").split(",")
        await settled(node)
        data = ledger.account(address)
        local, created = data.get("appl", {}), data.get("appp", {})
        page, next_token = _cut(sorted({*local, *created}), limit, after)
        resources = []
        for app_id in page:
            entry: Tree = {"id": app_id}
            if app_id in local:
                entry["app-local-state"] = local_state_json(app_id, local[app_id])
            if with_params:
                entry |= _params(node, app_id)
            resources.append(entry)
        return json_response({"application-resources": resources, "round": ledger.last_round} | next_token)


def _add_application_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.get("/v2/assets/{asset-id}")
    async def asset(request: Request) -> Response:
        asset_id = path_uint(request, "asset-id")
        await settled(node)
        creator = ledger.creator(asset_id)
        params = ledger.account(creator).get("apar", {}).get(asset_id) if creator else None
        if creator is None or params is None:
            raise ApiError(404, "asset does not exist")
        return json_response(asset_json(asset_id, creator, params))

    @router.get("/v2/applications/{application-id}")
    async def application(request: Request) -> Response:
        app_id = path_uint(request, "application-id")
        await settled(node)
        creator = ledger.creator(app_id)
        params = ledger.account(creator).get("appp", {}).get(app_id) if creator else None
        if creator is None or params is None:
            raise ApiError(404, "application does not exist")
        return json_response(application_json(app_id, creator, params))


def _add_box_routes(router: Router, node: Node) -> None:
    ledger = node.ledger

    @router.get("/v2/applications/{application-id}/box")
    async def box(request: Request) -> Response:
        app_id = path_uint(request, "application-id")
        named = request.query_params.get("name")
        if named is None:
            raise ApiError(400, "Invalid format for parameter name: query parameter 'name' is required")
        name = box_name(named)
        await settled(node)
        value = ledger.boxes(app_id).get(name)
        if value is None:
            raise ApiError(404, "box not found")
        return json_response({"name": base64_text(name), "round": ledger.last_round, "value": base64_text(value)})

    @router.get("/v2/applications/{application-id}/boxes")
    async def boxes(request: Request) -> Response:
        app_id = path_uint(request, "application-id")
        asked = request.query_params
        if any(name in asked for name in ("limit", "next", "prefix", "include", "round")):
            await settled(node)
            return json_response(_box_page(request, node, ledger.boxes(app_id)))
        most = query_uint(request, "max", 0) or 0
        await settled(node)
        names = sorted(ledger.boxes(app_id))
        if most and len(names) > most:
            raise ApiError(
                400,
                "Result limit exceeded",
                {"max": most, "max-api-box-per-application": 100_000, "total-boxes": len(names)},
            )
        return json_response({"boxes": [{"name": base64_text(name)} for name in names]})


def _box_page(request: Request, node: Node, boxes: Mapping[bytes, bytes]) -> Tree:
    asked = request.query_params
    at_round = query_uint(request, "round", node.ledger.last_round)
    if at_round is not None and at_round > node.ledger.last_round:
        raise ApiError(400, "given round is greater than the latest round")
    limit = _limit(request, _MOST_BOXES)
    prefix = _named(asked.get("prefix"), "invalid prefix")
    after = _named(asked.get("next"), "invalid next token")
    with_values = "values" in asked.get("include", "").split(",")
    names = [name for name in sorted(boxes) if name.startswith(prefix) and (not after or name > after)]
    page = [
        {"name": base64_text(name)} | ({"value": base64_text(boxes[name])} if with_values else {})
        for name in names[:limit]
    ]
    answer: Tree = {"boxes": page, "round": node.ledger.last_round}
    if len(names) > limit:
        answer["next-token"] = f"b64:{base64_text(names[limit - 1])}"
    return answer


def _named(text: str | None, what: str) -> bytes:
    if not text:
        return b""
    try:
        return box_name(text)
    except ApiError as refusal:
        raise ApiError(400, f"{what}: {refusal.message}") from None


def box_name(text: str) -> bytes:
    """The bytes of a box name in the form ``encoding:value``.

    Raises:
        ApiError: 400 with algod's text.
    """
    form, separator, value = text.partition(":")
    if not separator:
        raise ApiError(400, _BOX_FORM)
    match form:
        case "str" | "string":
            return value.encode()
        case "int" | "integer":
            return _box_integer(value)
        case "addr" | "address":
            try:
                return decode_address(value)
            except ValueError as why:
                raise ApiError(400, f"Could not decode address ({value}): {why}") from None
        case "b32" | "base32" | "byte base32":
            try:
                return b32decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 8))
            except (Base64Error, ValueError):
                raise ApiError(400, f"Could not decode base32-encoded string ({value})") from None
        case "b64" | "base64" | "byte base64":
            return _box_base64(value)
        case "abi":
            return _box_abi(value)
    raise ApiError(400, f"Unknown encoding: {form}")


def _box_integer(value: str) -> bytes:
    if not (value.isascii() and value.isdigit() and len(value) <= 20 and int(value) < 2**64):
        raise ApiError(400, f"Could not parse uint64 from string ({value})")
    return int(value).to_bytes(8)


def _box_base64(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except Base64Error:
        legal = next((at for at, letter in enumerate(value) if not (letter.isalnum() or letter in "+/")), len(value))
        raise ApiError(
            400, f"Could not decode base64-encoded string ({value}): illegal base64 data at input byte {legal}"
        ) from None


def _box_abi(value: str) -> bytes:
    """An ABI type and its value as JSON: ``uint64:7``."""
    type_text, separator, json_value = value.partition(":")
    if not separator:
        raise ApiError(400, f"Could not decode abi string ({value}): should split abi-type and abi-value with colon")
    try:
        return bytes(abi.ABIType.from_string(type_text).encode(json.loads(unquote(json_value))))
    except Exception as why:
        raise ApiError(400, f"Could not decode abi value ({value}): {why}") from None


def _params(node: Node, app_id: int) -> Tree:
    creator = node.ledger.creator(app_id)
    if creator is None:
        return {}
    return {"params": application_json(app_id, creator, node.ledger.account(creator)["appp"][app_id])["params"]}


def _limit(request: Request, most: int) -> int:
    limit = query_uint(request, "limit", most) or 0
    if limit == 0:
        raise ApiError(400, "limit parameter must be a positive integer")
    return min(limit, most)


def _page(request: Request, name: str) -> tuple[int, int]:
    limit = _limit(request, _MOST_RESOURCES)
    token = request.query_params.get(name, "0")
    if not (token.isascii() and token.isdigit()):
        raise ApiError(400, f'unable to parse next token: strconv.ParseUint: parsing "{token}": invalid syntax')
    return limit, int(token[:20])


def _cut(ids: list[int], limit: int, after: int) -> tuple[list[int], dict[str, str]]:
    left = [id_ for id_ in ids if id_ > after]
    page = left[:limit]
    return page, {"next-token": str(page[-1])} if len(left) > limit else {}
