"""Advice can be followed: each command that is named exists, with each option that is named and all that it needs."""

import re
import shlex
from typing import Final

import pytest
import typer

from tests.support import advice
from tests.support.advice import Sentence

OTHERS: Final = {"--help"}
"""Options that every command has."""
OPTIONS: Final = OTHERS | {
    option
    for command in advice.commands().values()
    for one in command.params
    for option in (*one.opts, *one.secondary_opts)
}
ADVISED: Final = sorted(
    {
        (one.key, command.removeprefix("gridpact "))
        for one in advice.sentences()
        for command in advice.commands_in(one.text.replace(advice.FILLED_IN, "0"))
        if command.startswith("gridpact ")
    }
)


def test_there_is_advice() -> None:
    assert len(ADVISED) > 90
    assert len(advice.sentences()) > 180


@pytest.mark.parametrize(("key", "command"), ADVISED, ids=lambda value: str(value)[:60])
def test_a_command_is_whole(key: str, command: str) -> None:
    """What is pasted is understood: nothing that the command needs is missing, nor is anything unknown to it."""
    known = advice.commands()
    words = shlex.split(command)
    name = next((" ".join(words[:many]) for many in (2, 1) if " ".join(words[:many]) in known), None)
    assert name is not None, f"{key}: there is no command {command!r}"
    if "--help" in words:
        return
    rest = words[len(name.split()) :]
    # What is filled in may be several things at once, options among them, or nothing.
    rest = [word if word.strip("0") else "0" for word in rest]
    context = typer.Context(known[name], info_name=name)
    given, left, _ = known[name].make_parser(context).parse_args(args=rest)
    missing = [one.name for one in known[name].params if one.required and given.get(one.name) is None]
    assert (missing, set(left) - {"0"}) == ([], set()), f"{key}: {command}"


@pytest.mark.parametrize("sentence", advice.sentences(), ids=lambda one: one.key)
def test_an_option_exists(sentence: Sentence) -> None:
    named = set(advice.OPTION.findall(re.sub(r"`algokit [^`]+`", "", sentence.text)))
    assert named <= OPTIONS
