"""The report in words: rows of the table, a sentence for each difference and finding, and what cannot be shown."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from lti_tool.audit.report import Report
from lti_tool.audit.verdict import Difference, Finding, Marked, Standing, Verdict
from lti_tool.clock import iso
from lti_tool.words import Words

LIMITS = ("keyboard", "whole_attempt", "tail", "rewritten", "outside")
"""What the statements of an LRS cannot show by themselves."""
_SHORT, _LONGEST = 8, 100


def rows(report: Report, say: Words) -> list[dict[str, str]]:
    """One row for each attempt, headed and written in a language."""
    return [_row(verdict, say) for verdict in report.verdicts]


def difference_sentence(difference: Difference, say: Words) -> str:
    """What differs first, and where."""
    return say.t(
        f"audit.difference.{difference.kind}",
        sequence=difference.sequence,
        before=difference.sequence - 1,
        expected=printable(difference.expected) or "-",
        found=printable(difference.found) or "-",
    )


def finding_sentence(finding: Finding, say: Words) -> str:
    """What is wrong between attempts."""
    return say.t(
        f"audit.issue.{finding.issue}",
        test=printable(finding.test_name),
        person=printable(finding.person)[:_SHORT],
        attempt=printable(finding.attempt)[:_SHORT],
        expected=printable(finding.expected),
        found=printable(finding.found),
    )


def notes(report: Report, say: Words) -> list[str]:
    """Findings, why outcomes were taken as given, which attempts are still open, and what cannot be shown."""
    found = [finding_sentence(finding, say) for finding in report.findings]
    reasons = Counter((one.marking.why, one.marking.detail) for one in report.verdicts if one.marking.why)
    for (why, detail), count in reasons.items():
        found.append(say.n(f"audit.why.{why}", count, detail=printable(detail)))
    if still_open := report.count(Standing.OPEN):
        found.append(say.n("audit.open", still_open))
    return [*found, say.t("audit.limits"), *(f"- {say.t(f'audit.limit.{name}')}" for name in LIMITS)]


def summary(report: Report, say: Words) -> str:
    """The last line: how many attempts, and how they stand."""
    if not report.verdicts:
        return say.t("audit.nothing", statements=report.others)
    verified = [one for one in report.verdicts if one.standing is Standing.VERIFIED]
    return say.t(
        "audit.summary",
        attempts=say.n("audit.attempts", len(report.verdicts)),
        statements=say.n("audit.statements", report.statements),
        verified=len(verified),
        again=sum(one.marking.grade is Marked.AGAIN for one in verified),
        given=sum(one.marking.grade is Marked.AS_GIVEN for one in verified),
        open=report.count(Standing.OPEN),
        differ=report.count(Standing.DIFFERS),
        findings=len(report.findings),
    )


def as_json(report: Report, say: Words) -> dict[str, Any]:
    """The whole report as JSON values; sentences are in a language, everything else is not."""
    return {
        "agrees": report.agrees,
        "statements": report.statements,
        "other_statements": report.others,
        "attempts": [_plain(verdict, say) for verdict in report.verdicts],
        "findings": [{**asdict(one), "sentence": finding_sentence(one, say)} for one in report.findings],
        "cannot_show": {name: say.t(f"audit.limit.{name}") for name in LIMITS},
    }


def printable(text: str) -> str:
    """A text out of an LRS, fit for a terminal: one line, bounded, no control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * _LONGEST])
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _row(verdict: Verdict, say: Words) -> dict[str, str]:
    difference = verdict.difference
    cells = {
        "attempt": printable(verdict.attempt)[:_SHORT],
        "person": printable(verdict.person)[:_SHORT],
        "test": printable(verdict.test_name) or "-",
        "answers": str(verdict.answers),
        "marked": verdict.marking.grade or "-",
        "told": _points(verdict.told.grade if verdict.told else None, say),
        "recomputed": _points(verdict.recomputed.grade if verdict.recomputed else None, say),
        "verdict": say.t(f"audit.standing.{verdict.standing}"),
        "difference": difference_sentence(difference, say) if difference else "-",
    }
    return {say.t(f"audit.column.{name}"): text for name, text in cells.items()}


def _points(grade: float | None, say: Words) -> str:
    return "-" if grade is None else say.number(grade, 1)


def _plain(verdict: Verdict, say: Words) -> dict[str, Any]:
    plain = asdict(verdict)
    plain["begun"] = iso(verdict.begun) if verdict.begun else None
    plain["marking"] = {"grade": verdict.marking.grade, "why": verdict.marking.why, "detail": verdict.marking.detail}
    if verdict.difference:
        plain["difference"]["sentence"] = difference_sentence(verdict.difference, say)
    return plain
