"""The whole deployment at a glance."""

from dataclasses import dataclass

from algosdk.logic import get_application_address

from gridpact.chain.node import as_dict
from gridpact.chain.programs import Programs
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params, global_state
from gridpact.deployment.record import Deployment
from gridpact.production.read import Ledger


@dataclass(frozen=True, slots=True)
class AppStatus:
    """One app."""

    contract: Contract
    app_id: int
    address: str
    roles: Roles
    balance_microalgo: int
    minimum_microalgo: int
    programs: Programs


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that an operator looks at first."""

    last_round: int
    now_ts: int
    apps: tuple[AppStatus, ...]
    ledgers: tuple[Ledger, ...]
    """The project's, oldest first."""
    agreements: int
    issued_invoices: int
    paid_invoices: int
    void_invoices: int
    supply_units: int
    deposited_microalgo: int
    paid_microalgo: int
    owed_microalgo: int
    carried_microalgo: int


def status(deployment: Deployment) -> Status:
    """Read it."""
    connection = deployment.connection
    ppa = deployment.billing.state()
    vault = deployment.revenue.state()
    return Status(
        last_round=connection.last_round(),
        now_ts=connection.now(),
        apps=tuple(app_status(deployment, contract) for contract in Contract),
        ledgers=tuple(deployment.production.ledgers()),
        agreements=ppa.agreement_count,
        issued_invoices=ppa.issued_invoices,
        paid_invoices=ppa.paid_invoices,
        void_invoices=ppa.void_invoices,
        supply_units=vault.supply_units,
        deposited_microalgo=vault.deposited_microalgo,
        paid_microalgo=vault.paid_microalgo,
        owed_microalgo=vault.owed_microalgo,
        carried_microalgo=vault.carried_microalgo,
    )


def app_status(deployment: Deployment, contract: Contract) -> AppStatus:
    """One app's roles and balance."""
    algod = deployment.connection.algod
    app_id = deployment.app_ids[contract]
    address = str(get_application_address(app_id))
    account = as_dict(algod.account_info(address, exclude="all"))
    return AppStatus(
        contract=contract,
        app_id=app_id,
        address=address,
        roles=roles(global_state(app_params(algod, app_id))),
        balance_microalgo=int(account["amount"]),
        minimum_microalgo=int(account["min-balance"]),
        programs=deployment.apps.programs(app_id),
    )
