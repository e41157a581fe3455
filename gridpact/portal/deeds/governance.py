"""Roles and pause, in all four contracts at once."""

from typing import Final

from gridpact.chain.specs import Contract
from gridpact.chain.work import Work
from gridpact.deployment import governance
from gridpact.deployment.record import Deployment
from gridpact.portal.form import Form

ALL: Final = tuple(Contract)


def set_operator(deployment: Deployment, sender: str, form: Form) -> Work:
    """Another operator."""
    return governance.set_operator(deployment, sender, ALL, form.address("operator"))


def propose_admin(deployment: Deployment, sender: str, form: Form) -> Work:
    """The next admin."""
    return governance.propose_admin(deployment, sender, ALL, form.address("admin"))


def accept_admin(deployment: Deployment, sender: str, _form: Form) -> Work:
    """The admin's role, taken."""
    return governance.accept_admin(deployment, sender, ALL)


def pause(deployment: Deployment, sender: str, _form: Form) -> Work:
    """A halt of the operator's work."""
    return governance.pause(deployment, sender, ALL)


def unpause(deployment: Deployment, sender: str, _form: Form) -> Work:
    """Its going on."""
    return governance.unpause(deployment, sender, ALL)
