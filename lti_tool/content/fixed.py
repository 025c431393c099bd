"""Fixed tests of a bank: lists of challenges in a set order, each a file of the folder `tests`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from lti_tool.content.challenge import ByLanguage, Challenge
from lti_tool.content.reading import Document, Problem
from lti_tool.content.rules import language_problems
from lti_tool.content.shapes import ByLanguage as SaidByLanguage
from lti_tool.content.shapes import Shape, Slug

FOLDER = "tests"


class FixedTestShape(Shape):
    """A file of the folder `tests`; a changed list gets the next version, since placements name it."""

    id: Slug
    version: Annotated[int, Field(ge=1)]
    titles: SaidByLanguage
    purpose: SaidByLanguage
    minutes: Annotated[int, Field(ge=1, le=240)]
    challenges: Annotated[list[str], Field(min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class FixedTest:
    """A list of challenges, asked in this order: its id with its version, what it is for, about how many minutes."""

    id: str
    titles: ByLanguage
    purpose: ByLanguage
    minutes: int
    challenges: tuple[str, ...]


def build_fixed_test(shape: FixedTestShape) -> FixedTest:
    """The test that a file describes."""
    return FixedTest(
        f"{shape.id}/{shape.version}", dict(shape.titles), dict(shape.purpose), shape.minutes, tuple(shape.challenges)
    )


def fixed_test_problems(
    document: Document,
    shape: FixedTestShape,
    stem: str,
    challenges: Mapping[str, Challenge],
    languages: tuple[str, ...],
) -> list[Problem]:
    """Everything wrong in a list as it is written, given the challenges of the bank and its languages."""
    problems = [] if shape.id == stem else [document.problem(("id",), f"must be {stem}, as the file is called")]
    for name, said in (("titles", shape.titles), ("purpose", shape.purpose)):
        problems += language_problems(document, (name,), said, (*languages, "ar"))
    for place, item in enumerate(shape.challenges):
        message = _wrong_with(item, shape.challenges[:place], challenges.get(item), languages)
        if message:
            problems.append(document.problem(("challenges", place), message))
    return problems


def _wrong_with(item: str, before: list[str], challenge: Challenge | None, languages: tuple[str, ...]) -> str:
    """Why a challenge cannot stand in a list that everybody is asked, on any device, in any language; empty: it can."""
    if challenge is None:
        return f"no challenge is called {item}"
    if item in before:
        return f"{item} stands twice"
    if challenge.pool != "open":
        return f"{item} is sealed"
    if challenge.device != "any":
        return f"{item} needs a {challenge.device}"
    lacking = [language for language in languages if language not in challenge.languages]
    return f"{item} is not live in {lacking[0]}" if lacking else ""
