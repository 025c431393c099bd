"""Worlds to test in: a bank as experts judged it, how its items are really answered, and who comes.

Everything is drawn from one numpy generator per use, so that a seed gives the same world and the same people. A
person's outcome on an item is drawn once: every way of testing meets the same luck (common random numbers).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lti_tool.engine.answering import Floats
from lti_tool.engine.scale import Item, Plan, Reference
from lti_tool.engine.sheet import Sheet, bank, sheet

Bools = npt.NDArray[np.bool_]
COMPETENCES_OF_AREAS = (3, 4, 4, 3, 2)
"""DigComp's shape as the blueprint has it: 16 competences in 5 areas."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a world is like; standard deviations in levels.

    slips: share of right answers lost by those who know. judged_wrong: error of the experts' levels, split evenly
    between a skill and each of its items. specialist: everyone is at 2.0 but at 5.0 in one competence, whichever.
    """

    name: str
    population: Reference
    guessing: bool = True
    slips: float = 0.05
    judged_wrong: float = 0.4
    specialist: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A bank on one sheet (rows as `Sheet` has them) and the truth about its items, one value each."""

    nature: Nature
    items: tuple[Item, ...]
    plan: Plan
    sheet: Sheet
    difficulty: Floats
    slope: Floats
    guess: Floats
    ceiling: float

    @property
    def name(self) -> str:
        """The world's name."""
        return self.nature.name


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """People of a world: theta, people by topics; right, people by items; levels, people by competences (the truth)."""

    world: World
    theta: Floats
    right: Bools
    levels: Floats


NATURES = (
    Nature("no guessing", Reference(), guessing=False, slips=0.0),
    Nature("guessing", Reference()),
    Nature("correlated topics", Reference(2.7, 1.45, 0.35, 0.45, 0.35)),
    Nature("wrong levels", Reference(), judged_wrong=0.8),
    Nature("low correlation", Reference(2.7, 0.6, 0.5, 1.3, 0.7)),
    Nature("specialist", Reference(), specialist=True),
    Nature("another population", Reference(4.0, 0.9, 0.5, 0.7, 0.6)),
)


def world(nature: Nature, rng: np.random.Generator, competences: int = 16, max_items: int = 96) -> World:
    """Draw a world: a bank for the first so many competences (about 55 items each), judged more or less well."""
    items = _items(rng, competences, guessing=nature.guessing)
    caps: dict[str, float] = {}
    for item in items:
        caps[item.topic] = max(caps.get(item.topic, 0.0), item.level)
    plan = Plan(caps, max_items=max_items, min_items=4)
    held = sheet(bank(items, None), plan)
    each = nature.judged_wrong / 2**0.5
    wrong = rng.normal(0, each, len(held.bank.skills))[held.skill] + rng.normal(0, each, len(items))
    options = np.array([item.options for item in held.items])
    return World(
        nature=nature,
        items=held.items,
        plan=plan,
        sheet=held,
        difficulty=held.curves.level - 0.5 + wrong,
        slope=np.exp(rng.normal(np.log(1.15), 0.2, len(items))),
        guess=np.where(options > 1, 1 / np.maximum(options, 1), 0.0),
        ceiling=1 - nature.slips,
    )


def cohort(world: World, rng: np.random.Generator, people: int) -> Cohort:
    """Draw people and their luck."""
    theta = _specialists(world, rng, people) if world.nature.specialist else _people(world, rng, people)
    levels = np.clip(theta, 0, world.sheet.caps) @ world.sheet.weights.T
    return Cohort(world, theta, _luck(world, theta, rng), levels)


def again(cohort: Cohort, rng: np.random.Generator) -> Cohort:
    """The same people on another day: what they can do is the same, their luck is not."""
    return replace(cohort, right=_luck(cohort.world, cohort.theta, rng))


def of_one_competence(cohort: Cohort, competence: int) -> Cohort:
    """The same people and luck in a world of one of its competences (by row), whose plan holds that alone."""
    whole = cohort.world
    topics = np.flatnonzero(whole.sheet.competence_of == competence)
    kept = np.flatnonzero(np.isin(whole.sheet.topic, topics))
    items = tuple(whole.items[row] for row in kept.tolist())
    plan = Plan({whole.sheet.topics[row]: float(whole.sheet.caps[row]) for row in topics.tolist()}, max_items=40)
    part = replace(
        whole,
        items=items,
        plan=plan,
        sheet=sheet(bank(items, None), plan),
        difficulty=whole.difficulty[kept],
        slope=whole.slope[kept],
        guess=whole.guess[kept],
    )
    levels = cohort.levels[:, competence : competence + 1]
    return Cohort(part, cohort.theta[:, topics], cohort.right[:, kept], levels)


def _items(rng: np.random.Generator, competences: int, *, guessing: bool) -> tuple[Item, ...]:
    """Four topics a competence, a fifth in the first; 5 to 8 levels each with a gap here and there; 2 or 3 variants."""
    found = []
    areas = [area for area, size in enumerate(COMPETENCES_OF_AREAS) for _ in range(size)]
    for number in range(competences):
        for place in range(5 if number == 0 else 4):
            topic = f"{number:02d}.{place}"
            first, last = int(rng.integers(1, 3)), int(rng.integers(6, 9))
            for level in range(first, last + 1):
                if first < level < last and rng.random() < 0.1:
                    continue
                for variant in range(int(rng.integers(2, 4))):
                    options = int(rng.choice([0, 0, 3, 4, 5])) if guessing else 0
                    skill = f"{topic}.{level}"
                    area = f"area{areas[number]}"
                    found.append(Item(f"{skill}.{variant}", skill, topic, f"{number:02d}", area, level, options))
    return tuple(found)


def _luck(world: World, theta: Floats, rng: np.random.Generator) -> Bools:
    """Whether each person would get each item right."""
    at = theta[:, world.sheet.topic]
    chance = world.guess + (world.ceiling - world.guess) / (1 + np.exp(-world.slope * (at - world.difficulty)))
    return np.asarray(rng.random(chance.shape) < chance)


def _people(world: World, rng: np.random.Generator, people: int) -> Floats:
    """Theta = mean + general + area + competence + topic."""
    who, held = world.nature.population, world.sheet
    general = rng.normal(0, who.sd_general, (people, 1))
    area = rng.normal(0, who.sd_area, (people, len(held.areas)))[:, held.area_of]
    competence = rng.normal(0, who.sd_competence, (people, len(held.competences)))[:, held.competence_of]
    topic = rng.normal(0, who.sd_topic, (people, len(held.topics)))
    return np.asarray(who.mean + general + area + competence + topic)


def _specialists(world: World, rng: np.random.Generator, people: int) -> Floats:
    """2.0 everywhere, 5.0 in one competence, with the spread of topics around."""
    held = world.sheet
    theta = rng.normal(2.0, world.nature.population.sd_topic, (people, len(held.topics)))
    strong = rng.integers(0, len(held.competences), people)
    theta[strong[:, None] == held.competence_of[None, :]] += 3.0
    return theta
