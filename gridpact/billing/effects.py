"""What billing changes. Amounts are base units of the asset beside them."""

from dataclasses import dataclass

from gridpact.billing.read import NOTE_NUMBERS, InvoiceId, NoteKind
from gridpact.chain.assets import NO_ROLES, AssetRoles
from gridpact.chain.events import Promised, Value
from gridpact.chain.specs import Contract
from gridpact.chain.work import Effect
from gridpact.contracts import ppa_config as cfg
from gridpact.evidence import sha256
from gridpact.units import Asset


@dataclass(frozen=True, slots=True)
class AgreementCreated(Effect):
    """An agreement with a buyer."""

    agreement_id: int
    buyer: str
    treasury: str
    price_per_kwh: int
    asset: Asset
    first_epoch: int
    last_epoch: int
    cap_kwh: int
    """0 is no cap."""
    due_day: int
    asset_roles: AssetRoles = NO_ROLES
    """Who has a hand in the settlement asset."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.agreement_id,
            "buyer": self.buyer,
            "treasury": self.treasury,
            "assetId": self.asset.asset_id,
            "pricePerKwh": self.price_per_kwh,
            "firstEpoch": self.first_epoch,
            "lastEpoch": self.last_epoch,
            "capKwh": self.cap_kwh,
            "dueDay": self.due_day,
        }
        return (Promised(Contract.PPA, "AgreementCreated", fields),)


@dataclass(frozen=True, slots=True)
class AgreementKept(Effect):
    """An agreement that a file asks for is there."""

    agreement_id: int


@dataclass(frozen=True, slots=True)
class AssetOptedIn(Effect):
    """An account may hold a settlement asset."""

    holder: str
    asset: Asset
    minimum_microalgo: int
    """What the holding adds to the account's minimum balance."""


@dataclass(frozen=True, slots=True)
class AgreementEnded(Effect):
    """An agreement ends earlier than agreed."""

    agreement_id: int
    previous_last_epoch: int
    last_epoch: int

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.agreement_id,
            "lastEpoch": self.last_epoch,
        }
        return (Promised(Contract.PPA, "AgreementEnded", fields),)


@dataclass(frozen=True, slots=True)
class InvoiceIssued(Effect):
    """Energy was allocated to an agreement, and billed."""

    invoice: InvoiceId
    buyer: str
    kwh: int
    amount: int
    asset: Asset
    due_ts: int
    issued_ts: int = 0
    """The chain's clock when it is issued; 0 where it was issued before."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "kwh": self.kwh,
            "amount": self.amount,
            "assetId": self.asset.asset_id,
            "buyer": self.buyer,
        }
        return (Promised(Contract.PPA, "InvoiceIssued", fields),)


@dataclass(frozen=True, slots=True)
class InvoicePaid(Effect):
    """A payment and its settlement."""

    invoice: InvoiceId
    amount: int
    """The invoice's."""
    asset: Asset
    treasury: str
    paid_ts: int = 0
    """When it was paid; 0 while it is not."""
    applied_amount: int = 0
    """What of it credits cover: the payment is the rest."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "amount": self.amount,
            "assetId": self.asset.asset_id,
            "treasury": self.treasury,
            "appliedAmount": self.applied_amount,
        }
        return (Promised(Contract.PPA, "InvoicePaid", fields),)


@dataclass(frozen=True, slots=True)
class InvoiceVoided(Effect):
    """An unpaid invoice was taken back; its energy returned to the month."""

    invoice: InvoiceId
    kwh: int
    reason: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "kwh": self.kwh,
            "reasonHash": sha256(self.reason.encode()),
        }
        return (Promised(Contract.PPA, "InvoiceVoided", fields),)


@dataclass(frozen=True, slots=True)
class AgreementAccepted(Effect):
    """The buyer accepted an agreement's terms."""

    agreement_id: int
    buyer: str
    terms_hash: bytes
    accepted_ts: int = 0
    """When; 0 while they have not."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.agreement_id,
            "buyer": self.buyer,
            "termsHash": self.terms_hash,
        }
        return (Promised(Contract.PPA, "AgreementAccepted", fields),)


@dataclass(frozen=True, slots=True)
class NoteIssued(Effect):
    """A paid invoice was corrected: energy moved, and somebody owes somebody."""

    invoice: InvoiceId
    number: int
    is_credit: bool
    """Whether the invoice becomes smaller; else larger."""
    kwh: int
    amount: int
    asset: Asset
    payer: str
    payee: str
    reason: str
    cured_wh: int
    """What of it fills the month's deficit."""
    remaining_wh: int
    """What the month has left afterwards."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        kind = cfg.NOTE_CREDIT if self.is_credit else cfg.NOTE_DEBIT
        return (_note_issued(self, kind, kwh=self.kwh, reasonHash=sha256(self.reason.encode())),)


@dataclass(frozen=True, slots=True)
class NotePaid(Effect):
    """The payment of a note and its settlement."""

    invoice: InvoiceId
    number: int
    amount: int
    asset: Asset
    payee: str
    settled_ts: int = 0
    """When it was paid; 0 while it is not."""

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "note": self.number,
            "amount": self.amount,
            "assetId": self.asset.asset_id,
            "payee": self.payee,
        }
        return (Promised(Contract.PPA, "NoteSettled", fields),)


@dataclass(frozen=True, slots=True)
class CreditApplied(Effect):
    """A credit was set against an unpaid invoice of the same agreement."""

    invoice: InvoiceId
    number: int
    to: InvoiceId
    amount: int
    due_amount: int
    """What is still due of that invoice; at 0 it is paid."""
    asset: Asset

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "note": self.number,
            "toEpochId": self.to.epoch_id,
            "amount": self.amount,
        }
        return (Promised(Contract.PPA, "CreditApplied", fields),)


@dataclass(frozen=True, slots=True)
class InterestCharged(Effect):
    """The late interest of an invoice."""

    invoice: InvoiceId
    number: int
    paid_amount: int
    """What was paid late."""
    days_late: int
    bps: int
    """Yearly interest."""
    amount: int
    asset: Asset
    payer: str
    payee: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (_note_issued(self, cfg.NOTE_INTEREST),)


@dataclass(frozen=True, slots=True)
class ShortfallBilled(Effect):
    """Energy below the agreement's minimum, billed at the invoice's price."""

    invoice: InvoiceId
    number: int
    kwh: int
    amount: int
    asset: Asset
    payer: str
    payee: str
    reason: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        return (_note_issued(self, cfg.NOTE_SHORTFALL, kwh=self.kwh, reasonHash=sha256(self.reason.encode())),)


@dataclass(frozen=True, slots=True)
class CreditReleased(Effect):
    """A credit that was set against an unpaid invoice is open again."""

    invoice: InvoiceId
    number: int
    epoch_id: int
    """The month of the invoice that it was set against; 0 where it is set against none."""
    amount: int
    due_amount: int
    """What is due of that invoice then."""
    asset: Asset

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "note": self.number,
            "toEpochId": self.epoch_id,
            "amount": self.amount,
        }
        return (Promised(Contract.PPA, "CreditReleased", fields),)


@dataclass(frozen=True, slots=True)
class NoteVoided(Effect):
    """An open note was taken back, and its energy with it."""

    invoice: InvoiceId
    number: int
    kind: NoteKind
    kwh: int
    amount: int
    asset: Asset
    reason: str

    def promises(self) -> tuple[Promised, ...]:
        """The event that says so."""
        fields: dict[str, Value] = {
            "agreementId": self.invoice.agreement_id,
            "epochId": self.invoice.epoch_id,
            "note": self.number,
            "kind": NOTE_NUMBERS[self.kind],
            "kwh": self.kwh,
            "amount": self.amount,
            "reasonHash": sha256(self.reason.encode()),
        }
        return (Promised(Contract.PPA, "NoteVoided", fields),)


def _note_issued(note: NoteIssued | InterestCharged | ShortfallBilled, kind: int, **more: Value) -> Promised:
    """The event of a new note, whatever its kind."""
    fields: dict[str, Value] = {
        "agreementId": note.invoice.agreement_id,
        "epochId": note.invoice.epoch_id,
        "note": note.number,
        "kind": kind,
        "amount": note.amount,
        "payer": note.payer,
        "payee": note.payee,
        **more,
    }
    return Promised(Contract.PPA, "NoteIssued", fields)
