"""What a contract call is before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gridpact.contracts.units import BOX_BYTE_MICROALGO, BOX_FLAT_MICROALGO

if TYPE_CHECKING:
    from algokit_utils import AlgoAmount, AppCallMethodCallParams

MIN_FEE_MICROALGO: Final = 1_000


def fee(transactions: int) -> AlgoAmount:
    """The fee of a call that pays for itself and its inner transactions.

    Args:
        transactions: the call itself plus the inner transactions it makes.
    """
    from algokit_utils import AlgoAmount

    return AlgoAmount.from_micro_algo(transactions * MIN_FEE_MICROALGO)


def box_deposit_microalgo(name_size: int, value_size: int) -> int:
    """The minimum balance that a box adds to its app, in microALGO (ledger rule: 2,500 + 400 a byte)."""
    return BOX_FLAT_MICROALGO + BOX_BYTE_MICROALGO * (name_size + value_size)


@dataclass(frozen=True, slots=True)
class Box:
    """A box that a call makes where it is missing."""

    app_id: int
    name: bytes
    size: int
    """Bytes of its value."""
    is_new: bool = False
    """Whether it is missing for sure: its name is of a number that is given once."""

    @property
    def deposit_microalgo(self) -> int:
        """The minimum balance that it adds to its app, in microALGO."""
        return box_deposit_microalgo(len(self.name), self.size)


@dataclass(frozen=True, slots=True)
class Call:
    """A contract call, ready for a group."""

    params: AppCallMethodCallParams
    creates: tuple[Box, ...] = ()
    """Boxes whose deposit the operator tops up in the same group, where they are missing. Empty where the method takes
    its deposit as a typed payment."""
