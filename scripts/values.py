"""Values that people type: parsed and checked before anything is asked of the chain. A wrong one is wrong usage."""

from collections.abc import Callable
from typing import Annotated

import typer

from gridpact.epochs import require_epoch
from gridpact.errors import GridPactError
from gridpact.format import ALGO, KW_TOKEN_DECIMALS, base_units


def parser[Value](parse: Callable[[str], Value]) -> Callable[[str], Value]:
    """A parser whose refusal is Typer's.

    Args:
        parse: raises `GridPactError`.
    """

    def parsed(text: str) -> Value:
        try:
            return parse(text)
        except GridPactError as error:
            raise typer.BadParameter(str(error)) from error

    return parsed


def _epoch(text: str) -> int:
    compact = text.replace("-", "", 1)
    if not (compact.isascii() and compact.isdigit() and len(compact) == len("202602")):
        msg = f"{text!r} is not a month such as 202602."
        raise GridPactError(msg)
    return require_epoch(int(compact))


def whole_number(text: str) -> int:
    """A whole number, with or without thousands separators: 75000, 75,000, 75_000."""
    return base_units(text.replace(",", "").replace("_", ""), 0, "number")


def _hash(text: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != 32:
        msg = f"{text!r} is not a SHA-256 of 64 hexadecimal digits."
        raise GridPactError(msg)
    return value


def _decimal(text: str) -> str:
    base_units(text, 19)
    return text


Epoch = Annotated[int, typer.Argument(parser=parser(_epoch), metavar="EPOCH", help="Month, for example 202602.")]
EPOCH_OPTION = {"parser": parser(_epoch), "metavar": "EPOCH"}
ALGO_OPTION = {"parser": parser(lambda text: base_units(text, ALGO.decimals)), "metavar": "ALGO"}
KW_OPTION = {"parser": parser(lambda text: base_units(text, KW_TOKEN_DECIMALS)), "metavar": "KW"}
KWH_OPTION = {"parser": parser(whole_number), "metavar": "KWH"}
ENERGY_OPTION = {"parser": parser(lambda text: base_units(text, 3)), "metavar": "KWH"}
HASH_OPTION = {"parser": parser(_hash), "metavar": "SHA256"}
DECIMAL_OPTION = {"parser": parser(_decimal), "metavar": "NUMBER"}
ID_OPTION = {"parser": parser(whole_number), "metavar": "ID"}
"""What Typer's `Argument` and `Option` take for each kind of value."""
