"""The simulated places: small sites that a person searches for an answer, as plain pages without script.

Whoever serves a page renders its template with `values`, `title`, `lang`, `dir`, `t` (words.t), `stylesheet` (the
address of static/places.css) and `link` (from `place_link`). Forms are sent by GET: the frame needs allow-forms.

A place is a function from (its specification in the facts, path, query, language) to a page. It never raises, whatever
path and query are: what it does not know is its own page 404. Modules of this package register their places.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from lti_tool.content.presentation import PlacePage
from lti_tool.words import words

PlaceView = Callable[[Mapping[str, Any], str, Mapping[str, str], str], PlacePage]
_REGISTERED: dict[str, PlaceView] = {}


def place(name: str) -> Callable[[PlaceView], PlaceView]:
    """Register the decorated view as the place of that name; ValueError when another module has it."""

    def register(view: PlaceView) -> PlaceView:
        known = _REGISTERED.get(name)
        if known and known.__module__ != view.__module__:
            msg = f"two places are called {name}"
            raise ValueError(msg)
        _REGISTERED[name] = view
        return view

    return register


@cache
def places() -> Mapping[str, PlaceView]:
    """Every place by its name, all modules of this package imported."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        importlib.import_module(f"{__name__}.{module.name}")
    return _REGISTERED


def place_link(current: str) -> Callable[..., str]:
    """The builder of relative links for the page at path `current`: link("history", page=2), link("") for the start."""
    up = "../" * current.count("/")

    def link(path: object = "", /, **query: object) -> str:
        asked = f"?{urlencode(query)}" if query else ""
        return f"{up or './'}{quote(str(path))}{asked}"

    return link


def not_found(language: str) -> PlacePage:
    """What a place answers where it has no page."""
    return PlacePage("places/not_found.html", words(language).t("place.not_found.title"), {}, status=404)


def whole(text: str | None, low: int, high: int, otherwise: int) -> int:
    """A whole number of a query between low and high, or `otherwise` where it is missing or nonsense."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 6:
        return otherwise
    return min(max(int(text), low), high)
