"""Overview: where one is, and where things stand."""

from starlette.requests import Request
from starlette.responses import Response

from gridpact.deployment.status import status
from gridpact.portal import words
from gridpact.portal.replies import page
from gridpact.portal.site import Moment


def show(request: Request, moment: Moment) -> Response:
    """The page."""
    return page(request, moment, "overview.html", title="Overview", about=words.ABOUT, status=status(moment.deployment))
