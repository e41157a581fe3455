"""The kW token, deposits and claims in words."""

from gridpact import units as fmt
from gridpact.chain.events import Event
from gridpact.cli.words.kinds import Names, Phrase, Told, already, intent, once_more, refusal, tells
from gridpact.revenue import errors
from gridpact.revenue.effects import (
    AssetOptedIn,
    EnergyReturned,
    HolderSynced,
    IssuanceClosed,
    KwTokenCreated,
    NoDeposits,
    NoShare,
    NotOptedInToAsset,
    OptedIn,
    RevenueClaimed,
    RevenueDeposited,
    UnitsHandedOut,
    UnitsIssued,
    UnitsTransferred,
    VaultSurplusWithdrawn,
)

VAULT = "the vault's own line"

# --- effects: the kW token --------------------------------------------------------------------------------------------


@intent.register
def _(effect: KwTokenCreated) -> Phrase:
    return Phrase("create", "the kW token, frozen by default and moved by the vault only")


@already.register
def _(effect: KwTokenCreated) -> str:
    return f"The kW token is asset {effect.asset_id}."


@intent.register
def _(effect: OptedIn) -> Phrase:
    reserved = f"{fmt.money(effect.minimum_microalgo)} more of the account's minimum balance"
    return Phrase("opt in", f"to the kW token (asset {effect.asset_id}), which takes {reserved}", "opted in")


@already.register
def _(effect: OptedIn) -> str:
    return f"{effect.holder} has opted in to the kW token."


@intent.register
def _(effect: UnitsIssued) -> Phrase:
    total = f"{fmt.power(effect.issued_units)} issued in all"
    return Phrase("issue", f"{fmt.power(effect.units)} to {effect.holder}: {total}")


@already.register
def _(effect: UnitsIssued) -> str:
    return f"{effect.holder} has {fmt.power(effect.units)}."


@once_more.register
def _(effect: UnitsIssued) -> str:
    return "Add --again to issue the same once more."


@intent.register
def _(effect: IssuanceClosed) -> Phrase:
    return Phrase("close", f"issuance permanently, with {fmt.power(effect.supply_units)}")


@already.register
def _(effect: IssuanceClosed) -> str:
    return f"Issuance is closed with {fmt.power(effect.supply_units)}."


@intent.register
def _(effect: UnitsTransferred) -> Phrase:
    parties = f"from {effect.sender} to {effect.receiver}"
    return Phrase("transfer", f"{fmt.power(effect.units)} {parties}, from now on{_storage(effect.storage_microalgo)}")


@intent.register
def _(effect: UnitsHandedOut) -> Phrase:
    units = f"{fmt.power(effect.units)} of {VAULT} to {effect.receiver}"
    return Phrase("transfer", f"{units}, from now on{_storage(effect.storage_microalgo)}")


@intent.register
def _(effect: HolderSynced) -> Phrase:
    units = f"{fmt.power(effect.units)} that {effect.holder} closed out to {VAULT}"
    return Phrase("move", f"{units}, from now on{_storage(effect.storage_microalgo)}")


@already.register
def _(effect: HolderSynced) -> str:
    return f"{effect.holder} has the {fmt.power(effect.units)} that the book says."


# --- effects: revenue -------------------------------------------------------------------------------------------------


@intent.register
def _(effect: RevenueDeposited) -> Phrase:
    asset = effect.asset
    amount = fmt.money(effect.amount_microalgo, asset)
    deposit = f"{amount} for {fmt.epoch(effect.epoch_id)} as deposit {effect.deposit_id}"
    price = f" at {fmt.price(effect.price_per_kwh, asset)}" if effect.price_per_kwh else ""
    per_kw, carried = fmt.money(effect.per_kw_microalgo, asset), fmt.money(effect.carried_microalgo, asset)
    energy = f"{fmt.energy(effect.energy_wh)}{price}"
    return Phrase("deposit", f"{deposit}, for {energy}: {per_kw} per kW, {carried} carried over")


@already.register
def _(effect: RevenueDeposited) -> str:
    amount = f"{fmt.money(effect.amount_microalgo, effect.asset)} for {fmt.epoch(effect.epoch_id)}"
    return f"{amount} were deposited as deposit {effect.deposit_id}."


@once_more.register
def _(effect: RevenueDeposited) -> str:
    return "Add --again to deposit the same once more."


@intent.register
def _(effect: RevenueClaimed) -> Phrase:
    amount = fmt.money(effect.amount_microalgo, effect.asset)
    share = f"{amount} of {_deposit(effect.deposit_id, effect.epoch_id)}"
    units = fmt.power(effect.units)
    if effect.is_vault:
        return Phrase("carry over", f"{share}, for {units} of {VAULT}")
    return Phrase("pay", f"{share} to {effect.holder} for {units}")


@already.register
def _(effect: RevenueClaimed) -> str:
    amount = fmt.money(effect.amount_microalgo, effect.asset)
    share = f"{amount} of {_deposit(effect.deposit_id, effect.epoch_id)}"
    return f"{fmt.short(effect.holder)} was paid {share}."


@intent.register
def _(effect: AssetOptedIn) -> Phrase:
    return Phrase("let", f"net revenue be deposited in {effect.asset.unit}{_storage(effect.storage_microalgo)}")


@already.register
def _(effect: AssetOptedIn) -> str:
    return f"Net revenue may be deposited in {effect.asset.unit}."


@intent.register
def _(effect: EnergyReturned) -> Phrase:
    energy = f"{fmt.energy(effect.wh)} of {_deposit(effect.deposit_id, effect.epoch_id)}"
    return Phrase("return", f"{energy} to the project's ledger; its money stays as it is")


@already.register
def _(effect: EnergyReturned) -> str:
    return f"The energy of {_deposit(effect.deposit_id, effect.epoch_id)} was returned."


@intent.register
def _(effect: VaultSurplusWithdrawn) -> Phrase:
    return Phrase("withdraw", f"{fmt.money(effect.amount_microalgo)} that the vault does not need, to {effect.admin}")


@already.register
def _(effect: NotOptedInToAsset) -> str:
    share = f"{fmt.money(effect.amount, effect.asset)} of {_deposit(effect.deposit_id, effect.epoch_id)}"
    return f"{fmt.short(effect.holder)} has not opted in to {effect.asset.unit}: {share} wait."


@already.register
def _(effect: NoShare) -> str:
    return f"{fmt.short(effect.holder)} has no share in {_deposit(effect.deposit_id, effect.epoch_id)}."


@already.register
def _(effect: NoDeposits) -> str:
    return "There is no deposit to claim."


# --- events -----------------------------------------------------------------------------------------------------------


@tells("KwTokenCreated")
def _(event: Event, names: Names) -> str:
    return f"Created the kW token as asset {event.number('assetId')}."


@tells("UnitsIssued")
def _(event: Event, names: Names) -> str:
    units, total = fmt.power(event.number("units")), fmt.power(event.number("issuedUnits"))
    return f"Issued {units} to {event.text('holder')}: {total} issued in all."


@tells("IssuanceClosed")
def _(event: Event, names: Names) -> str:
    return f"Closed issuance permanently, with {fmt.power(event.number('supplyUnits'))}."


@tells("UnitsTransferred")
def _(event: Event, names: Names) -> str:
    giver, receiver = (_holder(event.text(name), names) for name in ("sender", "receiver"))
    return f"Transferred {fmt.power(event.number('units'))} from {giver} to {receiver}."


@tells("HolderSynced")
def _(event: Event, names: Names) -> str:
    units, left = fmt.power(event.number("units")), fmt.power(event.number("holderUnits"))
    holder = event.text("holder")
    return f"Moved {units} that {holder} closed out to {VAULT}; {holder} has {left}."


@tells("AssetOptedIn")
def _(event: Event, names: Names) -> str:
    return f"Let net revenue be deposited in {names.asset(event.number('assetId')).unit}."


@tells("DepositEnergyReturned")
def _(event: Event, names: Names) -> str:
    deposit = _deposit(event.number("depositId"), event.number("epochId"))
    return f"Returned {fmt.energy(event.number('wh'))} of {deposit} to the project's ledger."


@tells("RevenueDeposited")
def _(event: Event, names: Names) -> str:
    asset = names.asset(event.number("assetId"))
    amount = f"{fmt.money(event.number('netAmountMicroalgo'), asset)} for {fmt.epoch(event.number('epochId'))}"
    per_kw = fmt.money(event.number("perUnitMicroalgo") * fmt.UNITS_PER_KW, asset)
    price = event.number("pricePerKwh")
    energy = fmt.energy(event.number("energyWh")) + (f" at {fmt.price(price, asset)}" if price else "")
    return (
        f"Deposited {amount} as deposit {event.number('depositId')}, for {energy}: "
        f"{per_kw} per kW, {fmt.money(event.number('carriedMicroalgo'), asset)} carried over."
    )


@tells("RevenueClaimed")
def _(event: Event, names: Names) -> str:
    deposit = _deposit(event.number("depositId"), event.number("epochId"))
    amount = fmt.money(event.number("amountMicroalgo"), names.asset(event.number("assetId")))
    share, units = f"{amount} of {deposit}", fmt.power(event.number("units"))
    if event.text("holder") == names.vault:
        return f"Carried over {share}, for {units} of {VAULT}."
    return f"Paid {share} to {event.text('holder')} for {units}."


# --- refusals ---------------------------------------------------------------------------------------------------------


@refusal.register
def _(error: errors.NoKwToken) -> Told:
    return Told("The kW token does not exist.", "Create it with `gridpact vault bootstrap`.")


@refusal.register
def _(error: errors.IssuanceIsOpen) -> Told:
    return Told("Issuance of the kW token is not closed.", "Close it with `gridpact vault close-issuance`.")


@refusal.register
def _(error: errors.IssuanceIsClosed) -> Told:
    return Told(
        f"Issuance is closed permanently, with {fmt.power(error.supply_units)}.",
        "Let a holder transfer units with `gridpact vault transfer RECEIVER KW`.",
    )


@refusal.register
def _(error: errors.NothingIssued) -> Told:
    return Told("No units were issued.", "Issue some with `gridpact vault issue HOLDER KW`.")


@refusal.register
def _(error: errors.NoUnits) -> Told:
    return Told("No units are named.", "Name an amount above 0, in kW.")


@refusal.register
def _(error: errors.NotOptedIn) -> Told:
    return Told(
        f"{error.holder} has not opted in to the kW token (asset {error.asset_id}).",
        "Let the holder run `gridpact vault opt-in`.",
    )


@refusal.register
def _(error: errors.TooFewUnits) -> Told:
    held, wanted = fmt.power(error.held_units), fmt.power(error.wanted_units)
    return Told(f"{error.holder} has {held}, not {wanted}.", "See `gridpact vault show`.")


@refusal.register
def _(error: errors.VaultHasTooFewUnits) -> Told:
    return Told(
        f"The vault's own line has {fmt.power(error.held_units)}, not {fmt.power(error.wanted_units)}.",
        "Record units that holders closed out with `gridpact vault sync HOLDER`.",
    )


@refusal.register
def _(error: errors.TransferToOneself) -> Told:
    return Told("Giver and receiver are the same account.", "Check the receiver.")


@refusal.register
def _(error: errors.NoRevenue) -> Told:
    return Told("There is no revenue to deposit.", "Name an amount above 0.")


@refusal.register
def _(error: errors.EpochOutOfOrder) -> Told:
    return Told(
        f"The last deposit is for {fmt.epoch(error.last_epoch)}: none follows it for {fmt.epoch(error.epoch_id)}.",
        f"Deposit for {fmt.epoch(error.last_epoch)} or a later month: deposits name months in rising order.",
    )


@refusal.register
def _(error: errors.AssetNotAccepted) -> Told:
    return Told(
        f"The vault has not opted in to asset {error.asset_id}.",
        f"Opt it in with `gridpact vault opt-in-asset {error.asset_id}`.",
    )


@refusal.register
def _(error: errors.TooLittleEnergy) -> Told:
    there, wanted = fmt.energy(error.there_wh), fmt.energy(error.wanted_wh)
    return Told(f"{there} are there of {fmt.epoch(error.epoch_id)}, not {wanted}.", "Name less with --kwh.")


@refusal.register
def _(error: errors.DepositNotFound) -> Told:
    return Told(f"There is no deposit {error.deposit_id}.", "See `gridpact vault show`.")


# --- inside -----------------------------------------------------------------------------------------------------------


def _deposit(deposit_id: int, epoch_id: int) -> str:
    return f"deposit {deposit_id} ({fmt.epoch(epoch_id)})"


def _storage(microalgo: int) -> str:
    return f"; storage {fmt.money(microalgo)}" if microalgo else ""


def _holder(address: str, names: Names) -> str:
    return VAULT if address == names.vault else address
