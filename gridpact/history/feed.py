"""Events as they happen, read from the chain: no database is needed, and none is written."""

from collections.abc import Iterator, Mapping

from gridpact.chain.specs import Contract
from gridpact.history.errors import ChainChanged
from gridpact.history.events import ALL, Cursor, Event, Wanted, happenings
from gridpact.history.outages import OnOutage, Patience
from gridpact.history.source import Batch, Mark, Source


def happened(
    source: Source, apps: Mapping[Contract, int], since: Cursor, wanted: Wanted = ALL, until: int | None = None
) -> Iterator[Event]:
    """Events of the past, oldest first.

    Args:
        source: knows the apps.
        apps: app id of each contract.
        since: the event after which to begin, or the place before a round.
        wanted: the others are left out.
        until: a round; by default the newest.

    Raises:
        ChainChanged: the chain does not reach so far, or changed meanwhile.
    """
    last_round = source.last_round()
    for batch in source.batches(_mark_before(source, since), last_round if until is None else min(until, last_round)):
        yield from _events(batch, apps, since, wanted)


def follow(
    source: Source,
    apps: Mapping[Contract, int],
    since: Cursor | None,
    wanted: Wanted = ALL,
    on_outage: OnOutage = lambda _: None,
) -> Iterator[Event]:
    """Events from some place on, and then for ever, each once. A server that goes away is waited for.

    Args:
        source: knows the apps.
        apps: app id of each contract.
        since: the event after which to begin, or the place before a round; None for the next block.
        wanted: the others are left out.
        on_outage: is told that the server went away.

    Raises:
        ChainChanged: the chain was reset or restored: what was shown may not have happened.
    """
    begin, mark = since, None
    is_placed = False
    patience = Patience(on_outage)
    while True:
        with patience:
            if begin is None:
                begin = Cursor.before(source.last_round() + 1)
            if not is_placed:
                mark, is_placed = _mark_before(source, begin), True
            for batch in _after(source, mark):
                patience.answered()
                yield from _events(batch, apps, begin, wanted)
                mark = batch.mark
            source.wait(0 if mark is None else mark.round)
            patience.answered()


def _after(source: Source, mark: Mark | None) -> Iterator[Batch]:
    last_round = source.last_round()
    if mark is not None and (last_round < mark.round or source.block_hash(mark.round) != mark.block_hash):
        raise ChainChanged(mark.round)
    yield from source.batches(mark, last_round)


def _mark_before(source: Source, since: Cursor) -> Mark | None:
    """The block before the one in which to begin."""
    if since.round <= 1:
        return None
    found = source.block_hash(since.round - 1)
    if found is None:
        raise ChainChanged(since.round - 1)
    return Mark(since.round - 1, found)


def _events(batch: Batch, apps: Mapping[Contract, int], since: Cursor, wanted: Wanted) -> Iterator[Event]:
    contracts = {app_id: contract for contract, app_id in apps.items()}
    for one in happenings(batch.roots, contracts):
        for event in one.events:
            if event.cursor > since and wanted.includes(event):
                yield event
