"""What the portal answers: pages, documents, and refusals as either."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gridpact import units as fmt
from gridpact.chain.connection import NoNodeError
from gridpact.cli.words.kinds import counted
from gridpact.errors import GridPactError
from gridpact.portal import static, words
from gridpact.portal.errors import PageNotFound, TooMuch
from gridpact.portal.site import Kmd, Moment, Wallets, explorer_of, wallets_of

PAGES: Final = (
    ("/", "Overview"),
    ("/production", "Production Recording"),
    ("/console", "Operator Console"),
    ("/buyer", "PPA Buyer Portal"),
    ("/market", "Market"),
    ("/holders", "Holders"),
)
"""In the order of the navigation."""


@cache
def environment() -> Environment:
    """The templates: everything that is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("gridpact.portal"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static.url, "shared": static.shared, "pages": PAGES}
    made.filters |= {
        "short": fmt.short,
        "money": fmt.money,
        "price": fmt.price,
        "date": fmt.date,
        "moment": fmt.moment,
        "epoch": fmt.epoch,
        "energy": fmt.energy,
        "energy_kwh": fmt.energy_kwh,
        "power": fmt.power,
        "number": fmt.number,
        "counted": counted,
    }
    return made


def page(request: Request, moment: Moment, template: str, **values: object) -> HTMLResponse:
    """A page of the deployment.

    Args:
        request: what asked for it.
        moment: the chain.
        template: the page's own.
        values: what it shows.
    """
    wallets = wallets_of(moment.connection)
    request.state.wallets = wallets
    config: dict[str, Any] = {
        "network": moment.connection.network,
        "genesisHash": moment.connection.genesis_hash,
        "genesisId": moment.connection.genesis_id,
        "chain": moment.chain,
        "round": moment.round,
        "apps": {contract.value: app_id for contract, app_id in moment.deployment.app_ids.items()},
        "wallets": _offered(wallets),
        "token": request.state.token,
        "explorer": explorer_of(moment.connection),
    }
    return _html(request, template, 200, config=config, moment=moment, asset_units=_units(values), **values)


def fragment(template: str, **values: object) -> dict[str, object]:
    """A part of a page, for the page's script to put in its place."""
    return {"html": environment().get_template(template).render(**values)}


def refused(request: Request, error: GridPactError, status: int | None = None) -> Response:
    """A refusal: a page for people, a document for the page's own requests."""
    told = words.refusal(error)
    code = status or status_of(error)
    if request.method != "GET" or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"name": error.code, "sentence": told.sentence, "advice": told.advice}, code)
    return _html(request, "refused.html", code, config=None, moment=None, told=told, title="Not possible now")


def status_of(error: GridPactError) -> int:
    """The HTTP status of a refusal."""
    known = {PageNotFound: 404, TooMuch: 413, NoNodeError: 503}
    return next((code for kind, code in known.items() if isinstance(error, kind)), 409)


def _html(request: Request, template: str, code: int, **values: object) -> HTMLResponse:
    text = environment().get_template(template).render(path=request.url.path, **values)
    return HTMLResponse(text, code)


def _offered(wallets: Wallets) -> dict[str, object] | None:
    if wallets is None:
        return None
    if isinstance(wallets, Kmd):
        return {"kind": "kmd", "at": asdict(wallets)}
    return {"kind": "public", "network": wallets.network}


def _units(values: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Units of the assets on the page, by id."""
    units = values.get("units", {})
    assert isinstance(units, Mapping), "a page gives its assets by id"
    return {str(one.asset_id): {"unit": one.unit, "decimals": one.decimals} for one in units.values()}
