"""What an answer weighs on a slow line: text goes compressed, static files carry their version and are kept a year.

Compressed sizes could tell secrets to somebody who makes a browser ask for pages with guesses in them and watches the
line (BREACH). Three things stand against it: no page repeats what a stranger can put into an address; a form that is
shown again was posted with the session's ticket; and that ticket, the one lasting secret of a page, is signed anew over
fresh random bytes each time (`views.session.ticket`), so that two pages never hold the same.
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Response, current_app, request

_LEAST = 500  # bytes; below it the saving is no packet
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_LEVEL = 6
_YEAR = 365 * 86400
_DAY = 86400
VERSION = "v"


def version_static(endpoint: str, values: dict[str, object]) -> None:
    """Adds the file's version to the address of a static file."""
    if endpoint == "static":
        values.setdefault(VERSION, _version(str(values["filename"])))


def keep_static(response: Response) -> None:
    """A year for the version that the address names, a day for an address without one or with an old one."""
    asked = request.args.get(VERSION)
    current = asked is not None and asked == _version((request.view_args or {}).get("filename", ""))
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else f"public, max-age={_DAY}"


def compress(response: Response) -> Response:
    """Packs a text by gzip for a browser that takes it."""
    if not (response.mimetype or "").startswith(_TEXTS) or response.status_code in {204, 206, 304}:
        return response
    response.vary.add("Accept-Encoding")
    wanted = request.accept_encodings.quality("gzip") > 0 and request.method != "HEAD"
    if not wanted or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False  # Flask streams static files from the disk otherwise
    plain = response.get_data()
    if len(plain) < _LEAST:
        return response
    response.set_data(_packed_once(plain) if request.endpoint == "static" else gzip.compress(plain, _LEVEL))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("ETag", None)  # it names the plain bytes
    return response


@lru_cache(maxsize=64)
def _packed_once(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)


def _version(name: str) -> str:
    """Eight hex digits of the file's SHA-256; empty for a file that there is not."""
    path = Path(current_app.static_folder or "") / name
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=64)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
