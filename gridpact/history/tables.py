"""The tables of a history: what happened, and what follows from it.

`transactions`, `events` and `event_accounts` are the chain's record. The tables after them are written from the events:
lists are made of them. Amounts of money are base units of the asset beside them, microALGO for asset 0.
"""

from enum import StrEnum
from typing import Annotated, Final

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from gridpact.history.interface import Value

VERSION: Final = 3
"""Of the tables and of what is written into them: a database of another version is written anew."""

_MAX_INT64: Final = 2**63 - 1
_SPAN: Final = 2**64


class UInt64(TypeDecorator[int]):
    """A uint64 in the eight bytes that databases have. Order and sums hold below 2^63, beyond any amount there is."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """SQLite's own key of a row is an INTEGER, by that name."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """What is stored."""
        return value - _SPAN if value is not None and value > _MAX_INT64 else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """What was stored."""
        return value + _SPAN if value is not None and value < 0 else value


Key = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]


class Table(DeclarativeBase):
    """A row."""

    metadata = MetaData()
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it so
        int: UInt64,
        str: Text,
        bytes: LargeBinary,
        dict[str, Value]: JSON,
        dict[str, int]: JSON,
    }


# --- where it comes from ----------------------------------------------------------------------------------------------


class About(Table):
    """By which version of this program the tables were written: the only row of its table, the same in all versions."""

    __tablename__ = "about"

    version: Mapped[str] = mapped_column(primary_key=True)


class Watermark(Table):
    """How far the history reaches, and on which chain: the only row of its table."""

    __tablename__ = "watermark"

    id: Mapped[Key]
    genesis_hash: Mapped[bytes]
    apps: Mapped[dict[str, int]]
    """App id by contract."""
    round: Mapped[int]
    """0 before the first block."""
    block_hash: Mapped[bytes | None]
    transactions: Mapped[int]
    """Rows of the table, and the last id in it."""
    events: Mapped[int]


# --- what happened ----------------------------------------------------------------------------------------------------


class TransactionRow(Table):
    """A transaction that calls one of the apps, itself or by an inner one, or stands in one group with such."""

    __tablename__ = "transactions"

    id: Mapped[Key]
    """1, 2, 3 … in the order in which the chain carried them out: inner ones before their parent."""
    genesis_hash: Mapped[bytes]
    txid: Mapped[str] = mapped_column(index=True)
    """Of the outer transaction."""
    round: Mapped[int] = mapped_column(index=True)
    position: Mapped[int]
    path: Mapped[str]
    """Indexes of inner transactions from the outer one down, as 0.1; empty for the outer one."""
    parent_id: Mapped[int | None]
    value_id: Mapped[int | None]
    """The payment or transfer that the called method takes as its argument."""
    block_ts: Mapped[int]
    group_id: Mapped[bytes | None]
    kind: Mapped[str]
    sender: Mapped[str]
    fee_microalgo: Mapped[int]
    app_id: Mapped[int]
    creates_app: Mapped[bool]
    on_completion: Mapped[str | None]
    method: Mapped[str | None]
    receiver: Mapped[str | None]
    amount: Mapped[int]
    asset_id: Mapped[int]
    close_to: Mapped[str | None]
    note: Mapped[bytes]


class EventRow(Table):
    """An event of one of the apps."""

    __tablename__ = "events"
    __table_args__ = (
        Index("event_by_place", "round", "position", "ordinal", unique=True),
        Index("event_by_name", "name", "id"),
        Index("event_by_contract", "contract", "id"),
        Index("event_by_epoch", "epoch_id", "id"),
    )

    id: Mapped[Key]
    """1, 2, 3 … in the chain's order."""
    transaction_id: Mapped[int] = mapped_column(ForeignKey("transactions.id"))
    round: Mapped[int]
    position: Mapped[int]
    ordinal: Mapped[int]
    path: Mapped[str]
    txid: Mapped[str]
    sender: Mapped[str]
    """Of the outer transaction."""
    block_ts: Mapped[int]
    app_id: Mapped[int]
    contract: Mapped[str]
    name: Mapped[str]
    epoch_id: Mapped[int | None]
    fields: Mapped[dict[str, Value]]


class EventAccount(Table):
    """An account that an event names, or that sent its transaction."""

    __tablename__ = "event_accounts"

    account: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)


# --- production -------------------------------------------------------------------------------------------------------


class Reading(Table):
    """A meter reading, and what its restatements made of it."""

    __tablename__ = "readings"

    epoch_id: Mapped[Key]
    meter_id: Mapped[Key]
    interval_id: Mapped[Key]
    producer: Mapped[str] = mapped_column(index=True)
    recorded_wh: Mapped[int]
    net_wh: Mapped[int]
    """After the last restatement."""
    restatements: Mapped[int]
    quality: Mapped[int]
    start_ts: Mapped[int]
    end_ts: Mapped[int]
    source_hash: Mapped[str]
    sequence: Mapped[int]
    """Number under which the meter signed it; 0 when it was recorded by hand."""
    recorded_ts: Mapped[int]
    event_id: Mapped[int]
    """Where it was recorded."""


# --- billing ----------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Where an invoice stands. Overdue is derived from the time."""

    ISSUED = "ISSUED"
    PAID = "PAID"
    VOID = "VOID"


class Invoice(Table):
    """One revision of the bill of an (agreement, epoch)."""

    __tablename__ = "invoices"
    __table_args__ = (
        Index("invoice_by_buyer", "buyer", "epoch_id", "agreement_id", "revision"),
        Index("invoice_by_status", "status", "due_ts"),
    )

    epoch_id: Mapped[Key]
    agreement_id: Mapped[Key]
    revision: Mapped[Key]
    is_latest: Mapped[bool]
    kwh: Mapped[int]
    price_per_kwh: Mapped[int]
    amount: Mapped[int]
    asset_id: Mapped[int]
    buyer: Mapped[str]
    treasury: Mapped[str]
    issued_ts: Mapped[int]
    due_ts: Mapped[int]
    status: Mapped[str]
    paid_ts: Mapped[int | None]
    paid_round: Mapped[int | None]
    voided_ts: Mapped[int | None]
    void_reason_hash: Mapped[str | None]
    issued_event_id: Mapped[int]
    closed_event_id: Mapped[int | None]
    """Where it was paid or voided."""


class Note(Table):
    """A correction of a paid invoice, or a charge on top of it."""

    __tablename__ = "notes"
    __table_args__ = (Index("note_by_status", "status", "epoch_id"),)

    epoch_id: Mapped[Key]
    agreement_id: Mapped[Key]
    number: Mapped[Key]
    kind: Mapped[int]
    """1 credit, 2 debit, 3 interest, 4 shortfall."""
    kwh: Mapped[int]
    amount: Mapped[int]
    asset_id: Mapped[int]
    payer: Mapped[str]
    payee: Mapped[str]
    reason_hash: Mapped[str]
    issued_ts: Mapped[int]
    status: Mapped[int]
    """10 open, 15 set against another invoice, 20 settled, 30 void."""
    settled_ts: Mapped[int | None]
    applied_epoch: Mapped[int]
    """Month of the invoice that a credit is set against; 0 for none."""
    issued_event_id: Mapped[int]
    closed_event_id: Mapped[int | None]
    """Where it was settled, set against an invoice, or voided."""


class Payment(Table):
    """What a buyer paid for an invoice."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("payment_by_buyer", "buyer", "event_id"),
        Index("payment_by_invoice", "agreement_id", "epoch_id"),
    )

    event_id: Mapped[Key]
    agreement_id: Mapped[int]
    epoch_id: Mapped[int]
    revision: Mapped[int]
    buyer: Mapped[str]
    treasury: Mapped[str]
    asset_id: Mapped[int]
    amount: Mapped[int]
    paid_ts: Mapped[int]
    round: Mapped[int]
    txid: Mapped[str]
    """Of the outer transaction that settled."""
    payment_txid: Mapped[str]
    """Of the outer transaction that paid: the same, where a contract did both."""
    payment_id: Mapped[int]
    """The transaction that moved the money."""


# --- revenue ----------------------------------------------------------------------------------------------------------


class Deposit(Table):
    """Net revenue that was shared out. Money is in base units of its asset, whatever a name says: microALGO if ALGO."""

    __tablename__ = "deposits"

    deposit_id: Mapped[Key]
    epoch_id: Mapped[int] = mapped_column(index=True)
    record_ts: Mapped[int]
    net_amount_microalgo: Mapped[int]
    carried_in_microalgo: Mapped[int]
    per_unit_microalgo: Mapped[int]
    energy_wh: Mapped[int]
    asset_id: Mapped[int]
    """0 is ALGO."""
    price_per_kwh: Mapped[int]
    returned_wh: Mapped[int]
    evidence_hash: Mapped[str]
    """Hexadecimal."""
    deposited_ts: Mapped[int]
    claimed_units: Mapped[int]
    claimed_microalgo: Mapped[int]
    event_id: Mapped[int]


class Claim(Table):
    """A holder's share of a deposit, paid out."""

    __tablename__ = "claims"

    holder: Mapped[str] = mapped_column(primary_key=True)
    deposit_id: Mapped[Key]
    epoch_id: Mapped[int]
    units: Mapped[int]
    amount_microalgo: Mapped[int]
    """In base units of the asset."""
    asset_id: Mapped[int]
    claimed_ts: Mapped[int]
    txid: Mapped[str]
    event_id: Mapped[int]


# --- market -----------------------------------------------------------------------------------------------------------


class Side(StrEnum):
    """A side of the market."""

    SELL = "sell"
    BUY = "buy"


class OfferState(StrEnum):
    """Where an offer stands."""

    ACTIVE = "ACTIVE"
    PARTIALLY_FILLED = "PARTIALLY_FILLED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class Offer(Table):
    """An offer, also one whose record was pruned from the chain."""

    __tablename__ = "offers"
    __table_args__ = (Index("offer_by_maker", "maker", "side", "offer_id"), Index("offer_by_state", "state", "side"))

    side: Mapped[str] = mapped_column(primary_key=True)
    offer_id: Mapped[Key]
    maker: Mapped[str]
    amount_wh: Mapped[int]
    price_per_kwh: Mapped[int]
    since_ts: Mapped[int]
    """Since when it has its place in the queue: a child has its parent's."""
    expiry_ts: Mapped[int]
    """The last second in which it may be matched; 0 for no end."""
    parent_id: Mapped[int | None]
    child_id: Mapped[int | None]
    matched_wh: Mapped[int]
    state: Mapped[str]
    closed_ts: Mapped[int | None]
    pruned_ts: Mapped[int | None]
    refund_microalgo: Mapped[int | None]
    event_id: Mapped[int]
    """Where it was made."""


class Trade(Table):
    """Energy that changed hands in a match."""

    __tablename__ = "trades"
    __table_args__ = (Index("trade_by_seller", "seller", "event_id"), Index("trade_by_buyer", "buyer", "event_id"))

    event_id: Mapped[Key]
    """The match's first event."""
    sell_id: Mapped[int | None]
    """None where a buy offer was served from the seller's trading terms."""
    buy_id: Mapped[int | None]
    seller: Mapped[str]
    buyer: Mapped[str]
    amount_wh: Mapped[int]
    price_per_kwh: Mapped[int]
    ts: Mapped[int]
    round: Mapped[int]
    txid: Mapped[str]
