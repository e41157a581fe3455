"""`gridpact evidence`: the texts and files behind hashes on chain."""

from pathlib import Path
from typing import Annotated

import typer

from gridpact.cli import trail
from gridpact.cli.errors import NothingNamed
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts
from gridpact.cli.run import reads
from gridpact.cli.session import Session
from gridpact.cli.values import HASH_OPTION, read_file
from gridpact.cli.words import deployment as told
from gridpact.deployment import evidence_folder
from gridpact.history.events import ALL


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    noun = typer.Typer(cls=Noun, help="The texts and files behind hashes on chain.", no_args_is_help=True)
    reads(noun, "add")(add)
    reads(noun, "show")(show)
    app.add_typer(noun, name="evidence")


def add(
    session: Session,
    file: Annotated[
        Path | None, typer.Argument(help="A report, a contract, a statement of a sale. - is standard input.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="A reason, exactly as it was given.")] = None,
) -> Answer:
    """Keep what stands behind a hash, and say where the chain names it. Fails where it does nowhere.

    Reasons and reports that commands of this project send are kept by themselves.

    Example: gridpact evidence add report-202602.pdf
    """
    if (file is None) == (text is None):
        raise NothingNamed
    content = (text or "").encode() if file is None else read_file(file)
    value = evidence_folder.keep(session.connection, content)
    found = [one for one in trail.trail(session, ALL) if one.sha256 == value.hex()]
    document = {"sha256": value.hex(), "named": trail.document(found)}
    body = [facts([("SHA-256", value.hex())]), *trail.shown(found), *([] if found else [told.named_nowhere()])]
    return Answer(document, body, failed=not found)


def show(
    session: Session,
    sha256: Annotated[bytes | None, typer.Argument(help="Only what has this hash.", **HASH_OPTION)] = None,
) -> Answer:
    """Show every hash of a reason, report, contract or sale on chain, and what is kept of it here.

    Example: gridpact evidence show
    """
    entries = [one for one in trail.trail(session, ALL) if one.sha256]
    if sha256 is not None:
        entries = [one for one in entries if one.sha256 == sha256.hex()]
    body = trail.shown(entries) or [told.no_evidence()]
    return Answer({"evidence": trail.document(entries)}, body)
