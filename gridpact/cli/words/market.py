"""Offers and matches in words."""

from gridpact import units as fmt
from gridpact.cli.words.kinds import Phrase, intent
from gridpact.market.book import Match


@intent.register
def _(effect: Match) -> Phrase:
    price = fmt.eur_price(effect.price_per_kwh)
    offers = f"offer {effect.sell_id} with buy offer {effect.buy_id}"
    return Phrase("match", f"{fmt.energy_wh(effect.amount_wh)} of {offers} at {price}")
