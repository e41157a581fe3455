"""Query and path values, and the texts by which the indexer refuses them.

Clients of the indexer lose the status of a refusal, so the texts are those of the Go service to the letter.
"""

import re
from base64 import b64decode, urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import new as new_hash
from string import ascii_letters, ascii_uppercase, digits

from starlette.requests import Request

from localnet.http import ApiError, parse_bool, parse_uint, path_uint

Query = Mapping[str, str]
"""Query parameters by name."""

MAX_INT64 = 2**63 - 1
ADDRESS_BYTES = 36
KEY_BYTES = 32
_BASE32 = {character: value for value, character in enumerate(ascii_uppercase + "234567")}
_BASE64_URL = frozenset(ascii_letters + digits + "-_")
TOO_LARGE = (
    "searching by round or application-id or asset-id or filter by value greater than 9223372036854775807"
    " is not supported"
)
_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DATE_PARTS = ((4, "2006"), (1, "-"), (2, "01"), (1, "-"), (2, "02"))


class InvalidInputError(Exception):
    """Input that a search collects with others' before it refuses all; the text is the indexer's."""


# --- numbers


def number(query: Query, name: str) -> int | None:
    """A number in the query.

    Raises:
        ApiError: 400 when it is none.
    """
    return parse_uint(name, query[name]) if name in query else None


def flag(query: Query, name: str) -> bool:
    """A boolean in the query, False when it is absent.

    Raises:
        ApiError: 400 when it is none.
    """
    return parse_bool(name, query[name]) if name in query else False


def limit(query: Query, default: int, maximum: int) -> int:
    """How many items a page holds; asking for more than the maximum gives the maximum, 0 too."""
    asked = number(query, "limit")
    return min(default if asked is None else asked or maximum, maximum)


def amount_test(query: Query) -> Callable[[int], bool]:
    """Whether an amount lies between ``currency-greater-than`` and ``currency-less-than``, both exclusive.

    Raises:
        ApiError: 400 when one of them is no number.
    """
    above, below = number(query, "currency-greater-than"), number(query, "currency-less-than")
    return lambda amount: (above is None or amount > above) and (below is None or amount < below)


def identity(query: Query, name: str) -> int | None:
    """An id or a round in the query.

    Raises:
        ApiError: 400 when it is no number, 404 when it is beyond 63 bits.
    """
    found = number(query, name)
    if found is not None:
        refuse_large(found)
    return found


def path_id(request: Request, name: str) -> int:
    """An id or a round in the path.

    Raises:
        ApiError: 400 when it is no number, 404 when it is beyond 63 bits.
    """
    found = path_uint(request, name)
    refuse_large(found)
    return found


def refuse_large(found: int) -> None:
    """Refuse what the indexer's database could not hold.

    Raises:
        ApiError: 404.
    """
    if found > MAX_INT64:
        raise ApiError(404, TOO_LARGE)


def too_large(*numbers: int | None) -> bool:
    """Whether one of the numbers is beyond 63 bits."""
    return any(one is not None and one > MAX_INT64 for one in numbers)


def next_id(query: Query) -> int | None:
    """The id after which the next page begins.

    Raises:
        ApiError: 400.
    """
    text = query.get("next")
    if text is None:
        return None
    try:
        return parse_uint("next", text)
    except ApiError as error:
        why = error.message.partition("error binding string parameter: ")[2]
        raise ApiError(400, f"unable to parse next token: {why}") from None


# --- addresses and digests


def decode_address(text: str) -> bytes:
    """The 32 bytes of an address.

    Raises:
        ValueError: with the Go SDK's reason.
    """
    decoded = _decode_base32(text)
    if len(decoded) != ADDRESS_BYTES:
        raise ValueError(f"decoded address is the wrong length, should be {ADDRESS_BYTES} bytes")
    address, checksum = decoded[:KEY_BYTES], decoded[KEY_BYTES:]
    if new_hash("sha512_256", address).digest()[-len(checksum) :] != checksum:
        raise ValueError("address checksum is incorrect, did you copy the address correctly?")
    return address


def path_address(request: Request, why: str = "unable to parse address") -> bytes:
    """The account in the path.

    Raises:
        ApiError: 400.
    """
    try:
        return decode_address(request.path_params["account-id"])
    except ValueError as error:
        raise ApiError(400, f"{why}: {error}") from None


def next_address(query: Query) -> bytes | None:
    """The address after which the next page begins.

    Raises:
        ApiError: 400.
    """
    text = query.get("next")
    if text is None:
        return None
    try:
        return decode_address(text)
    except ValueError:
        raise ApiError(400, "unable to parse next token") from None


def check_digest(text: str, name: str) -> str:
    """A transaction id, as it was given.

    Raises:
        InvalidInputError: it is no base32.
    """
    try:
        _decode_base32(text)
    except ValueError as error:
        raise InvalidInputError(f"unable to parse base32 digest data '{name}': {error}") from None
    return text


def _decode_base32(text: str) -> bytes:
    """Base32 without padding, as lenient about the last quantum as Go."""
    for at, character in enumerate(text):
        if character not in _BASE32:
            raise ValueError(f"illegal base32 data at input byte {at}")
    size = len(text) * 5 // 8
    bits = 0
    for character in text:
        bits = bits << 5 | _BASE32[character]
    return (bits >> (len(text) * 5 - size * 8)).to_bytes(size, "big")


# --- bytes


def decode_base64(text: str, name: str) -> bytes:
    """Bytes in standard base64.

    Raises:
        InvalidInputError: it is no base64.
    """
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        raise InvalidInputError(f"unable to parse base64 data: '{name}'") from None


def decode_token(text: str, size: int, decoder: str) -> bytes:
    """A page token of ``size`` bytes in URL base64; ``decoder`` names it in the refusal.

    Raises:
        ValueError: with the indexer's reason.
    """
    at = _first_bad_base64(text)
    if at is not None:
        raise ValueError(f"{decoder}() decode err: illegal base64 data at input byte {at}")
    token = urlsafe_b64decode(text)
    if len(token) != size:
        raise ValueError(f"{decoder}() bad next token b: {token.hex()}")
    return token


def _first_bad_base64(text: str) -> int | None:
    """Where Go's decoder of padded URL base64 gives up, None when it does not."""
    content = text.rstrip("=")
    for at, character in enumerate(content):
        if character not in _BASE64_URL:
            return at
    rest, padding = len(content) % 4, len(text) - len(content)
    if padding == 0 and rest == 0:
        return None
    if padding == 0:
        return len(content) - rest
    if rest < 2:
        return len(content)
    wanted = 4 - rest
    if padding == wanted:
        return None
    return len(text) if padding < wanted else len(content) + wanted


# --- times


def time(query: Query, name: str) -> datetime | None:
    """A time in the query: RFC 3339, or a date.

    Raises:
        ApiError: 400.
    """
    text = query.get(name)
    if text is None:
        return None
    try:
        return _parse_time(text)
    except ValueError as error:
        raise ApiError(
            400,
            f"Invalid format for parameter {name}: error parsing '{text}' as RFC3339 or 2006-01-02 time: {error}",
        ) from None


def _parse_time(text: str) -> datetime:
    found = _RFC3339.fullmatch(text)
    if found:
        seconds, fraction, zone = found.groups()
        try:
            return datetime.fromisoformat(seconds + (fraction or "")[:7] + zone)
        except ValueError:
            pass  # a day or hour out of range: the reason below is the date's, as in Go
    return _parse_date(text)


def _parse_date(text: str) -> datetime:
    prefix = f'parsing time "{text}"'
    rest, numbers = text, []
    for size, layout in _DATE_PARTS:
        part = rest[:size]
        fits = part == "-" if layout == "-" else len(part) == size and part.isascii() and part.isdigit()
        if not fits:
            raise ValueError(f'{prefix} as "2006-01-02": cannot parse "{rest}" as "{layout}"')
        if layout != "-":
            numbers.append(int(part))
        rest = rest[size:]
    year, month, day = numbers
    if not 1 <= month <= 12:
        raise ValueError(f"{prefix}: month out of range")
    if rest:
        raise ValueError(f'{prefix}: extra text: "{rest}"')
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        raise ValueError(f"{prefix}: day out of range") from None
