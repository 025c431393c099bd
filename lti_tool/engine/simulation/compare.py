"""The comparison: every way of testing on the same people with the same luck, world by world."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.simulation import measures
from lti_tool.engine.simulation.measures import BandOfLevels, Use
from lti_tool.engine.simulation.ours import Setting, Sitting, sit
from lti_tool.engine.simulation.tracks import Method, Tracks
from lti_tool.engine.simulation.world import Cohort, Nature, again, cohort, of_one_competence, world
from lti_tool.engine.simulation.yardsticks.catsim_yardstick import CatsimMissing, catsim
from lti_tool.engine.simulation.yardsticks.flat_profile import flat_profile
from lti_tool.engine.simulation.yardsticks.one_scale import fixed_linear, maximum_information, random_items
from lti_tool.engine.simulation.yardsticks.pix_rules import pix_rules, pix_rules_read_early, pix_rules_rescaled

JOINT, RECORD = "ours, joint", "ours, of record"
PIX = ("Pix's rules", "Pix's rules, rescaled")
"""Both ways to count pix; ours is held against the one with the lower error."""
SURE_ENOUGH = 0.60
"""Standard error of one competence at which a test may stop by itself."""
LONGEST_OF_PIX = 240
"""Questions after which even Pix's rules are cut off; they end before."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A test that is simulated: of one competence or of the profile of 16, with the lengths at which it is read."""

    name: str
    longest: int
    marks: tuple[int, ...]
    use_at: int


ONE = Kind("one competence", 20, (5, 6, 8, 12, 16, 20), 20)
PROFILE = Kind("profile", 96, (24, 48, 64, 96), 64)


@dataclass(frozen=True, slots=True)
class Mark:
    """Accuracy after so many questions; coverage is None where no error is known, ranks where there is no profile."""

    questions: int
    rmse: float
    bias: float
    coverage: float | None
    ranks: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One way of testing in one world. same_band: agreement of two sittings. milliseconds: median of a choice."""

    method: str
    questions: float
    marks: tuple[Mark, ...]
    by_level: tuple[BandOfLevels, ...]
    same_band: float
    use: Use | None = None
    milliseconds: float | None = None

    @property
    def end(self) -> Mark:
        """The last mark."""
        return self.marks[-1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A world's lines, and what is derived of them by name (None: never reached, or not to be had)."""

    world: str
    kind: str
    people: int
    seed: int
    lines: tuple[Line, ...]
    found: dict[str, float | None] = field(hash=False)

    def line(self, method: str) -> Line:
        """The line of one way of testing."""
        return next(line for line in self.lines if line.method == method)


def yardsticks(kind: Kind) -> dict[str, tuple[Method, int]]:
    """The other ways of testing by name, each with the longest length that it may take."""
    common: dict[str, tuple[Method, int]] = {
        "Pix's rules": (pix_rules, LONGEST_OF_PIX),
        "Pix's rules, rescaled": (pix_rules_rescaled, LONGEST_OF_PIX),
        "Pix's rules, broken off": (pix_rules_read_early, kind.longest),
        "maximum information": (maximum_information, kind.longest),
        "random choice": (random_items, kind.longest),
        "fixed linear test": (fixed_linear, kind.longest),
    }
    return common | (
        {"flat profile": (flat_profile, kind.longest)} if kind is PROFILE else {"catsim": (catsim, kind.longest)}
    )


def compare(nature: Nature, kind: Kind, people: int, seed: int) -> Comparison:
    """Simulate so many people in one world. One competence: the people are shared among four competences."""
    draws = np.random.default_rng(seed)
    everyone = cohort(world(nature, draws, max_items=PROFILE.longest), draws, people)
    groups = _groups(everyone) if kind is ONE else [everyone]
    later = [again(group, draws) for group in groups]
    sittings = [sit(group, draws, Setting(kind.longest), kind.marks) for group in groups]
    second = [sit(group, draws, Setting(kind.longest), kind.marks[-1:]) for group in later]
    truth = np.concatenate([group.levels for group in groups])
    lines = [*_ours(kind, groups, sittings, second, truth)]
    for name, (method, longest) in yardsticks(kind).items():
        try:
            tracks = [method(group, draws, longest) for group in groups]
            repeated = [method(group, draws, longest) for group in later]
        except CatsimMissing:
            continue
        lines.append(_line(name, kind, groups, tracks, repeated, truth))
    found = _found(kind, lines, sittings, truth)
    if kind is ONE:
        found |= _stopping(groups, draws)
    return Comparison(nature.name, kind.name, people, seed, tuple(lines), found)


def _groups(everyone: Cohort) -> list[Cohort]:
    """Four competences, each tested by a quarter of the people."""
    found = []
    for place, competence in enumerate((0, 5, 10, 15)):
        part = of_one_competence(everyone, competence)
        mine = slice(place, None, 4)
        found.append(Cohort(part.world, part.theta[mine], part.right[mine], part.levels[mine]))
    return found


def _ours(
    kind: Kind, groups: Sequence[Cohort], first: Sequence[Sitting], second: Sequence[Sitting], truth: Floats
) -> tuple[Line, Line]:
    """The joint belief, and the score of record, of the same sittings."""
    joint = _line(JOINT, kind, groups, [one.joint for one in first], [one.joint for one in second], truth)
    joint = Line(
        joint.method, joint.questions, joint.marks, joint.by_level, joint.same_band, joint.use,
        float(np.median([one.milliseconds for one in first])),
    )  # fmt: skip
    marks, last = [], kind.marks[-1]
    for mark in kind.marks:
        levels, errors = (np.concatenate([one.record[mark][part] for one in first]) for part in (0, 1))
        if not np.isnan(levels).any():
            marks.append(_mark(mark, levels, errors, truth))
    same = measures.same_band(levels, np.concatenate([one.record[last][0] for one in second]))
    return joint, Line(RECORD, joint.questions, tuple(marks), measures.by_level(levels, errors, truth), same, joint.use)


def _line(
    name: str, kind: Kind, groups: Sequence[Cohort], tracks: Sequence[Tracks], repeated: Sequence[Tracks], truth: Floats
) -> Line:
    """Measure one way of testing at the kind's marks and at its own end."""
    lengths = np.concatenate([one.lengths for one in tracks])
    marks = [_read(tracks, mark, truth) for mark in kind.marks]
    end = max(one.levels.shape[1] for one in tracks)
    if end > kind.longest:
        last = _read(tracks, end, truth)
        marks.append(Mark(round(float(lengths.mean())), last.rmse, last.bias, last.coverage, last.ranks))
    levels, errors = _at(tracks, end)
    return Line(
        name, float(lengths.mean()), tuple(marks), measures.by_level(levels, errors, truth),
        measures.same_band(levels, _at(repeated, end)[0]),
        _use(kind, groups, tracks),
    )  # fmt: skip


def _use(kind: Kind, groups: Sequence[Cohort], tracks: Sequence[Tracks]) -> Use:
    """Use of the banks of all groups: the largest exposure of all, the means of the rest."""
    pairs = zip(tracks, groups, strict=True)
    uses = [measures.use(one.asked, len(group.world.items), kind.use_at) for one, group in pairs]
    return Use(
        max(use.largest for use in uses),
        float(np.mean([use.overlap for use in uses])),
        float(np.mean([use.unused for use in uses])),
    )


def _at(tracks: Sequence[Tracks], questions: int) -> tuple[Floats, Floats | None]:
    """Levels and errors of all groups after so many questions."""
    errors = [one.errors_after(questions) for one in tracks]
    known = [error for error in errors if error is not None]
    return np.concatenate([one.after(questions) for one in tracks]), np.concatenate(known) if known else None


def _read(tracks: Sequence[Tracks], questions: int, truth: Floats) -> Mark:
    return _mark(questions, *_at(tracks, questions), truth)


def _mark(questions: int, levels: Floats, errors: Floats | None, truth: Floats) -> Mark:
    held = None if errors is None else float(np.nanmean(measures.covered(levels, errors, truth)))
    ranks = measures.rank_correlation(levels, truth) if truth.shape[1] > 1 else None
    return Mark(questions, measures.rmse(levels, truth), measures.bias(levels, truth), held, ranks)


def _found(kind: Kind, lines: Sequence[Line], sittings: Sequence[Sitting], truth: Floats) -> dict[str, float | None]:
    """Questions that ours needs for what Pix's rules reach at their end, and the quality of the skill map."""
    pix = min((line for line in lines if line.method in PIX), key=lambda line: line.end.rmse)
    joined = Tracks(
        np.concatenate([one.joint.asked for one in sittings]), np.concatenate([one.joint.levels for one in sittings])
    )
    found: dict[str, float | None] = {
        "questions of Pix's rules": pix.questions,
        "questions for Pix's error at its end": measures.questions_until(joined, truth, pix.end.rmse),
        "skills called": float(np.mean(np.concatenate([one.called for one in sittings]))),
        "skills called rightly": float(np.mean(np.concatenate([one.right for one in sittings]))),
    }
    if pix.end.ranks is not None:
        marks = range(8, kind.longest + 1, 4)
        found["questions for Pix's ranks at its end"] = measures.questions_until_ranked(
            joined, truth, pix.end.ranks, marks
        )
    return found


def _stopping(groups: Sequence[Cohort], rng: np.random.Generator) -> dict[str, float | None]:
    """How a test of one competence ends by itself, and what 30 classmates who start at once have in common."""
    ended = [sit(group, rng, Setting(40, target_error=SURE_ENOUGH)).joint for group in groups]
    truth = np.concatenate([group.levels for group in groups])
    left = np.concatenate([one.after(40) for one in ended])
    together = [_first(group, 30) for group in groups]
    seated = [sit(part, rng, Setting(20, snapshot_every=30)) for part in together]
    shared = [
        measures.use(one.joint.asked, len(part.world.items), 20) for one, part in zip(seated, together, strict=True)
    ]
    return {
        "questions when it stops by itself": float(np.concatenate([one.lengths for one in ended]).mean()),
        "error when it stops by itself": measures.rmse(left, truth),
        "overlap of 30 who start at once": float(np.mean([use.overlap for use in shared])),
    }


def _first(group: Cohort, people: int) -> Cohort:
    return Cohort(group.world, group.theta[:people], group.right[:people], group.levels[:people])
