"""Credit, offers and trading terms."""

from gridpact.chain.work import Work
from gridpact.contracts.offer_book_layout import TradingTerms
from gridpact.deployment.record import Deployment
from gridpact.market import credit, offers
from gridpact.market import terms as trading_terms
from gridpact.market.clearing import clear
from gridpact.market.grid_price import set_grid_price
from gridpact.market.read import Side
from gridpact.portal.form import Form
from gridpact.units import EUR_DECIMALS


def offer(deployment: Deployment, sender: str, form: Form) -> Work:
    """A sell offer."""
    price = form.units("price", EUR_DECIMALS)
    return offers.create_offer(deployment.market, sender, form.whole("amount_wh"), price, form.utc_or("expiry", 0))


def buy_offer(deployment: Deployment, sender: str, form: Form) -> Work:
    """A buy offer."""
    price = form.units("max_price", EUR_DECIMALS)
    return offers.create_buy_offer(deployment.market, sender, form.whole("amount_wh"), price, form.utc_or("expiry", 0))


def cancel(deployment: Deployment, sender: str, form: Form) -> Work:
    """An offer, withdrawn."""
    side = Side.SELL if form.text("side") == Side.SELL.name.lower() else Side.BUY
    return offers.cancel(deployment.market, sender, deployment.market.existing(side, form.whole("offer")))


def terms(deployment: Deployment, sender: str, form: Form) -> Work:
    """What the operator may trade for an account."""
    wanted = TradingTerms(
        min_sell_price=form.units_or("min_sell_price", EUR_DECIMALS, 0),
        sell_wh=form.whole_or("sell_wh", 0),
        max_buy_price=form.units_or("max_buy_price", EUR_DECIMALS, 0),
        buy_wh=form.whole_or("buy_wh", 0),
        expiry_ts=form.utc_or("expiry", 0),
    )
    return trading_terms.set_terms(deployment.market, sender, wanted)


def give(deployment: Deployment, sender: str, form: Form) -> Work:
    """Available credit, given to another account."""
    return credit.transfer(deployment.market, sender, form.address("receiver"), form.whole("amount_wh"))


def consume(deployment: Deployment, sender: str, form: Form) -> Work:
    """Available credit, used up."""
    return credit.consume(deployment.market, sender, form.whole("amount_wh"))


def close_account(deployment: Deployment, sender: str, _form: Form) -> Work:
    """An empty account, removed from the book; its owner gets the storage deposit back."""
    return trading_terms.close_account(deployment.market, sender)


def grid_price(deployment: Deployment, sender: str, form: Form) -> Work:
    """The grid's reference price."""
    return set_grid_price(deployment.market, sender, form.units("price", EUR_DECIMALS))


def match(deployment: Deployment, sender: str, _form: Form) -> Work:
    """All offers that meet."""
    return clear(deployment.market, sender)


def mint(deployment: Deployment, sender: str, form: Form) -> Work:
    """A producer's metered energy as credit."""
    meter = credit.producer_meter(deployment.production, form.text("label"))
    amount_wh, epoch = form.whole("amount_wh"), form.whole("epoch")
    return credit.mint(deployment.market, deployment.production, sender, meter, amount_wh, epoch_id=epoch)
