"""The generators by name: every module of `material/` registers its own when it is imported.

A generator draws facts and truth from chance and parameters; what it has to show as files it renders from the facts.
Marking and audit need the draw only, so it stays under a millisecond; rendering may take its time.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw

Drawer = Callable[[Draw, Mapping[str, Any]], Drawn]
Renderer = Callable[[Facts, str, str], bytes]


@dataclass(frozen=True, slots=True)
class Generator:
    """A draw, a render (none where there are no files), and the names of the parameters that it takes."""

    name: str
    draw: Drawer
    render: Renderer | None
    takes: frozenset[str]


_REGISTERED: dict[str, Generator] = {}


def generator(name: str, *, render: Renderer | None = None, takes: Iterable[str] = ()) -> Callable[[Drawer], Drawer]:
    """Register the decorated draw under a name; ValueError when the name is taken by another module."""

    def register(draw: Drawer) -> Drawer:
        known = _REGISTERED.get(name)
        if known and known.draw.__module__ != draw.__module__:
            msg = f"two generators are called {name}"
            raise ValueError(msg)
        _REGISTERED[name] = Generator(name, draw, render, frozenset(takes))
        return draw

    return register


@cache
def generators() -> Mapping[str, Generator]:
    """Every generator by its name, all modules of `material/` imported."""
    package = importlib.import_module("lti_tool.content.material")
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _REGISTERED


def opaque(choice: Draw, texts: Sequence[Any], first: int = 1) -> tuple[list[dict[str, Any]], list[str]]:
    """Shuffle texts into proposals p1..pn: the proposals in shown order, and the id that each given text got."""
    order = choice.shuffled(range(len(texts)))
    ids = {place: f"p{first + position}" for position, place in enumerate(order)}
    return [{"id": ids[place], "text": texts[place]} for place in order], [ids[place] for place in range(len(texts))]


def proposals(choice: Draw, right: Sequence[Any], wrong: Sequence[Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Shuffle right and wrong texts together: (facts["proposals"], truth["right"])."""
    shown, ids = opaque(choice, [*right, *wrong])
    return shown, sorted(ids[: len(right)], key=lambda name: int(name[1:]))
