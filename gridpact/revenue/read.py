"""What RevenueVault stores: the kW token's book, deposits of net revenue, and what is claimed of them."""

from bisect import bisect_right
from dataclasses import asdict, dataclass
from typing import Final

from algosdk.logic import get_application_address

from gridpact.chain.app import App
from gridpact.chain.boxes import box, boxes, boxes_by_prefix, ids_in
from gridpact.chain.layout import address_text, decode, decode_state
from gridpact.chain.roles import Roles, roles_of
from gridpact.contracts import revenue_vault_config as cfg
from gridpact.contracts import revenue_vault_layout as layout
from gridpact.revenue.boxes import checkpoint_box_name, holder_box_name

NO_LINE: Final = layout.Holder(
    units=0, since_ts=0, checkpoint_count=0, paid_microalgo=0, claimed=bytes(cfg.CLAIMED_BYTES)
)
"""The line of an account that never held units: what `getHolder` gives for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault(layout.GlobalState):
    """RevenueVault's global state. Deposited = paid + owed + carried, in microALGO.

    The kW token is asset 0 before it is made; the supply is 0 until issuance is closed.
    """

    app_id: int

    @property
    def roles(self) -> Roles:
        """Who governs it."""
        return roles_of(self)

    @property
    def address(self) -> str:
        """The vault's account: the token's creator, and the holder of its own line."""
        return str(get_application_address(self.app_id))

    @property
    def is_issuance_closed(self) -> bool:
        """Whether the supply is fixed."""
        return self.supply_units > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(layout.Checkpoint):
    """Units of a holder from a moment until their next checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(layout.Holder):
    """A holder's line in the book."""

    address: str

    def has_claimed(self, deposit_id: int) -> bool:
        """Whether a deposit was claimed for the holder."""
        byte, bit = divmod(deposit_id - 1, 8)
        return bool(self.claimed[byte] >> (7 - bit) & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit(layout.Deposit):
    """One deposit of net revenue. Money is in base units of its asset, whatever a name says: microALGO if ALGO."""

    deposit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRevenue(layout.AssetRevenue):
    """Revenue in one asset other than ALGO, in its base units: deposited = paid + owed + carried."""

    asset_id: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a holder gets of a deposit, and the checkpoint that says so."""

    holder: str
    deposit: Deposit
    checkpoint_index: int
    units: int
    """At the record date."""
    is_claimed: bool

    @property
    def amount_microalgo(self) -> int:
        """The exact share."""
        return self.units * self.deposit.per_unit_microalgo

    @property
    def is_claimable(self) -> bool:
        """Whether a claim pays something."""
        return not self.is_claimed and self.amount_microalgo > 0


class RevenueReader(App):
    """Reads one RevenueVault app."""

    def state(self) -> Vault:
        """The global state."""
        return decode_state(Vault, self.global_state(), app_id=self.app_id)

    def holders(self) -> list[Holder]:
        """All lines of the book, the vault's own included, most units first."""
        holders = (
            decode(Holder, value, address=address_text(name[len(cfg.BOX_HOLDER) :]))
            for name, value in boxes_by_prefix(self.algod, self.app_id, cfg.BOX_HOLDER)
        )
        return sorted(holders, key=lambda holder: (-holder.units, holder.address))

    def holder(self, address: str) -> Holder:
        """One line; a line without units for an account that never held any."""
        value = box(self.algod, self.app_id, holder_box_name(address))
        return Holder(**asdict(NO_LINE), address=address) if value is None else decode(Holder, value, address=address)

    def checkpoints(self, holder: Holder) -> list[Checkpoint]:
        """All checkpoints of a holder, oldest first. The last one is in the line, the others have a box each."""
        if holder.checkpoint_count == 0:
            return []
        names = (checkpoint_box_name(holder.address, index) for index in range(holder.checkpoint_count - 1))
        ended = boxes(self.algod, self.app_id, names)
        return [
            *(decode(Checkpoint, value) for value in ended if value is not None),
            Checkpoint(since_ts=holder.since_ts, units=holder.units),
        ]

    def deposits(self) -> list[Deposit]:
        """All deposits, by id."""
        found = boxes_by_prefix(self.algod, self.app_id, cfg.BOX_DEPOSIT)
        return [decode(Deposit, value, deposit_id=ids_in(name)[0]) for name, value in found]

    def assets(self) -> list[AssetRevenue]:
        """What was deposited in other assets than ALGO, by asset id."""
        found = boxes_by_prefix(self.algod, self.app_id, cfg.BOX_ASSET)
        return [decode(AssetRevenue, value, asset_id=ids_in(name)[0]) for name, value in found]

    def shares(self, address: str, deposits: list[Deposit] | None = None) -> list[Share]:
        """What a holder gets of each deposit.

        Args:
            address: the holder.
            deposits: of these deposits; of all where None.
        """
        holder = self.holder(address)
        checkpoints = self.checkpoints(holder)
        return [_share(holder, checkpoints, deposit) for deposit in (self.deposits() if deposits is None else deposits)]


def _share(holder: Holder, checkpoints: list[Checkpoint], deposit: Deposit) -> Share:
    # The last checkpoint that is not after the record date. Before the first one the holder had nothing: index 0.
    index = bisect_right(checkpoints, deposit.record_ts, key=lambda checkpoint: checkpoint.since_ts) - 1
    return Share(
        holder=holder.address,
        deposit=deposit,
        checkpoint_index=max(index, 0),
        units=checkpoints[index].units if index >= 0 else 0,
        is_claimed=holder.has_claimed(deposit.deposit_id),
    )
