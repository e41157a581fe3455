"""GridPact, the library: power purchase agreements and energy offers that settle on Algorand.

It connects, reads, plans and sends; it never prints and never prompts. These are its public names, beside the rooms
that they come from: `gridpact.production`, `gridpact.billing`, `gridpact.revenue` and `gridpact.market` hold the
actions of one contract each.

- `connect` to a network, and `find` the `Deployment` on it: its `production`, `billing`, `revenue` and `market`.
- `sign_as` an account: with the key of a `Role`, or of a `KeySource` that is named.
- Actions such as `allocate`, `pay`, `deposit`, `claim` and `clear` return `Work`: what is missing, as steps of one
  atomic group each. `Work.send` does it, and tells what was `Sent`, with its events.
- What is refused is a `GridPactError`: a `ContractError` carries the contract's own name for it, a `LedgerError` the
  node's words.

Names are loaded when they are used: `import gridpact` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gridpact.billing.invoices import Allocation as Allocation
    from gridpact.billing.invoices import allocate as allocate
    from gridpact.billing.invoices import pay as pay
    from gridpact.billing.read import InvoiceId as InvoiceId
    from gridpact.chain.connection import Connection as Connection
    from gridpact.chain.connection import connect as connect
    from gridpact.chain.errors import ContractError as ContractError
    from gridpact.chain.errors import LedgerError as LedgerError
    from gridpact.chain.events import Event as Event
    from gridpact.chain.keys import KeySource as KeySource
    from gridpact.chain.keys import Role as Role
    from gridpact.chain.keys import sign_as as sign_as
    from gridpact.chain.sending import Sent as Sent
    from gridpact.chain.work import Step as Step
    from gridpact.chain.work import Work as Work
    from gridpact.deployment.record import Deployment as Deployment
    from gridpact.deployment.record import find as find
    from gridpact.errors import GridPactError as GridPactError
    from gridpact.market.clearing import clear as clear
    from gridpact.revenue.distribution import claim as claim
    from gridpact.revenue.distribution import deposit as deposit

_HOMES: Final = {
    "Allocation": "gridpact.billing.invoices",
    "Connection": "gridpact.chain.connection",
    "ContractError": "gridpact.chain.errors",
    "Deployment": "gridpact.deployment.record",
    "Event": "gridpact.chain.events",
    "GridPactError": "gridpact.errors",
    "InvoiceId": "gridpact.billing.read",
    "KeySource": "gridpact.chain.keys",
    "LedgerError": "gridpact.chain.errors",
    "Role": "gridpact.chain.keys",
    "Sent": "gridpact.chain.sending",
    "Step": "gridpact.chain.work",
    "Work": "gridpact.chain.work",
    "allocate": "gridpact.billing.invoices",
    "claim": "gridpact.revenue.distribution",
    "clear": "gridpact.market.clearing",
    "connect": "gridpact.chain.connection",
    "deposit": "gridpact.revenue.distribution",
    "find": "gridpact.deployment.record",
    "pay": "gridpact.billing.invoices",
    "sign_as": "gridpact.chain.keys",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
