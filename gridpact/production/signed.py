"""Readings that meters sign: what exactly is signed, and by which key.

A signature is good for one reading, of one meter, in one app, on one network: all of it stands in what is signed.
"""

from dataclasses import dataclass
from typing import Final

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from gridpact.chain.boxes import uint64
from gridpact.contracts import kwh_receipt_config as cfg
from gridpact.production.read import Quality

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signed reading is good: one app on one network."""

    genesis_hash: bytes
    app_id: int


@dataclass(frozen=True, slots=True)
class MeterRead:
    """What a meter has read."""

    epoch_id: int
    meter_id: int
    interval_id: int
    wh: int
    quality: Quality
    start_ts: int
    end_ts: int
    source_hash: bytes
    """SHA-256 of the file that it came from; zeros where there was none."""
    sequence: int
    """The meter's number of it, above that of its last signed one."""

    def message(self, place: Place) -> bytes:
        """What the meter signs: domain, network, app, and every field; each number in eight bytes."""
        return b"".join(
            (
                cfg.SIGNED_READING_DOMAIN,
                place.genesis_hash,
                uint64(place.app_id),
                uint64(self.epoch_id),
                uint64(self.meter_id),
                uint64(self.interval_id),
                uint64(self.wh),
                uint64(self.quality.code),
                uint64(self.start_ts),
                uint64(self.end_ts),
                self.source_hash,
                uint64(self.sequence),
            )
        )


@dataclass(frozen=True, slots=True)
class SignedReading:
    """A reading with its meter's signature."""

    reading: MeterRead
    signature: bytes

    def is_by(self, public_key: bytes, place: Place) -> bool:
        """Whether the key signed exactly this."""
        try:
            VerifyKey(public_key).verify(self.reading.message(place), self.signature)
        except BadSignatureError:
            return False
        return True


# --- keys -------------------------------------------------------------------------------------------------------------


def new_key() -> bytes:
    """The secret seed of a new key, 32 bytes."""
    return bytes(SigningKey.generate())


def public_key(seed: bytes) -> bytes:
    """The public key of a secret seed: what a meter is registered with."""
    return bytes(SigningKey(seed).verify_key)


def sign(reading: MeterRead, place: Place, seed: bytes) -> SignedReading:
    """Sign a reading, without any network.

    Args:
        reading: what was read.
        place: where it is good.
        seed: the meter's secret seed.
    """
    return SignedReading(reading, SigningKey(seed).sign(reading.message(place)).signature)
