"""Who is in the course, as the platform lists them (Names and Role Provisioning Services 2.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lti_tool.lti import vocabulary as lti
from lti_tool.lti.reading import identifier, record, shown_text, texts
from lti_tool.lti.roles import role_of
from lti_tool.lti.services import Service, with_query
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Platform, Role
from lti_tool.outbound import Outbound

_STATUS: Final = {"active": "active", "inactive": "inactive", "deleted": "deleted"}


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the course; `subject` is the sub of their launches, `status` active, inactive or deleted."""

    subject: str
    name: str | None
    given_name: str | None
    roles: frozenset[str]
    role: Role | None
    status: str


def read_roster(
    outbound: Outbound,
    tokens: AccessTokens,
    platform: Platform,
    memberships_url: str,
    now: datetime,
    rlid: str | None = None,
) -> tuple[Member, ...]:
    """All members, each once, from all pages; `rlid` asks for those who may open that resource link.

    Unreachable when the platform does not answer, answers something else, or leads to a page on another origin.
    """
    service = Service(outbound, tokens, platform, (lti.SCOPE_ROSTER,))
    url = with_query(memberships_url, rlid=rlid) if rlid else memberships_url
    members: dict[str, Member] = {}
    for page in service.pages(url, now, lti.ROSTER_TYPE):
        listed = record(page).get("members")
        for entry in map(record, listed if isinstance(listed, list) else []):
            member = _read_member(entry)
            if member is not None:
                members.setdefault(member.subject, member)
    return tuple(members.values())


def _read_member(entry: Mapping[str, Any]) -> Member | None:
    """A member whom launches can be matched with; others are of no use."""
    subject = identifier(entry.get("user_id"))
    if subject is None:
        return None
    roles = texts(entry.get("roles"))
    given, family = shown_text(entry.get("given_name")), shown_text(entry.get("family_name"))
    return Member(
        subject=subject,
        name=shown_text(entry.get("name")) or " ".join(filter(None, (given, family))) or None,
        given_name=given,
        roles=frozenset(roles),
        role=role_of(roles),
        status=_STATUS.get(str(entry.get("status", "active")).lower(), "active"),
    )
