"""The example month: one project, two buyers, three holders, from meter readings to claimed revenue.

And a small market behind it: a producer with a meter of its own sells to two consumers. Every figure comes from the
readings, the plan below and the chain; none is written down twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from algokit_utils import SigningAccount

from gridpact.billing import agreements, invoices, notes
from gridpact.billing.invoices import Allocation
from gridpact.billing.read import Invoice, Note, NoteStatus
from gridpact.chain.assets import microalgo
from gridpact.chain.connection import Connection
from gridpact.chain.errors import NoKeyError
from gridpact.chain.keys import ensure_wallet_account, fund, mnemonic_account, sign_with
from gridpact.chain.work import Replanned, Work
from gridpact.contracts.ppa_layout import AgreementTerms
from gridpact.contracts.units import ACCOUNT_MINIMUM_MICROALGO, WH_PER_KWH
from gridpact.deployment.corrections import Mending, mending_from
from gridpact.deployment.deploy import cost_microalgo
from gridpact.deployment.record import Deployment, find_receipt
from gridpact.errors import GridPactError
from gridpact.evidence import sha256
from gridpact.market import credit, offers
from gridpact.market.clearing import clear
from gridpact.market.effects import Match
from gridpact.market.read import Counters, Offer, Side
from gridpact.production import actions as production
from gridpact.production.read import Ledger, Meter, Reading
from gridpact.production.readings import Readings
from gridpact.revenue import distribution, issuance
from gridpact.revenue.moves import KW_TOKEN_DEPOSIT_MICROALGO
from gridpact.revenue.read import Deposit, Holder, Vault
from gridpact.units import UNITS_PER_KW

TREASURY: Final = "TREASURY"
OPERATOR: Final = "OPERATOR"
DEPLOYER: Final = "DEPLOYER"

DUE_DAY: Final = 15
SPARE_MICROALGO: Final = 100_000_000
"""What an account of a LocalNet keeps for fees and storage, above what it has to pay."""
OVERREAD_WH: Final = 882_000
"""What the example's first meter is found to have read too much once the invoices are paid: 2 % of its month."""


@dataclass(frozen=True, slots=True)
class Short:
    """An account that has too little."""

    name: str
    address: str
    held_microalgo: int
    needed_microalgo: int


MARKET_MICROALGO: Final = 500_000
"""What a producer or a consumer of the example needs for its offers' storage and fees, and its minimum balance."""
HOLDER_MICROALGO: Final = 300_000
"""What a holder needs to opt in to the kW token, with its minimum balance."""
OPERATOR_MICROALGO: Final = 5_000_000
"""What the operator needs for storage and fees, beside the net revenue that it deposits."""
ADMIN_FEES_MICROALGO: Final = 10_000
"""What the deployer pays to make the kW token, beside its deposit."""
BUYER_MICROALGO: Final = 300_000
"""What a buyer needs beside its invoice: its minimum balance and fees."""


@dataclass(eq=False)
class ExampleKeysMissing(NoKeyError):
    """Accounts of the example have no key outside a LocalNet."""

    variables: tuple[str, ...]


@dataclass(eq=False)
class ExampleFundsMissing(GridPactError):
    """Accounts of the example have too little ALGO for what is ahead of them."""

    short: tuple[Short, ...]


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer of the example, its price and its share."""

    name: str
    """Its wallet on a LocalNet; `<name>_MNEMONIC` elsewhere."""
    title: str
    price_microalgo: int
    """For a kWh."""
    kwh: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with the month's energy."""

    buyers: tuple[Buyer, ...]
    market_price_microalgo: int
    """What a kWh earned that no buyer took."""
    holders_kw: tuple[tuple[str, int], ...]
    """Wallet and kW of each holder."""

    def scaled(self, divisor: int) -> "Plan":
        """The same with all prices divided, for networks where ALGO is scarce. Prices are rounded down, to at least 1.

        Args:
            divisor: 1 leaves everything as it is.
        """
        return Plan(
            tuple(Buyer(one.name, one.title, max(1, one.price_microalgo // divisor), one.kwh) for one in self.buyers),
            max(1, self.market_price_microalgo // divisor),
            self.holders_kw,
        )

    def with_kwh(self, name: str, kwh: int) -> "Plan":
        """The same with another amount of energy for one buyer."""
        return Plan(
            tuple(
                Buyer(one.name, one.title, one.price_microalgo, kwh if one.name == name else one.kwh)
                for one in self.buyers
            ),
            self.market_price_microalgo,
            self.holders_kw,
        )


PLAN: Final = Plan(
    buyers=(
        Buyer("COMPANY_A", "Company A", 120_000, 75_000),
        Buyer("COMPANY_B", "Company B", 100_000, 30_000),
    ),
    market_price_microalgo=150_000,
    holders_kw=(("HOLDER_1", 500), ("HOLDER_2", 300), ("HOLDER_3", 200)),
)


@dataclass(frozen=True, slots=True)
class Request:
    """A consumer's buy offer."""

    name: str
    amount_wh: int
    max_price: int
    """EUR per kWh with 8 decimals."""


@dataclass(frozen=True, slots=True)
class MarketPlan:
    """What is offered and asked for in the example's market."""

    producer: str = "PRODUCER"
    meter: str = "roof-1"
    metered_wh: int = 5_000
    offered_wh: int = 3_000
    price: int = 15_000_000
    """EUR per kWh with 8 decimals: 0.15."""
    requests: tuple[Request, ...] = (
        Request("CONSUMER_1", 2_000, 20_000_000),
        Request("CONSUMER_2", 2_000, 16_000_000),
    )


MARKET: Final = MarketPlan()
"""The first request is matched in full, the second in part: what is left of it stays open."""


@dataclass(frozen=True, slots=True)
class Books:
    """The market as the chain has it."""

    counters: Counters
    sells: tuple[Offer, ...]
    buys: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the chain says once the month is over."""

    ledger: Ledger
    first: "Energy"
    """Where the month's energy was before anything was corrected."""
    invoices: tuple[Invoice, ...]
    vault: Vault
    deposited_microalgo: int
    """For this epoch, over all its deposits."""
    deposit_ids: tuple[int, ...]
    holders: tuple[Holder, ...]
    correction: "Correction"
    treasury: str
    balances_microalgo: dict[str, int]
    """Of the treasury and the holders, by address."""

    @property
    def ppa_microalgo(self) -> int:
        """What the buyers paid for their invoices."""
        return sum(invoice.amount for invoice in self.invoices if invoice.is_paid)

    @property
    def total_microalgo(self) -> int:
        """What the project earned with the invoices as they were issued."""
        return self.ppa_microalgo + self.deposited_microalgo

    @property
    def refunded_microalgo(self) -> int:
        """What the buyers got back."""
        return sum(note.amount for note in self.correction.notes if note.stands is NoteStatus.SETTLED)


@dataclass(frozen=True, slots=True)
class Energy:
    """Where the month's energy is, in Wh."""

    recorded_wh: int
    ppa_wh: int
    holders_wh: int
    remaining_wh: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected after payment, as the chain has it."""

    meter: Meter
    reading: Reading
    """With its restatement."""
    notes: tuple[Note, ...]
    """The credit notes of the restatement, by invoice."""
    returned_wh: int
    """What the month's deposits gave back."""


class ExampleMonth:
    """The example month on one deployment. Each step does only what is missing."""

    def __init__(self, deployment: Deployment, readings: Readings, plan: Plan) -> None:
        self.deployment = deployment
        self.connection = deployment.connection
        self.readings = readings
        self.plan = plan
        self._accounts: dict[str, SigningAccount] = {}

    @property
    def epoch_id(self) -> int:
        """The month of the readings."""
        return self.readings.epoch_id

    def account(self, name: str) -> SigningAccount:
        """An account of the example, made where it is missing; the connection signs for it.

        Args:
            name: its wallet on a LocalNet; elsewhere `<name>_MNEMONIC` holds its key.

        Raises:
            ExampleKeysMissing: there is no key for it.
        """
        if name not in self._accounts:
            account = account_named(self.connection, name)
            sign_with(self.connection, account)
            self._accounts[name] = account
        return self._accounts[name]

    def steps(self) -> Iterator[Work]:
        """What is still missing, one step after the other: do each before the next is asked for."""
        deployment, epoch_id = self.deployment, self.epoch_id
        operator = self.account(OPERATOR).address
        yield production.record(deployment.production, operator, self.readings, register=True)
        expected_wh = self.readings.total_wh + self._restated_wh()
        yield production.finalize(deployment.production, operator, epoch_id, expected_wh)
        treasury = self.account(TREASURY).address
        for buyer in self.plan.buyers:
            yield agreements.create(deployment.billing, operator, self._terms(buyer, treasury))
        yield invoices.allocate(deployment.billing, deployment.production, operator, epoch_id, self._allocations())
        for invoice in self._invoices():
            if invoice.is_payable:
                self._fund(invoice.buyer, invoice.amount + SPARE_MICROALGO)
            yield invoices.pay(deployment.billing, [(invoice.agreement_id, invoice.epoch_id)])
        yield from self._issue(operator)
        yield self._deposit(operator)
        holders = [self.account(name).address for name, _ in self.plan.holders_kw]
        yield distribution.claim(deployment.revenue, operator, holders)

    def correction_steps(self) -> Iterator[Work]:
        """What is still missing of the correction, one step after the other: the restatement, a credit note for each
        buyer over their share of it, their refunds, and what the vault gives back."""
        deployment, epoch_id = self.deployment, self.epoch_id
        operator, _ = self.account(OPERATOR).address, self.account(TREASURY)
        reason = correction_reason(self.readings.meters[0].label)
        reading = self._corrected_reading()
        if sha256(reason.encode()) not in {one.reason_hash for one in reading.restatements}:
            net_wh = max(reading.net_wh - OVERREAD_WH, 0)
            yield production.restate(
                deployment.production, operator, epoch_id, reading.meter_id, reading.interval_id, net_wh, reason
            )
        credited = {note.invoice_id for note in self._credits()}
        mends = {one.invoice.invoice_id: one for one in self._mending().invoices}
        for invoice_id in (invoice.invoice_id for invoice in self._invoices()):
            if invoice_id in mends and invoice_id not in credited:
                change_kwh = mends[invoice_id].change_kwh
                yield notes.correct(deployment.billing, deployment.production, operator, invoice_id, change_kwh, reason)
        for note in self._credits():
            yield notes.settle(deployment.billing, note.invoice_id, note.number)
        if not any(one.returned_wh for one in self._deposits()):
            for back in self._mending().returns:
                yield distribution.return_energy(deployment.revenue, operator, back.deposit_id, back.wh)

    def outcome(self) -> Outcome:
        """Everything that the chain says about the month, read now."""
        deployment, epoch_id = self.deployment, self.epoch_id
        ledger = deployment.production.ledger(epoch_id)
        if ledger is None:
            msg = f"nothing is recorded for {epoch_id}"
            raise ValueError(msg)
        deposits = self._deposits()
        returned_wh = sum(one.returned_wh for one in deposits)
        bills = self._invoices()
        credited_kwh = sum(one.credited_kwh - one.debited_kwh for one in bills)
        recorded_wh = ledger.recorded_wh - self._restated_wh()
        ppa_wh = ledger.ppa_wh + credited_kwh * WH_PER_KWH
        holders_wh = ledger.vault_wh + returned_wh
        first = Energy(recorded_wh, ppa_wh, holders_wh, recorded_wh - ppa_wh - holders_wh)
        reading = self._corrected_reading()
        meter = next(one for one in deployment.production.meters() if one.meter_id == reading.meter_id)
        holders = tuple(deployment.revenue.holder(self.account(name).address) for name, _ in self.plan.holders_kw)
        treasury = self.account(TREASURY).address
        return Outcome(
            ledger=ledger,
            first=first,
            invoices=tuple(bills),
            vault=deployment.revenue.state(),
            deposited_microalgo=sum(one.net_amount_microalgo for one in deposits),
            deposit_ids=tuple(one.deposit_id for one in deposits),
            holders=holders,
            correction=Correction(meter, reading, tuple(self._credits()), returned_wh),
            treasury=treasury,
            balances_microalgo={
                address: microalgo(self.connection.algod, address)
                for address in (treasury, *(holder.address for holder in holders))
            },
        )

    # --- the market ---------------------------------------------------------------------------------------------------

    def market_steps(self) -> Iterator[Work]:
        """What is still missing of the market's offers, one step after the other."""
        deployment, operator = self.deployment, self.account(OPERATOR).address
        producer = self.account(MARKET.producer).address
        yield production.register_meter(deployment.production, operator, MARKET.meter, 0, producer)
        meter = credit.producer_meter(deployment.production, MARKET.meter)
        yield credit.mint(
            deployment.market,
            deployment.production,
            operator,
            meter,
            MARKET.metered_wh,
            epoch_id=self.epoch_id,
            interval_id=1,
        )
        if deployment.market.account(producer).sell_offers == 0:
            yield offers.create_offer(deployment.market, producer, MARKET.offered_wh, MARKET.price)
        for request in MARKET.requests:
            consumer = self.account(request.name).address
            if deployment.market.account(consumer).buy_offers == 0:
                yield offers.create_buy_offer(deployment.market, consumer, request.amount_wh, request.max_price)

    def matches(self) -> Iterator[tuple[Match, ...]]:
        """Match what crosses; yields the matches of each group that was sent. Nothing where nothing crosses."""
        operator = self.account(OPERATOR).address
        for step in clear(self.deployment.market, operator).run():
            if not isinstance(step, Replanned):
                yield tuple(effect for effect in step[0].effects if isinstance(effect, Match))

    def books(self) -> Books:
        """Both books, read now."""
        reader = self.deployment.market
        return Books(reader.state(), tuple(reader.offers(Side.SELL)), tuple(reader.offers(Side.BUY)))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _terms(self, buyer: Buyer, treasury: str) -> AgreementTerms:
        return agreements.terms(
            buyer=self.account(buyer.name).address,
            treasury=treasury,
            price_per_kwh=buyer.price_microalgo,
            first_epoch=self.epoch_id,
            last_epoch=self.epoch_id,
            due_day=DUE_DAY,
        )

    def _agreement_ids(self) -> list[int]:
        """The example's agreements, in the order of its buyers: those with the very terms of the plan."""
        treasury = self.account(TREASURY).address
        known = self.deployment.billing.agreements()
        wanted = [self._terms(buyer, treasury) for buyer in self.plan.buyers]
        return [next(one.agreement_id for one in known.values() if one.terms == terms) for terms in wanted]

    def _allocations(self) -> list[Allocation]:
        ids = self._agreement_ids()
        return [Allocation(number, buyer.kwh) for number, buyer in zip(ids, self.plan.buyers, strict=True)]

    def _invoices(self) -> list[Invoice]:
        pairs = [(number, self.epoch_id) for number in self._agreement_ids()]
        return [invoice for invoice in self.deployment.billing.invoices_of(pairs) if invoice is not None]

    def _issue(self, operator: str) -> Iterator[Work]:
        deployment = self.deployment
        admin = self.account(DEPLOYER).address
        yield issuance.bootstrap(deployment.revenue, admin)
        for name, kilowatts in self.plan.holders_kw:
            holder = self.account(name).address
            yield issuance.opt_in(deployment.revenue, holder)
            yield issuance.issue(deployment.revenue, operator, holder, kilowatts * UNITS_PER_KW)
        yield issuance.close_issuance(deployment.revenue, operator)

    def _deposit(self, operator: str) -> Work:
        """The net revenue: what no buyer took, at the market's price."""
        ledger = self.deployment.production.ledger(self.epoch_id)
        deposits = self._deposits()
        # What a deposit has given back since was sold all the same.
        left_wh = sum(one.energy_wh for one in deposits) or (ledger.remaining_wh if ledger else 0)
        amount = left_wh * self.plan.market_price_microalgo // WH_PER_KWH
        if not deposits:
            self._fund(operator, amount + SPARE_MICROALGO)
        return distribution.deposit(
            self.deployment.revenue, self.deployment.production, operator, self.epoch_id, amount
        )

    def _deposits(self) -> list[Deposit]:
        return [one for one in self.deployment.revenue.deposits() if one.epoch_id == self.epoch_id]

    def _corrected_reading(self) -> Reading:
        """The reading of the file's first meter, with its corrections."""
        label = self.readings.meters[0].label
        meters = {meter.label: meter.meter_id for meter in self.deployment.production.meters()}
        found = self.deployment.production.readings(self.epoch_id)
        key = (meters[label], production.MONTH_INTERVAL)
        return next(one for one in found if (one.meter_id, one.interval_id) == key)

    def _restated_wh(self) -> int:
        """What restatements have added to the readings of the file; below 0 taken away."""
        names = {month.label for month in self.readings.meters}
        ids = {meter.meter_id for meter in self.deployment.production.meters() if meter.label in names}
        found = self.deployment.production.readings(self.epoch_id)
        return sum(one.net_wh - one.wh for one in found if one.meter_id in ids)

    def _mending(self) -> Mending:
        """What the restatement asks of the invoices, which are shares of what the file says."""
        return mending_from(self.deployment, self.epoch_id, lambda _: self.readings.total_wh)

    def _credits(self) -> list[Note]:
        """The example's credit notes, by invoice."""
        reason_hash = sha256(correction_reason(self.readings.meters[0].label).encode())
        found = (note for invoice in self._invoices() for note in self.deployment.billing.notes(invoice.invoice_id))
        return [note for note in found if note.reason_hash == reason_hash]

    def _fund(self, address: str, at_least_microalgo: int) -> None:
        if self.connection.is_localnet:
            fund(self.connection, address, at_least_microalgo)


def correction_reason(label: str) -> str:
    """Why the example's first meter is restated.

    Args:
        label: the meter's name.
    """
    return f"{label} has read {OVERREAD_WH // WH_PER_KWH} kWh too much: meter test"


def names_of(plan: Plan) -> tuple[str, ...]:
    """All accounts that take part in the example."""
    market = (MARKET.producer, *(request.name for request in MARKET.requests))
    parties = (*(buyer.name for buyer in plan.buyers), *(name for name, _ in plan.holders_kw))
    return (DEPLOYER, OPERATOR, TREASURY, *parties, *market)


def check_beginning(connection: Connection, plan: Plan, readings: Readings) -> None:
    """Whether everybody can do their part, before anything is sent. On a LocalNet accounts are made and filled.

    A deployment that was begun has used up some of what is asked for here: then only the keys are looked at.

    Raises:
        ExampleKeysMissing: with all that are missing.
        ExampleFundsMissing: with all that have too little.
    """
    if connection.is_localnet:
        return
    variables = {name: f"{name}_MNEMONIC" for name in names_of(plan)}
    accounts = {name: mnemonic_account(variable) for name, variable in variables.items()}
    missing = tuple(variables[name] for name, account in accounts.items() if account is None)
    if missing:
        raise ExampleKeysMissing(missing)
    if find_receipt(connection) is not None:
        return
    short = []
    for name, needed in needed_microalgo(plan, readings).items():
        account = accounts[name]
        assert account is not None, "none is missing"
        held = microalgo(connection.algod, account.address)
        if held < needed:
            short.append(Short(name, account.address, held, needed))
    if short:
        raise ExampleFundsMissing(tuple(short))


def needed_microalgo(plan: Plan, readings: Readings) -> dict[str, int]:
    """microALGO that each account has to have at the beginning, by name."""
    left_wh = readings.total_wh - sum(buyer.kwh for buyer in plan.buyers) * WH_PER_KWH
    revenue = left_wh * plan.market_price_microalgo // WH_PER_KWH
    buyers = {buyer.name: buyer.kwh * buyer.price_microalgo + BUYER_MICROALGO for buyer in plan.buyers}
    market = dict.fromkeys((MARKET.producer, *(request.name for request in MARKET.requests)), MARKET_MICROALGO)
    return {
        DEPLOYER: cost_microalgo() + KW_TOKEN_DEPOSIT_MICROALGO + ADMIN_FEES_MICROALGO,
        OPERATOR: revenue + OPERATOR_MICROALGO,
        TREASURY: ACCOUNT_MINIMUM_MICROALGO,
        **buyers,
        **dict.fromkeys((name for name, _ in plan.holders_kw), HOLDER_MICROALGO),
        **market,
    }


def account_named(connection: Connection, name: str) -> SigningAccount:
    """An account of the example.

    Args:
        connection: the network.
        name: its wallet on a LocalNet, made and filled where it is missing; elsewhere `<name>_MNEMONIC` holds its key.

    Raises:
        ExampleKeysMissing: there is no key for it.
    """
    account = mnemonic_account(f"{name}_MNEMONIC")
    if account is not None:
        return account
    if connection.is_localnet:
        return ensure_wallet_account(connection, name)[0]
    raise ExampleKeysMissing((f"{name}_MNEMONIC",))
