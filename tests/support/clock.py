"""The chain's clock: it moves forward only, by a block."""

from algokit_utils import AlgoAmount, AlgorandClient, PaymentParams

from gridpact.chain.node import as_dict
from tests.support.events import block_ts

REAL_CLOCK_STEP = 1
"""Seconds between blocks once time was moved: with an offset set, a node adds exactly this to each block."""


class Clock:
    """Reads and advances the time that contracts see."""

    def __init__(self, algorand: AlgorandClient, payer: str) -> None:
        self._algorand = algorand
        self._payer = payer
        self._blocks = 0

    def now(self) -> int:
        """Unix time of the last block: what the next group sees as `Global.latest_timestamp`."""
        return block_ts(self._algorand.client.algod, self._last_round())

    def advance_to(self, timestamp: int) -> None:
        """Make the last block's time exactly `timestamp`.

        Args:
            timestamp: Unix time, after now.
        """
        step = timestamp - self.now()
        assert step > 0, "time moves forward only"
        algod = self._algorand.client.algod
        algod.set_timestamp_offset(step)
        self._make_block()
        algod.set_timestamp_offset(REAL_CLOCK_STEP)
        assert self.now() == timestamp

    def tick(self) -> None:
        """Make one more block, so that the clock contracts see moves on."""
        self._make_block()

    def freeze(self) -> None:
        """Let every following block have the time of the last one, until `advance_to`."""
        self._algorand.client.algod.set_timestamp_offset(0)

    def _last_round(self) -> int:
        return int(as_dict(self._algorand.client.algod.status())["last-round"])

    def _make_block(self) -> None:
        self._blocks += 1
        self._algorand.send.payment(
            PaymentParams(
                sender=self._payer,
                receiver=self._payer,
                amount=AlgoAmount.from_micro_algo(0),
                note=f"clock {self._blocks} {self._last_round()}".encode(),
            )
        )
