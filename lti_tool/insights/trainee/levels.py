"""Levels of record as they are shown: competences with band, level and interval, areas and the whole as sums."""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.content import Bank
from lti_tool.engine import Estimate, band, interval, pix, shown_level
from lti_tool.models import Placement
from lti_tool.words import in_language

Kept = Mapping[str, Mapping[str, float] | None]
"""The competences of an attempt's result: level and error of each, None where it is not measured."""


@dataclass(frozen=True, slots=True)
class CompetenceLevel:
    """A competence as it is shown; `estimate` and what follows from it are None or 0 where it is not measured.

    `cap` is the highest level that this test can show in it; `low` and `high` hold the level with 95 %.
    """

    code: str
    title: str
    area: str
    cap: float
    estimate: Estimate | None
    band: str | None = None
    band_probability: float = 0.0
    level: int | None = None
    low: float = 0.0
    high: float = 0.0
    pix: int | None = None


@dataclass(frozen=True, slots=True)
class AreaLevel:
    """An area: the sum over its measured competences, and how many of those in the test are measured."""

    code: str
    title: str
    competences: tuple[CompetenceLevel, ...]
    measured: int
    pix: int | None


def codes_of(placement: Placement) -> tuple[str, ...]:
    """The competences of a placement's plan, by code (a topic's id begins with its competence's)."""
    return tuple(sorted({topic.rsplit(".", 1)[0] for topic in placement.plan["topics"]}))


def cap_of(placement: Placement, code: str) -> float:
    """The highest level of a competence that the plan can show: the mean of its topics' caps."""
    caps = [float(cap) for topic, cap in placement.plan["topics"].items() if topic.rsplit(".", 1)[0] == code]
    return sum(caps) / len(caps)


def levels_of(bank: Bank, placement: Placement, kept: Kept, locale: str) -> tuple[CompetenceLevel, ...]:
    """Every competence of the plan, measured or not."""
    return tuple(_level(bank, placement, code, kept.get(code), locale) for code in codes_of(placement))


def areas_of(bank: Bank, levels: tuple[CompetenceLevel, ...], locale: str) -> tuple[AreaLevel, ...]:
    """The areas that the test touches, each with its competences."""
    return tuple(
        _area(bank, code, tuple(one for one in levels if one.area == code), locale)
        for code in sorted({one.area for one in levels})
    )


def sum_in_pix(levels: tuple[CompetenceLevel, ...]) -> int | None:
    """The pix of the measured competences together; None where none is."""
    measured = [one.estimate.level for one in levels if one.estimate is not None]
    return pix(Estimate(sum(measured), 0.0)) if measured else None


def _area(bank: Bank, code: str, levels: tuple[CompetenceLevel, ...], locale: str) -> AreaLevel:
    measured = sum(one.estimate is not None for one in levels)
    return AreaLevel(code, in_language(bank.areas[code].titles, locale), levels, measured, sum_in_pix(levels))


def _level(
    bank: Bank, placement: Placement, code: str, kept: Mapping[str, float] | None, locale: str
) -> CompetenceLevel:
    competence, cap = bank.competences[code], cap_of(placement, code)
    title = in_language(competence.titles, locale)
    if kept is None:
        return CompetenceLevel(code, title, competence.area, cap, None)
    estimate = Estimate(kept["level"], kept["error"])
    name, probability = band(estimate, cap)
    low, high = interval(estimate, 0.95, cap)
    return CompetenceLevel(
        code, title, competence.area, cap, estimate, name, probability, shown_level(estimate, cap), low, high,
        pix(estimate),
    )  # fmt: skip
