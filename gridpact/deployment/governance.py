"""Roles and pause of the four apps. The same step is taken in all the apps that are named, in one atomic group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gridpact.chain.call import Call, fee
from gridpact.chain.roles import Roles, roles
from gridpact.chain.specs import Contract
from gridpact.chain.state import app_params, global_state
from gridpact.chain.work import Effect, Step, Work
from gridpact.deployment.effects import AdminChanged, AdminProposed, OperatorChanged, Paused, Unpaused
from gridpact.deployment.errors import NotProposed
from gridpact.deployment.record import Deployment


@dataclass(frozen=True, slots=True)
class _Change:
    """A method that all apps have, and what it does to the roles of one."""

    method: str
    arguments: tuple[str, ...]
    effect: Callable[[Contract], Effect]
    """What it does to an app."""
    is_done: Callable[[Roles], bool]


def all_roles(deployment: Deployment) -> dict[Contract, Roles]:
    """Who governs each app."""
    algod = deployment.connection.algod
    return {contract: roles(global_state(app_params(algod, app_id))) for contract, app_id in deployment.app_ids.items()}


def propose_admin(deployment: Deployment, sender: str, contracts: Sequence[Contract], new_admin: str) -> Work:
    """Name the next admin, who must accept before anything changes.

    Args:
        deployment: the apps.
        sender: the admin.
        contracts: in which apps.
        new_admin: who may accept.
    """
    change = _Change(
        "propose_admin",
        (new_admin,),
        lambda contract: AdminProposed(contract, new_admin),
        lambda held: new_admin in (held.proposed_admin, held.admin),
    )
    return _work(deployment, sender, contracts, change)


def accept_admin(deployment: Deployment, sender: str, contracts: Sequence[Contract]) -> Work:
    """Take over the admin's role.

    Args:
        deployment: the apps.
        sender: the proposed admin.
        contracts: in which apps.

    Raises:
        NotProposed: somebody else, or nobody, is proposed.
    """
    held = all_roles(deployment)
    for contract in contracts:
        if sender not in (held[contract].proposed_admin, held[contract].admin):
            raise NotProposed(sender, contract)
    change = _Change(
        "accept_admin",
        (),
        lambda contract: AdminChanged(contract, sender),
        lambda held: held.admin == sender,
    )
    return _work(deployment, sender, contracts, change)


def set_operator(deployment: Deployment, sender: str, contracts: Sequence[Contract], new_operator: str) -> Work:
    """Name the operator.

    Args:
        deployment: the apps.
        sender: the admin.
        contracts: in which apps.
        new_operator: who does the month's work from now on.
    """
    change = _Change(
        "set_operator",
        (new_operator,),
        lambda contract: OperatorChanged(contract, new_operator),
        lambda held: held.operator == new_operator,
    )
    return _work(deployment, sender, contracts, change)


def pause(deployment: Deployment, sender: str, contracts: Sequence[Contract]) -> Work:
    """Stop the operator's work. What belongs to others goes on.

    Args:
        deployment: the apps.
        sender: the admin.
        contracts: which apps.
    """
    change = _Change("pause", (), Paused, lambda held: held.paused)
    return _work(deployment, sender, contracts, change)


def unpause(deployment: Deployment, sender: str, contracts: Sequence[Contract]) -> Work:
    """Let the operator's work go on.

    Args:
        deployment: the apps.
        sender: the admin.
        contracts: which apps.
    """
    change = _Change("unpause", (), Unpaused, lambda held: not held.paused)
    return _work(deployment, sender, contracts, change)


def _work(deployment: Deployment, sender: str, contracts: Sequence[Contract], change: _Change) -> Work:
    held = all_roles(deployment)
    missing = [contract for contract in contracts if not change.is_done(held[contract])]
    done = tuple(change.effect(contract) for contract in contracts if contract not in missing)
    if not missing:
        return Work(sender, done=done)
    clients = _clients(deployment)
    group = deployment.group()
    for contract in missing:
        group.add(_call(clients[contract], sender, change))
    return Work(sender, (Step(tuple(map(change.effect, missing)), group),), done)


def _call(client: Any, sender: str, change: _Change) -> Call:  # noqa: ANN401 - one of the four typed clients
    from algokit_utils import CommonAppCallParams

    params = CommonAppCallParams(sender=sender, static_fee=fee(1))
    method = getattr(client.params, change.method)
    return Call(method(args=change.arguments, params=params) if change.arguments else method(params=params))


def _clients(deployment: Deployment) -> Mapping[Contract, Any]:
    return {
        Contract.KWH_RECEIPT: deployment.production.client,
        Contract.PPA: deployment.billing.client,
        Contract.REVENUE_VAULT: deployment.revenue.client,
        Contract.OFFER_BOOK: deployment.market.client,
    }
