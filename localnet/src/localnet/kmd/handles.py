"""Handles: the short-lived tokens under which a wallet stays unlocked."""

import hmac
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from secrets import compare_digest, token_bytes, token_hex

from localnet.kmd.wallets import UnlockedWallet

LIFETIME_S = 60
_ID = re.compile("[0-9a-f]{16}")
_SECRET = re.compile("[0-9a-f]{64}")


class HandleError(Exception):
    """A handle that opens nothing, in KMD's words."""


@dataclass(frozen=True)
class Handle:
    """An unlocked wallet until its time is over.

    Attributes:
        expires_s: when, on the clock of `Handles`.
    """

    secret: str
    wallet: UnlockedWallet
    password_digest: bytes = field(repr=False)
    expires_s: float


class Handles:
    """The open handles of one KMD. They live in memory: a restart closes all. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, Handle] = {}
        self._digest_key = token_bytes(32)

    def open(self, wallet: UnlockedWallet, password: str) -> str:
        """A new token for an unlocked wallet."""
        handle_id, secret = token_hex(8), token_hex(32)
        handle = Handle(secret, wallet, self._digest(password), self._clock() + LIFETIME_S)
        with self._lock:
            self._sweep()
            self._open[handle_id] = handle
        return f"{handle_id}.{secret}"

    def wallet(self, token: str) -> UnlockedWallet:
        """The wallet of a token.

        Raises:
            HandleError: when the token is malformed, unknown, wrong or expired.
        """
        with self._lock:
            return self._find(token)[1].wallet

    def seconds_left(self, token: str) -> int:
        """How many whole seconds a token has left.

        Raises:
            HandleError: as `wallet`.
        """
        with self._lock:
            return int(self._find(token)[1].expires_s - self._clock())

    def password_fits(self, token: str, password: str) -> bool:
        """Whether the token was opened with this password, which was right then: no wallet changes its own.

        Comparing keyed digests spares the costly derivation at each signature.

        Raises:
            HandleError: as `wallet`.
        """
        with self._lock:
            return compare_digest(self._find(token)[1].password_digest, self._digest(password))

    def renew(self, token: str) -> None:
        """Give a token its full time again.

        Raises:
            HandleError: as `wallet`.
        """
        with self._lock:
            handle_id, handle = self._find(token)
            self._open[handle_id] = replace(handle, expires_s=self._clock() + LIFETIME_S)

    def release(self, token: str) -> None:
        """Close a token.

        Raises:
            HandleError: as `wallet`, but an expired one is closed without complaint.
        """
        with self._lock:
            handle_id, _handle = self._find(token, also_expired=True)
            del self._open[handle_id]

    def _find(self, token: str, *, also_expired: bool = False) -> tuple[str, Handle]:
        handle_id, dot, secret = token.partition(".")
        if not dot:
            raise HandleError("wrong number of token parts")
        if not _ID.fullmatch(handle_id):
            raise HandleError("invalid wallet handle id")
        if not _SECRET.fullmatch(secret):
            raise HandleError("invalid wallet handle secret")
        handle = self._open.get(handle_id)
        if handle is None:
            raise HandleError("handle does not exist")
        if not compare_digest(handle.secret, secret):
            raise HandleError("invalid token")
        if handle.expires_s < self._clock() and not also_expired:
            del self._open[handle_id]
            raise HandleError("handle expired")
        return handle_id, handle

    def _sweep(self) -> None:
        """Forget what expired a while ago; the recently expired still say so."""
        oldest = self._clock() - LIFETIME_S
        for handle_id in [key for key, handle in self._open.items() if handle.expires_s < oldest]:
            del self._open[handle_id]

    def _digest(self, password: str) -> bytes:
        return hmac.digest(self._digest_key, password.encode(), "sha256")
