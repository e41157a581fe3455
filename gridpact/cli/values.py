"""Values that people type: parsed and checked before anything is asked of the chain. A wrong one is wrong usage."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from gridpact.billing.read import InvoiceId
from gridpact.chain.call import MIN_FEE_MICROALGO
from gridpact.chain.errors import FileUnreadable
from gridpact.chain.specs import Contract
from gridpact.cli import completion, words
from gridpact.epochs import require_epoch
from gridpact.errors import GridPactError
from gridpact.evidence import hash_of, sha256
from gridpact.units import ALGO, KW_TOKEN_DECIMALS, base_units, money, require_number

MOST_FEE_MICROALGO: Final = 1_000_000
"""More than any congestion ever asked for: a slip in the decimals is not paid."""
PUBLIC_KEY_BYTES: Final = 32


def parser[Value](parse: Callable[[str], Value]) -> Callable[[str | Value], Value]:
    """A parser whose refusal is Typer's.

    Args:
        parse: raises `GridPactError`.
    """

    def parsed(text: str | Value) -> Value:
        # Typer passes defaults through the parser too: they are values already.
        if not isinstance(text, str):
            return text
        try:
            return parse(text)
        except GridPactError as error:
            told = words.refusal(error)
            # What explains itself needs no second sentence; where a command helps, it is named.
            advice = f" {told.advice}" if "`gridpact " in told.advice else ""
            raise typer.BadParameter(told.sentence + advice) from error

    return parsed


def _epoch(text: str) -> int:
    compact = text.replace("-", "", 1)
    if not (compact.isascii() and compact.isdigit() and len(compact) == len("202602")):
        msg = f"{text!r} is not a month such as 202602."
        raise typer.BadParameter(msg)
    return require_epoch(int(compact))


def whole_number(text: str) -> int:
    """A whole number, with or without thousands separators: 75000, 75,000, 75_000."""
    return base_units(text.replace(",", "").replace("_", ""), 0, "number")


def _decimal(text: str) -> str:
    return require_number(text)


def _zone(text: str) -> tzinfo:
    from gridpact.production.readings.values import zone_of

    try:
        return zone_of(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error


def _capacity(text: str) -> tuple[str | None, int]:
    name, equals, power = text.rpartition("=")
    return (name if equals else None), base_units(power, KW_TOKEN_DECIMALS, "power")


MOST_OF_A_REASON: Final = 500
"""Bytes; the note that it stands in has 1,024."""


def reason_of(text: str | None) -> str | None:
    """A reason that was given.

    Raises:
        ReasonMissing: it is empty.
        typer.BadParameter: it is too long for the record.
    """
    from gridpact.cli.errors import ReasonMissing

    if text is None:
        return None
    if not text.strip():
        raise ReasonMissing
    if len(text.encode()) > MOST_OF_A_REASON:
        msg = f"The reason has more than {MOST_OF_A_REASON} bytes."
        raise typer.BadParameter(msg)
    return text.strip()


def _public_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != PUBLIC_KEY_BYTES or not any(key):
        msg = "A public key is 64 hexadecimal digits, as `gridpact meter keygen FILE` shows them."
        raise typer.BadParameter(msg)
    return key


def _genesis_hash(text: str) -> bytes:
    from gridpact.production.signed_file import genesis_hash_of

    return genesis_hash_of(text)


def _fee(text: str) -> int | Literal["suggested"]:
    if text == "suggested":
        return "suggested"
    fee = base_units(text, ALGO.decimals, "fee")
    if not MIN_FEE_MICROALGO <= fee <= MOST_FEE_MICROALGO:
        least, most = money(MIN_FEE_MICROALGO), money(MOST_FEE_MICROALGO)
        msg = f"A transaction pays {least} at least, and here {most} at most."
        raise typer.BadParameter(msg)
    return fee


Epoch = Annotated[
    int,
    typer.Argument(
        parser=parser(_epoch), metavar="EPOCH", help="Month, for example 202602.", autocompletion=completion.epochs
    ),
]


def _invoice(text: str) -> InvoiceId:
    agreement, slash, epoch = text.partition("/")
    if not slash:
        msg = f"{text!r} is not an invoice such as 1/202602: agreement, slash, month."
        raise typer.BadParameter(msg)
    return InvoiceId(whole_number(agreement), _epoch(epoch))


INVOICE: Final[dict[str, Any]] = {
    "parser": parser(_invoice),
    "metavar": "AGREEMENT/EPOCH",
    "autocompletion": completion.invoices,
}
Invoice = Annotated[InvoiceId, typer.Argument(**INVOICE, help="An invoice, for example 1/202602.")]
Agreement = Annotated[
    int,
    typer.Argument(
        parser=parser(whole_number),
        metavar="AGREEMENT",
        help="The agreement's number.",
        autocompletion=completion.agreements,
    ),
]
Apps = Annotated[
    list[Contract] | None, typer.Option("--app", help="Only this app; may be repeated. All four by default.")
]
EPOCH_OPTION: Final[dict[str, Any]] = {
    "parser": parser(_epoch),
    "metavar": "EPOCH",
    "autocompletion": completion.epochs,
}
ALGO_OPTION: Final[dict[str, Any]] = {"parser": parser(lambda text: base_units(text, ALGO.decimals)), "metavar": "ALGO"}
KW_OPTION: Final[dict[str, Any]] = {"parser": parser(lambda text: base_units(text, KW_TOKEN_DECIMALS)), "metavar": "KW"}
KWH_OPTION: Final[dict[str, Any]] = {"parser": parser(whole_number), "metavar": "KWH"}
ENERGY_OPTION: Final[dict[str, Any]] = {"parser": parser(lambda text: base_units(text, 3)), "metavar": "KWH"}
FEE_OPTION: Final[dict[str, Any]] = {"parser": parser(_fee), "metavar": "ALGO"}
HASH_OPTION: Final[dict[str, Any]] = {"parser": parser(hash_of), "metavar": "SHA256"}
DECIMAL_OPTION: Final[dict[str, Any]] = {"parser": parser(_decimal), "metavar": "NUMBER"}
ID_OPTION: Final[dict[str, Any]] = {"parser": parser(whole_number), "metavar": "ID"}
ZONE_OPTION: Final[dict[str, Any]] = {"parser": parser(_zone), "metavar": "ZONE"}
GENESIS_HASH_OPTION: Final[dict[str, Any]] = {"parser": parser(_genesis_hash), "metavar": "BASE64"}
PUBLIC_KEY: Final[dict[str, Any]] = {"parser": parser(_public_key), "metavar": "PUBLICKEY"}
CAPACITY_OPTION: Final[dict[str, Any]] = {"parser": parser(_capacity), "metavar": "[METER=]KW"}
"""What Typer's `Argument` and `Option` take for each kind of value."""


def chosen(apps: list[Contract] | None) -> list[Contract]:
    """The apps that were named, or all."""
    return list(dict.fromkeys(apps)) if apps else list(Contract)


def read_file(path: Path) -> bytes:
    """A file's content; - is standard input.

    Raises:
        FileUnreadable: it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "") from error


@dataclass
class FileContent:
    """A file that a command is about: it is the same command again where the file's bytes are the same."""

    path: Path

    @cached_property
    def content(self) -> bytes:
        """Its bytes; - is standard input.

        Raises:
            FileUnreadable: it cannot be read.
        """
        return read_file(self.path)

    def __str__(self) -> str:
        return sha256(self.content).hex()
