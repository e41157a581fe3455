"""What RevenueVault stores: the kW token's book, deposits of net revenue, and what is claimed of them."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from algosdk import encoding
from algosdk.logic import get_application_address

from gridpact.chain import state
from gridpact.chain.app import App
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract
from gridpact.contracts import revenue_vault_client as stored
from gridpact.contracts import revenue_vault_config as cfg
from gridpact.revenue.calls import checkpoint_box_name, deposit_box_name, holder_box_name

NO_LINE: Final = stored.Holder(units=0, sinceTs=0, checkpointCount=0, paidMicroalgo=0, claimed=bytes(cfg.CLAIMED_BYTES))
"""The line of an account that never held units: what `getHolder` gives for it."""


@dataclass(frozen=True, slots=True)
class Vault:
    """RevenueVault's global state. Deposited = paid + owed + carried, in microALGO."""

    app_id: int
    roles: Roles
    kwh_receipt_app_id: int
    kw_token_id: int
    """Asset id; 0 before the token is made."""
    issued_units: int
    supply_units: int
    """Units issued when issuance was closed; 0 until then."""
    deposit_count: int
    deposited_microalgo: int
    paid_microalgo: int
    owed_microalgo: int
    carried_microalgo: int

    @property
    def address(self) -> str:
        """The vault's account: the token's creator, and the holder of its own line."""
        return str(get_application_address(self.app_id))

    @property
    def is_issuance_closed(self) -> bool:
        """Whether the supply is fixed."""
        return self.supply_units > 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Units of a holder from a moment until his next checkpoint."""

    since_ts: int
    units: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's line in the book."""

    address: str
    line: stored.Holder

    @property
    def units(self) -> int:
        """Units now."""
        return self.line.units

    @property
    def paid_microalgo(self) -> int:
        """Revenue ever paid to the holder."""
        return self.line.paidMicroalgo

    def has_claimed(self, deposit_id: int) -> bool:
        """Whether a deposit was claimed for the holder."""
        byte, bit = divmod(deposit_id - 1, 8)
        return bool(self.line.claimed[byte] >> (7 - bit) & 1)


@dataclass(frozen=True, slots=True)
class Deposit:
    """One deposit of net revenue."""

    deposit_id: int
    epoch_id: int
    record_ts: int
    """The record date: the last second (UTC) of the epoch."""
    net_amount_microalgo: int
    carried_in_microalgo: int
    per_unit_microalgo: int
    claimed_units: int
    energy_wh: int
    """Energy that it drew from the project's ledger."""
    deposited_ts: int


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
        values = state.global_state(state.app_params(self.algod, self.app_id))
        return Vault(
            app_id=self.app_id,
            roles=roles(values),
            kwh_receipt_app_id=state.uint(values, "kwh_receipt"),
            kw_token_id=state.uint(values, "kw_token"),
            issued_units=state.uint(values, "issued_units"),
            supply_units=state.uint(values, "supply_units"),
            deposit_count=state.uint(values, "deposit_count"),
            deposited_microalgo=state.uint(values, "deposited_microalgo"),
            paid_microalgo=state.uint(values, "paid_microalgo"),
            owed_microalgo=state.uint(values, "owed_microalgo"),
            carried_microalgo=state.uint(values, "carried_microalgo"),
        )

    def holders(self) -> list[Holder]:
        """All lines of the book, the vault's own included, most units first."""
        names = state.box_names(self.algod, self.app_id, cfg.BOX_HOLDER)
        values = state.boxes(self.algod, self.app_id, names)
        holders = [
            Holder(encoding.encode_address(name[len(cfg.BOX_HOLDER) :]), _line(value))
            for name, value in zip(names, values, strict=True)
            if value is not None
        ]
        return sorted(holders, key=lambda holder: (-holder.units, holder.address))

    def holder(self, address: str) -> Holder:
        """One line; a line without units for an account that never held any."""
        value = state.box(self.algod, self.app_id, holder_box_name(address))
        return Holder(address, NO_LINE if value is None else _line(value))

    def checkpoints(self, holder: Holder) -> list[Checkpoint]:
        """All checkpoints of a holder, oldest first. The last one is in the line, the others have a box each."""
        count = holder.line.checkpointCount
        if count == 0:
            return []
        names = (checkpoint_box_name(holder.address, index) for index in range(count - 1))
        ended = [
            state.decode(Contract.REVENUE_VAULT, stored.Checkpoint, value)
            for value in state.boxes(self.algod, self.app_id, names)
            if value is not None
        ]
        return [
            *(Checkpoint(checkpoint.sinceTs, checkpoint.units) for checkpoint in ended),
            Checkpoint(holder.line.sinceTs, holder.line.units),
        ]

    def deposits(self) -> list[Deposit]:
        """All deposits, by id."""
        ids = range(1, self.state().deposit_count + 1)
        values = state.boxes(self.algod, self.app_id, map(deposit_box_name, ids))
        return [_deposit(deposit_id, value) for deposit_id, value in zip(ids, values, strict=True) if value is not None]

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


def _line(value: bytes) -> stored.Holder:
    return state.decode(Contract.REVENUE_VAULT, stored.Holder, value)


def _deposit(deposit_id: int, value: bytes) -> Deposit:
    deposit = state.decode(Contract.REVENUE_VAULT, stored.Deposit, value)
    return Deposit(
        deposit_id=deposit_id,
        epoch_id=deposit.epochId,
        record_ts=deposit.recordTs,
        net_amount_microalgo=deposit.netAmountMicroalgo,
        carried_in_microalgo=deposit.carriedInMicroalgo,
        per_unit_microalgo=deposit.perUnitMicroalgo,
        claimed_units=deposit.claimedUnits,
        energy_wh=deposit.energyWh,
        deposited_ts=deposit.depositedTs,
    )
