"""Names that follow a pattern: wildcards that select them, schemes that sort by themselves."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.cast import FAMILY_NAMES, said

_WORDS = ("menu", "stock", "visite", "budget", "photo", "contact")


def selects(pattern: str, name: str) -> bool:
    """Whether a pattern of wildcards selects a name: `*` any signs or none, `?` exactly one sign."""
    piece = {"*": ".*", "?": "."}
    return bool(re.fullmatch("".join(piece.get(sign, re.escape(sign)) for sign in pattern), name))


def _names(word: str, year: int) -> list[str]:
    """Names that differ in one respect each: number of figures, letters more, extension, year."""
    return [
        f"{word}-{year}-1.pdf",
        f"{word}-{year}-7.pdf",
        f"{word}-{year}-12.pdf",
        f"{word}-{year}-3b.pdf",
        f"{word}-{year}-4.ods",
        f"{word}s-{year}-5.pdf",
        f"{word}-{year - 1}-6.pdf",
        f"{word}-{year - 1}-11.pdf",
        f"{word}-{year}.pdf",
        f"{word}-{year}-2.pdf.bak",
        f"old-{word}-{year}-8.pdf",
        f"{word}-{year}-9.txt",
    ]


def _patterns(word: str, year: int) -> list[str]:
    decade = str(year)[:3]
    return [
        f"{word}-{year}-?.pdf",
        f"{word}-{year}-*.pdf",
        f"{word}-{year}-??.pdf",
        f"{word}-{decade}?-?.pdf",
        f"*{word}-{year}-?.pdf",
        f"{word}-{year}-?.*",
        f"{word}-{decade}?-??.pdf",
        f"{word}*-{year}-?.pdf",
        f"{word}-{year}*.pdf",
    ]


@generator("pattern_select")
def draw_select(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A pattern and six names: which does it select? One to four of them."""
    word, year = choice.one(_WORDS), choice.between(2022, 2025)
    pattern = choice.one(_patterns(word, year))
    names = _names(word, year)
    right = choice.shuffled([name for name in names if selects(pattern, name)])[: choice.between(2, 4)]
    # The near misses first: what the loosest pattern would also take.
    wrong = choice.shuffled([name for name in names if not selects(pattern, name)])[: 6 - len(right)]
    shown, ids = proposals(choice, right, wrong)
    return Drawn({"values": {"pattern": pattern}, "proposals": shown}, {"right": ids})


@generator("pattern_choose")
def draw_choose(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Names to select and names to leave: which of four patterns does exactly that?"""
    word, year = choice.one(_WORDS), choice.between(2022, 2025)
    names = _names(word, year)
    patterns = _patterns(word, year)
    takes = {pattern: frozenset(name for name in names if selects(pattern, name)) for pattern in patterns}
    right = choice.one(
        [pattern for pattern in patterns if len(takes[pattern]) > 1 and list(takes.values()).count(takes[pattern]) == 1]
    )
    wrong = choice.some([pattern for pattern in patterns if takes[pattern] != takes[right]], 3)
    chosen = sorted(takes[right])
    # Every wrong pattern is given away by a name: taken though it should be left, or left though it should be taken.
    telling = [sorted(takes[pattern] ^ takes[right])[0] for pattern in wrong]
    left = sorted(
        {name for name in telling if name not in chosen}
        | set(choice.some([name for name in names if name not in chosen], 3))
    )
    shown, ids = proposals(choice, [right], wrong)
    blocks = [
        _column(said("To select", "À sélectionner"), chosen),
        _column(said("Not to select", "À ne pas sélectionner"), left),
    ]
    return Drawn({"proposals": shown, "shown": blocks}, {"right": ids, "values": {"pattern": right}})


def _column(caption: dict[str, str], names: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": caption,
        "head": [said("File name", "Nom du fichier")],
        "rows": [[name] for name in names],
    }


_ORDERS = (
    said("by day, then by client on the same day", "par jour, puis par client dans la même journée"),
    said("by client, then by day for each client", "par client, puis par jour pour chaque client"),
)


def _scheme(made: Sequence[tuple[date, str, int]], days: str, numbers: str, *, client_first: bool) -> str:
    """Two names as a scheme writes them; `days` is a strftime pattern, or empty for figures without leading zeros."""
    names = []
    for day, client, number in made:
        written = f"{day:{days}}" if days else f"{day.year}-{day.month}-{day.day}"
        parts = [client, written] if client_first else [written, client]
        names.append(f"{'_'.join(parts)}_{number:{numbers}}.pdf")
    return "  |  ".join(names)


@generator("naming_scheme")
def draw_scheme(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A requested order and four schemes shown by two names each: only one sorts so by itself."""
    first, second = sorted(name.lower() for name in choice.some(FAMILY_NAMES, 2))
    early = date(choice.between(2022, 2024), choice.between(2, 8), choice.between(13, 28))
    late = date(early.year, choice.between(10, 12), choice.between(2, 9))
    by_client = choice.chance(1, 2)
    made = [(early, second, 8), (late, first, 112)]
    right = _scheme(made, "%Y-%m-%d", "03", client_first=by_client)
    wrong = [_scheme(made, "%Y-%m-%d", "03", client_first=not by_client)]
    wrong += [_scheme(made, days, width, client_first=by_client) for days, width in (("%d-%m-%Y", "03"), ("", ""))]
    shown, ids = proposals(choice, [right], wrong)
    return Drawn({"values": {"order": _ORDERS[by_client]}, "proposals": shown}, {"right": ids})


@generator("naming_place")
def draw_place(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Files numbered without leading zeros, sorted sign by sign: which number stands at a place?"""
    word, count = choice.one(_WORDS), choice.between(23, 48)
    order = sorted(range(1, count + 1), key=str)
    # A place where the number differs from the place, after the tens have come in between.
    place = choice.one([spot for spot in range(12, min(count, 22)) if order[spot - 1] != spot])
    values = {"word": word, "count": count, "place": place}
    told = {"begin": {"list": [f"{word}-{number}" for number in order[:4]]}, "answer": order[place - 1]}
    return Drawn({"values": values}, {"value": order[place - 1], "tolerance": 0, "values": told})
