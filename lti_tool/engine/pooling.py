"""The level of a class in each competence, from the raw answers of all of its people.

Averaging people's own estimates hides what a class has in common: each estimate is drawn towards the reference
population, and the fewer the answers the more so. Here the pull is towards the class itself. Within a competence,
theta of a person's topic = m + u + e: m the class's own (normal around the reference mean, sd WIDE), u the person's,
e the topic's (sd of the reference). People are independent given m and the spread of u; both are summed over a grid,
for a class may be more alike than the population is. What is told is the mean level of the very people who answered,
clipped to the caps as every level is, not that of a population behind them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lti_tool.engine.answering import Floats, difficulty, guessing, p_right, slope
from lti_tool.engine.scale import AnswerRefused, Difficulties, Estimate, GivenAnswers, Item, Outcome, Reference
from lti_tool.engine.skills import SHARED_DOUBT

FEWEST_PEOPLE = 5
"""People with an answer in a competence below which nothing is told of the class: it would tell of a person."""
WIDE = 2.0
"""Standard deviation of what is believed of a class's own level beforehand."""
_SPREADS = (0.35, 0.55, 0.75, 1.0, 1.3)
"""How alike a class may be: between people, parts of the reference's spread, each as likely as the next."""
_THETA = np.arange(-6.0, 12.001, 0.2)
_MEANS = np.arange(-3.5, 9.501, 0.25)
_DOUBTED = 1e-300


@dataclass(frozen=True, slots=True)
class Pooled:
    """A class in one competence: the mean level of its people with its standard error, and what it rests on."""

    level: Estimate
    people: int
    answers: int


@dataclass(frozen=True, slots=True)
class _Given:
    """Answers in one competence, one row each: person and topic as numbers, the item, whether right."""

    person: np.ndarray[tuple[int], np.dtype[np.intp]]
    topic: np.ndarray[tuple[int], np.dtype[np.intp]]
    items: list[Item]
    right: np.ndarray[tuple[int], np.dtype[np.bool_]]


def pooled_levels(
    items: Sequence[Item],
    caps: Mapping[str, float],
    people: Sequence[GivenAnswers],
    parameters: Difficulties | None = None,
    reference: Reference | None = None,
) -> dict[str, Pooled | None]:
    """Give each competence's class level; None where fewer than FEWEST_PEOPLE have an answer in it.

    caps: the plan's topics, each with its cap. people: the answers of one person each. AnswerRefused for an item that
    is unknown or outside the plan.
    """
    place = {item.topic: item.competence for item in items if item.topic in caps}
    by_id = {item.id: item for item in items if item.topic in caps}
    for answers in people:
        for item_id, *_ in answers:
            if item_id not in by_id:
                raise AnswerRefused(f"item {item_id!r} is not in the plan")
    found: dict[str, Pooled | None] = {}
    for competence in sorted(set(place.values())):
        topics = sorted(topic for topic, within in place.items() if within == competence)
        given = _given(by_id, topics, people)
        count = len(set(given.person.tolist()))
        found[competence] = None
        if count >= FEWEST_PEOPLE:
            level = _level(given, np.array([caps[topic] for topic in topics]), parameters, reference or Reference())
            found[competence] = Pooled(level, count, len(given.items))
    return found


def _given(by_id: Mapping[str, Item], topics: Sequence[str], people: Sequence[GivenAnswers]) -> _Given:
    """Lay out the answers on these topics; people without one are left out."""
    person, topic, items, right = [], [], [], []
    count = 0
    for answers in people:
        own = [(by_id[item_id], outcome) for item_id, outcome, *_ in answers if by_id[item_id].topic in topics]
        for item, outcome in own:
            person.append(count)
            topic.append(topics.index(item.topic))
            items.append(item)
            right.append(Outcome(outcome) is Outcome.RIGHT)
        count += bool(own)
    return _Given(
        np.array(person, dtype=np.intp), np.array(topic, dtype=np.intp), items, np.array(right, dtype=np.bool_)
    )


def _level(given: _Given, caps: Floats, parameters: Difficulties | None, reference: Reference) -> Estimate:
    """Sum over the class's mean and spread; the error adds what the shared doubt about the items leaves."""
    log_mass, mean, variance = _people(given, caps, parameters, reference)
    mass = np.exp(log_mass - log_mass.max(axis=1, keepdims=True))
    weight = _classes(reference)
    total = np.maximum(weight @ mass.T, _DOUBTED)
    first = (weight @ (mass * mean).T) / total
    second = (weight @ (mass * (variance + mean**2)).T) / total
    class_mean, class_variance = first.mean(axis=1), (second - first**2).clip(0).sum(axis=1) / total.shape[1] ** 2
    belief = np.log(total).sum(axis=1) + _beforehand(reference)
    belief = np.exp(belief - belief.max())
    belief /= belief.sum()
    level = float(belief @ class_mean)
    spread = float(belief @ (class_variance + (class_mean - level) ** 2))
    return Estimate(level, float(np.sqrt(spread + _doubt(given.items, parameters))))


def _people(
    given: _Given, caps: Floats, parameters: Difficulties | None, reference: Reference
) -> tuple[Floats, Floats, Floats]:
    """Give, people by values of m + u: log likelihood, and mean and variance of the level over the topics."""
    size = (int(given.person.max()) + 1, len(caps), len(_THETA))
    logs = np.zeros(size)
    known = [difficulty(item, parameters) for item in given.items]
    columns = ([slope(v) for _, v in known], [b for b, _ in known], [guessing(item.options) for item in given.items])
    curve = p_right(_THETA[None, :], *(np.array(column)[:, None] for column in columns))
    np.add.at(logs, (given.person, given.topic), np.log(np.where(given.right[:, None], curve, 1 - curve)))
    top = logs.max(axis=2, keepdims=True)
    kernel = _normal(_THETA[:, None], _THETA[None, :], reference.sd_topic)
    clipped = np.clip(_THETA[None, :], 0.0, caps[:, None])
    mass, first, second = (
        np.maximum((np.exp(logs - top) * clipped**power) @ kernel, _DOUBTED if power == 0 else 0.0)
        for power in range(3)
    )
    mean = first / mass
    variance = (second / mass - mean**2).clip(0)
    return np.log(mass).sum(axis=1), mean.mean(axis=1), variance.sum(axis=1) / len(caps) ** 2


def _classes(reference: Reference) -> Floats:
    """Give the density of m + u for every class that may be: (mean, spread) by values, each row summing to one."""
    common = float(np.hypot(np.hypot(reference.sd_general, reference.sd_area), reference.sd_competence))
    rows = [_normal(_THETA[:, None], _MEANS[None, :], max(0.2, part * common)).T for part in _SPREADS]
    return np.concatenate(rows)


def _beforehand(reference: Reference) -> Floats:
    """Give the log prior of every class that may be, in the order of `_classes`."""
    return np.tile(-(((_MEANS - reference.mean) / WIDE) ** 2) / 2, len(_SPREADS))


def _normal(values: Floats, mean: Floats, sd: float) -> Floats:
    """Give normal densities on a grid of values (first axis), summing to one."""
    density = np.exp(-(((values - mean) / sd) ** 2) / 2)
    return np.asarray(density / density.sum(axis=0, keepdims=True))


def _doubt(items: Sequence[Item], parameters: Difficulties | None) -> float:
    """Give the variance that doubt about the difficulties leaves in a class level, however many people answer.

    All who met an item met the same error. Each item moves the level by its share of the answers; variants of a skill
    share SHARED_DOUBT of their variance.
    """
    shares = {item: count / len(items) for item, count in Counter(items).items()}
    own = sum(share**2 * (1 - SHARED_DOUBT) * difficulty(item, parameters)[1] for item, share in shares.items())
    by_skill: dict[str, float] = {}
    for item, share in shares.items():
        deviation = float(np.sqrt(SHARED_DOUBT * difficulty(item, parameters)[1]))
        by_skill[item.skill] = by_skill.get(item.skill, 0.0) + share * deviation
    return own + sum(value**2 for value in by_skill.values())
