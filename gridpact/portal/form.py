"""What somebody filled in on a page."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gridpact.chain.keys import require_address
from gridpact.portal.errors import FieldMissing, NotATime, NotWhole
from gridpact.portal.evidence import HELD
from gridpact.units import base_units


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name, as the page posts them."""

    fields: Mapping[str, Any]

    def given(self, name: str) -> str | None:
        """A field; None where it is empty."""
        value = self.fields.get(name)
        return value.strip() or None if isinstance(value, str) else None

    def text(self, name: str) -> str:
        """A field that has to be filled in.

        Raises:
            FieldMissing: it is empty.
        """
        value = self.given(name)
        if value is None:
            raise FieldMissing(name)
        return value

    def whole(self, name: str) -> int:
        """A whole number.

        Raises:
            FieldMissing: it is empty.
            NotWhole: it is none.
        """
        return whole(name, self.text(name))

    def whole_or(self, name: str, default: int) -> int:
        """A whole number, or another one where the field is empty.

        Raises:
            NotWhole: it is none.
        """
        value = self.given(name)
        return default if value is None else whole(name, value)

    def units(self, name: str, decimals: int) -> int:
        """Base units of a decimal number; thousands may be parted by commas.

        Raises:
            FieldMissing, UnitsError: it is empty, or no such number.
        """
        return base_units(self.text(name).replace(",", ""), decimals, name.replace("_", " "))

    def units_or(self, name: str, decimals: int, default: int) -> int:
        """Base units of a decimal number, or another figure where the field is empty.

        Raises:
            UnitsError: it is no such number.
        """
        return default if self.given(name) is None else self.units(name, decimals)

    def address(self, name: str) -> str:
        """An address.

        Raises:
            FieldMissing: it is empty.
            NotAnAddress: it is none.
        """
        return require_address(self.text(name), name.replace("_", " "))

    def utc_or(self, name: str, default: int) -> int:
        """Unix time of a date and time in UTC, or another one where the field is empty.

        Raises:
            NotATime: it is none.
        """
        value = self.given(name)
        if value is None:
            return default
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise NotATime(name, value) from error
        return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())

    def is_on(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.given(name) is not None

    def reason(self) -> str:
        """The written reason; it is held until the chain names its hash.

        Raises:
            FieldMissing: it is empty.
        """
        text = self.text("reason")
        HELD.hold(text.encode())
        return text

    def document(self, name: str) -> bytes:
        """The SHA-256 of a file, which is held until the chain names it.

        Raises:
            FieldMissing: none was chosen.
        """
        return HELD.hold(self.file(name))

    def file(self, name: str) -> bytes:
        """A file's content.

        Raises:
            FieldMissing: none was chosen.
        """
        try:
            return base64.b64decode(self.text(name), validate=True)
        except binascii.Error as error:
            raise FieldMissing(name) from error

    def many(self, name: str) -> list[str]:
        """A field that may be given several times.

        Raises:
            FieldMissing: it is given nowhere.
        """
        value = self.any_of(name)
        if not value:
            raise FieldMissing(name)
        return value

    def any_of(self, name: str) -> list[str]:
        """A field that may be given several times, or not at all."""
        value = self.fields.get(name)
        return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else []


def whole(name: str, text: str) -> int:
    """A whole number that somebody wrote; thousands may be parted by commas.

    Raises:
        NotWhole: it is none.
    """
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20):
        raise NotWhole(name, text)
    return int(digits)
