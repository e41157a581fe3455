"""The portal's ASGI application."""

from collections.abc import Callable, Collection
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gridpact.chain.connection import NETWORK_FAILURES, explain
from gridpact.errors import GridPactError
from gridpact.portal import actions, static
from gridpact.portal import submit as submitting
from gridpact.portal.errors import NotSignedGroup, PageNotFound
from gridpact.portal.guard import Guard, Tokens
from gridpact.portal.live import News
from gridpact.portal.pages import buyer, console, holders, invoice, market, overview, production, readings
from gridpact.portal.replies import refused
from gridpact.portal.site import Moment, Site

type Page = Callable[[Request, Moment], Response]

PAGES: Final[dict[str, Page]] = {
    "/": overview.show,
    "/production": production.show,
    "/console": console.show,
    "/buyer": buyer.show,
    "/market": market.show,
    "/holders": holders.show,
}


def application(site: Site, hosts: Collection[str]) -> Starlette:
    """The portal.

    Args:
        site: what it shows.
        hosts: names and ports under which it may be called: `localhost:8080`.
    """
    news = News(site)

    def shown(page: Page) -> Callable[[Request], Response]:
        return lambda request: page(request, site.moment())

    async def act(request: Request) -> Response:
        fields = await _document(request)
        name = request.path_params["name"]
        return JSONResponse(await run_in_threadpool(lambda: actions.build(site.moment(), name, fields)))

    async def look(request: Request) -> Response:
        fields = await _document(request)
        return JSONResponse(await run_in_threadpool(lambda: readings.look(site.moment(), fields)))

    async def submit(request: Request) -> Response:
        fields = await _document(request)
        return JSONResponse(await run_in_threadpool(lambda: submitting.submit(site.moment(), fields.get("signed"))))

    async def live(request: Request) -> Response:
        return news.serve(request)

    def missing(request: Request) -> Response:
        return refused(request, PageNotFound(request.url.path))

    return Starlette(
        routes=[
            *(Route(path, shown(page)) for path, page in PAGES.items()),
            Route("/invoices.csv", shown(buyer.export)),
            Route("/invoice/{agreement:int}/{epoch:int}", shown(invoice.show)),
            Route("/invoice/{agreement:int}/{epoch:int}.pdf", shown(invoice.document)),
            Route("/receipt/{agreement:int}/{epoch:int}", shown(invoice.receipt)),
            Route("/actions/{name}", act, methods=["POST"]),
            Route("/looks/readings", look, methods=["POST"]),
            Route("/submit", submit, methods=["POST"]),
            Route("/live", live),
            Route("/static/{name}", static.serve),
            Route("/{path:path}", missing),
        ],
        middleware=[Middleware(Guard, hosts=frozenset(hosts), tokens=Tokens())],
        exception_handlers={
            GridPactError: lambda request, error: refused(request, error),
            **{failure: lambda request, error: refused(request, explain(error)) for failure in NETWORK_FAILURES},
        },
    )


async def _document(request: Request) -> dict[str, Any]:
    try:
        found = await request.json()
    except ValueError as error:
        raise NotSignedGroup from error
    if not isinstance(found, dict):
        raise NotSignedGroup
    return found
