"""Why billing refuses."""

from dataclasses import dataclass
from typing import ClassVar

from gridpact.billing.read import InvoiceId
from gridpact.chain.errors import GridPactError
from gridpact.contracts import errors as err


@dataclass(eq=False)
class InvoiceNotFound(GridPactError):
    """Nothing was ever allocated to this agreement in this month."""

    contract_error: ClassVar[str] = err.INVOICE_NOT_FOUND
    invoice: InvoiceId


@dataclass(eq=False)
class InvoiceIsPaid(GridPactError):
    """A paid invoice is not voided."""

    contract_error: ClassVar[str] = err.ALREADY_PAID
    invoice: InvoiceId
    paid_ts: int
