"""The whole report: every attempt among the statements judged, then what shows only between attempts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lti_tool.audit.across import Across
from lti_tool.audit.attempt import judge
from lti_tool.audit.gathering import Tally, attempts, sequence_of
from lti_tool.audit.verdict import Difference, Finding, Kind, Standing, Verdict
from lti_tool.content import Bank
from xapi.json_text import Json


@dataclass(frozen=True, slots=True)
class Report:
    """Verdicts in the order in which the attempts ended, and findings across them.

    `statements` counts those of attempts of ours, `others` everything else that was read.
    """

    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    statements: int
    others: int

    def count(self, standing: Standing) -> int:
        """How many attempts stand so."""
        return sum(verdict.standing == standing for verdict in self.verdicts)

    @property
    def agrees(self) -> bool:
        """Whether there was something to verify and nothing differs."""
        return bool(self.verdicts) and not self.findings and not self.count(Standing.DIFFERS)


def verify(statements: Iterable[Json], bank: Bank | None = None, *, from_first: bool = True) -> Report:
    """The report on statements as an LRS gives them, one pass, an attempt forgotten once judged.

    from_first: whether the statements go back to each person's first attempt (False for a window of time).
    """
    tally, across = Tally(), Across()
    verdicts: dict[str, Verdict] = {}
    for attempt, sheaf in attempts(statements, tally):
        if attempt in verdicts:
            verdicts[attempt] = _with_late(verdicts[attempt], sheaf[0])
            continue
        verdict, told = judge(sheaf, bank)
        verdicts[attempt] = verdict
        if told is not None:
            across.see(told, verdict)
    return Report(tuple(verdicts.values()), across.findings(from_first=from_first), tally.ours, tally.others)


def _with_late(verdict: Verdict, statement: Json) -> Verdict:
    """The verdict on an attempt that was whole when another statement of it came."""
    late = Difference(Kind.AFTER_END, sequence_of(statement) or 0, str(statement.get("id")), "", "")
    return replace(verdict, standing=Standing.DIFFERS, difference=verdict.difference or late)
