"""The place `browser`: a window on invented sites, with an address bar, menus, pages and, where asked, their source.

Specification: `world` (the function that makes the sites, registered here), `home` (the address first opened, plain or
by language), `bar` (true: the address can be typed), `source` (true: the source of a page can be read), and whatever
the world needs. A world opens an address: it gives a page, or None where there is none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit

from lti_tool.content.filling import say
from lti_tool.content.generators import generators
from lti_tool.content.places import place
from lti_tool.content.presentation import Code, Listing, Paragraph, PlacePage, Table
from lti_tool.words import words

LONGEST_ADDRESS = 500
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: what is read and the address that it opens (without https://)."""

    text: str
    address: str

    @property
    def path(self) -> str:
        """The address without its parameters."""
        return self.address.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address."""
        return dict(parse_qsl(self.address.partition("?")[2]))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Small:
    """Small print: a date, a signature, a mention."""

    text: str
    kind: str = "small"


@dataclass(frozen=True, slots=True)
class Links:
    """A list of links, one a line, or side by side (`row`)."""

    links: tuple[Link, ...]
    row: bool = False
    kind: str = "links"


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small drawing: coloured shapes (tag, attributes) in a view box, with its alternative text."""

    shapes: tuple[tuple[str, Mapping[str, str]], ...]
    box: str
    alt: str
    kind: str = "thumbnail"


Part: TypeAlias = Paragraph | Table | Code | Listing | Heading | Small | Links | Thumbnail


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a site share: name, motto, menu, small print and links at the foot."""

    name: str
    motto: str = ""
    menu: tuple[Link, ...] = ()
    foot: tuple[Link, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site; `source` is what "view source" shows."""

    site: Site
    title: str
    parts: tuple[Part, ...]
    source: str = ""


Opener = Callable[[str, Query], Page | None]
World = Callable[[Mapping[str, Any], str], Opener]
_WORLDS: dict[str, World] = {}


def world(name: str) -> Callable[[World], World]:
    """Register the decorated function (specification, language) -> opener under a name."""

    def register(made: World) -> World:
        _WORLDS[name] = made
        return made

    return register


def shelf(pages: Mapping[str, Page]) -> Opener:
    """The opener of listed pages; a key may hold parameters (`shop.example/list?page=2`), others are ignored."""
    by_address = {written(*read_address(address)): page for address, page in pages.items()}

    def open_page(address: str, query: Query) -> Page | None:
        return by_address.get(written(address, query)) or by_address.get(address)

    return open_page


def read_address(typed: str) -> tuple[str, dict[str, str]]:
    """The address and parameters in what was typed: scheme, www, last slash and anchor do not matter."""
    bare = typed.strip()[:LONGEST_ADDRESS].partition("#")[0]
    try:
        split = urlsplit(bare if "://" in bare else f"https://{bare}")
        query = dict(parse_qsl(split.query))
    except ValueError:
        return "", {}
    host = split.netloc.lower().removeprefix("www.")
    return (host + split.path).rstrip("/"), query


def written(address: str, query: Query) -> str:
    """The address with its parameters, in alphabetical order."""
    return f"{address}?{urlencode(sorted(query.items()))}" if query else address


def links_of(pairs: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """Links from pairs of text and address."""
    return tuple(Link(text, address) for text, address in pairs)


@place("browser")
def view(spec: Mapping[str, Any], path: str, query: Query, language: str) -> PlacePage:
    """The page at a path (an address), at `go?address=` (typed), or the source of one at `source?address=`."""
    generators()  # the worlds register beside their generators
    address, asked = _asked(spec, path, query, language)
    page = _WORLDS[spec["world"]](spec, language)(address, asked)
    values: dict[str, object] = {"address": _shown(address, asked), "bar": bool(spec.get("bar"))}
    if page is None:
        missing = words(language).t("browser.missing.title")
        return PlacePage("places/browser/missing.html", missing, values, status=404)
    values |= {"page": page, "site": page.site, "source": bool(spec.get("source") and page.source)}
    name = "source" if path == "source" and values["source"] else "page"
    return PlacePage(f"places/browser/{name}.html", page.title, values)


def _asked(spec: Mapping[str, Any], path: str, query: Query, language: str) -> tuple[str, Query]:
    if path in {"go", "source"}:
        return read_address(query.get("address", ""))
    if not path.strip("/"):
        return read_address(say(spec["home"], language))
    return path.strip("/")[:LONGEST_ADDRESS], query


def _shown(address: str, query: Query) -> str:
    return f"https://{address}?{urlencode(query)}" if query else f"https://{address}"
