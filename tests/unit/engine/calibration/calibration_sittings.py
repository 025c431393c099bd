"""Simulated sittings to calibrate from: a staircase that follows the answers, so that choice is adaptive."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lti_tool.engine import Answer, Item, Outcome, Plan
from lti_tool.engine.calibration import Proposal, Sitting
from lti_tool.engine.simulation.world import World


@dataclass(frozen=True)
class Known:
    """A world, sittings in it and what calibration made of them."""

    world: World
    sittings: list[Sitting]
    proposal: Proposal


def staircase(
    world: World,
    rng: np.random.Generator,
    people: int,
    questions: int = 24,
    languages: Sequence[str | None] = (None,),
    harder: dict[tuple[int | None, str | None], float] | None = None,
    coin: frozenset[int] = frozenset(),
) -> list[Sitting]:
    """Let people answer. languages: taken in turn, person by person. harder: further levels of an item (its row; None:
    of every item) in a language. coin: rows of items that chance alone answers."""
    found = []
    who = world.nature.population
    held = world.sheet
    for number in range(people):
        language = languages[number % len(languages)]
        theta = who.mean + rng.normal(0, who.sd_general)
        theta = theta + rng.normal(0, who.sd_area, len(held.areas))[held.area_of]
        theta = theta + rng.normal(0, who.sd_competence, len(held.competences))[held.competence_of]
        theta = theta + rng.normal(0, who.sd_topic, len(held.topics))
        free, near, answers = np.ones(len(world.items), dtype=bool), 2.7, []
        for step in range(questions):
            open_rows = np.flatnonzero(free)
            off = np.abs(held.curves.b[open_rows] - near)
            row = int(rng.choice(open_rows[np.argsort(off, kind="stable")[:20]]))
            free[row] = False
            b = world.difficulty[row] + sum((harder or {}).get((one, language), 0.0) for one in (row, None))
            lift = 1 / (1 + np.exp(-world.slope[row] * (theta[held.topic[row]] - b)))
            chance = 0.5 if row in coin else world.guess[row] + (world.ceiling - world.guess[row]) * lift
            right = rng.random() < chance
            near += (1 if right else -1) * 1.2 / (step + 1) ** 0.5
            answers.append(Answer(world.items[row].id, Outcome.RIGHT if right else Outcome.WRONG, language))
        found.append(Sitting(f"p{number}", world.plan, tuple(answers), tuple(20.0 + k for k in range(questions))))
    return found


def of_errors(proposal: Proposal, world: World) -> tuple[np.ndarray, np.ndarray]:
    """Give each item's error (proposed - true difficulty) and the standard error it was proposed with."""
    numbers = np.array([proposal.difficulties[item.id] for item in world.items])
    return numbers[:, 0] - world.difficulty, np.sqrt(numbers[:, 1])


def seat(person: str, items: Sequence[Item], marks: str, language: str | None = None, **rest: object) -> Sitting:
    """Answer items in turn with outcomes written as letters (R right, W wrong, S skipped, T timed out); 10 s each."""
    letters = {"R": Outcome.RIGHT, "W": Outcome.WRONG, "S": Outcome.SKIPPED, "T": Outcome.TIMED_OUT}
    answers = tuple(Answer(item.id, letters[mark], language) for item, mark in zip(items, marks, strict=False))
    plan = Plan({item.topic: 8 for item in items}, max_items=max(4, len(items)))
    given = {"plan": plan, "answers": answers, "seconds": (10.0,) * len(answers), **rest}
    return Sitting(person, **given)  # type: ignore[arg-type]  # the caller's own keywords
