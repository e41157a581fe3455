"""The grid's reference price: published for comparison, no trade depends on it."""

from gridpact import units as fmt
from gridpact.chain.work import Step, Work
from gridpact.contracts.offer_book_client import SetGridPriceArgs
from gridpact.market.app import Market


def set_grid_price(market: Market, sender: str, price_per_kwh: int) -> Work:
    """Publish the grid's price. One that stands already is left as it is.

    Args:
        sender: the operator.
        price_per_kwh: EUR per kWh with 8 decimals.
    """
    known = market.state().grid_price
    if price_per_kwh and known == price_per_kwh:
        return Work(sender, done=(f"The grid price is {fmt.eur_price(known)}.",))
    call = market.calls.set_grid_price(sender, SetGridPriceArgs(pricePerKwh=price_per_kwh))
    effect = f"Publish {fmt.eur_price(price_per_kwh)} as the grid price"
    return Work(sender, (Step((effect,), market.group().add(call)),))
