"""Small worlds written by hand: every skill of a topic named by its level, outcomes as the test says."""

import math
from collections.abc import Callable

import numpy as np

from lti_tool.engine.scale import Item, Plan, Reference
from lti_tool.engine.sheet import bank, sheet
from lti_tool.engine.simulation.world import Cohort, Nature, World

Topics = dict[str, list[int]]


def world_of(topics: Topics, variants: int = 1, options: int = 0, caps: dict[str, float] | None = None) -> World:
    """A world of topics "competence.topic", each with these levels."""
    items = tuple(
        Item(f"{topic}@{level}.v{variant}", f"{topic}@{level}", topic, topic.split(".")[0], "area", level, options)
        for topic, levels in topics.items()
        for level in levels
        for variant in range(variants)
    )
    plan = Plan({topic: max(levels) for topic, levels in topics.items()} | (caps or {}), max_items=40)
    held = sheet(bank(items, None), plan)
    size = len(items)
    return World(
        Nature("by hand", Reference()), held.items, plan, held, held.curves.b, np.ones(size), np.zeros(size), 1
    )


def people_of(world: World, right: Callable[[Item], bool], people: int = 1) -> Cohort:
    """People who all answer an item as the function says; their levels are not told (no way of testing may ask)."""
    outcomes = np.array([[right(item) for item in world.items]] * people)
    nothing = np.full((people, len(world.sheet.topics)), np.nan)
    return Cohort(world, nothing, outcomes, np.full((people, len(world.sheet.competences)), np.nan))


def s(z: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-z))


def posterior(
    mean: float, variance: float, answers: list[tuple[Item, bool]], steps: int = 20_000
) -> Callable[[Callable[[float], float]], float]:
    """The classical posterior by the midpoint rule over eight standard deviations: gives the mean of any function.

    Slope 1.15 flattened by a doubt of 0.75, guessing one in the options or 0.02, ceiling 0.95, b = level - 0.5.
    """
    slope = 1.15 / math.sqrt(1 + math.pi / 8 * 1.15**2 * 0.75**2)
    sd = math.sqrt(variance)
    thetas = [mean + sd * (16 * (step + 0.5) / steps - 8) for step in range(steps)]
    weights = []
    for theta in thetas:
        weight = math.exp(-((theta - mean) ** 2) / (2 * variance))
        for item, right in answers:
            guess = 1 / item.options if item.options else 0.02
            chance = guess + (0.95 - guess) * s(slope * (theta - item.level + 0.5))
            weight *= chance if right else 1 - chance
        weights.append(weight)
    whole = math.fsum(weights)
    return lambda function: math.fsum(w * function(t) for w, t in zip(weights, thetas, strict=True)) / whole
