"""The month that a page is about."""

from starlette.requests import Request

from gridpact.epochs import NotAnEpoch, epoch_of, epoch_start_ts, require_epoch
from gridpact.portal.site import Moment
from gridpact.production.read import Ledger


def month_of(request: Request, moment: Moment, ledgers: list[Ledger]) -> int:
    """The month in the address; else the newest that has readings; else the one before the chain's present.

    Args:
        request: what asked for the page.
        moment: the chain.
        ledgers: the project's.
    """
    named = request.query_params.get("epoch", "").strip()
    if named.isascii() and named.isdigit():
        try:
            return require_epoch(int(named[:6]))
        except NotAnEpoch:
            pass
    if ledgers:
        return max(one.epoch_id for one in ledgers)
    return epoch_of(epoch_start_ts(epoch_of(moment.now_ts)) - 1)
