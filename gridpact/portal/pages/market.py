"""Market: an account's credit, offers and trading terms, and the book with its depth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from gridpact.chain.keys import NotAnAddress, require_address
from gridpact.market.read import Account, Offer, OpenOffers, Side
from gridpact.portal import words
from gridpact.portal.pictures import depth
from gridpact.portal.replies import page
from gridpact.portal.site import Moment
from gridpact.units import ALGO

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Level:
    """The open energy of one side at one price."""

    price_per_kwh: int
    """EUR per kWh with 8 decimals."""
    offers: int
    amount_wh: int
    depth_wh: int
    """With all levels that are better for the other side."""


def show(request: Request, moment: Moment) -> Response:
    """The page of one account with the book below; without an address, only the book."""
    market = moment.deployment.market
    text = request.query_params.get("address", "").strip()
    problem = None
    account: Account | None = None
    own: list[Offer] = []
    if text:
        try:
            account = market.account(require_address(text))
        except NotAnAddress as error:
            problem = words.refusal(error)
        else:
            both = (one for side in Side for one in market.offers(side))
            own = sorted((one for one in both if one.maker == text), key=lambda one: (one.side.name, -one.offer_id))
    sells, buys = (levels(side) for side in market.open_offers())
    return page(
        request,
        moment,
        "market.html",
        title="Market",
        address=text,
        problem=problem,
        account=account,
        own=own[:MOST_SHOWN],
        own_count=len(own),
        counters=market.state(),
        sells=sells[:MOST_SHOWN],
        buys=buys[:MOST_SHOWN],
        picture=depth(
            [(one.price_per_kwh, one.depth_wh) for one in sells], [(one.price_per_kwh, one.depth_wh) for one in buys]
        ),
        units={ALGO.asset_id: ALGO},
    )


def levels(side: OpenOffers) -> list[Level]:
    """Best price first: sell offers from the lowest, buy offers from the highest."""
    rows: Iterable[tuple[int, int]] = zip(
        side.rows["price_per_kwh"].tolist(), side.rows["amount_wh"].tolist(), strict=True
    )
    amounts: dict[int, list[int]] = defaultdict(list)
    for price, amount in rows:
        amounts[price].append(amount)
    found: list[Level] = []
    depth = 0
    for price in sorted(amounts, reverse=side.side is Side.BUY):
        depth += sum(amounts[price])
        found.append(Level(price, len(amounts[price]), sum(amounts[price]), depth))
    return found
