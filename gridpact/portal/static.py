"""What the browser loads besides pages. Each file's name holds the hash of its content, so that it is kept for ever."""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

FOLDER: Final = files("gridpact.portal") / "static"
TYPES: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file, and the same compressed."""

    content: bytes
    compressed: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the browser may load; the build writes it."""

    files: dict[str, str]
    """Name → name with hash."""
    shared: list[str]
    """Parts of the page's script that lazy scripts use, too: loaded with it."""
    lazy: list[str]
    """Scripts that are loaded only where they are used: the wallets of public networks."""


@cache
def manifest() -> Manifest:
    """The manifest."""
    return Manifest(**json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8")))


@cache
def everything() -> dict[str, File]:
    """Name with hash → file. Compressed once, when the first page is asked for."""
    found = {}
    known = manifest()
    for name in (*known.files.values(), *known.shared, *known.lazy):
        content = (FOLDER / name).read_bytes()
        found[name] = File(content, gzip.compress(content, mtime=0), TYPES[name.rpartition(".")[2]])
    return found


def url(name: str) -> str:
    """Where the browser finds a file."""
    return _address(manifest().files[name])


def shared() -> list[str]:
    """Where it finds what the page's script stands on: asked for at once, not after the script was read."""
    return [_address(name) for name in manifest().shared]


def _address(name: str) -> str:
    return f"/static/{name}"


def serve(request: Request) -> Response:
    """One file."""
    file = everything().get(request.path_params["name"])
    if file is None:
        return Response("There is no such file.", 404, media_type="text/plain")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.compressed, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.media_type)
    return Response(file.content, headers=headers, media_type=file.media_type)
