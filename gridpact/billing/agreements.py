"""Agreements: created, and ended. Terms are never edited."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import batched
from typing import Final

from algosdk.abi import ABIType

from gridpact import contracts
from gridpact.billing.app import Billing
from gridpact.billing.effects import AgreementAccepted, AgreementCreated, AgreementEnded, AgreementKept
from gridpact.billing.errors import (
    AgreementEndsEarlier,
    AgreementNotFound,
    BuyerIsTreasury,
    DueDayOutOfRange,
    EscalatorOutOfRange,
    InterestOutOfRange,
    LastBeforeFirst,
    MinimumAboveCap,
    NoPrice,
    TermsRefused,
    TooManyYears,
)
from gridpact.billing.parties import require_parties
from gridpact.billing.prices import contract_year
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.assets import asset_roles, assets
from gridpact.chain.call import Call
from gridpact.chain.errors import LedgerError
from gridpact.chain.layout import as_struct
from gridpact.chain.sending import Sent
from gridpact.chain.work import Step, Work
from gridpact.contracts import ppa_config as cfg
from gridpact.contracts.ppa_layout import AgreementTerms
from gridpact.epochs import require_epoch
from gridpact.errors import GridPactError, Problem
from gridpact.evidence import sha256
from gridpact.units import Asset

AGREEMENTS_A_GROUP: Final = 8


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
    escalator_bps: int = 0,
    minimum_kwh: int = 0,
    late_interest_bps: int = 0,
    requires_acceptance: bool = False,
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
        escalator_bps: yearly rise of the price in basis points, compounded from the first epoch's.
        minimum_kwh: least energy an epoch; what is missing of it stands in the invoice. 0 is no minimum.
        late_interest_bps: yearly interest on what is paid late, in basis points.
        requires_acceptance: whether nothing is billed before the buyer has accepted the terms.

    Raises:
        TermsRefused: terms are out of their range.
    """
    require_epoch(first_epoch)
    require_epoch(last_epoch)
    problems: list[Problem] = []
    if first_epoch > last_epoch:
        problems.append(LastBeforeFirst(first_epoch, last_epoch))
    if price_per_kwh == 0:
        problems.append(NoPrice())
    if not cfg.FIRST_DUE_DAY <= due_day <= cfg.LAST_DUE_DAY:
        problems.append(DueDayOutOfRange(due_day, cfg.FIRST_DUE_DAY, cfg.LAST_DUE_DAY))
    if buyer == treasury:
        problems.append(BuyerIsTreasury())
    if escalator_bps > cfg.MAX_ESCALATOR_BPS:
        problems.append(EscalatorOutOfRange(escalator_bps, cfg.MAX_ESCALATOR_BPS))
    if escalator_bps and contract_year(first_epoch, last_epoch) > cfg.MAX_YEARS:
        problems.append(TooManyYears(cfg.MAX_YEARS))
    if late_interest_bps > cfg.MAX_LATE_INTEREST_BPS:
        problems.append(InterestOutOfRange(late_interest_bps, cfg.MAX_LATE_INTEREST_BPS))
    if cap_kwh and minimum_kwh > cap_kwh:
        problems.append(MinimumAboveCap(minimum_kwh, cap_kwh))
    if problems:
        raise TermsRefused(tuple(problems))
    return AgreementTerms(
        buyer=buyer,
        treasury=treasury,
        asset_id=asset_id,
        price_per_kwh=price_per_kwh,
        escalator_bps=escalator_bps,
        minimum_kwh=minimum_kwh,
        late_interest_bps=late_interest_bps,
        first_epoch=first_epoch,
        last_epoch=last_epoch,
        cap_kwh=cap_kwh,
        due_day=due_day,
        contract_hash=contract_hash,
        requires_acceptance=requires_acceptance,
    )


def terms_hash(wanted: AgreementTerms) -> bytes:
    """SHA-256 of the terms' ARC-4 encoding: what a buyer accepts."""
    values = [getattr(wanted, field.name) for field in fields(AgreementTerms)]
    return sha256(ABIType.from_string(AgreementTerms.ABI).encode(values))


def create(
    billing: Billing,
    sender: str,
    wanted: AgreementTerms,
    *,
    another: bool = False,
    buyer_may_control: bool = False,
) -> Work:
    """Create an agreement. One with the very same terms is taken for this one, unless another is meant.

    Args:
        sender: the operator.
        wanted: the terms.
        another: create it even where there is an equal one.
        buyer_may_control: whether it is known that the buyer has a role of the settlement asset.

    Raises:
        AssetNotFound: there is no such settlement asset.
        PartyIsApp, CannotHoldAsset, BuyerControlsAsset: it could never be paid, or the payment be taken back.
    """
    asset = read_asset(billing.connection.algod, wanted.asset_id)
    roles = asset_roles(billing.connection.algod, wanted.asset_id)
    known = billing.agreements()
    equal = [agreement for agreement in known.values() if agreement.terms == wanted and not agreement.was_ended]
    agreement_id = equal[0].agreement_id if equal and not another else len(known) + 1
    effect = replace(_created(agreement_id, wanted, asset), asset_roles=roles)
    if equal and not another:
        return Work(sender, done=(effect,))
    require_parties(billing, wanted, asset, roles, buyer_may_control=buyer_may_control)
    return Work.one(sender, effect, billing.group().add(_creating(billing, sender, wanted, agreement_id)))


def create_all(billing: Billing, sender: str, wanted: Sequence[AgreementTerms]) -> Work:
    """Create many agreements, eight in one atomic group.

    An agreement is known by its terms: where one with the very same terms was ever created, also one that was ended
    since, it is not created again.

    Args:
        sender: the operator.
        wanted: the terms, no two of them equal.

    Raises:
        AssetNotFound: there is no such settlement asset.
        PartyIsApp, CannotHoldAsset, BuyerControlsAsset: one could never be paid, or its payment be taken back.
    """
    planned_round = billing.connection.last_round()
    known = billing.agreements()
    ids = {agreement.terms: agreement.agreement_id for agreement in known.values()}
    units = assets(billing.connection.algod, {one.asset_id for one in wanted})
    done = tuple(AgreementKept(ids[one]) for one in wanted if one in ids)
    new = [one for one in wanted if one not in ids]
    roles = {asset_id: asset_roles(billing.connection.algod, asset_id) for asset_id in units}
    for one in new:
        require_parties(billing, one, units[one.asset_id], roles[one.asset_id], buyer_may_control=False)
    missing = enumerate(new, len(known) + 1)
    steps = []
    for batch in batched(missing, AGREEMENTS_A_GROUP):
        group = billing.group()
        for agreement_id, one in batch:
            group.add(_creating(billing, sender, one, agreement_id))
        steps.append(Step(tuple(_created(number, one, units[one.asset_id]) for number, one in batch), group))
    return Work(sender, tuple(steps), done, _Replanning(billing, sender, tuple(wanted), planned_round))


@dataclass(frozen=True, slots=True)
class _Replanning:
    """The rest, where somebody else's agreement took a number that was planned."""

    billing: Billing
    sender: str
    wanted: tuple[AgreementTerms, ...]
    planned_round: int

    def is_change(self, error: GridPactError) -> bool:
        """Whether the ledger missed the box of a number."""
        return isinstance(error, LedgerError) and "invalid Box reference" in error.node_text

    def holds(self, step: Step, sent: Sent) -> bool:
        """Whether the agreements got the numbers that later groups count on from."""
        planned = [effect.agreement_id for effect in step.effects if isinstance(effect, AgreementCreated)]
        return [event.number("agreementId") for event in sent.events if event.name == "AgreementCreated"] == planned

    def again(self, failures: int) -> Work:
        """What is still missing. After a refusal, what others made may still wait for its block: one passes before."""
        connection = self.billing.connection
        if failures and connection.last_round() == self.planned_round:
            connection.algod.status_after_block(self.planned_round)
        return create_all(self.billing, self.sender, self.wanted)


def accept(billing: Billing, agreement_id: int) -> Work:
    """Accept an agreement's terms, as its buyer. Accepted ones are done.

    Args:
        agreement_id: the agreement.

    Raises:
        AgreementNotFound: there is no such agreement.
    """
    agreement = billing.agreement(agreement_id)
    if agreement is None:
        raise AgreementNotFound(agreement_id)
    buyer, hashed = agreement.terms.buyer, terms_hash(agreement.terms)
    effect = AgreementAccepted(agreement_id, buyer, hashed, agreement.accepted_ts)
    if agreement.accepted_ts:
        return Work(buyer, done=(effect,))
    arguments = contracts.ppa_client.AcceptAgreementArgs(agreementId=agreement_id, termsHash=hashed)
    return Work.one(buyer, effect, billing.group().add(billing.calls.accept_agreement(buyer, arguments)))


def end(billing: Billing, sender: str, agreement_id: int, last_epoch: int) -> Work:
    """Bill no epoch after an earlier last one. Issued invoices stay payable.

    Args:
        sender: the operator.
        agreement_id: the agreement.
        last_epoch: last month that can be billed, YYYYMM.

    Raises:
        AgreementNotFound: there is no such agreement.
        AgreementEndsEarlier: it ends earlier.
    """
    require_epoch(last_epoch)
    agreement = billing.agreement(agreement_id)
    if agreement is None:
        raise AgreementNotFound(agreement_id)
    effect = AgreementEnded(agreement_id, agreement.last_epoch, last_epoch)
    if agreement.last_epoch == last_epoch:
        return Work(sender, done=(effect,))
    if agreement.last_epoch < last_epoch:
        raise AgreementEndsEarlier(agreement_id, agreement.last_epoch)
    call = billing.calls.end_agreement(
        sender, contracts.ppa_client.EndAgreementArgs(agreementId=agreement_id, lastEpoch=last_epoch)
    )
    return Work.one(sender, effect, billing.group().add(call))


def _creating(billing: Billing, sender: str, wanted: AgreementTerms, agreement_id: int) -> Call:
    client = contracts.ppa_client
    arguments = client.CreateAgreementArgs(terms=as_struct(client.AgreementTerms, wanted))
    return billing.calls.create_agreement(sender, arguments, agreement_id)


def _created(agreement_id: int, terms: AgreementTerms, asset: Asset) -> AgreementCreated:
    return AgreementCreated(
        agreement_id=agreement_id,
        buyer=terms.buyer,
        treasury=terms.treasury,
        price_per_kwh=terms.price_per_kwh,
        asset=asset,
        first_epoch=terms.first_epoch,
        last_epoch=terms.last_epoch,
        cap_kwh=terms.cap_kwh,
        due_day=terms.due_day,
    )
