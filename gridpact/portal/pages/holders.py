"""Holders: who owns the plant, what was deposited, and what each may claim."""

from starlette.requests import Request
from starlette.responses import Response

from gridpact.chain.assets import holding
from gridpact.chain.keys import NotAnAddress, require_address
from gridpact.portal import words
from gridpact.portal.pages.bills import units_of
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.revenue.read import Holder, Share
from gridpact.units import ALGO, Asset

MOST_SHOWN = 100


def show(request: Request, moment: Moment) -> Response:
    """The page of one holder, with everybody's lines below; without an address, only those."""
    revenue = moment.deployment.revenue
    text = request.query_params.get("address", "").strip()
    vault, deposits = revenue.state(), revenue.deposits()
    problem = None
    holder: Holder | None = None
    shares: list[Share] = []
    units = units_of(moment, (one.asset_id for one in deposits))
    not_held: list[Asset] = []
    has_opted_in = False
    if text:
        try:
            holder = revenue.holder(require_address(text))
        except NotAnAddress as error:
            problem = words.refusal(error)
        else:
            shares = list(reversed(revenue.shares(text, deposits)))
            algod = moment.connection.algod
            has_opted_in = vault.kw_token > 0 and holding(algod, text, vault.kw_token) is not None
            wanted = {one.deposit.asset_id for one in shares if one.is_claimable} - {ALGO.asset_id}
            not_held = [units[one] for one in sorted(wanted) if holding(algod, text, one) is None]
    holders = [one for one in revenue.holders() if one.address != vault.address]
    return page(
        request,
        moment,
        "holders.html",
        title="Holders",
        address=text,
        problem=problem,
        holder=holder,
        shares=shares,
        claimable=_claimable(shares, units),
        is_claimable=any(one.is_claimable and units[one.deposit.asset_id] not in not_held for one in shares),
        not_held=not_held,
        has_opted_in=has_opted_in,
        vault=vault,
        deposits=deposits,
        holders=holders[:MOST_SHOWN],
        holder_count=len(holders),
        units=units,
    )


def _claimable(shares: list[Share], units: dict[int, Asset]) -> list[tuple[Asset, int]]:
    """What can be claimed in each asset; nothing is 0 ALGO."""
    sums: dict[int, int] = {}
    for one in shares:
        if one.is_claimable:
            sums[one.deposit.asset_id] = sums.get(one.deposit.asset_id, 0) + one.amount_microalgo
    return [(units[asset_id], amount) for asset_id, amount in sorted(sums.items())] or [(ALGO, 0)]
