"""Small banks to test the engine on."""

import random
from collections.abc import Callable

import pytest

from lti_tool.engine import Answer, Choice, Engine, Item, Outcome, Plan, State

Maker = Callable[..., list[Item]]
AREAS = {"1.1": "1", "1.2": "1", "2.1": "2", "2.2": "2", "4.1": "4", "5.1": "5"}


def build(competences: tuple[str, ...] = ("1.1",), topics: int = 3, levels: int = 6, variants: int = 2) -> list[Item]:
    """Build items by competence, topic, level and variant; every second variant is a choice among four."""
    return [
        Item(
            id=f"{competence}.t{topic}@{level}.v{variant}",
            skill=f"{competence}.t{topic}@{level}",
            topic=f"{competence}.t{topic}",
            competence=competence,
            area=AREAS[competence],
            level=level,
            options=4 * (variant % 2),
        )
        for competence in competences
        for topic in range(topics)
        for level in range(1, levels + 1)
        for variant in range(variants)
    ]


@pytest.fixture(scope="session")
def items_of() -> Maker:
    return build


@pytest.fixture(scope="session")
def sit() -> Callable[..., State]:
    """Take a test to its end, answering right at random with the given chance."""

    def run(engine: Engine, plan: Plan, seed: int = 1, chance: float = 0.5, **start: object) -> State:
        draws = random.Random(seed)
        state = engine.start(plan, seed, **start)  # type: ignore[arg-type]  # the caller's own keywords
        while isinstance(choice := engine.choose(state), Choice):
            outcome = Outcome.RIGHT if draws.random() < chance else Outcome.WRONG
            state = engine.record(state, choice.item_id, outcome)
        return state

    return run


@pytest.fixture(scope="session")
def plan_of() -> Callable[..., Plan]:
    def make(items: list[Item], max_items: int = 20, cap: float = 8, **rest: object) -> Plan:
        return Plan({item.topic: cap for item in items}, max_items, **rest)  # type: ignore[arg-type]  # own keywords

    return make


@pytest.fixture(scope="session")
def answers_of() -> Callable[..., list[Answer]]:
    """Answer items in turn with outcomes written as letters: R right, W wrong, S skipped, T timed out."""
    letters = {"R": Outcome.RIGHT, "W": Outcome.WRONG, "S": Outcome.SKIPPED, "T": Outcome.TIMED_OUT}

    def make(items: list[Item], marks: str) -> list[Answer]:
        return [Answer(item.id, letters[mark]) for item, mark in zip(items, marks, strict=False)]

    return make
