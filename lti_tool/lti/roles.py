"""What the roles of a message make a person in the course (LTI 1.3 §5.3.7, appendix A.2)."""

import re
from collections.abc import Iterable
from typing import Final

from lti_tool.models.people import Role

# The vocabulary is written with http; Moodle 4.2 and others have been seen to send https.
_CONTEXT_ROLE: Final = re.compile(r"https?://purl\.imsglobal\.org/vocab/lis/v2/membership(?:/(\w+))?#(\w+)")
_SHORT_NAME: Final = re.compile(r"(?:urn:lti:role:ims/lis/)?(\w+)(?:[/#]\w+)?")
_AUTHORS: Final = frozenset({"Instructor", "ContentDeveloper", "Administrator"})


def role_of(roles: Iterable[str]) -> Role | None:
    """Instructor when any course role may author; None for a mentor alone; otherwise trainee.

    Roles in the institution or the system say nothing about this course and do not count.
    """
    principal = {found for found in map(_principal, roles) if found}
    if principal & _AUTHORS:
        return Role.INSTRUCTOR
    return None if "Mentor" in principal and "Learner" not in principal else Role.TRAINEE


def _principal(role: str) -> str | None:
    """`Instructor` of `…/membership#Instructor`, of its sub-role `…/membership/Instructor#TeachingAssistant`, or short.

    The part after `#` of a sub-role is no role of its own: `membership/Learner#Instructor` is a kind of learner.
    """
    full = _CONTEXT_ROLE.fullmatch(role)
    if full:
        return full[1] or full[2]
    short = _SHORT_NAME.fullmatch(role)
    return short[1] if short else None
