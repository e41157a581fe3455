"""A sentence, how it comes about, and how it is followed."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gridpact.chain.errors import ContractError
from gridpact.chain.node import as_dict
from gridpact.cli import words
from gridpact.contracts import errors as err
from tests.cli.harness import Cli, Outcome
from tests.support import advice

type Step = str | Callable[[Cli], Any]

UNASKED: Final = "--unasked"
"""Stands in a command that is run without --yes."""
NEXT: Final = "Next: "
"""Begins a line that is a command."""


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence that is followed.

    Attributes:
        of: where the sentence stands, or several that are one on the screen.
        stage: where the ledger is.
        asked: the command that says it; names of accounts in braces are filled in. Empty for a contract's error that
            the library sees coming: then the sentence is taken as it would be printed.
        steps: what is taken out of the sentence, in order: the beginning of a command that it names, or an option with
            its value. An option is added to the command that was asked.
        name: tells cases of one sentence apart.
        before: commands and functions that bring the situation about, after the stage.
        fills: what stands for the words in capital letters.
        extra: options that a step needs, and that the sentence leaves to the reader.
        by: who signs the steps, where it is not the one whom the command finds.
        code: how the command that was asked ends at first.
        shows: what the last step shows; empty where the command that was asked must work afterwards.
        then: a command that works afterwards, instead of the one that was asked.
        adds_to: the command that an option is added to, where it is not the one that was asked.
        followed: what is done by hand, as the sentence says.
        ends: how the last step ends, where it is to refuse.
        settings: environment of every command.
        mends: environment of what follows, beside it: the sentence says to set it.
    """

    of: tuple[str, ...]
    stage: Callable[[Cli], Any]
    asked: str
    steps: tuple[str, ...]
    name: str = ""
    before: tuple[Step, ...] = ()
    fills: Mapping[str, str] = field(default_factory=dict)
    extra: str = ""
    by: str = ""
    code: int = 1
    shows: str = ""
    then: str = ""
    adds_to: str = ""
    followed: Callable[[Cli], Any] | None = None
    ends: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    mends: Mapping[str, str] = field(default_factory=dict)

    def run(self, cli: Cli) -> None:
        """Bring it about, and follow it."""
        self.stage(cli)
        for step in self.before:
            if callable(step):
                step(cli)
            else:
                _do(cli, step)
        asked = _words(cli, self.asked)
        before = {name: _filled(cli, text) for name, text in self.settings.items()}
        after = before | {name: _filled(cli, text) for name, text in self.mends.items()}
        said = self._said(cli, asked, before)
        if self.followed is not None:
            self.followed(cli)
        options: list[str] = []
        last = Outcome(0, "", "")
        for step in self.steps:
            if step.startswith("-"):
                option, *value = _words(cli, step)
                assert option in said, f"{option} is not in: {said}"
                options += [option, *value]
            else:
                extra = _words(cli, self.extra) if step == self.steps[-1] else []
                command = [*self._advised(cli, said, step), *extra, *(cli.as_(self.by) if self.by else ())]
                last = _confirmed(cli, command, after)
                assert last.exit_code == 0, f"{said}\n{step}: {last.err}{last.out}"
        for name in self.mends:
            assert name in said, f"{name} is not in: {said}"
        if options or not (self.shows or self.then):
            last = _confirmed(cli, [*(_words(cli, self.adds_to) or asked), *options], after)
            assert last.exit_code == self.ends, f"{said}\n{self.asked} {options}: {last.err}{last.out}"
        shown = " ".join((last.out + last.err).split())
        assert self.shows.format_map(_addresses(cli)) in shown, shown
        if self.then:
            _do(cli, self.then)

    def _said(self, cli: Cli, asked: list[str], settings: Mapping[str, str]) -> str:
        if asked:
            outcome = _confirmed(cli, asked, settings)
            assert outcome.exit_code == self.code, outcome.err + outcome.out
            said = " ".join((outcome.out + outcome.err).replace("│", " ").split())
        else:
            (name,) = {key.removeprefix("contracts.") for key in self.of}
            said = words.refusal(ContractError(getattr(err, name), 1, "")).advice
        for key in self.of:
            assert any(one.key == key and one.is_in(said) for one in advice.sentences()), f"{key} is not in: {said}"
        return said

    def _advised(self, cli: Cli, said: str, step: str) -> list[str]:
        """A command of the sentence, filled in."""
        begin = _filled(cli, step)
        named = [one.removeprefix("gridpact ") for one in advice.commands_in(said)]
        if step.startswith(NEXT):
            begin, named = begin.removeprefix(NEXT), [said.rpartition(f"{NEXT}gridpact ")[2]]
        command = next((one for one in named if one.startswith(begin)), None)
        assert command is not None, f"{begin} is not in: {said}"
        return [one for word in shlex.split(command) for one in _words(cli, self.fills.get(word, shlex.quote(word)))]


def _do(cli: Cli, command: str) -> None:
    outcome = _confirmed(cli, _words(cli, command), {})
    assert outcome.exit_code == 0, f"{command}: {outcome.err}{outcome.out}"


def _confirmed(cli: Cli, asked: list[str], settings: Mapping[str, str]) -> Outcome:
    """A command, and without a question where it has one."""
    known = advice.commands()
    plain = [word for word in asked if not word.startswith("-")]
    command = known.get(" ".join(plain[:2])) or known.get(plain[0]) if plain else None
    asks = command is not None and any("--yes" in one.opts for one in command.params)
    is_read = {"--dry-run", "--out", "--help", UNASKED} & set(asked)
    asked = [word for word in asked if word != UNASKED]
    return cli.run(*asked, *(("--yes",) if asks and not is_read else ()), **settings)


def _words(cli: Cli, command: str) -> list[str]:
    return [_filled(cli, word) for word in shlex.split(command)]


def _addresses(cli: Cli) -> dict[str, str]:
    return {name: account.address for name, account in cli.accounts.items()}


def _filled(cli: Cli, text: str) -> str:
    """A text with addresses for names in braces, and an app's id for its contract's name."""
    for name, address in _addresses(cli).items():
        text = text.replace(f"{{{name}}}", address)
    for name, words_of_key in cli.environment.items():
        text = text.replace(f"{{{name}}}", words_of_key)
    if "{GENESIS}" in text:
        text = text.replace("{GENESIS}", str(cli.algorand.client.algod.suggested_params().gh))
    if "{EURO}" in text:
        text = text.replace("{EURO}", str(euro_of(cli)))
    if "{" in text:
        for name, app_id in cli.app_ids().items():
            text = text.replace(f"{{{name}}}", str(app_id))
    return text


def euro_of(cli: Cli) -> int:
    """The asset that the outsider made."""
    (made,) = as_dict(cli.algorand.client.algod.account_info(cli.address("OUTSIDER")))["created-assets"]
    return int(made["index"])
