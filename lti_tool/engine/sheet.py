"""The items of a bank, and those of one plan, as arrays: what choosing and recording read instead of objects."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats, difficulty, guessing, slope
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Difficulties, Item, ItemRefused, Plan, PlanRefused


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """How items are answered, one row each: level, mean b and variance (doubt) of the difficulty, slope, guessing."""

    level: Floats
    b: Floats
    doubt: Floats
    slope: Floats
    guess: Floats

    def take(self, rows: Codes) -> "Curves":
        """Give the curves of these rows alone."""
        return Curves(self.level[rows], self.b[rows], self.doubt[rows], self.slope[rows], self.guess[rows])

    def same(self, other: "Curves") -> bool:
        """Whether both answer alike, to the last bit."""
        mine, theirs = (self.b, self.slope, self.guess), (other.b, other.slope, other.guess)
        return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Items in the order of their ids, one row each; skills and topics as numbers, in the order of their names."""

    items: tuple[Item, ...]
    rows: dict[str, int]
    curves: Curves
    skill: Codes
    topic: Codes
    skills: tuple[str, ...]
    topics: tuple[str, ...]
    competence_of: dict[str, str]
    area_of: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The part of a bank that one plan holds: item rows, then topic rows, then competences and areas.

    weights: competences by topics, 1 over the number of topics; area_sums: areas by competences, ones and zeros.
    """

    bank: Bank
    items: tuple[Item, ...]
    rows: dict[str, int]
    curves: Curves
    skill: Codes
    topic: Codes
    reachable: np.ndarray[tuple[int], np.dtype[np.bool_]]
    topics: tuple[str, ...]
    caps: Floats
    competence_of: Codes
    area_of: Codes
    competences: tuple[str, ...]
    areas: tuple[str, ...]
    weights: Floats
    area_sums: Floats

    def same(self, other: "Sheet") -> bool:
        """Whether both hold the same items with the same answer curves."""
        return self is other or (self.rows == other.rows and self.curves.same(other.curves))


def bank(items: Iterable[Item], parameters: Difficulties | None) -> Bank:
    """Lay the items out; refuse an id given twice, a topic in two competences and the like."""
    ordered = tuple(sorted(items, key=lambda item: item.id))
    rows = {item.id: row for row, item in enumerate(ordered)}
    if len(rows) != len(ordered):
        raise ItemRefused("an item id is given twice")
    _tiers(((item.skill, item.topic) for item in ordered), "skill", "topic")
    competence_of = _tiers(((item.topic, item.competence) for item in ordered), "topic", "competence")
    area_of = _tiers(((item.competence, item.area) for item in ordered), "competence", "area")
    skills, skill = _codes([item.skill for item in ordered])
    topics, topic = _codes([item.topic for item in ordered])
    return Bank(
        items=ordered,
        rows=rows,
        curves=_curves(ordered, parameters),
        skill=skill,
        topic=topic,
        skills=skills,
        topics=topics,
        competence_of=competence_of,
        area_of=area_of,
    )


def sheet(bank: Bank, plan: Plan) -> Sheet:
    """Take from the bank what the plan holds; an item above its topic's cap stays recordable but is not reachable.

    Refuses a topic with no item, and fewer questions than the plan's minimum for all of its competences together.
    """
    topics = tuple(sorted(plan.topics))
    for topic in topics:
        if topic not in bank.competence_of:
            raise PlanRefused(f"topic {topic!r} has no item")
    competences, competence_of = _codes([bank.competence_of[topic] for topic in topics])
    areas, area_of_competence = _codes([bank.area_of[competence] for competence in competences])
    if plan.max_items < plan.min_per_competence * len(competences):
        raise PlanRefused(f"{plan.max_items} questions cannot measure {len(competences)} competences")
    held, topic_rows = _held(bank, topics)
    items = tuple(bank.items[row] for row in held.tolist())
    caps = np.array([plan.topics[topic] for topic in topics], dtype=np.float64)
    member = np.arange(len(competences))[:, None] == competence_of[None, :]
    return Sheet(
        bank=bank,
        items=items,
        rows={item.id: row for row, item in enumerate(items)},
        curves=bank.curves.take(held),
        skill=bank.skill[held],
        topic=topic_rows,
        reachable=bank.curves.level[held] <= caps[topic_rows],
        topics=topics,
        caps=caps,
        competence_of=competence_of,
        area_of=area_of_competence[competence_of],
        competences=competences,
        areas=areas,
        weights=member / member.sum(axis=1, keepdims=True),
        area_sums=(np.arange(len(areas))[:, None] == area_of_competence[None, :]).astype(np.float64),
    )


def _held(bank: Bank, topics: tuple[str, ...]) -> tuple[Codes, Codes]:
    """Give the bank's rows of the items of these topics, and for each the number of its topic among them."""
    number = np.full(len(bank.topics), -1, dtype=np.intp)
    number[[bank.topics.index(topic) for topic in topics]] = np.arange(len(topics))
    held = np.flatnonzero(number[bank.topic] >= 0)
    return held, number[bank.topic[held]]


def _curves(items: tuple[Item, ...], parameters: Difficulties | None) -> Curves:
    """Lay out how the items are answered."""
    judged = [difficulty(item, parameters) for item in items]
    return Curves(
        level=np.array([item.level for item in items], dtype=np.float64),
        b=np.array([mean for mean, _ in judged], dtype=np.float64),
        doubt=np.array([variance for _, variance in judged], dtype=np.float64),
        slope=np.array([slope(variance) for _, variance in judged], dtype=np.float64),
        guess=np.array([guessing(item.options) for item in items], dtype=np.float64),
    )


def _codes(names: list[str]) -> tuple[tuple[str, ...], Codes]:
    """Give the distinct names in order, and each name as its number among them."""
    distinct = tuple(sorted(set(names)))
    number = {name: row for row, name in enumerate(distinct)}
    return distinct, np.array([number[name] for name in names], dtype=np.intp)


def _tiers(pairs: Iterable[tuple[str, str]], lower: str, upper: str) -> dict[str, str]:
    """Give the one upper tier of every lower one; refuse a second."""
    above: dict[str, str] = {}
    for inner, outer in pairs:
        if above.setdefault(inner, outer) != outer:
            raise ItemRefused(f"{lower} {inner!r} stands in two: {upper} {above[inner]!r} and {outer!r}")
    return above
