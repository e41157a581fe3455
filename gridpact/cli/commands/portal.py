"""`gridpact portal`: the pages in the browser."""

from importlib.util import find_spec
from typing import Annotated, Final

import typer

from gridpact.cli.commands import demo
from gridpact.cli.errors import PortalMissing
from gridpact.cli.help import Command
from gridpact.cli.options import Options
from gridpact.cli.output import talk
from gridpact.cli.run import guarded
from gridpact.cli.session import Program, Session

HOST: Final = "127.0.0.1"
PORT: Final = 8080


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("portal", cls=Command)(portal)


def portal(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = HOST,
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=1, max=65535)] = PORT,
    example: Annotated[
        bool, typer.Option("--example", help="Where nothing is there, start a LocalNet and do the example month first.")
    ] = False,
) -> None:
    """Serve the pages in the browser: Production Recording, Operator Console, PPA Buyer Portal, Market, Holders.

    The server holds no key; the wallet in the browser signs.

    Example: gridpact portal
    """
    program = ctx.find_object(Program) or Program()
    session = Session(program, Options())
    guarded(session, lambda: _serve(session, host, port, example=example))


def _serve(session: Session, host: str, port: int, *, example: bool) -> None:
    if find_spec("starlette") is None or find_spec("jinja2") is None or find_spec("uvicorn") is None:
        raise PortalMissing
    from gridpact.portal.serve import serve

    settings = session.program.settings
    if settings is not None and settings.refusal is not None:
        raise settings.refusal
    if example:
        demo.ensure(session)
    talk(f"The portal is at http://localhost:{port}; stop it with Ctrl+C.")
    serve(host, port, session.program.network)
