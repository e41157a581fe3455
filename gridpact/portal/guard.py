"""What stands before every page: which name was called, where a request comes from, how large it is.

- The Host header has to name the portal: a foreign name that leads to this machine (DNS rebinding) gets nothing.
- What changes something has to come from the portal's own origin and carry the page's token.
- The Content Security Policy lets a page load and call nothing but the portal and, on a LocalNet, KMD. On a public
  network, and only there, a second one adds what the wallets of people need.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridpact.errors import GridPactError
from gridpact.portal.errors import ForeignOrigin, StalePage, TooMuch
from gridpact.portal.replies import refused
from gridpact.portal.site import Kmd, PublicWallets, Wallets

MOST_BYTES: Final = 8 * 1024 * 1024
"""A year of quarter-hour readings of one meter is 2 MB."""
COOKIE: Final = "gridpact_page"
TOKEN_HEADER: Final = "x-csrf-token"
TOKEN_FIELD: Final = "csrf"
SAFE: Final = frozenset({"GET", "HEAD"})

STRICT: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""No inline script, no inline style, no other host. (`data:` is for the small pictures in Pico's stylesheet.)"""

WALLETS: Final = {
    "style-src": "'self' 'unsafe-inline' https://fonts.googleapis.com",
    "font-src": "'self' data: https://fonts.gstatic.com",
    "img-src": "'self' data: https://*.perawallet.app https://*.defly.app",
    "media-src": "https://s3.amazonaws.com/wc.perawallet.app/ https://defly-walletconnect.s3.eu-central-1.amazonaws.com/",
    "connect-src": "'self' data: https://*.perawallet.app wss://*.perawallet.app https://*.defly.app wss://*.defly.app "
    "https://*.walletconnect.org wss://*.walletconnect.org https://s3.amazonaws.com/wc.perawallet.app/",
    "frame-src": "https://*.perawallet.app",
}
"""What Pera, Defly and Lute need beside `STRICT` on a public network: their modals have inline styles and fonts, and
their bridges stand on hosts of theirs. Scripts still come from the portal only, and none is inline."""


def policy(wallets: Wallets) -> dict[str, str]:
    """The Content Security Policy of a page, by what can be connected on it."""
    if isinstance(wallets, PublicWallets):
        return STRICT | WALLETS
    if isinstance(wallets, Kmd):
        return STRICT | {"connect-src": f"'self' {wallets.url}"}
    return STRICT


@dataclass
class Tokens:
    """Ties what is posted to a page of this server: each browser has a random cookie, each page its keyed hash."""

    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def of(self, cookie: str) -> str:
        """The token of a browser's pages."""
        return hmac.new(self._key, cookie.encode(), hashlib.sha256).hexdigest()

    def fits(self, cookie: str, token: str) -> bool:
        """Whether a page of this server sent it."""
        return bool(cookie) and hmac.compare_digest(self.of(cookie), token)


@dataclass
class Guard:
    """ASGI middleware."""

    app: ASGIApp
    hosts: Collection[str]
    """Names and ports under which the portal may be called."""
    tokens: Tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        cookie = cookie_parser(request.headers.get("cookie", "")).get(COOKIE, "")
        fresh = "" if cookie else secrets.token_urlsafe(24)
        scope.setdefault("state", {})["token"] = self.tokens.of(cookie or fresh)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(scope, MutableHeaders(raw=message["headers"]), fresh)
                message["headers"] = message["headers"]
            await send(message)

        problem = self._problem(request.method, request.headers, cookie)
        if problem is not None:
            await refused(request, problem, 403)(scope, receive, send_guarded)
            return
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            await refused(request, TooMuch(MOST_BYTES), 413)(scope, receive, send_guarded)
            return
        await self.app(scope, _limited(receive), send_guarded)

    def _problem(self, method: str, headers: Headers, cookie: str) -> GridPactError | None:
        host = headers.get("host", "")
        if host not in self.hosts:
            return ForeignOrigin(host)
        if method in SAFE:
            return None
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc != host or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return ForeignOrigin(origin)
        if not self.tokens.fits(cookie, headers.get(TOKEN_HEADER, "")):
            return StalePage()
        return None

    def _dress(self, scope: Scope, headers: MutableHeaders, fresh: str) -> None:
        wallets: Wallets = scope["state"].get("wallets")
        headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy(wallets).items())
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        # Lute asks in a window of its own, which has to be able to answer.
        opener = "same-origin-allow-popups" if isinstance(wallets, PublicWallets) else "same-origin"
        headers["Cross-Origin-Opener-Policy"] = opener
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers.setdefault("Cache-Control", "no-store")
        if fresh:
            headers.append("Set-Cookie", f"{COOKIE}={fresh}; Path=/; HttpOnly; SameSite=Strict")


def _limited(receive: Receive) -> Receive:
    """Stops a body that is larger than it said, or did not say."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MOST_BYTES:
                raise TooMuch(MOST_BYTES)
        return message

    return limited
