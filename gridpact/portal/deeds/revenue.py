"""The kW token, deposits and claims."""

from gridpact.billing.parties import opt_in as opt_in_to
from gridpact.chain.assets import asset as read_asset
from gridpact.chain.work import Work
from gridpact.contracts.interfaces import ALL_REMAINING
from gridpact.deployment.month import require_billed, require_newest
from gridpact.deployment.record import Deployment
from gridpact.portal.deeds.production import KWH_DECIMALS
from gridpact.portal.form import Form, whole
from gridpact.revenue import distribution, issuance
from gridpact.revenue.sale import NO_EVIDENCE, Sale
from gridpact.units import KW_TOKEN_DECIMALS


def bootstrap(deployment: Deployment, sender: str, _form: Form) -> Work:
    """The kW token."""
    return issuance.bootstrap(deployment.revenue, sender)


def opt_in(deployment: Deployment, sender: str, _form: Form) -> Work:
    """A holder's consent to hold the kW token."""
    return issuance.opt_in(deployment.revenue, sender)


def issue(deployment: Deployment, sender: str, form: Form) -> Work:
    """New units for a holder."""
    return issuance.issue(deployment.revenue, sender, form.address("holder"), form.units("kw", KW_TOKEN_DECIMALS))


def close_issuance(deployment: Deployment, sender: str, _form: Form) -> Work:
    """The supply, fixed for ever."""
    return issuance.close_issuance(deployment.revenue, sender)


def transfer(deployment: Deployment, sender: str, form: Form) -> Work:
    """Units of a holder, moved to another one."""
    units = form.units("kw", KW_TOKEN_DECIMALS)
    return issuance.transfer(deployment.revenue, sender, form.address("receiver"), units)


def hand_out(deployment: Deployment, sender: str, form: Form) -> Work:
    """Units that came back to the vault, given to a holder."""
    units = form.units("kw", KW_TOKEN_DECIMALS)
    return issuance.hand_out(deployment.revenue, sender, form.address("receiver"), units)


def sync(deployment: Deployment, sender: str, form: Form) -> Work:
    """A holder who closed out to the vault, written down; anybody may."""
    return issuance.sync(deployment.revenue, sender, form.address("holder"))


def deposit(deployment: Deployment, sender: str, form: Form) -> Work:
    """A month's net revenue, in ALGO or an asset, with what is known of the sale."""
    epoch = form.whole("epoch")
    asset = read_asset(deployment.connection.algod, form.whole_or("asset", 0))
    sale = Sale(
        energy_wh=form.units_or("kwh", KWH_DECIMALS, ALL_REMAINING),
        price_per_kwh=form.units_or("price", asset.decimals, 0),
        evidence_hash=form.document("evidence") if form.given("evidence") else NO_EVIDENCE,
    )
    work = distribution.deposit(
        deployment.revenue,
        deployment.production,
        sender,
        epoch,
        form.units("amount", asset.decimals),
        asset_id=asset.asset_id,
        sale=sale,
        again=form.is_on("again"),
    )
    if work.steps:
        require_billed(deployment, epoch, [whole("unbilled", one) for one in form.any_of("unbilled")])
        if not form.is_on("older"):
            require_newest(deployment, epoch)
    return work


def accept_asset(deployment: Deployment, sender: str, form: Form) -> Work:
    """An asset that net revenue may be deposited in."""
    return distribution.opt_in_asset(deployment.revenue, sender, form.whole("asset"))


def return_energy(deployment: Deployment, sender: str, form: Form) -> Work:
    """Energy that a deposit drew, given back to the month."""
    wh = form.units("kwh", KWH_DECIMALS) if form.given("kwh") else None
    return distribution.return_energy(deployment.revenue, sender, form.whole("deposit"), wh)


def claim(deployment: Deployment, sender: str, form: Form) -> Work:
    """A holder's shares."""
    deposit_id = form.whole_or("deposit", 0)
    return distribution.claim(deployment.revenue, sender, [sender], [deposit_id] if deposit_id else None)


def hold_asset(deployment: Deployment, sender: str, form: Form) -> Work:
    """An account's consent to hold a settlement asset."""
    return opt_in_to(deployment.billing, sender, form.whole("asset"))
