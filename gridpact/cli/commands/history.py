"""`gridpact history`: the chain's past, kept in a database for lists and searches."""

from collections.abc import Iterator
from dataclasses import asdict

import typer

from gridpact.cli.commands import past
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts, talk
from gridpact.cli.run import reads, streams
from gridpact.cli.session import Session
from gridpact.cli.words import history as words
from gridpact.history.place import history_of
from gridpact.history.sync import Synced


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="The past, kept in a database for lists and searches.", no_args_is_help=True)
    reads(noun, "sync")(sync)
    streams(noun, "follow")(follow)
    reads(noun, "rebuild")(rebuild)
    reads(noun, "status")(status)
    reads(noun, "payments")(past.payments)
    reads(noun, "claims")(past.claims)
    reads(noun, "offers")(past.offers)
    app.add_typer(noun, name="history")


def sync(session: Session) -> Answer:
    """Read what happened since the last time. The first time begins with the contracts' first block.

    Example: gridpact history sync
    """
    return _answer(history_of(session.deployment).sync())


def rebuild(session: Session) -> Answer:
    """Throw everything away and read it again.

    Example: gridpact history rebuild
    """
    return _answer(history_of(session.deployment).rebuild())


def follow(session: Session) -> Iterator[Answer]:
    """Keep up with the chain until it is stopped. A node that goes away is waited for.

    Example: gridpact history follow
    """
    for synced in history_of(session.deployment).follow(lambda _: talk("The node does not answer; waiting for it.")):
        yield _answer(synced)


def status(session: Session) -> Answer:
    """Show how far the history reaches.

    Example: gridpact history status
    """
    found = history_of(session.deployment).status()
    pairs = [
        ("History", words.standing(found)),
        ("Kept in", found.where),
        ("Round", f"{found.round:,} of {found.last_round:,}"),
        ("Events", f"{found.events:,}"),
        ("Transactions", f"{found.transactions:,}"),
    ]
    return Answer({**asdict(found), "is_current": found.is_current}, [facts(pairs)])


def _answer(synced: Synced) -> Answer:
    again = [] if synced.begun_again is None else [words.begun_again(synced.begun_again)]
    return Answer(asdict(synced), [*again, words.synced(synced)])
