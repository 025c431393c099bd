"""The audit: every grade recomputed from the statements in an LRS, with the bank and the engine, without our database.

`verify` takes statements from anywhere and gives a `Report`; `verify_attempt` judges one attempt.
"""

from lti_tool.audit.attempt import verify_attempt
from lti_tool.audit.reading import Window, read
from lti_tool.audit.report import Report, verify
from lti_tool.audit.verdict import Difference, Finding, Issue, Kind, Marked, Standing, Verdict

__all__ = [
    "Difference",
    "Finding",
    "Issue",
    "Kind",
    "Marked",
    "Report",
    "Standing",
    "Verdict",
    "Window",
    "read",
    "verify",
    "verify_attempt",
]
