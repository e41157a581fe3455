"""Files of a gateway: a meter's secret key, and readings that it signed. Nothing here asks a network.

A key is 64 hexadecimal digits on one line. Signed readings are one JSON document: the network and the app that they are
good for, and each reading with its signature.
"""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gridpact.chain.errors import FileUnreadable, FileUnwritable
from gridpact.chain.files import PRIVATE_FILE
from gridpact.evidence import HASH_BYTES
from gridpact.production.errors import MeterKeyExists, NotAGenesisHash, NotAMeterKey, NotSignedReadings
from gridpact.production.read import Quality
from gridpact.production.signed import KEY_BYTES, SIGNATURE_BYTES, MeterRead, Place, SignedReading
from gridpact.units import MAX_UINT64

FORMAT: Final = "gridpact-signed-readings"

type _Number = Annotated[int, Field(ge=0, le=MAX_UINT64)]


@dataclass(frozen=True, slots=True)
class SignedFile:
    """Readings that a meter signed, and where they are good."""

    place: Place
    readings: tuple[SignedReading, ...]


# --- keys -------------------------------------------------------------------------------------------------------------


def write_key(path: Path, seed: bytes) -> None:
    """Write a secret key into a new file that only its owner can read.

    Raises:
        MeterKeyExists: something has this name.
        FileUnwritable: it cannot be written.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as file:
            file.write(f"{seed.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise MeterKeyExists(path) from error
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "") from error


def read_key(path: Path) -> bytes:
    """The secret key in a file.

    Raises:
        FileUnreadable: it cannot be read.
        NotAMeterKey: it holds none.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "") from error
    try:
        seed = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        seed = b""
    if len(seed) != KEY_BYTES:
        raise NotAMeterKey(path)
    return seed


# --- readings ---------------------------------------------------------------------------------------------------------


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Reading(_Strict):
    epoch: _Number
    meter: _Number
    interval: _Number
    wh: _Number
    quality: Literal["actual", "estimated", "substituted"]
    start_ts: _Number
    end_ts: _Number
    source_sha256: str
    sequence: _Number
    signature: str


class _Document(_Strict):
    format: Literal["gridpact-signed-readings"]
    genesis_hash: str
    app: _Number
    readings: Annotated[list[_Reading], Field(min_length=1)]


def text_of(place: Place, readings: Sequence[SignedReading]) -> str:
    """A file of signed readings.

    Args:
        place: where they are good.
        readings: at least one.
    """
    document = _Document(
        format=FORMAT,
        genesis_hash=base64.b64encode(place.genesis_hash).decode(),
        app=place.app_id,
        readings=[
            _Reading(
                epoch=one.reading.epoch_id,
                meter=one.reading.meter_id,
                interval=one.reading.interval_id,
                wh=one.reading.wh,
                quality=one.reading.quality.value,
                start_ts=one.reading.start_ts,
                end_ts=one.reading.end_ts,
                source_sha256=one.reading.source_hash.hex(),
                sequence=one.reading.sequence,
                signature=one.signature.hex(),
            )
            for one in readings
        ],
    )
    return document.model_dump_json(indent=1) + "\n"


def parse(content: bytes) -> SignedFile:
    """The signed readings in a file. Signatures are not checked here.

    Raises:
        NotSignedReadings, NotAGenesisHash: it holds none.
    """
    try:
        document = _Document.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise NotSignedReadings(".".join(map(str, first["loc"])), first["msg"]) from error
    place = Place(genesis_hash_of(document.genesis_hash), document.app)
    return SignedFile(place, tuple(_signed(number, one) for number, one in enumerate(document.readings)))


def genesis_hash_of(text: str) -> bytes:
    """A network's genesis hash, as its node shows it: base64.

    Raises:
        NotAGenesisHash: it is none.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = b""
    if len(value) != HASH_BYTES:
        raise NotAGenesisHash(text)
    return value


def _signed(number: int, one: _Reading) -> SignedReading:
    return SignedReading(
        MeterRead(
            epoch_id=one.epoch,
            meter_id=one.meter,
            interval_id=one.interval,
            wh=one.wh,
            quality=Quality(one.quality),
            start_ts=one.start_ts,
            end_ts=one.end_ts,
            source_hash=_bytes(f"readings.{number}.source_sha256", one.source_sha256, HASH_BYTES),
            sequence=one.sequence,
        ),
        _bytes(f"readings.{number}.signature", one.signature, SIGNATURE_BYTES),
    )


def _bytes(where: str, text: str, size: int) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != size:
        raise NotSignedReadings(where, f"it is not {size * 2} hexadecimal digits")
    return value
