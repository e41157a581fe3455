"""Servers that come back."""

import http.client
import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self
from urllib.error import URLError

from algosdk.error import AlgodHTTPError, IndexerHTTPError

FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 5.0

_OUTAGES: Final = (
    URLError,
    ConnectionError,
    TimeoutError,
    http.client.HTTPException,
    json.JSONDecodeError,
    IndexerHTTPError,
    AlgodHTTPError,
)

type OnOutage = Callable[[Exception], None]
"""Is told what the server answered, or why it did not: once for each outage."""


class Patience:
    """A context in which a server may go away: it ends early then, after a pause, to be entered again.

    What the node refuses is no outage: it would do so again.
    """

    def __init__(self, on_outage: OnOutage) -> None:
        """Nothing is asked yet."""
        self._on_outage = on_outage
        self._pause_s = 0.0

    def answered(self) -> None:
        """The server is there: the next outage is a new one."""
        self._pause_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, _OUTAGES) or (isinstance(error, AlgodHTTPError) and not _is_outage(error)):
            return False
        if not self._pause_s:
            self._on_outage(error)
        self._pause_s = min(LONGEST_PAUSE_S, self._pause_s * 2 or FIRST_PAUSE_S)
        time.sleep(self._pause_s)
        return True


def _is_outage(error: AlgodHTTPError) -> bool:
    return (error.code or 0) >= http.HTTPStatus.INTERNAL_SERVER_ERROR
