"""The classical adaptive test: one level per competence, estimated from that competence's questions alone.

Same answer curves and same population as the engine, the population reduced to the mean level of a competence. In a
test of several competences they take turns. Beside maximum information stand items at random and one fixed form.
"""

from collections.abc import Callable

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import Reference
from lti_tool.engine.sheet import Sheet
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Bools, Cohort
from lti_tool.engine.simulation.yardsticks.grid import Scale, believed, expectation, information, scale
from lti_tool.engine.simulation.yardsticks.notes import blank, drawn

Pick = Callable[[Scale, Floats, Bools], Codes]
"""Which item to ask each person: scale, log posteriors (people by nodes), free items (people by items) -> columns."""


def maximum_information(
    cohort: Cohort, rng: np.random.Generator, longest: int, population: Reference | None = None
) -> Tracks:
    """Ask what tells most at the present estimate, equals drawn."""

    def pick(of: Scale, logs: Floats, free: Bools) -> Codes:
        told = np.where(free, information(of, expectation(of, logs)), -1.0)
        return drawn(told == told.max(axis=1, keepdims=True), rng)

    return _sit(cohort, longest, population, pick)


def random_items(cohort: Cohort, rng: np.random.Generator, longest: int, population: Reference | None = None) -> Tracks:
    """Ask any item not asked yet."""
    return _sit(cohort, longest, population, lambda _scale, _logs, free: drawn(free, rng))


def fixed_linear(cohort: Cohort, rng: np.random.Generator, longest: int, population: Reference | None = None) -> Tracks:
    """Ask everyone the same items in the same order, decided before the test (see `form`)."""
    sheet, who = cohort.world.sheet, population or Reference()
    place = np.empty(len(sheet.items), dtype=np.intp)
    for competence in range(len(sheet.competences)):
        rows = form(sheet, items_of(sheet, competence), who.mean, rng)
        place[rows] = np.arange(len(rows))

    def pick(of: Scale, _logs: object, free: Bools) -> Codes:
        return np.asarray(np.argmin(np.where(free, place[of.rows], len(place)), axis=1))

    return _sit(cohort, longest, population, pick)


def items_of(sheet: Sheet, competence: int) -> Codes:
    """Give the rows of the reachable items of a competence (by number)."""
    return np.flatnonzero(sheet.reachable & (sheet.competence_of[sheet.topic] == competence))


def form(sheet: Sheet, rows: Codes, mean: float, rng: np.random.Generator) -> Codes:
    """Order items so that however long a test is, its items are spread evenly over topics, then skills, then levels.

    Of equals the nearest to the population's mean comes first, then the first of a draw.
    """
    left = rng.permutation(rows)
    topics, skills, levels = np.zeros(len(sheet.topics)), np.zeros(len(sheet.bank.skills)), np.zeros(9)
    found = []
    while len(left):
        level = np.rint(sheet.curves.level[left]).astype(np.intp)
        off = np.abs(sheet.curves.level[left] - 0.5 - mean)
        best = np.lexsort((off, levels[level], skills[sheet.skill[left]], topics[sheet.topic[left]]))[0]
        for counts, key in (
            (topics, sheet.topic[left[best]]),
            (skills, sheet.skill[left[best]]),
            (levels, level[best]),
        ):
            counts[key] += 1
        found.append(left[best])
        left = np.delete(left, best)
    return np.array(found, dtype=np.intp)


def turns(sizes: list[int], longest: int) -> list[int]:
    """Give which competence's turn each question is: one after the other, passing over those whose items are used."""
    rounds = range(max(sizes, default=0))
    return [number for turn in rounds for number, size in enumerate(sizes) if turn < size][:longest]


def _scales(sheet: Sheet, who: Reference) -> list[Scale]:
    """Lay out each competence: its mean level varies less than a topic's, by the topics' own spread averaged."""
    found = []
    for competence in range(len(sheet.competences)):
        caps = sheet.caps[sheet.competence_of == competence]
        variance = who.sd_general**2 + who.sd_area**2 + who.sd_competence**2 + who.sd_topic**2 / len(caps)
        found.append(scale(sheet, items_of(sheet, competence), who.mean, variance, float(caps.mean())))
    return found


def _sit(cohort: Cohort, longest: int, population: Reference | None, pick: Pick) -> Tracks:
    people, competences = cohort.levels.shape
    everyone = np.arange(people)
    scales = _scales(cohort.world.sheet, population or Reference())
    logs = [np.tile(of.log_prior, (people, 1)) for of in scales]
    free = [np.ones((people, len(of.rows)), dtype=np.bool_) for of in scales]
    levels, errors = np.zeros((people, competences)), np.zeros((people, competences))
    for number, of in enumerate(scales):
        levels[:, number], errors[:, number] = believed(of, logs[number])
    notes = blank(people, longest, competences)
    order = turns([len(of.rows) for of in scales], longest)
    for question, number in enumerate(order):
        of = scales[number]
        column = pick(of, logs[number], free[number])
        free[number][everyone, column] = False
        right = cohort.right[everyone, of.rows[column]]
        logs[number] += np.where(right[:, None], of.log_right[column], of.log_wrong[column])
        levels[:, number], errors[:, number] = believed(of, logs[number])
        notes.write(question, of.rows[column], levels, errors)
    return notes.tracks(len(order), levels)
