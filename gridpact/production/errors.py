"""Why production refuses."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from gridpact.contracts import errors as err
from gridpact.errors import GridPactError

# --- meters -----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class InvalidLabel(GridPactError):
    """A meter's name has to be printable, and to fit its record on chain."""

    label: str
    most_bytes: int


@dataclass(eq=False)
class LabelTaken(GridPactError):
    """The name is another producer's meter."""

    label: str
    meter_id: int
    producer: str | None
    """None where it is the project's."""


@dataclass(eq=False)
class MeterNotFound(GridPactError):
    """No meter has this name."""

    contract_error: ClassVar[str] = err.INVALID_METER
    label: str


@dataclass(eq=False)
class MetersNotRegistered(GridPactError):
    """Readings of meters that nobody has registered."""

    contract_error: ClassVar[str] = err.INVALID_METER
    labels: tuple[str, ...]


# --- a month ----------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class EpochNotBegun(GridPactError):
    """The month is still to come by the chain's clock."""

    contract_error: ClassVar[str] = err.INVALID_EPOCH
    epoch_id: int
    now_ts: int


@dataclass(eq=False)
class ReadingOfTheFuture(GridPactError):
    """The readings go beyond the chain's clock: nobody can have read them."""

    contract_error: ClassVar[str] = err.INVALID_INTERVAL
    epoch_id: int
    end_ts: int
    """Where they end."""
    now_ts: int


@dataclass(eq=False)
class EpochNotOver(GridPactError):
    """The month goes on by the chain's clock."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_ENDED
    epoch_id: int
    now_ts: int
    end_ts: int
    """Its last second."""


@dataclass(eq=False)
class EpochNotFound(GridPactError):
    """Nothing was recorded for the month."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_FOUND
    epoch_id: int


@dataclass(eq=False)
class EpochNotFinal(GridPactError):
    """Readings may still come in."""

    contract_error: ClassVar[str] = err.EPOCH_NOT_FINAL
    epoch_id: int


@dataclass(eq=False)
class EpochIsFinal(GridPactError):
    """Nothing more is recorded."""

    contract_error: ClassVar[str] = err.EPOCH_FINAL
    epoch_id: int
    labels: tuple[str, ...]
    """The meters whose readings come too late."""


@dataclass(eq=False)
class OverMeterCapacity(GridPactError):
    """More energy than the meter's capacity gives in this time: no reason helps, the contract counts it, too."""

    contract_error: ClassVar[str] = err.OVER_CAPACITY
    label: str
    wh: int
    most_wh: int
    is_new: bool
    """Whether the meter is registered by this very step."""


@dataclass(eq=False)
class MetersWithoutReading(GridPactError):
    """A month is to be closed, and meters of the project have no reading in it."""

    epoch_id: int
    labels: tuple[str, ...]


@dataclass(eq=False)
class NoPlaceInMonth(GridPactError):
    """A final month has no reading of a meter that could be corrected."""

    contract_error: ClassVar[str] = err.EPOCH_FINAL
    epoch_id: int
    label: str
    wh: int
    other: str | None
    """The meter of another reading of the project; None for one without a meter."""
    other_interval_id: int
    other_net_wh: int


@dataclass(eq=False)
class TotalDiffers(GridPactError):
    """The month's recorded total is not the expected one."""

    contract_error: ClassVar[str] = err.TOTAL_MISMATCH
    epoch_id: int
    recorded_wh: int
    expected_wh: int


@dataclass(eq=False)
class ReadingNotFound(GridPactError):
    """No such reading was recorded."""

    contract_error: ClassVar[str] = err.READING_NOT_FOUND
    epoch_id: int
    label: str | None
    """None for a reading without a meter."""
    interval_id: int


@dataclass(eq=False)
class RecordedOtherwise(GridPactError):
    """Something else was recorded for the meter, and a record is never changed."""

    contract_error: ClassVar[str] = err.ALREADY_RECORDED
    epoch_id: int
    label: str
    recorded_wh: int
    recorded_source: bytes
    """SHA-256 of the file that it came from."""
    wh: int


# --- signed readings --------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotAMeterKey(GridPactError):
    """A file holds no meter's secret key. What it holds is not repeated."""

    path: Path


@dataclass(eq=False)
class MeterKeyExists(GridPactError):
    """A key is to be made, and something has its file's name."""

    path: Path


@dataclass(eq=False)
class NotAGenesisHash(GridPactError):
    """A text is not a genesis hash in base64."""

    text: str


@dataclass(eq=False)
class NotSignedReadings(GridPactError):
    """A file holds no signed readings."""

    where: str
    """The place in the document; empty where it is none."""
    why: str


@dataclass(eq=False)
class SeveralMeters(GridPactError):
    """A key belongs to one meter, but the file has several, or not the one that was named."""

    labels: tuple[str, ...]


@dataclass(eq=False)
class SignedForAnotherNetwork(GridPactError):
    """What is signed names another network."""

    contract_error: ClassVar[str] = err.INVALID_SIGNATURE
    signed_for: bytes
    """Its genesis hash; and that of this one."""
    genesis_hash: bytes


@dataclass(eq=False)
class SignedForAnotherApp(GridPactError):
    """What is signed names another app."""

    contract_error: ClassVar[str] = err.INVALID_SIGNATURE
    signed_for: int
    app_id: int


@dataclass(eq=False)
class IdNotRegistered(GridPactError):
    """No meter has this number."""

    contract_error: ClassVar[str] = err.INVALID_METER
    meter_id: int


@dataclass(eq=False)
class MeterHasNoKey(GridPactError):
    """A meter without a key signs nothing."""

    contract_error: ClassVar[str] = err.NO_METER_KEY
    label: str


@dataclass(eq=False)
class SignedByAnother(GridPactError):
    """The meter's key did not sign exactly this reading."""

    contract_error: ClassVar[str] = err.INVALID_SIGNATURE
    label: str
    sequence: int


@dataclass(eq=False)
class SequencePassed(GridPactError):
    """The meter's signed readings are numbered upwards, and this one is not recorded."""

    contract_error: ClassVar[str] = err.INVALID_SEQUENCE
    label: str
    sequence: int
    last_sequence: int


@dataclass(eq=False)
class ReadingOverlaps(GridPactError):
    """The reading starts before the meter's last one ends."""

    contract_error: ClassVar[str] = err.READING_OVERLAP
    label: str
    start_ts: int
    last_end_ts: int
