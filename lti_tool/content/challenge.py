"""What the bank is made of: framework, topics, skills, challenges, and what a seed draws in a challenge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ByLanguage = Mapping[str, str]
Facts = dict[str, Any]
Truth = dict[str, Any]
Response = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Area:
    """One of the five areas of the framework."""

    code: str
    titles: ByLanguage


@dataclass(frozen=True, slots=True)
class Competence:
    """One of the sixteen competences; `digcomp` lists the codes of DigComp that it covers."""

    code: str
    area: str
    titles: ByLanguage
    digcomp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a competence is made of; `top_level` is its highest skill with a live challenge (0: none)."""

    id: str
    competence: str
    titles: ByLanguage
    top_level: int


@dataclass(frozen=True, slots=True)
class Skill:
    """A topic at a level: what a person who masters it can do, and the advice for next time."""

    id: str
    topic: str
    level: int
    can: ByLanguage
    tip: ByLanguage


@dataclass(frozen=True, slots=True)
class Field:
    """A named input: `format` is text, number, date, time or select.

    `near` lets small slips pass, `strict` lists what is not forgiven (case, accents, spaces, punctuation), `units`
    are the units that may be typed after a number.
    """

    name: str
    format: str = "text"
    near: bool = False
    strict: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """What a challenge says in one language; `{name}` in them is filled from the facts."""

    status: str
    instruction: str
    why: str
    sentence: str = ""
    labels: ByLanguage = field(default_factory=dict)
    hints: ByLanguage = field(default_factory=dict)
    units: ByLanguage = field(default_factory=dict)
    alt: ByLanguage = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge of the bank, an item for the engine; the seed draws inside it and is never part of its id."""

    id: str
    skill: str
    topic: str
    competence: str
    area: str
    level: int
    kind: str
    options: int
    device: str
    pool: str
    needs_script: bool
    generator: str
    parameters: Mapping[str, Any]
    texts: Mapping[str, Texts]
    languages: tuple[str, ...]
    tips: ByLanguage
    fields: tuple[Field, ...] = ()

    def text(self, language: str) -> Texts:
        """Its texts in that language, else in English, else in the first there is."""
        return self.texts.get(language) or self.texts.get("en") or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a seed gives: facts may be shown, truth stays on the server. Both are plain JSON values."""

    facts: Facts
    truth: Truth
