"""The grid's reference price: published for comparison, no trade depends on it."""

from gridpact import contracts
from gridpact.chain.work import Work
from gridpact.market.app import Market
from gridpact.market.effects import GridPriceSet


def set_grid_price(market: Market, sender: str, price_per_kwh: int) -> Work:
    """Publish the grid's price. One that stands already is left as it is.

    Args:
        sender: the operator.
        price_per_kwh: EUR per kWh with 8 decimals.
    """
    effect = GridPriceSet(price_per_kwh)
    if price_per_kwh and market.state().grid_price == price_per_kwh:
        return Work(sender, done=(effect,))
    call = market.calls.set_grid_price(sender, contracts.offer_book_client.SetGridPriceArgs(pricePerKwh=price_per_kwh))
    return Work.one(sender, effect, market.group().add(call))
