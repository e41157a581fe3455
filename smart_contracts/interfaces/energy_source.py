"""What PPA, RevenueVault and OfferBook need of KWhReceipt.

The promise: every Wh is in exactly one place. What a consumer has drawn is its own until it gives it back, nobody else
can draw it, and no draw comes from a ledger in which more was drawn than was recorded. What a consumer draws or gives
back stands in an event that carries the consumer's own reference, so that it can be followed without looking at the
call around it. Refusals are ARC-65 errors: the caller's caller reads their names.
"""

from typing import Protocol

from algopy import Account, UInt64, arc4


class EnergySource(arc4.ARC4Client, Protocol):
    """Ledgers of metered energy that apps draw from."""

    @arc4.abimethod
    def draw(
        self, producer: Account, epochId: UInt64, wh: UInt64, expectedTotalKwh: UInt64, reference: UInt64
    ) -> UInt64:
        """Take energy out of what remains, for the app that calls; the energy drawn, in Wh."""

    @arc4.abimethod
    def giveBack(self, epochId: UInt64, wh: UInt64, reference: UInt64) -> None:
        """Return energy that the calling app drew from the project's ledger."""
