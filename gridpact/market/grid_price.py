"""The grid's reference price: published for comparison, no trade depends on it."""

from gridpact import units as fmt
from gridpact.chain.work import Step, Work
from gridpact.contracts.offer_book_client import SetGridPriceArgs
from gridpact.deployment.record import Deployment


def set_grid_price(deployment: Deployment, sender: str, price_per_kwh: int) -> Work:
    """Publish the grid's price. One that stands already is left as it is.

    Args:
        deployment: the apps.
        sender: the operator.
        price_per_kwh: EUR per kWh with 8 decimals.
    """
    known = deployment.offer_book.counters().grid_price
    if price_per_kwh and known == price_per_kwh:
        return Work(sender, done=(f"The grid price is {fmt.eur_price(known)}.",))
    call = deployment.offer_book_calls.set_grid_price(sender, SetGridPriceArgs(pricePerKwh=price_per_kwh))
    effect = f"Publish {fmt.eur_price(price_per_kwh)} as the grid price"
    return Work(sender, (Step((effect,), deployment.group().add(call)),))
