"""Options that many commands share, declared once: a dataclass is a group of them.

A command takes a group like any other parameter. Whoever runs it sees the group's fields as options.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Final, TypeGuard, get_type_hints

import typer

from gridpact.chain.keys import KeySource
from gridpact.cli.values import FEE_OPTION

READ_PANEL: Final = "Output"
WRITE_PANEL: Final = "Sending and signing"

JsonOption = Annotated[
    bool, typer.Option("--json", help="One JSON document instead of tables.", rich_help_panel=READ_PANEL)
]
DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help="Build and simulate; show everything; send nothing.", rich_help_panel=WRITE_PANEL),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.", rich_help_panel=WRITE_PANEL)]
WalletOption = Annotated[
    str | None,
    typer.Option("--wallet", help="Sign with this wallet of the LocalNet.", rich_help_panel=WRITE_PANEL),
]
MnemonicOption = Annotated[
    str | None,
    typer.Option(
        "--mnemonic-env",
        help="Sign with the mnemonic in this environment variable.",
        metavar="VARIABLE",
        rich_help_panel=WRITE_PANEL,
    ),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """Options of a command that only reads."""

    json: JsonOption = False


@dataclass(frozen=True, slots=True)
class Options(Reading):
    """Options of a command that sends transactions. Those that only read have their `json`."""

    dry_run: DryRunOption = False
    yes: YesOption = False
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Write the unsigned group to this file, for `submit`.",
            rich_help_panel=WRITE_PANEL,
            dir_okay=False,
        ),
    ] = None
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite the file of --out, and follow a link.", rich_help_panel=WRITE_PANEL),
    ] = False
    fee: Annotated[
        Any,
        typer.Option(
            "--fee",
            help="What each transaction pays on a congested network: ALGO, or `suggested` by the node.",
            rich_help_panel=WRITE_PANEL,
            **FEE_OPTION,
        ),
    ] = None
    """microALGO of each transaction, or `suggested`; None: the least."""
    wallet: WalletOption = None
    mnemonic_env: MnemonicOption = None
    allow_other_programs: Annotated[
        bool,
        typer.Option(
            "--allow-other-programs",
            help="On a LocalNet, sign although the apps run other programs than this version's.",
            rich_help_panel=WRITE_PANEL,
        ),
    ] = False

    @property
    def source(self) -> KeySource:
        """Where the signer's key is."""
        return KeySource(self.wallet, self.mnemonic_env)


def parameters(function: Callable[..., object], *common: type) -> list[inspect.Parameter]:
    """What Typer sees of a command: its context, its parameters with each group's fields, and the common groups'.

    Args:
        function: the command; its first parameter, the session, is not an option.
        common: groups whose options come last.
    """
    _, *own = inspect.signature(function, eval_str=True).parameters.values()
    shown: list[inspect.Parameter] = []
    for parameter in own:
        if _is_group(parameter.annotation):
            shown += _fields(parameter.annotation)
        else:
            shown.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    return [context, *shown, *(option for group in common for option in _fields(group))]


def taken[Group](group: type[Group], arguments: dict[str, Any]) -> Group:
    """A group, of those of a run's arguments that are its options. They are no longer among the arguments."""
    return group(**{option.name: arguments.pop(option.name) for option in _fields(group)})


def arguments_of(function: Callable[..., object], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A run's arguments as the command takes them: a group's options as the group."""
    left = dict(arguments)
    _, *own = inspect.signature(function, eval_str=True).parameters.values()
    groups: dict[str, object] = {one.name: taken(one.annotation, left) for one in own if _is_group(one.annotation)}
    return left | groups


def _is_group(annotation: object) -> TypeGuard[type]:
    return isinstance(annotation, type) and is_dataclass(annotation)


def _fields(group: type) -> Sequence[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=hints[one.name],
            default=inspect.Parameter.empty if one.default is MISSING else one.default,
        )
        for one in fields(group)
    ]
