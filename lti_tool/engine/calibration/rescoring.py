"""Shadow rescoring: what the scores of record would have been with other difficulties. It rescores nothing for real."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lti_tool.engine.calibration.values import Sitting
from lti_tool.engine.result import band, shown_level
from lti_tool.engine.scale import Difficulties, Estimate, Item, Reference
from lti_tool.engine.scoring import CURRENT, versions


@dataclass(frozen=True, slots=True)
class Rescored:
    """One competence of one sitting under both sets of difficulties; cap: the mean cap of its topics."""

    person: str
    competence: str
    cap: float
    before: Estimate
    after: Estimate

    @property
    def change(self) -> float:
        """By how many levels it would move."""
        return self.after.level - self.before.level

    @property
    def level_moves(self) -> bool:
        """Whether the whole level that is shown would be another."""
        return shown_level(self.before, self.cap) != shown_level(self.after, self.cap)

    @property
    def band_moves(self) -> bool:
        """Whether the band would be another."""
        return band(self.before, self.cap)[0] != band(self.after, self.cap)[0]


@dataclass(frozen=True, slots=True)
class Shadow:
    """How far scores of record would move.

    sittings: rescored. levels: measured competences in them. levels_moved, bands_moved: the share of those whose shown
    level or band would be another. people_moved: the share of sittings with such a level. mean_shift: mean of after -
    before, in levels; mean_change, largest_change: of its size.
    """

    sittings: int
    levels: int
    levels_moved: float
    bands_moved: float
    people_moved: float
    mean_shift: float
    mean_change: float
    largest_change: float


def rescored(
    items: Iterable[Item],
    sittings: Iterable[Sitting],
    before: Difficulties | None,
    after: Difficulties,
    reference: Reference | None = None,
) -> Iterator[tuple[Rescored, ...]]:
    """Score each sitting under both sets of difficulties, one after the other: its measured competences.

    Rushed sittings too, as for the record. Refuses what the scoring refuses.
    """
    score = versions[CURRENT]
    by_topic: dict[str, list[Item]] = {}
    for item in items:
        by_topic.setdefault(item.topic, []).append(item)
    for sitting in sittings:
        caps = sitting.plan.topics
        held = [item for topic in caps for item in by_topic.get(topic, ())]
        old, new = (score(sitting.plan, held, sitting.answers, reference, each) for each in (before, after))
        topics: dict[str, set[str]] = {}
        for item in held:
            topics.setdefault(item.competence, set()).add(item.topic)
        found = []
        for name in old.measured:
            cap = math.fsum(caps[topic] for topic in topics[name]) / len(topics[name])
            level, level_after = old.competences[name], new.competences[name]
            if level is not None and level_after is not None:
                found.append(Rescored(sitting.person, name, cap, level, level_after))
        yield tuple(found)


def shadow(
    items: Iterable[Item],
    sittings: Iterable[Sitting],
    before: Difficulties | None,
    after: Difficulties,
    reference: Reference | None = None,
) -> Shadow:
    """Sum up what `rescored` finds; about 10 ms a profile of 64 questions, one sitting in memory at a time."""
    seen, levels, level_moves, band_moves, people = 0, 0, 0, 0, 0
    shift, size, largest = 0.0, 0.0, 0.0
    for found in rescored(items, sittings, before, after, reference):
        moves = sum(one.level_moves for one in found)
        seen, levels, level_moves, people = seen + 1, levels + len(found), level_moves + moves, people + (moves > 0)
        band_moves += sum(one.band_moves for one in found)
        changes = [one.change for one in found]
        shift, size = shift + math.fsum(changes), size + math.fsum(map(abs, changes))
        largest = max([largest, *map(abs, changes)])
    each, whole = max(levels, 1), max(seen, 1)
    return Shadow(
        seen, levels, level_moves / each, band_moves / each, people / whole, shift / each, size / each, largest
    )
