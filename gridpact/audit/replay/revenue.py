"""RevenueVault: a deposit belongs to who held units at the end of its month, and each share is paid once, exactly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, Final

from algosdk import encoding
from algosdk.logic import get_application_address

from gridpact.audit.findings import Findings, Kind, Rule, Subject
from gridpact.audit.past import Call
from gridpact.audit.replay.app import ACCOUNT_MICROALGO, Replay, Told, ids, key_of, on
from gridpact.chain.specs import Contract
from gridpact.contracts.revenue_vault_config import KW_TOKEN_TOTAL_UNITS
from gridpact.contracts.revenue_vault_layout import AssetRevenue, Checkpoint, Deposit, GlobalState, Holder
from gridpact.epochs import epoch_end_ts

CLAIMED_BYTES: Final = 64
BITS: Final = 8


class RevenueReplay(Replay):
    """Units, checkpoints, deposits, claims."""

    contract: ClassVar = Contract.REVENUE_VAULT
    keys: ClassVar = GlobalState
    names: ClassVar = {b"h": Kind.HOLDER, b"c": Kind.CHECKPOINT, b"d": Kind.DEPOSIT, b"a": Kind.ASSET}

    def __init__(self, findings: Findings, app_id: int) -> None:
        """An app that does not exist yet."""
        super().__init__(findings, app_id)
        self._vault: Final = str(get_application_address(app_id))

    # --- units --------------------------------------------------------------------------------------------------------

    @on("KwTokenCreated")
    def kw_token_created(self, told: Told) -> None:
        """Once, by the admin; all of its units are the vault's."""
        self.by_admin(told)
        self.expect(Rule.ORDER, self.app, "kw_token", 0, self.state["kw_token"], told)
        self.expect(Rule.EVENT, self.app, "totalUnits", KW_TOKEN_TOTAL_UNITS, told.number("totalUnits"), told)
        self.state["kw_token"] = told.number("assetId")

    @on("UnitsIssued")
    def units_issued(self, told: Told) -> None:
        """New units count from time 0."""
        self.by_operator(told)
        holder, units = told.text("holder"), told.number("units")
        self.expect(Rule.ORDER, self.app, "supply_units", 0, self.state["supply_units"], told)
        line = self._line(holder) or _new(0, 0)
        self.boxes[_holder(holder)] = replace(line, units=line.units + units)
        self.add("issued_units", units)
        self.expect(Rule.EVENT, _of(holder), "holderUnits", line.units + units, told.number("holderUnits"), told)
        self.expect(Rule.EVENT, self.app, "issuedUnits", self.state["issued_units"], told.number("issuedUnits"), told)
        self._moved(told, holder, units)

    @on("IssuanceClosed")
    def issuance_closed(self, told: Told) -> None:
        """The supply is what was issued, for ever."""
        self.by_operator(told)
        self.expect(Rule.ORDER, self.app, "supply_units", 0, self.state["supply_units"], told)
        self.expect(Rule.EVENT, self.app, "supplyUnits", self.state["issued_units"], told.number("supplyUnits"), told)
        self.state["supply_units"] = told.number("supplyUnits")

    @on("UnitsTransferred")
    def units_transferred(self, told: Told) -> None:
        """From one line to another, from now on; the tokens move with them."""
        sender, receiver, units = told.text("sender"), told.text("receiver"), told.number("units")
        if sender == self._vault:
            self.by_operator(told)
        else:
            self.expect(Rule.EVENT, _of(sender), "caller", sender, told.call.transaction.sender, told)
        self._move(told, sender, receiver, units, ("senderUnits", "receiverUnits"))
        self._moved(told, receiver, units)

    @on("HolderSynced")
    def holder_synced(self, told: Told) -> None:
        """Units that were closed out go to the vault's own line, and while issuance is open to nobody's.

        The tokens have moved before, without a program.
        """
        holder, units = told.text("holder"), told.number("units")
        if self.number("supply_units"):
            self._move(told, holder, self._vault, units, ("holderUnits", "vaultUnits"))
        else:
            line = self._line(holder) or _new(0, 0)
            self.expect(Rule.EVENT, self.app, "vaultUnits", 0, told.number("vaultUnits"), told)
            self.boxes[_holder(holder)] = replace(line, units=line.units - units)
            self.add("issued_units", -units)
            self.expect(Rule.EVENT, _of(holder), "holderUnits", line.units - units, told.number("holderUnits"), told)
        issued = self.state["issued_units"]
        self.expect(Rule.EVENT, self.app, "issuedUnits", issued, told.number("issuedUnits"), told)

    @on("AssetOptedIn")
    def asset_opted_in(self, told: Told) -> None:
        """Revenue may be in it from now on."""
        self.by_operator(told)
        asset_id = told.number("assetId")
        opted_in = [(one.asset_id, one.receiver, one.amount) for one in told.call.payments if one.asset_id]
        self.expect(
            Rule.PAYMENT, Subject(Kind.ASSET, str(asset_id)), "opt-in", [(asset_id, self._vault, 0)], opted_in, told
        )
        self.must(Rule.ORDER, Subject(Kind.ASSET, str(asset_id)), "new", told, holds=_asset(asset_id) not in self.boxes)
        self.boxes[_asset(asset_id)] = AssetRevenue(deposited=0, paid=0, owed=0, carried=0)

    # --- revenue ------------------------------------------------------------------------------------------------------

    @on("RevenueDeposited")
    def revenue_deposited(self, told: Told) -> None:
        """Paid in by the transfer directly before, shared out to the unit; the rest is carried."""
        self.by_operator(told)
        deposit_id, net, asset_id = told.number("depositId"), told.number("netAmountMicroalgo"), told.number("assetId")
        epoch_id = told.number("epochId")
        subject = Subject(Kind.DEPOSIT, str(deposit_id))
        self.add("deposit_count", 1)
        self.must(Rule.ORDER, subject, "months rise", told, holds=epoch_id >= self.number("last_epoch"))
        self.state["last_epoch"] = epoch_id
        before, supply = self._revenue(asset_id), self.number("supply_units")
        shared = net + before.carried
        drawn = told.call.inner_events("EnergyDrawn")
        energy_wh = sum(one.number("wh") for one in drawn)
        per_unit, carried = divmod(shared, supply) if supply else (0, shared)
        record_ts = epoch_end_ts(epoch_id)
        for field, expected in (
            ("depositId", self.state["deposit_count"]),
            ("recordTs", record_ts),
            ("carriedInMicroalgo", before.carried),
            ("perUnitMicroalgo", per_unit),
            ("carriedMicroalgo", carried),
            ("energyWh", energy_wh),
        ):
            self.expect(Rule.EVENT, subject, field, expected, told.number(field), told)
        self.must(Rule.EVENT, subject, "month is over", told, holds=told.ts > record_ts)
        of = [(one.number("reference"), one.epoch_id) for one in drawn]
        self.expect(Rule.DRAW, subject, "EnergyDrawn", [(deposit_id, epoch_id)], of, told)
        self.paid(told, subject, asset_id, told.call.transaction.sender, self._vault, net)
        self.boxes[b"d" + ids(deposit_id)] = Deposit(
            epoch_id=epoch_id,
            record_ts=record_ts,
            net_amount_microalgo=net,
            carried_in_microalgo=before.carried,
            per_unit_microalgo=per_unit,
            claimed_units=0,
            energy_wh=energy_wh,
            deposited_ts=told.ts,
            asset_id=asset_id,
            price_per_kwh=told.number("pricePerKwh"),
            returned_wh=0,
            evidence_hash=told.raw("evidenceHash"),
        )
        deposited, owed = before.deposited + net, before.owed + shared - carried
        self._set_revenue(asset_id, replace(before, deposited=deposited, owed=owed, carried=carried))

    @on("DepositEnergyReturned")
    def deposit_energy_returned(self, told: Told) -> None:
        """At most what the deposit drew; its money stays as it is."""
        self.by_operator(told)
        deposit_id, wh = told.number("depositId"), told.number("wh")
        subject, name = Subject(Kind.DEPOSIT, str(deposit_id)), b"d" + ids(deposit_id)
        returned_wh = told.number("returnedWh")
        before: Deposit | None = self.change(name, subject, told, returned_wh=returned_wh)
        if before is None:
            return
        self.expect(Rule.EVENT, subject, "epochId", before.epoch_id, told.number("epochId"), told)
        self.expect(Rule.EVENT, subject, "returnedWh", before.returned_wh + wh, returned_wh, told)
        self.must(Rule.EVENT, subject, "drawn before", told, holds=returned_wh <= before.energy_wh)
        given = [
            (one.number("reference"), one.epoch_id, one.number("wh"))
            for one in told.call.inner_events("EnergyReturned")
        ]
        self.expect(Rule.DRAW, subject, "EnergyReturned", [(deposit_id, before.epoch_id, wh)], given, told)

    @on("RevenueClaimed")
    def revenue_claimed(self, told: Told) -> None:
        """Units at the record date times the deposit's amount per unit, once for each holder and deposit."""
        holder, deposit_id = told.text("holder"), told.number("depositId")
        subject = Subject(Kind.CLAIM, f"{holder}/{deposit_id}")
        deposit: Deposit | None = self.boxes.get(b"d" + ids(deposit_id))
        line = self._line(holder)
        self.must(Rule.ORDER, self.app, "issuance closed", told, holds=self.number("supply_units") > 0)
        self.must(Rule.ORDER, subject, "exists", told, holds=deposit is not None and line is not None)
        if deposit is None or line is None:
            return
        self.must(Rule.ORDER, subject, "not claimed before", told, holds=not _is_claimed(line.claimed, deposit_id))
        units = self._units_at(holder, line, deposit.record_ts)
        amount = units * deposit.per_unit_microalgo
        for field, expected in (
            ("units", units),
            ("amountMicroalgo", amount),
            ("epochId", deposit.epoch_id),
            ("assetId", deposit.asset_id),
        ):
            self.expect(Rule.EVENT, subject, field, expected, told.number(field), told)
        is_own = holder == self._vault
        paid = [(one.receiver, one.amount, one.asset_id) for one in told.call.payments]
        due = [] if is_own else [(holder, amount, deposit.asset_id)]
        self.expect(Rule.PAYMENT, subject, "payment", due, paid, told)
        in_algo = 0 if is_own or deposit.asset_id else amount
        self.boxes[_holder(holder)] = replace(
            line, claimed=_claimed(line.claimed, deposit_id), paid_microalgo=line.paid_microalgo + in_algo
        )
        self.boxes[b"d" + ids(deposit_id)] = replace(deposit, claimed_units=deposit.claimed_units + units)
        before = self._revenue(deposit.asset_id)
        after = replace(before, owed=before.owed - amount)
        after = replace(after, carried=after.carried + amount) if is_own else replace(after, paid=after.paid + amount)
        self._set_revenue(deposit.asset_id, after)

    def minimum_made(self, call: Call) -> int:
        """See `Replay`: an opt-in."""
        return ACCOUNT_MICROALGO * sum(event.name == "AssetOptedIn" for event in call.events)

    def owed(self) -> Iterator[tuple[int, int]]:
        """Each asset that revenue may be in, 0 for ALGO, with what holders may still claim and what is carried."""
        for asset_id in (0, *(int.from_bytes(name[1:], "big") for name in self.boxes if name[:1] == b"a")):
            revenue = self._revenue(asset_id)
            yield asset_id, revenue.owed + revenue.carried

    def units(self) -> Iterator[tuple[str, int]]:
        """Each line of the book: the holder, and their units."""
        for name, held in self.boxes.items():
            if name[:1] == b"h":
                yield str(encoding.encode_address(name[1:])), held.units

    # --- inside -------------------------------------------------------------------------------------------------------

    def _revenue(self, asset_id: int) -> AssetRevenue:
        """The sums of one asset. Those of ALGO stand in the global state."""
        if not asset_id:
            return AssetRevenue(
                deposited=self.number("deposited_microalgo"),
                paid=self.number("paid_microalgo"),
                owed=self.number("owed_microalgo"),
                carried=self.number("carried_microalgo"),
            )
        held: AssetRevenue = self.boxes.get(_asset(asset_id)) or AssetRevenue(deposited=0, paid=0, owed=0, carried=0)
        return held

    def _set_revenue(self, asset_id: int, revenue: AssetRevenue) -> None:
        if asset_id:
            self.boxes[_asset(asset_id)] = revenue
            return
        self.state |= {
            "deposited_microalgo": revenue.deposited,
            "paid_microalgo": revenue.paid,
            "owed_microalgo": revenue.owed,
            "carried_microalgo": revenue.carried,
        }

    def _line(self, holder: str) -> Holder | None:
        return self.boxes.get(_holder(holder))

    def _move(self, told: Told, sender: str, receiver: str, units: int, after: tuple[str, str]) -> None:
        for account, change, field in ((sender, -units, after[0]), (receiver, units, after[1])):
            line = self._line(account)
            left = (0 if line is None else line.units) + change
            self.expect(Rule.EVENT, _of(account), field, left, told.number(field), told)
            self.must(Rule.EVENT, _of(account), "enough units", told, holds=left >= 0)
            self._set(account, line, left, told.ts)

    def _set(self, account: str, line: Holder | None, units: int, now: int) -> None:
        """A checkpoint begins; one of this month is replaced, for it held no record date."""
        if line is None:
            self.boxes[_holder(account)] = _new(units, now)
            return
        if line.since_ts < _month_start(now):
            ended = Checkpoint(since_ts=line.since_ts, units=line.units)
            self.boxes[_checkpoint(account, line.checkpoint_count - 1)] = ended
            line = replace(line, checkpoint_count=line.checkpoint_count + 1)
        self.boxes[_holder(account)] = replace(line, units=units, since_ts=now)

    def _units_at(self, account: str, line: Holder, record_ts: int) -> int:
        """What a line held at a moment: its last checkpoint that is not after it."""
        if line.since_ts <= record_ts:
            return line.units
        for index in reversed(range(line.checkpoint_count - 1)):
            ended: Checkpoint = self.boxes[_checkpoint(account, index)]
            if ended.since_ts <= record_ts:
                return ended.units
        return 0

    def _moved(self, told: Told, receiver: str, units: int) -> None:
        """The kW tokens moved with the units, by the vault's right to claw back."""
        token = self.state["kw_token"]
        moved = [(one.asset_id, one.receiver, one.amount) for one in told.call.payments if one.asset_id == token]
        expected = [(token, receiver, units)]
        self.expect(Rule.HOLDING, _of(receiver), "kW tokens", expected, moved, told)


def _new(units: int, since_ts: int) -> Holder:
    return Holder(units=units, since_ts=since_ts, checkpoint_count=1, paid_microalgo=0, claimed=bytes(CLAIMED_BYTES))


def _holder(account: str) -> bytes:
    return b"h" + key_of(account)


def _checkpoint(account: str, index: int) -> bytes:
    return b"c" + key_of(account) + ids(index)


def _asset(asset_id: int) -> bytes:
    return b"a" + ids(asset_id)


def _month_start(ts: int) -> int:
    moment = datetime.fromtimestamp(ts, UTC)
    return int(datetime(moment.year, moment.month, 1, tzinfo=UTC).timestamp())


def _of(account: str) -> Subject:
    return Subject(Kind.HOLDER, account)


def _is_claimed(claimed: bytes, deposit_id: int) -> bool:
    byte, bit = divmod(deposit_id - 1, BITS)
    return bool(claimed[byte] >> (BITS - 1 - bit) & 1)


def _claimed(claimed: bytes, deposit_id: int) -> bytes:
    byte, bit = divmod(deposit_id - 1, BITS)
    return claimed[:byte] + bytes([claimed[byte] | 1 << (BITS - 1 - bit)]) + claimed[byte + 1 :]
