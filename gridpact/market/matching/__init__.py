"""Matching of sell and buy offers: pure functions over NumPy columns, exact and deterministic.

`match_offers(sells, buys)` goes in two steps. *Selection* says how many Wh of each offer are served (greatest welfare,
then most energy); *pairing* says who serves whom among them. No account trades with itself.
"""

from gridpact.market.matching.book import (
    EUR,
    MAX_AMOUNT_WH,
    MAX_OFFERS,
    MAX_PRICE_PER_KWH,
    OfferColumns,
    index_accounts,
)
from gridpact.market.matching.pairing import Pairing, pair_by_priority
from gridpact.market.matching.plan import MatchPlan, PlannedPair, match_offers
from gridpact.market.matching.selection import OwnVolume, Selection, select

__all__ = [
    "EUR",
    "MAX_AMOUNT_WH",
    "MAX_OFFERS",
    "MAX_PRICE_PER_KWH",
    "MatchPlan",
    "OfferColumns",
    "OwnVolume",
    "Pairing",
    "PlannedPair",
    "Selection",
    "index_accounts",
    "match_offers",
    "pair_by_priority",
    "select",
]
