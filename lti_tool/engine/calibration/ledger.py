"""Sittings as arrays, in one order whatever order they came in: what calibration reads instead of objects."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lti_tool.engine.answering import Floats
from lti_tool.engine.calibration.values import Sitting
from lti_tool.engine.prior import Codes
from lti_tool.engine.scale import AnswerRefused, Item, Outcome
from lti_tool.engine.sheet import Bank, bank

UNSAID = -1
"""The number of no language."""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The answers that calibrate, one row each, those of a sitting together; rows of items as the bank has them.

    item, language: numbers (UNSAID: none). right: 1.0 or 0.0. weight: 1 over how often this person met this item.
    starts: where each sitting's answers begin, and the end of the last. share: per sitting, 1 over the number of its
    person's sittings. spoken: per sitting, the language of most of its answers. shown, reached: per item, sittings
    that asked it and whose plan could have (or that did, above its cap); rushed ones count here and nowhere else.
    """

    bank: Bank
    languages: tuple[str, ...]
    item: Codes
    right: Floats
    language: Codes
    seconds: Floats
    weight: Floats
    starts: Codes
    share: Floats
    spoken: Codes
    shown: Codes
    reached: Codes

    @property
    def sittings(self) -> int:
        """How many sittings calibrate."""
        return len(self.share)


@dataclass(slots=True)
class _Pages:
    """One entry a sitting, in the order they were read; keys put them into an order of their own."""

    keys: list[tuple[str, bytes]] = field(default_factory=list)
    item: list[Codes] = field(default_factory=list)
    right: list[Floats] = field(default_factory=list)
    language: list[Codes] = field(default_factory=list)
    seconds: list[Floats] = field(default_factory=list)


def laid_out(items: Iterable[Item], sittings: Iterable[Sitting]) -> Ledger:
    """Read the sittings once, in any order; AnswerRefused for an answer that its own sitting could not hold."""
    held = bank(items, None)
    pages = _Pages()
    shown, beyond = np.zeros((2, len(held.items)), dtype=np.intp)
    plans: Counter[tuple[str, float]] = Counter()
    met: dict[str, int] = {}
    for sitting in sittings:
        rows = _rows(held, sitting)
        shown[rows] += 1
        beyond[[row for row in rows if held.items[row].level > sitting.plan.topics[held.items[row].topic]]] += 1
        plans.update(sitting.plan.topics.items())
        if len(rows) and not sitting.rushed:
            _write(pages, sitting, rows, met)
    return _ordered(held, pages, met, shown, beyond + _reached(held, plans))


def _rows(held: Bank, sitting: Sitting) -> Codes:
    """Give the rows of a sitting's items, or say what is wrong with its answers."""
    found: dict[str, int] = {}
    for answer in sitting.answers:
        if answer.item_id not in held.rows:
            raise AnswerRefused(f"item {answer.item_id!r} is not in the bank")
        row = held.rows[answer.item_id]
        if held.items[row].topic not in sitting.plan.topics:
            raise AnswerRefused(f"item {answer.item_id!r} is not in the plan of its sitting")
        if answer.item_id in found:
            raise AnswerRefused(f"item {answer.item_id!r} is answered twice in one sitting")
        found[answer.item_id] = row
    return np.fromiter(found.values(), dtype=np.intp, count=len(found))


def _write(pages: _Pages, sitting: Sitting, rows: Codes, met: dict[str, int]) -> None:
    """Add a sitting, its answers in the order of their items; met: the numbers of the languages met so far."""
    order = np.argsort(rows)
    right = np.array([Outcome(answer.outcome) is Outcome.RIGHT for answer in sitting.answers], dtype=np.float64)
    spoken = [
        UNSAID if answer.language is None else met.setdefault(answer.language, len(met)) for answer in sitting.answers
    ]
    said = "|".join(f"{sitting.answers[place]}{sitting.seconds[place]!r}" for place in order.tolist())
    pages.keys.append((sitting.person, hashlib.sha256(said.encode()).digest()))
    pages.item.append(rows[order])
    pages.right.append(right[order])
    pages.language.append(np.array(spoken, dtype=np.intp)[order])
    pages.seconds.append(np.array(sitting.seconds, dtype=np.float64)[order])


def _reached(held: Bank, plans: Counter[tuple[str, float]]) -> Codes:
    """Count for each item the plans whose cap on its topic leaves it within reach."""
    caps: dict[str, list[tuple[float, int]]] = {}
    for (topic, cap), count in plans.items():
        caps.setdefault(topic, []).append((cap, count))
    counts = [sum(count for cap, count in caps.get(item.topic, ()) if item.level <= cap) for item in held.items]
    return np.array(counts, dtype=np.intp)


def _ordered(held: Bank, pages: _Pages, met: dict[str, int], shown: Codes, reached: Codes) -> Ledger:
    """Put the sittings into the order of their keys, so that no sum depends on the order they came in."""
    order = sorted(range(len(pages.keys)), key=pages.keys.__getitem__)
    item, right, seconds = (_joined(column, order) for column in (pages.item, pages.right, pages.seconds))
    languages = tuple(sorted(met))
    number = np.array([*(languages.index(name) for name in met), UNSAID], dtype=np.intp)
    language = number[_joined(pages.language, order).astype(np.intp)]
    lengths = np.array([len(pages.item[place]) for place in order], dtype=np.intp)
    person = np.unique(np.array([pages.keys[place][0] for place in order], dtype=np.str_), return_inverse=True)[1]
    sitting = np.repeat(np.arange(len(order)), lengths)
    rows = item.astype(np.intp)
    return Ledger(
        bank=held,
        languages=languages,
        item=rows,
        right=right,
        language=language,
        seconds=seconds,
        weight=_shares(person[sitting] * len(held.items) + rows),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
        share=_shares(person),
        spoken=_most(sitting, language, len(order), len(languages)),
        shown=shown,
        reached=reached,
    )


def _joined(columns: Sequence[Floats | Codes], order: list[int]) -> Floats:
    """Put the columns of the sittings one after the other."""
    return np.concatenate([np.zeros(0), *(columns[place] for place in order)])


def _shares(keys: Codes) -> Floats:
    """Give 1 over the number of times that each key stands in the list."""
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray(1 / counts[place], dtype=np.float64)


def _most(sitting: Codes, language: Codes, sittings: int, languages: int) -> Codes:
    """Give the language of most answers of each sitting; the first of equals, UNSAID where none says."""
    said = language >= 0
    counts = np.bincount(sitting[said] * languages + language[said], minlength=sittings * languages)
    table = counts.reshape(sittings, languages)
    if not languages:
        return np.full(sittings, UNSAID, dtype=np.intp)
    return np.where(table.sum(axis=1) > 0, table.argmax(axis=1), UNSAID)
