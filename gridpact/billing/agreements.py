"""Agreements: created, and ended. Terms are never edited."""

from gridpact import units as fmt
from gridpact.billing.app import Billing
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.errors import GridPactError
from gridpact.chain.work import Step, Work
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts.ppa_client import AgreementTerms, CreateAgreementArgs, EndAgreementArgs
from gridpact.epochs import require_epoch
from gridpact.units import Asset


def terms(
    *,
    buyer: str,
    treasury: str,
    price_per_kwh: int,
    first_epoch: int,
    last_epoch: int,
    asset_id: int = cfg.ALGO,
    cap_kwh: int = 0,
    due_day: int = 15,
    contract_hash: bytes = bytes(32),
) -> AgreementTerms:
    """The terms of an agreement, checked.

    Args:
        buyer: who is billed.
        treasury: where payments go.
        price_per_kwh: base units of the settlement asset per kWh, all taxes included.
        first_epoch: first month that can be billed, YYYYMM.
        last_epoch: last month that can be billed, YYYYMM.
        asset_id: the settlement asset; 0 is ALGO.
        cap_kwh: most energy an epoch; 0 is no cap.
        due_day: day (1 to 28) of the following month by whose end an invoice is due.
        contract_hash: SHA-256 of the signed contract; zeros where there is none.

    Raises:
        GridPactError: a term is out of its range.
    """
    require_epoch(first_epoch)
    require_epoch(last_epoch)
    problems = []
    if first_epoch > last_epoch:
        problems.append(f"The last epoch, {fmt.epoch(last_epoch)}, is before the first, {fmt.epoch(first_epoch)}.")
    if price_per_kwh == 0:
        problems.append("The price must be above 0.")
    if not cfg.FIRST_DUE_DAY <= due_day <= cfg.LAST_DUE_DAY:
        problems.append(f"The due day is {cfg.FIRST_DUE_DAY} to {cfg.LAST_DUE_DAY}, not {due_day}.")
    if buyer == treasury:
        problems.append("Buyer and treasury are the same account.")
    if problems:
        raise GridPactError(" ".join(problems), "See `gridpact agreement create --help`.")
    return AgreementTerms(
        buyer=buyer,
        treasury=treasury,
        assetId=asset_id,
        pricePerKwh=price_per_kwh,
        escalatorBps=0,
        minimumKwh=0,
        lateInterestBps=0,
        firstEpoch=first_epoch,
        lastEpoch=last_epoch,
        capKwh=cap_kwh,
        dueDay=due_day,
        contractHash=contract_hash,
    )


def create(billing: Billing, sender: str, wanted: AgreementTerms, *, another: bool = False) -> Work:
    """Create an agreement. One with the very same terms is taken for this one, unless another is meant.

    Args:
        sender: the operator.
        wanted: the terms.
        another: create it even where there is an equal one.

    Raises:
        GridPactError: the settlement asset does not exist.
    """
    asset = read_asset(billing.connection.algod, wanted.assetId)
    known = billing.agreements()
    equal = [agreement for agreement in known.values() if agreement.terms == wanted and not agreement.was_ended]
    if equal and not another:
        done = f"Agreement {equal[0].agreement_id} has these very terms."
        return Work(sender, done=(done, "Add --another to create one more."))
    agreement_id = len(known) + 1
    call = billing.calls.create_agreement(sender, CreateAgreementArgs(terms=wanted), agreement_id)
    effect = f"Create agreement {agreement_id}: {summary(wanted, asset)}"
    return Work(sender, (Step((effect,), billing.group().add(call)),))


def end(billing: Billing, sender: str, agreement_id: int, last_epoch: int) -> Work:
    """Bill no epoch after an earlier last one. Issued invoices stay payable.

    Args:
        sender: the operator.
        agreement_id: the agreement.
        last_epoch: last month that can be billed, YYYYMM.

    Raises:
        GridPactError: there is no such agreement, or it ends earlier.
    """
    require_epoch(last_epoch)
    agreement = billing.agreement(agreement_id)
    if agreement is None:
        msg = f"There is no agreement {agreement_id}."
        raise GridPactError(msg, "See `gridpact agreement list`.")
    if agreement.last_epoch == last_epoch:
        return Work(sender, done=(f"Agreement {agreement_id} ends with {fmt.epoch(last_epoch)}.",))
    if agreement.last_epoch < last_epoch:
        msg = f"Agreement {agreement_id} ends with {fmt.epoch(agreement.last_epoch)} already."
        raise GridPactError(msg, "An agreement is never made longer: create the next one.")
    call = billing.calls.end_agreement(sender, EndAgreementArgs(agreementId=agreement_id, lastEpoch=last_epoch))
    effect = (
        f"End agreement {agreement_id} with {fmt.epoch(last_epoch)} instead of {fmt.epoch(agreement.last_epoch)}: "
        "later epochs are not billed, issued invoices stay payable"
    )
    return Work(sender, (Step((effect,), billing.group().add(call)),))


def summary(wanted: AgreementTerms, asset: Asset) -> str:
    """Terms in a sentence."""
    cap = f", at most {fmt.energy_kwh(wanted.capKwh)} an epoch" if wanted.capKwh else ""
    return (
        f"{wanted.buyer} buys at {fmt.price(wanted.pricePerKwh, asset)} from {fmt.epoch(wanted.firstEpoch)} to "
        f"{fmt.epoch(wanted.lastEpoch)}{cap}, due on day {wanted.dueDay} of the next month, paid to {wanted.treasury}"
    )
