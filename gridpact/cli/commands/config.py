"""`gridpact config`: the settings of a run."""

import os
import re
from typing import Final

import typer
from rich.console import RenderableType

from gridpact import settings as st
from gridpact.chain.connection import services
from gridpact.chain.errors import NoKeyError
from gridpact.chain.keys import mnemonic_account
from gridpact.cli import words
from gridpact.cli.help import Noun
from gridpact.cli.output import Answer, facts, table
from gridpact.cli.run import reads
from gridpact.cli.session import Session, load_environment
from gridpact.cli.words.settings import place

DEFAULT: Final = "default"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    noun = typer.Typer(cls=Noun, help="The settings of a run: project, network, services, keys.", no_args_is_help=True)
    reads(noun, "show")(show)
    app.add_typer(noun, name="config")


def show(session: Session) -> Answer:
    """Show each setting and where it comes from. Secrets are never shown.

    Reads the project's files and the environment only: no network is asked.

    Example: gridpact config show
    """
    found = session.program.settings or load_environment(None)
    rows = [
        *((one.name, _shown(one), place(one.file)) for one in _set(found)),
        *((name, value, DEFAULT) for name, value in _defaults(found)),
    ]
    document = {
        "project": str(found.project),
        "network": found.network,
        "files": [str(path) for path in found.files],
        "settings": [{"name": name, "value": value, "from": origin} for name, value, origin in rows],
        "problem": None if found.refusal is None else words.refusal(found.refusal).sentence,
    }
    body: list[RenderableType] = [
        facts(
            [
                ("Project", found.project),
                ("Network", found.network or "any"),
                ("Files", ", ".join(path.name for path in found.files) or "none"),
            ]
        ),
        "",
        table(["Setting", "Value", "From"], rows),
    ]
    if found.refusal is not None:
        told = words.refusal(found.refusal)
        body += ["", told.sentence, told.advice]
    return Answer(document, body)


def _set(found: st.Settings) -> list[st.Setting]:
    """What is set: the program's variables, keys, and whatever the project's files say."""
    known = [found.values[name] for name in st.VARIABLES if name in found.values]
    others = [
        setting
        for name, setting in sorted(found.values.items())
        if name not in st.VARIABLES and (setting.file is not None or name.endswith(st.KEY_SUFFIX))
    ]
    return known + others


def _defaults(found: st.Settings) -> list[tuple[str, str]]:
    if found.refusal is not None or st.SERVER_VARIABLE in found.values:
        return []
    places = services(os.environ)
    parts = {"ALGOD": places.algod, "INDEXER": places.indexer, "KMD": places.kmd}
    return [(f"{name}_SERVER", at.url) for name, at in parts.items() if at is not None]


def _shown(setting: st.Setting) -> str:
    """A value, as it may be shown."""
    if not setting.value.strip():
        return "empty"
    if setting.name.endswith(st.KEY_SUFFIX):
        return _key(setting.name)
    if setting.name in st.SECRETS or setting.name not in st.VARIABLES:
        return "set"
    return re.sub(r"(?<=://)[^/@\s]*@", "…@", setting.value)


def _key(variable: str) -> str:
    try:
        account = mnemonic_account(variable)
    except NoKeyError as error:
        return words.refusal(error).sentence
    return "empty" if account is None else f"key of {account.address}"
