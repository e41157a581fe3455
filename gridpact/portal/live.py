"""What is new on the chain, told to every page that is open (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import StreamingResponse

from gridpact.errors import GridPactError
from gridpact.portal import words
from gridpact.portal.site import Site

POLL_S: Final = 0.5
KEEP_ALIVE_S: Final = 15.0


@dataclass
class News:
    """Looks at the chain while a page is open, once for all of them."""

    site: Site
    _told: str = ""
    _looks: int = 0
    """How often the chain was looked at."""
    _looked: asyncio.Condition = field(default_factory=asyncio.Condition)
    _open: int = 0
    _looking: "asyncio.Task[None] | None" = None

    def serve(self, request: Request) -> StreamingResponse:
        """The stream of one page."""
        return StreamingResponse(self._stream(request), media_type="text/event-stream")

    async def _stream(self, request: Request) -> AsyncIterator[str]:
        self._open += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        told, quiet_s = "", 0.0
        # What was seen before the page asked is no news: the chain may have been reset since. The look that may be
        # under way now is left out, too.
        first = self._looks + 2
        try:
            while not await request.is_disconnected():
                async with self._looked:
                    await self._looked.wait()
                quiet_s += POLL_S
                if self._looks >= first and self._told != told:
                    told, quiet_s = self._told, 0.0
                    yield told
                elif quiet_s >= KEEP_ALIVE_S:
                    quiet_s = 0.0
                    yield ": \n\n"
        finally:
            self._open -= 1

    async def _look(self) -> None:
        while self._open:
            told = await asyncio.to_thread(self._now)
            async with self._looked:
                self._told = told
                self._looks += 1
                self._looked.notify_all()
            await asyncio.sleep(POLL_S)

    def _now(self) -> str:
        try:
            moment = self.site.moment()
        except GridPactError as error:
            told = words.refusal(error)
            return _event("silent", f"{told.sentence} {told.advice}")
        news = {"round": moment.round, "chain": moment.chain, "network": moment.connection.network}
        return _event("block", json.dumps(news))


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {' '.join(data.splitlines())}\n\n"
