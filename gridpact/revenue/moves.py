"""What moves of the kW token take: boxes of the book, and their storage deposits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gridpact.chain.call import box_deposit_microalgo
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.epochs import epoch_of, epoch_start_ts
from gridpact.production.boxes import PROJECT
from gridpact.revenue.boxes import asset_box_name, checkpoint_box_name, holder_box_name

KW_TOKEN_DEPOSIT_MICROALGO: Final = 100_000
"""What the kW token adds to the vault's minimum balance: the group of `bootstrap` tops it up."""
OPT_IN_ASSET_DEPOSIT_MICROALGO: Final = 100_000 + box_deposit_microalgo(
    len(asset_box_name(0)), layout.AssetRevenue.SIZE
)
"""What another asset adds to it: the holding, and the box of its sums."""


@dataclass(frozen=True, slots=True)
class Move:
    """Units that go from one line of the book to another, and the boxes that this takes."""

    sender: str
    """Who gives: the vault's own address for units handed out again."""
    receiver: str
    """Who gets: the vault's own address for units closed out to it."""
    sender_checkpoint: int
    """Index of the giver's last checkpoint, which the move ends."""
    receiver_checkpoint: int
    """Index of the receiver's last checkpoint; 0 if they have none."""
    deposit_microalgo: int
    """The storage deposit: what `transferMbr` gives."""

    @classmethod
    def between(
        cls, sender: str, sender_line: layout.Holder, receiver: str, receiver_line: layout.Holder, now_ts: int
    ) -> Move:
        """Measure a move.

        Args:
            sender: who gives.
            sender_line: what `getHolder` gives for them.
            receiver: who gets.
            receiver_line: what `getHolder` gives for them: without a checkpoint if they never held units.
            now_ts: time of the last block. A line whose last checkpoint is of that month makes no box.
        """
        return cls(
            sender=sender,
            receiver=receiver,
            sender_checkpoint=max(sender_line.checkpoint_count - 1, 0),
            receiver_checkpoint=max(receiver_line.checkpoint_count - 1, 0),
            deposit_microalgo=_line_deposit_microalgo(sender_line, now_ts)
            + _line_deposit_microalgo(receiver_line, now_ts),
        )


def _line_deposit_microalgo(line: layout.Holder, now_ts: int) -> int:
    if line.checkpoint_count == 0:
        return box_deposit_microalgo(len(holder_box_name(PROJECT)), layout.Holder.SIZE)
    if line.since_ts >= epoch_start_ts(epoch_of(now_ts)):
        return 0
    return box_deposit_microalgo(len(checkpoint_box_name(PROJECT, 0)), layout.Checkpoint.SIZE)
