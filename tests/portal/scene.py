"""What the portal's tests stand on: states of one chain, each built once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from gridpact.billing.agreements import accept, create, terms
from gridpact.billing.effects import InvoicePaid
from gridpact.billing.invoices import Allocation, allocate, pay
from gridpact.billing.notes import correct
from gridpact.billing.read import InvoiceId
from gridpact.chain.connection import Connection, connect
from gridpact.chain.keys import ensure_wallet_account, fund, wallet_account
from gridpact.chain.work import Work
from gridpact.deployment.deploy import deploy
from gridpact.deployment.record import Deployment, find
from gridpact.example.month import PLAN, ExampleMonth
from gridpact.production.actions import finalize, record
from gridpact.production.read import Quality
from gridpact.production.readings import Readings, parse
from gridpact.production.readings.typed import TypedReading, typed
from gridpact.production.readings.values import zone_of
from localnet.testing import LocalNet

READINGS = Path(__file__).parents[2] / "data" / "readings-202602.csv"
EPOCH = 202602
NEXT_EPOCH = 202603


@dataclass
class Scene:
    """One LocalNet, and what stands on it."""

    localnet: LocalNet
    folder: Path
    _kept: dict[str, str] = field(default_factory=dict)

    @cached_property
    def connection(self) -> Connection:
        """The network."""
        return connect()

    @property
    def deployment(self) -> Deployment:
        """The apps."""
        return find(self.connection)

    def signs(self, name: str) -> str:
        """Let the connection sign for a wallet's account; its address."""
        account = wallet_account(self.connection, name)
        assert account is not None, name
        self.connection.algorand.account.set_signer_from_account(account)
        return account.address

    def address(self, name: str) -> str:
        """The account of a wallet."""
        account = wallet_account(self.connection, name)
        assert account is not None, name
        return account.address

    def at(self, build: "Callable[[Scene], None]") -> "Scene":
        """The scene in a state; built once, and gone back to."""
        name = build.__name__
        if name in self._kept:
            self.localnet.restore(self._kept[name])
        else:
            build(self)
            self._kept[name] = self.localnet.snapshot()
        return self

    def revive(self, folder: Path, ports: dict[str, int]) -> None:
        """Start the LocalNet again that was stopped."""
        self.localnet = LocalNet.spawn(folder, ports)

    @cached_property
    def readings(self) -> Readings:
        """The example's file."""
        return parse(READINGS.read_bytes())

    def month(self) -> ExampleMonth:
        """The example month on the deployment."""
        return ExampleMonth(self.deployment, self.readings, PLAN)


def deployed(scene: Scene) -> None:
    """The apps are there, and the accounts have ALGO."""
    for _ in deploy(scene.connection):
        pass
    for name in (
        "OPERATOR",
        "TREASURY",
        *(buyer.name for buyer in PLAN.buyers),
        *(name for name, _ in PLAN.holders_kw),
        *("PRODUCER", "CONSUMER_1", "CONSUMER_2"),
    ):
        address = ensure_wallet_account(scene.connection, name)[0].address
        fund(scene.connection, address, 10_000_000_000)


def invoiced(scene: Scene) -> None:
    """Two invoices wait for payment."""
    scene.at(deployed)
    for work in scene.month().steps():
        if pays(work):
            return
        for _ in work.run():
            pass


def two_months(scene: Scene) -> None:
    """Company A has a second agreement, and so two invoices."""
    scene.at(invoiced)
    operator, treasury = scene.signs("OPERATOR"), scene.address("TREASURY")
    wanted = terms(
        buyer=scene.address("COMPANY_A"),
        treasury=treasury,
        price_per_kwh=50_000,
        first_epoch=EPOCH,
        last_epoch=EPOCH,
    )
    billing, production = scene.deployment.billing, scene.deployment.production
    create(billing, operator, wanted).send()
    allocate(billing, production, operator, EPOCH, [Allocation(3, 1_000)]).send()


def corrected(scene: Scene) -> None:
    """Company A paid an invoice that has notes now; the next month's waits, and so does an agreement's acceptance."""
    scene.at(invoiced)
    operator, billing, production = scene.signs("OPERATOR"), scene.deployment.billing, scene.deployment.production
    buyer = scene.signs("COMPANY_A")
    readings = typed(NEXT_EPOCH, [TypedReading("meter-1", 10_000_000, Quality.ACTUAL)], zone_of("-05:00"))
    record(production, operator, readings).send()
    finalize(production, operator, NEXT_EPOCH, without=["meter-2", "meter-3"]).send()
    first = terms(
        buyer=buyer,
        treasury=scene.address("TREASURY"),
        price_per_kwh=50_000,
        first_epoch=EPOCH,
        last_epoch=NEXT_EPOCH,
    )
    create(billing, operator, first).send()
    second = replace(
        first,
        first_epoch=NEXT_EPOCH,
        last_epoch=203601,
        escalator_bps=250,
        minimum_kwh=500,
        late_interest_bps=800,
        requires_acceptance=True,
    )
    create(billing, operator, second).send()
    for epoch in (EPOCH, NEXT_EPOCH):
        allocate(billing, production, operator, epoch, [Allocation(3, 1_000)]).send()
    pay(billing, [(3, EPOCH)]).send()
    for change_kwh in (-100, -50, 40):
        correct(billing, production, operator, InvoiceId(3, EPOCH), change_kwh, "meter-1 was read wrong").send()


def charged(scene: Scene) -> None:
    """Agreement 4 is accepted; its invoice was paid late, and is below the minimum: both can be charged."""
    scene.at(corrected)
    operator, billing, production = scene.signs("OPERATOR"), scene.deployment.billing, scene.deployment.production
    scene.signs("COMPANY_A")
    accept(billing, 4).send()
    allocate(billing, production, operator, NEXT_EPOCH, [Allocation(4, 100)]).send()
    pay(billing, [(4, NEXT_EPOCH)]).send()


def finished(scene: Scene) -> None:
    """The month is over: paid, shared, claimed; the market has met once."""
    _finish(scene.at(deployed))


def furnished(scene: Scene) -> None:
    """Each page has something of every kind: the month is over, and there are notes, and something to charge."""
    _finish(scene.at(charged))


def _finish(scene: Scene) -> None:
    month = scene.month()
    for work in chain(month.steps(), month.market_steps()):
        for _ in work.run():
            pass
    for _ in month.matches():
        pass


def pays(work: Work) -> bool:
    """Whether a step pays an invoice."""
    return any(isinstance(effect, InvoicePaid) for effect in (*work.effects, *work.done))
