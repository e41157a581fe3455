"""What the three HTTP APIs share: tokens, CORS, error bodies, formats and parameters.

Everything here is plain ASGI, so that an application composes it by wrapping. The texts are those of the Go services,
because clients match on them.
"""

import gzip
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import msgpack
from algosdk import encoding
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from localnet.errors import DISK_FULL, is_disk_full

DEFAULT_TOKEN = "a" * 64
"""The token that AlgoKit's LocalNet uses, and every client by default."""

MAX_UINT64 = 2**64 - 1
_TRUE = frozenset(["1", "t", "T", "TRUE", "true", "True"])
_FALSE = frozenset(["0", "f", "F", "FALSE", "false", "False"])
_BASE32_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE32 = re.compile(f"[{_BASE32_LETTERS}]*")
_PUBLIC_KEY_BYTES = 32
_CHECKSUM_BYTES = 4
_GZIP_FROM_BYTES = 1  # echo compresses every body that is not empty

_log = logging.getLogger("localnet")

ErrorResponse = Callable[[int, str, "Mapping[str, Any] | None"], Response]


class ApiError(Exception):
    """A refusal with its HTTP status; the body's shape is the service's own.

    Attributes:
        status: the HTTP status.
        message: one sentence for the client.
        data: more about it, for algod's ``data``.
    """

    def __init__(self, status: int, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.data = data


# --- bodies


def json_bytes(tree: object) -> bytes:
    """The tree as compact JSON; numbers stay integers of any size."""
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode() + b"\n"


def json_response(tree: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer. The content type carries no charset, as the Go services send it."""
    return _typed(json_bytes(tree), "application/json", status, headers)


def msgpack_response(tree: object, headers: Mapping[str, str] | None = None) -> Response:
    """A msgpack answer."""
    return _typed(msgpack.packb(tree, use_bin_type=True), "application/msgpack", 200, headers)


def raw_response(body: bytes, content_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer whose body is encoded already."""
    return _typed(body, content_type, 200, headers)


def empty_response() -> Response:
    """200 without a body; py-algorand-sdk accepts it only with ``Content-Length: 0``."""
    return Response(b"", 200)


def _typed(body: bytes, content_type: str, status: int, headers: Mapping[str, str] | None) -> Response:
    response = Response(body, status, dict(headers or {}))
    response.headers["Content-Type"] = content_type
    return response


def message_error(status: int, message: str, data: Mapping[str, Any] | None = None) -> Response:
    """The error body of algod and of the indexer: ``{"message": str, "data"?: object}``."""
    return json_response({"data": dict(data), "message": message} if data else {"message": message}, status)


def kmd_error(status: int, message: str, data: Mapping[str, Any] | None = None) -> Response:
    """KMD's error body: ``{"error": true, "message": str}``."""
    return json_response({"error": True, "message": message, **(data or {})}, status)


# --- parameters


def parse_uint(name: str, text: str, *, bits: int = 64) -> int:
    """The unsigned integer in a path or query value.

    Raises:
        ApiError: 400 with the text of Go's ``strconv.ParseUint``.
    """
    if not (text.isascii() and text.isdigit()):
        _bad_format(name, f"error binding string parameter: strconv.ParseUint: parsing {_quoted(text)}: invalid syntax")
    number = int(text) if len(text) <= 4000 else MAX_UINT64 + 1
    if number >= 2**bits:
        _bad_format(
            name, f"error binding string parameter: strconv.ParseUint: parsing {_quoted(text)}: value out of range"
        )
    return number


def parse_bool(name: str, text: str) -> bool:
    """The boolean in a query value, in any spelling that Go's ``strconv.ParseBool`` accepts (``True`` among them).

    Raises:
        ApiError: 400 with Go's text.
    """
    if text in _TRUE:
        return True
    if text not in _FALSE:
        _bad_format(name, f"error binding string parameter: strconv.ParseBool: parsing {_quoted(text)}: invalid syntax")
    return False


def query_uint(request: Request, name: str, default: int | None = None) -> int | None:
    """A query parameter as an unsigned integer, ``default`` when it is absent."""
    text = request.query_params.get(name)
    return default if text is None else parse_uint(name, text)


def query_bool(request: Request, name: str, *, default: bool = False) -> bool:
    """A query parameter as a boolean, ``default`` when it is absent."""
    text = request.query_params.get(name)
    return default if text is None else parse_bool(name, text)


def path_uint(request: Request, name: str, *, bits: int = 64) -> int:
    """A path parameter as an unsigned integer."""
    return parse_uint(name, request.path_params[name], bits=bits)


def decode_address(text: str) -> bytes:
    """The 32 bytes of an address.

    Raises:
        ValueError: with go-algorand's reason.
    """
    if not _BASE32.fullmatch(text):
        raise ValueError(f"failed to decode address {text} from base 32")
    decoded = _base32(text)
    if len(decoded) < _PUBLIC_KEY_BYTES:
        raise ValueError(f"decoded bad addr: {text}")
    public_key = decoded[:_PUBLIC_KEY_BYTES]
    canonical = encoding.encode_address(public_key)
    if _base32(canonical)[-_CHECKSUM_BYTES:] != decoded[-_CHECKSUM_BYTES:]:
        raise ValueError(f"address {text} is malformed, checksum verification failed")
    if canonical != text:
        raise ValueError(f"address {text} is non-canonical")
    return public_key


def _base32(text: str) -> bytes:
    """Base 32 without padding, as lenient about the last bits as Go is."""
    bits = len(text) * 5
    number = 0
    for letter in text:
        number = number << 5 | _BASE32_LETTERS.index(letter)
    return (number >> bits % 8).to_bytes(bits // 8)


def path_address(request: Request, name: str) -> bytes:
    """A path parameter as an address.

    Raises:
        ApiError: 400 with algod's text.
    """
    text = request.path_params[name]
    try:
        return decode_address(text)
    except ValueError as why:
        _bad_format(name, f"error unmarshaling '{text}' text as *basics.Address: {why}")


def wants_msgpack(request: Request) -> bool:
    """Whether ``format=msgpack`` is asked for; JSON is the default.

    Raises:
        ApiError: 400 for any other format.
    """
    asked = request.query_params.get("format", "json")
    if asked in ("msgpack", "msgp"):
        return True
    if asked != "json":
        raise ApiError(400, "failed to parse the format option")
    return False


def _bad_format(name: str, why: str) -> NoReturn:
    raise ApiError(400, f"Invalid format for parameter {name}: {why}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- requests


async def read_body(request: Request, limit_bytes: int, too_large: ApiError | None = None) -> bytes:
    """The request's body, refused as soon as it is known to be longer than ``limit_bytes``.

    Raises:
        ApiError: 413, or ``too_large`` when given.
    """
    refusal = too_large or ApiError(413, "Request Entity Too Large")
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit_bytes:
        raise refusal
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > limit_bytes:
            raise refusal
        parts.append(part)
    return b"".join(parts)


# --- ASGI layers


@dataclass(frozen=True)
class CorsRules:
    """How a service answers browsers.

    Attributes:
        token_header: the header that the preflight allows beside ``Content-Type``.
        echo_origin: answer the request's own origin (KMD) instead of ``*``.
        preflight_status: 204 for algod and the indexer, 200 for KMD.
        methods: what the preflight allows.
    """

    token_header: str
    echo_origin: bool = False
    preflight_status: int = 204
    methods: str = "GET,POST,PUT,DELETE,OPTIONS"


class Cors:
    """Answers preflights, also those of private networks, and marks every answer as readable by any origin."""

    def __init__(self, app: ASGIApp, rules: CorsRules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS":
            response = Response(b"", self._rules.preflight_status, self._preflight(headers))
            await response(scope, receive, send)
            return

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._common(headers))
            await send(message)

        await self._app(scope, receive, send_with_origin)

    def _common(self, headers: Headers) -> dict[str, str]:
        origin = headers.get("origin", "*") if self._rules.echo_origin else "*"
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}

    def _preflight(self, headers: Headers) -> dict[str, str]:
        answer = self._common(headers) | {
            "Access-Control-Allow-Methods": self._rules.methods,
            "Access-Control-Allow-Headers": f"{self._rules.token_header},Content-Type",
        }
        if headers.get("access-control-request-private-network") == "true":
            answer["Access-Control-Allow-Private-Network"] = "true"
        return answer


class StripTrailingSlash:
    """Serves ``/health/`` as ``/health``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(scope["path"]) > 1 and scope["path"].endswith("/"):
            stripped = scope["path"].rstrip("/") or "/"
            scope = {**scope, "path": stripped, "raw_path": stripped.encode()}
        await self._app(scope, receive, send)


class Gzip:
    """Compresses answers for clients that accept it, as the Go services do whatever the size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            if len(body) >= _GZIP_FROM_BYTES:
                headers = MutableHeaders(scope=start)
                body = gzip.compress(body, compresslevel=1)
                headers["Content-Encoding"] = "gzip"
                headers["Content-Length"] = str(len(body))
                headers.add_vary_header("Accept-Encoding")
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, send_compressed)


def token_is_right(headers: Mapping[str, str], header: str, token: str) -> bool:
    """Whether the request carries the token, in its own header or as a bearer."""
    if headers.get(header.lower()) == token:
        return True
    return headers.get("authorization", "") == f"Bearer {token}"


Endpoint = Callable[[Request], Awaitable[Response]]


class Router:
    """Routes of one service: exact segments and ``{name}`` for one segment.

    A service looks up the path first, then the method, then the token, as echo does: an unknown path is 404 also
    without a token.
    """

    def __init__(
        self,
        *,
        error: ErrorResponse = message_error,
        token_header: str | None = None,
        token: str = DEFAULT_TOKEN,
        open_paths: Iterable[str] = (),
        refused: str = "Invalid API Token",
        not_found: Callable[[], Response] | None = None,
        wrong_method: Callable[[], Response] | None = None,
    ) -> None:
        self._error = error
        self._token_header = token_header
        self._token = token
        self._open_paths = frozenset(open_paths)
        self._refused = refused
        self._not_found = not_found or (lambda: error(404, "Not Found", None))
        self._wrong_method = wrong_method or (lambda: error(405, "Method Not Allowed", None))
        self._routes: dict[int, list[tuple[Sequence[str], dict[str, Endpoint]]]] = {}

    def add(self, method: str, path: str, endpoint: Endpoint) -> None:
        """Serve ``method path``; segments like ``{address}`` become path parameters."""
        segments = tuple(path.split("/"))
        known = self._routes.setdefault(len(segments), [])
        for others, methods in known:
            if others == segments:
                methods[method] = endpoint
                return
        known.append((segments, {method: endpoint}))
        # Exact segments win over parameters, wherever they were added.
        known.sort(key=lambda route: [segment.startswith("{") for segment in route[0]])

    def get(self, path: str) -> Callable[[Endpoint], Endpoint]:
        """Decorator form of ``add("GET", ...)``."""
        return self._decorator("GET", path)

    def post(self, path: str) -> Callable[[Endpoint], Endpoint]:
        """Decorator form of ``add("POST", ...)``."""
        return self._decorator("POST", path)

    def delete(self, path: str) -> Callable[[Endpoint], Endpoint]:
        """Decorator form of ``add("DELETE", ...)``."""
        return self._decorator("DELETE", path)

    def _decorator(self, method: str, path: str) -> Callable[[Endpoint], Endpoint]:
        def register(endpoint: Endpoint) -> Endpoint:
            self.add(method, path, endpoint)
            return endpoint

        return register

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"this service does not speak {scope['type']}")
        response = await self._respond(scope, receive)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        matched = self._match(scope["path"])
        if matched is None:
            return self._not_found()
        methods, path_params = matched
        endpoint = methods.get(scope["method"]) or (methods.get("GET") if scope["method"] == "HEAD" else None)
        if endpoint is None:
            return self._wrong_method()
        request = Request({**scope, "path_params": path_params}, receive)
        guarded = self._token_header is not None and scope["path"] not in self._open_paths
        if guarded and not token_is_right(request.headers, self._token_header or "", self._token):
            return self._error(401, self._refused, None)
        try:
            return await endpoint(request)
        except ApiError as refusal:
            return self._error(refusal.status, refusal.message, refusal.data)
        except Exception as error:
            if is_disk_full(error):
                return self._error(503, DISK_FULL, None)
            _log.exception("%s %s failed", scope["method"], scope["path"])
            return self._error(500, f"internal error: {type(error).__name__}: {error}", None)

    def _match(self, path: str) -> tuple[dict[str, Endpoint], dict[str, str]] | None:
        segments = path.split("/")
        for pattern, methods in self._routes.get(len(segments), ()):
            params: dict[str, str] = {}
            for expected, segment in zip(pattern, segments, strict=True):
                if expected.startswith("{"):
                    if not segment:
                        break
                    params[expected[1:-1]] = segment
                elif expected != segment:
                    break
            else:
                return methods, params
        return None


def service(router: Router, cors: CorsRules) -> ASGIApp:
    """A complete service: the routes, behind trailing slashes, compression and CORS."""
    return Cors(Gzip(StripTrailingSlash(router)), cors)
