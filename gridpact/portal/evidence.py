"""Texts and files behind hashes that pages send: held until the chain names them, then kept as commands keep theirs.

Nothing of what is only asked for is written to the disk.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from gridpact.chain.connection import Connection
from gridpact.chain.events import Event
from gridpact.deployment import evidence_folder
from gridpact.evidence import sha256

MOST_BYTES: Final = 32 * 1024 * 1024
"""Held at a time; what waits longest goes first."""


@dataclass
class Held:
    """Contents by their SHA-256, the newest last."""

    most_bytes: int = MOST_BYTES
    _contents: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hold(self, content: bytes) -> bytes:
        """Hold a content; its SHA-256."""
        value = sha256(content)
        with self._lock:
            self._contents[value] = content
            self._contents.move_to_end(value)
            while sum(map(len, self._contents.values())) > self.most_bytes:
                self._contents.popitem(last=False)
        return value

    def keep_named(self, connection: Connection, events: Iterable[Event]) -> None:
        """Keep what confirmed events name.

        Args:
            connection: the network.
            events: of a confirmed group.

        Raises:
            FileUnwritable, FileUnreadable, EvidenceChanged: it cannot be kept.
        """
        named = {value for event in events for value in event.fields.values() if isinstance(value, bytes)}
        for value in named:
            with self._lock:
                content = self._contents.get(value)
            if content is not None:
                evidence_folder.keep(connection, content)
                with self._lock:
                    self._contents.pop(value, None)


HELD: Final = Held()
"""Of this server."""
