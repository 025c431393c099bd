"""The flat profile: one general level from the whole bank, printed for every competence.

What a profile must beat to show that it measured sixteen competences and not one.
"""

import numpy as np

from lti_tool.engine.scale import Reference
from lti_tool.engine.sheet import Sheet
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import Cohort
from lti_tool.engine.simulation.yardsticks.grid import Scale, believed, expectation, information, scale
from lti_tool.engine.simulation.yardsticks.notes import blank, drawn


def flat_profile(cohort: Cohort, rng: np.random.Generator, longest: int, population: Reference | None = None) -> Tracks:
    """Ask what tells most about the general level, from the whole bank; report that level and its error for all."""
    people, competences = cohort.levels.shape
    everyone = np.arange(people)
    of = general(cohort.world.sheet, population or Reference())
    logs = np.tile(of.log_prior, (people, 1))
    free = np.ones((people, len(of.rows)), dtype=np.bool_)
    notes = blank(people, longest, competences)
    length = min(longest, len(of.rows))
    for question in range(length):
        told = np.where(free, information(of, expectation(of, logs)), -1.0)
        column = drawn(told == told.max(axis=1, keepdims=True), rng)
        free[everyone, column] = False
        right = cohort.right[everyone, of.rows[column]]
        logs += np.where(right[:, None], of.log_right[column], of.log_wrong[column])
        level, error = believed(of, logs)
        notes.write(question, of.rows[column], level[:, None], error[:, None])
    return notes.tracks(length, believed(of, logs)[0][:, None])


def general(sheet: Sheet, who: Reference) -> Scale:
    """Lay out the general level: the spread of areas, competences and topics averages out over as many as there are."""
    variance = who.sd_general**2 + who.sd_area**2 / len(sheet.areas)
    variance += who.sd_competence**2 / len(sheet.competences) + who.sd_topic**2 / len(sheet.topics)
    return scale(sheet, np.flatnonzero(sheet.reachable), who.mean, variance, float(sheet.caps.mean()))
