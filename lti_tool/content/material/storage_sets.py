"""Backup sets: which are needed to go back to an evening, and how far one can go back when a set is damaged.

A full set holds everything; a differential one what changed since the last full set; an incremental one what changed
since the last set of any kind. The challenges print these three sentences.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import HOUSES, Said, ordered, said, weekday

KINDS = {
    "F": said("full", "complète"),
    "D": said("differential", "différentielle"),
    "I": said("incremental", "incrémentielle"),
}
# A week of evenings, Sunday to Saturday.
WEEKS = {
    "plain": ("FDDDDDD", "FIIIIII"), "mixed": ("FIIDIII", "FDIIDII", "FIDIIDI"),
}  # fmt: skip
# First evenings: every day that follows is above 12, so that no one can take it for a month.
_SUNDAYS = [
    day
    for year in (2023, 2024, 2025)
    for month in range(1, 13)
    for day in (date(year, month, 13 + n) for n in range(4))
    if day.weekday() == 6
]


def needed(kinds: Sequence[str], evening: int) -> list[int]:
    """The places of the sets that restore an evening: back from it to the last full set."""
    chain = [evening]
    while kinds[chain[0]] != "F":
        before = chain[0] - 1
        if kinds[chain[0]] == "D":
            before = max(place for place in range(chain[0]) if kinds[place] == "F")
        chain.insert(0, before)
    return chain


def _calendar(choice: Draw, kinds: str) -> tuple[list[date], list[Said]]:
    sunday = choice.one(_SUNDAYS)
    days = [sunday + timedelta(days=place) for place in range(len(kinds))]
    return days, [weekday(day) for day in days]


def _table(rows: list[list[Any]]) -> dict[str, Any]:
    head = [said("Evening", "Soir"), said("Set", "Sauvegarde"), said("State", "État")][: len(rows[0])]
    return {"kind": "table", "caption": said("Backup sets", "Jeux de sauvegarde"), "head": head, "rows": rows}


_GOOD, _DAMAGED = said("readable", "lisible"), said("damaged", "abîmée")


@generator("storage_sets", takes=("week",))
def draw_sets(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A week of sets and an evening to restore: which sets are needed? `week`: plain or mixed."""
    week = choice.one(WEEKS[parameters["week"]])
    evening = choice.between(3, 5)
    labels = _calendar(choice, week)[1]
    sets = needed(week, evening)
    ids = [f"p{place + 1}" for place in range(7)]
    facts = {
        "values": {"house": choice.one(HOUSES), "evening": labels[evening]},
        "shown": [_table([[labels[place], KINDS[week[place]]] for place in range(7)])],
        "proposals": ordered(labels, ids),
    }  # fmt: skip
    return Drawn(
        facts,
        {"right": [ids[place] for place in sets], "values": {"sets": {"list": [labels[place] for place in sets]}}},
    )


@generator("storage_damaged", takes=("week",))
def draw_damaged(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Eleven evenings or more, one set damaged, all lost on the last: which is the latest that can be restored?"""
    week = choice.one(WEEKS[parameters["week"]])
    kinds = (week * 2)[: choice.between(11, 13)]
    last = len(kinds) - 1
    # The damage lies where the last evening needs it, after the second full set or on it.
    damaged = choice.one(needed(kinds, last)[:-1] if last - 1 in needed(kinds, last) else [7, last])
    days, labels = _calendar(choice, kinds)
    latest = max(place for place in range(len(kinds)) if damaged not in needed(kinds, place))
    rows = [[labels[place], KINDS[kind], _DAMAGED if place == damaged else _GOOD] for place, kind in enumerate(kinds)]
    facts = {
        "values": {"house": choice.one(HOUSES), "last": labels[last], "year": days[last].year}, "shown": [_table(rows)],
    }  # fmt: skip
    values = {
        "latest": labels[latest],
        "damaged": labels[damaged],
        "sets": {"list": [labels[place] for place in needed(kinds, latest)]},
    }
    return Drawn(facts, {"fields": {"day": {"date": str(days[latest])}}, "values": values})
