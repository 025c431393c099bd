"""What only shows between attempts: a number missing, rules that change, a wait too short, a lower grade told last."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from lti_tool.assessment.rules import MOST_HOURS
from lti_tool.audit.course import Told
from lti_tool.audit.verdict import Finding, Issue, Verdict
from lti_tool.models import GradePolicy
from xapi import encoding
from xapi.facts import Answered, Initialized
from xapi.json_text import Json

_ROUNDING = timedelta(milliseconds=2)
"""Statements tell moments to the millisecond."""
_HOUR = timedelta(hours=1)
_Difficulty = tuple[str, int, float, float]


@dataclass(frozen=True, slots=True, order=True)
class _Numbered:
    """One attempt among those of a person at a test; `grade` counts where the best of several is told to the LMS."""

    test: str
    person: tuple[str, str]
    number: int
    attempt: str
    test_name: str
    grade: float | None = field(compare=False)
    sent: float | None = field(compare=False)
    begun: datetime = field(compare=False)
    ended: datetime | None = field(compare=False)
    delay: timedelta = field(compare=False)


@dataclass(slots=True)
class Across:
    """What is kept of every attempt seen: a line of each, and the first rules and item parameters of each test."""

    numbered: list[_Numbered] = field(default_factory=list)
    rules: dict[str, tuple[str, Json]] = field(default_factory=dict)
    parameters: dict[tuple[str, str, str, str], tuple[str, _Difficulty]] = field(default_factory=dict)
    noticed: list[Finding] = field(default_factory=list)

    def see(self, told: Told, verdict: Verdict) -> None:
        """Takes one attempt in; if it agrees in itself, what it plays by is compared with earlier ones of its test."""
        begun, actor = told.begun, told.begun.setting.actor
        best = begun.plan.grade_policy == GradePolicy.SCORE and begun.plan.counts == "best"
        self.numbered.append(
            _Numbered(
                test=verdict.test,
                person=(actor.name, actor.home_page),
                number=begun.number,
                attempt=verdict.attempt,
                test_name=verdict.test_name,
                grade=verdict.recomputed.grade if verdict.recomputed and best else None,
                sent=verdict.sent if best else None,
                begun=begun.timestamp,
                ended=told.ending.timestamp if told.ending else None,
                delay=timedelta(hours=min(begun.plan.delay or 0, MOST_HOURS)),
            )
        )
        if verdict.difference is None:
            self._compare_rules(begun, verdict)
            for answer in told.answers:
                self._compare_parameters(begun, answer, verdict)

    def findings(self, *, from_first: bool) -> tuple[Finding, ...]:
        """Everything noticed. from_first: whether each person's attempts must begin with number 1."""
        found = list(self.noticed)
        for _, attempts in groupby(sorted(self.numbered), key=lambda one: (one.test, one.person)):
            line = list(attempts)
            found += _gaps(line, from_first=from_first) or [*_lower_after_higher(line), *_too_soon(line)]
        return tuple(found)

    def _compare_rules(self, begun: Initialized, verdict: Verdict) -> None:
        first, rules = self.rules.setdefault(verdict.test, (verdict.attempt, rules_of(begun)))
        place, due, met = _first_difference(rules, rules_of(begun)) or ("", "", "")
        if place:
            self.noticed.append(_finding(Issue.RULES, verdict, f"{place}: {due} ({first})", f"{place}: {met}"))

    def _compare_parameters(self, begun: Initialized, answer: Answered, verdict: Verdict) -> None:
        key = (verdict.test, begun.versions.bank, begun.versions.parameters, answer.item)
        mine = (answer.topic, answer.options, answer.difficulty, answer.variance)
        first, theirs = self.parameters.setdefault(key, (verdict.attempt, mine))
        if mine != theirs:
            expected, found = (f"{answer.item}: {', '.join(map(str, one))}" for one in (theirs, mine))
            self.noticed.append(_finding(Issue.PARAMETERS, verdict, f"{expected} ({first})", found))


def rules_of(begun: Initialized) -> Json:
    """What every attempt at a test shares; the bank may be a newer one, as new challenges come in."""
    versions = encoding.versions(begun.versions)
    del versions["bank"]
    return {"plan": encoding.plan(begun.plan), "versions": versions}


def _gaps(line: list[_Numbered], *, from_first: bool) -> list[Finding]:
    """Numbers that are missing or there twice, in one person's attempts at one test, given in order."""
    found = []
    if from_first and line[0].number > 1:
        found.append(_of_numbered(Issue.NUMBER_MISSING, line[0], _run(1, line[0].number - 1), line[0].number))
    for one, other in pairwise(line):
        if other.number == one.number:
            found.append(_of_numbered(Issue.NUMBER_TWICE, other, one.attempt, other.number))
        elif other.number > one.number + 1:
            missing = _run(one.number + 1, other.number - 1)
            found.append(_of_numbered(Issue.NUMBER_MISSING, other, missing, other.number))
    return found


def _lower_after_higher(line: list[_Numbered]) -> list[Finding]:
    """Grades told to the LMS though an earlier attempt was as good, where the best counts."""
    found, best = [], -1.0
    for one in line:
        if one.sent is not None and one.sent <= best:
            found.append(_of_numbered(Issue.NOT_BEST, one, best, one.sent))
        best = max(best, one.grade if one.grade is not None else best)
    return found


def _too_soon(line: list[_Numbered]) -> list[Finding]:
    """Attempts that began before the delay after the one before was over, with both in hours."""
    return [
        _of_numbered(Issue.TOO_SOON, other, round(other.delay / _HOUR), round((other.begun - one.ended) / _HOUR, 2))
        for one, other in pairwise(line)
        if other.delay and one.ended is not None and other.begun - one.ended < other.delay - _ROUNDING
    ]


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _first_difference(one: object, other: object, place: str = "") -> tuple[str, str, str] | None:
    """Where two JSON values first differ, and the values there; None where they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{place}.{key}".lstrip("."), one.get(key), other.get(key)) for key in sorted({*one, *other})]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{place}[{index}]", mine, yours) for index, (mine, yours) in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other else (place, _shown(one), _shown(other))
    return next((found for at, mine, yours in pairs if (found := _first_difference(mine, yours, at))), None)


def _shown(value: object) -> str:
    return f"{len(value)} entries" if isinstance(value, list) else str(value)


def _finding(issue: Issue, verdict: Verdict, expected: str, found: str) -> Finding:
    return Finding(issue, verdict.test, verdict.test_name, verdict.person, verdict.attempt, expected, found)


def _of_numbered(issue: Issue, one: _Numbered, expected: object, found: object) -> Finding:
    return Finding(issue, one.test, one.test_name, one.person[0], one.attempt, str(expected), str(found))
