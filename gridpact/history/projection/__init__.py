"""What follows from the events: the rows that lists are made of.

One module for each contract, in it one function for each event that changes a row.
"""

from collections.abc import Mapping

from gridpact.chain.specs import Contract
from gridpact.history.projection import billing, market, production, revenue
from gridpact.history.projection.rows import Handler, Rows, Told

_HANDLERS: Mapping[Contract, Mapping[str, Handler]] = {
    Contract.KWH_RECEIPT: production.HANDLERS,
    Contract.PPA: billing.HANDLERS,
    Contract.REVENUE_VAULT: revenue.HANDLERS,
    Contract.OFFER_BOOK: market.HANDLERS,
}


def project(rows: Rows, told: Told) -> None:
    """Write what an event means. Most events mean nothing for the lists."""
    handler = _HANDLERS[told.event.contract].get(told.event.name)
    if handler is not None:
        handler(rows, told)
