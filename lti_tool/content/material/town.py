"""An encyclopedia article about an invented town, expanded from a token: the corpus `town` of the encyclopedia.

The specification holds `token` and, where a challenge turns on an edit, `event`: its moment `at`, its `user` and, where
it replaced a value, `value` (a name of `figures`) and the `old` one. The history has no other edit on that day.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lti_tool.content.chance import Draw, from_token
from lti_tool.content.filling import fill, number_in_words, say
from lti_tool.content.inventing import aliases, internet_address, people, town, towns
from lti_tool.content.places.article import Article, Change, Edit, Message, Section, paragraphs
from lti_tool.content.places.encyclopedia import corpus

EDITS = 35
CENSUSES = (1966, 1975, 1984, 1994, 2004, 2014)
SECTIONS = ("geography", "climate", "origins", "bridge", "population", "economy", "crafts", "transport", "education",
            "culture", "sport", "twinning")  # fmt: skip
_FIRST, _LAST = date(2016, 2, 1), date(2022, 11, 30)
_NO_WORK = 4  # of the works listed in the bibliography, how many no note refers to


@cache
def texts() -> dict[str, Any]:
    """The words of the article."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return read


def name_of(token: str) -> str:
    """The name of the town of a token."""
    return town(from_token(token, "name"))


def figures(token: str) -> dict[str, Any]:
    """Every value that the article tells, by name; years and numbers are whole numbers."""
    choice = from_token(token, "figures")
    name = name_of(token)
    river, region, twin = [other for other in towns(choice, 4) if other != name][:3]
    bridge = choice.between(1880, 1935)
    return {
        "town": name, "river": river, "region": region, "twin": twin,
        "altitude": choice.between(112, 1180), "area": choice.between(14, 96), "rain": choice.between(42, 88),
        "founded": choice.between(1190, 1790), "bridge": bridge, "station": bridge + choice.between(3, 28),
        "school": choice.between(1961, 2008), "club": choice.between(1919, 1958), "twinned": choice.between(1972, 2012),
        "members": choice.between(60, 480), "workshops": choice.between(6, 29), "objects": choice.between(320, 2900),
        "postcode": choice.between(2010, 9870), "mayor": people(choice, 1)[0],
        "crop": choice.one(texts()["crops"]), "craft": choice.one(texts()["crafts"]),
    }  # fmt: skip


def census(token: str, version: str) -> list[int]:
    """The inhabitants at each of CENSUSES according to a language version: each version has its own figures."""
    start = from_token(token, "census").between(3_000, 19_000)
    choice = from_token(token, f"census {version}")
    counts = []
    for _ in CENSUSES:
        counts.append(start + choice.between(11, 790))
        start = start * choice.between(108, 126) // 100
    return counts


def works(token: str) -> list[tuple[str, str, int, int]]:
    """The works of the bibliography: (author, family name, number of the title, year); the first ones have notes."""
    choice = from_token(token, "works")
    authors = people(choice, len(SECTIONS) + _NO_WORK)
    titles = choice.shuffled(range(len(texts()["works"])))
    return [(author, author.split(" ", 1)[1], titles[place], choice.between(1968, 2014))
            for place, author in enumerate(authors)]  # fmt: skip


def sentence(token: str, section: str, language: str) -> str:
    """The first sentence of a section, the one that a note supports."""
    return fill(texts()["sections"][section][language]["text"], figures(token), language).split("[*]")[0]


@corpus("town")
def article(spec: Mapping[str, Any], language: str) -> Article:
    """The article in a language version (fr, en, ar)."""
    token = spec["token"]
    values = {**figures(token), **spec.get("changed", {})}
    plain = Article(
        title=values["town"],
        lead=fill(texts()["lead"][language], values, language),
        sections=tuple(_section(token, name, place, values, language) for place, name in enumerate(SECTIONS, start=1)),
        box=tuple((say(label, language), _boxed(name, values[name])) for name, label in texts()["box"].items()),
        notes=tuple(f"{work[1]}, p. {21 + 7 * place}." for place, work in enumerate(works(token)[: len(SECTIONS)])),
        works=tuple(sorted(f"{author}, {say(texts()['works'][title], language)}, {year}."
                           for author, _, title, year in works(token))),
        direction="rtl" if language == "ar" else "ltr",
    )  # fmt: skip
    return replace(plain, edits=_edits(spec, plain, language), talk=_talk(token, language))


def _boxed(name: str, value: Any) -> str:
    units = {"altitude": "\u00a0m", "area": "\u00a0km²"}
    return f"{value}{units.get(name, '')}"


def _section(token: str, name: str, note: int, values: Mapping[str, Any], language: str) -> Section:
    words = texts()["sections"][name][language]
    text = fill(words["text"], values, language).replace("[*]", f"[{note}]")
    if name != "population":
        return Section(name, words["title"], (text,))
    rows = zip(CENSUSES, census(token, language), strict=True)
    head = tuple(say(cell, language) for cell in texts()["census"])
    return Section(name, words["title"], (text,), head,
                   tuple((str(year), number_in_words(count, language)) for year, count in rows))  # fmt: skip


def _edits(spec: Mapping[str, Any], plain: Article, language: str) -> tuple[Edit, ...]:
    choice = from_token(spec["token"], "edits")
    event = spec.get("event", {"at": "2019-06-17T10:12", "user": "Lagoon"})
    own = datetime.fromisoformat(event["at"])
    stem = event["user"][:3]
    users = [user for user in aliases(choice, 16) if user[:3] != stem]
    users += [internet_address(choice) for _ in range(3)]
    edits = [_harmless(choice, moment, choice.one(users), plain, event, language) for moment in _moments(choice, own)]
    change = _replaced(plain, event, language)
    edits.append(Edit(event["at"], event["user"], _remark(choice, language), choice.between(-9, 9) or 1, change))
    return tuple(sorted(edits, key=lambda edit: edit.at))


def _moments(choice: Draw, own: datetime) -> list[datetime]:
    """The moments of the other edits: never on the day of the event, but on days that look like it or touch it."""
    decoys = [own.date() - timedelta(days=1), own.date() + timedelta(days=1), _moved(own.date(), months=1),
              _moved(own.date(), months=12), _moved(own.date(), months=-12)]  # fmt: skip
    days = list(decoys)
    while len(days) < EDITS - 1:
        days.append(choice.day(_FIRST, _LAST))
    times = [timedelta(hours=choice.between(6, 22), minutes=choice.below(60)) for _ in days]
    return [datetime.combine(day if day != own.date() else day - timedelta(days=2), datetime.min.time()) + time
            for day, time in zip(days, times, strict=True)]  # fmt: skip


def _moved(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def _harmless(
    choice: Draw, moment: datetime, user: str, plain: Article, event: Mapping[str, Any], language: str
) -> Edit:
    kept = f"{event.get('section')}/0"
    key, text = choice.one([pair for pair in paragraphs(plain) if pair[0] != kept])
    words = text.split(" ")
    place = choice.one([number for number, word in enumerate(words) if len(word) > 5 and word.isalpha()] or [0])
    slipped = [*words[:place], words[place][:2] + words[place][1:], *words[place + 1 :]]
    changes = (Change(key, " ".join(slipped), text),) if choice.chance(3, of=4) else ()
    delta = -1 if changes else choice.between(4, 46)
    return Edit(moment.isoformat(timespec="minutes"), user, _remark(choice, language), delta, changes)


def _replaced(plain: Article, event: Mapping[str, Any], language: str) -> tuple[Change, ...]:
    if "old" not in event:
        return ()
    key = f"{event['section']}/0"
    text = dict(paragraphs(plain))[key]
    old = say(event["old"], language)
    return (Change(key, text.replace(say(event["new"], language), old, 1), text),)


def _remark(choice: Draw, language: str) -> str:
    return say(choice.one(texts()["remarks"]), "fr" if language == "fr" else "en")


def _talk(token: str, language: str) -> tuple[Message, ...]:
    choice = from_token(token, "talk")
    spoken = "fr" if language == "fr" else "en"
    users = aliases(choice, len(texts()["talk"]))
    start = datetime(2020, 3, choice.between(1, 20), 9, 14).isoformat(timespec="minutes")  # noqa: DTZ001 - a page's own local time
    return tuple(Message(say(one["topic"], spoken), user, start, say(one["text"], spoken))
                 for one, user in zip(texts()["talk"], users, strict=True))  # fmt: skip
