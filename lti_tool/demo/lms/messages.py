"""The messages of LTI 1.3, with the claims and habits of a real Moodle 4.2.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import AGS_SCOPES, ROSTER_READ, LmsConfig
from lti_tool.demo.lms.custom import custom_claim, variables
from lti_tool.demo.lms.records import Activity, Column, Course, Kind, Part, Person, Tool

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
_MEMBERSHIP = "https://purl.imsglobal.org/vocab/lis/v2/membership#"
_ROLES = {
    Part.TRAINEE: [_MEMBERSHIP + "Learner"],
    Part.INSTRUCTOR: [_MEMBERSHIP + "Instructor"],
    Part.ADMIN: [
        "https://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
        _MEMBERSHIP + "Instructor",
        "https://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
    ],
}
_LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Launch:
    """Who is sent where: all that a message speaks of."""

    kind: Kind
    person: Person
    tool: Tool
    course: Course
    activity: Activity | None = None
    column: Column | None = None
    window: bool = False
    reviewed_id: str | None = None
    sesskey: str = ""


def id_token_claims(config: LmsConfig, launch: Launch, *, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of one message, good for 60 seconds from `now`; a test may change any of them before `sign`."""
    return {
        "nonce": nonce,
        "iat": int(now.timestamp()),
        "exp": int((now + _LIFETIME).timestamp()),
        "iss": config.public_url,
        "aud": launch.tool.client_id,
        CLAIM + "deployment_id": launch.tool.id,
        CLAIM + "target_link_uri": target_link(launch),
        "sub": launch.person.id,
        CLAIM + "lis": {"person_sourcedid": "", "course_section_sourcedid": launch.course.label.lower()},
        CLAIM + "roles": _ROLES[launch.person.part],
        CLAIM + "context": _context(launch.course),
        CLAIM + "message_type": str(launch.kind),
        **_resource_link(launch.activity),
        **_names(launch.person, launch.tool),
        CLAIM + "launch_presentation": _presentation(config, launch),
        CLAIM + "tool_platform": _platform(config),
        CLAIM + "version": "1.3.0",
        CLAIM + "custom": _custom(config, launch),
        **_services(config, launch),
        **_deep_linking(config, launch),
        **({CLAIM + "for_user": {"user_id": launch.reviewed_id}} if launch.reviewed_id else {}),
    }


def sign(
    claims: Mapping[str, Any],
    key: RSAPrivateKey | EllipticCurvePrivateKey | str,
    kid: str | None,
    algorithm: str = "RS256",
) -> str:
    """A signed token of any claims; `kid` None leaves it out, and a text as key signs by HMAC."""
    return jwt.encode(dict(claims), key, algorithm=algorithm, headers={} if kid is None else {"kid": kid})


def target_link(launch: Launch) -> str:
    """Where in the tool the launch is to end."""
    if launch.kind is Kind.DEEP_LINKING:
        return launch.tool.picker_url or launch.tool.link_url
    if launch.kind is Kind.REVIEW and launch.column and launch.column.review:
        return str(launch.column.review.get("url") or launch.tool.link_url)
    return launch.activity.url if launch.activity else launch.tool.link_url


def _context(course: Course) -> dict[str, Any]:
    return {"id": course.id, "label": course.label, "title": course.title, "type": ["CourseSection"]}


def _resource_link(activity: Activity | None) -> dict[str, Any]:
    if activity is None:
        return {}
    return {CLAIM + "resource_link": {"title": activity.title, "description": activity.text, "id": activity.id}}


def _names(person: Person, tool: Tool) -> dict[str, Any]:
    names = {"given_name": person.given_name, "family_name": person.family_name, "name": person.name}
    return {
        **(names if tool.shares_names else {}),
        CLAIM + "ext": {"user_username": person.username, "lms": "moodle-2"},
        **({"email": person.email} if tool.shares_email else {}),
    }


def _presentation(config: LmsConfig, launch: Launch) -> dict[str, Any]:
    """Moodle 4.2.3 gives a deep linking request the locale only."""
    if launch.activity is None:
        return {"locale": launch.person.language}
    return {
        "locale": launch.person.language,
        "document_target": "window" if launch.window else "iframe",
        "return_url": addresses.activity_return(
            config, launch.course, launch.activity.id, window=launch.window, sesskey=launch.sesskey
        ),
    }


def _platform(config: LmsConfig) -> dict[str, Any]:
    guid = md5(config.public_url.encode(), usedforsecurity=False).hexdigest()
    return {
        "product_family_code": "moodle",
        "version": "2023042403",
        "guid": guid,
        "name": config.name,
        "description": config.name,
    }


def _custom(config: LmsConfig, launch: Launch) -> dict[str, str]:
    values = variables(config, launch.person, launch.course, launch.tool, launch.activity, launch.column)
    own = launch.activity.custom if launch.activity else {}
    review = launch.column.review if launch.kind is Kind.REVIEW and launch.column else None
    asked = (review or {}).get("custom")
    claim = custom_claim(
        own, launch.tool.custom, asked if isinstance(asked, Mapping) else {}, variables=values
    )  # the administrator's parameters win over the activity's
    return {**claim, "context_memberships_url": addresses.memberships(config, launch.course, launch.tool)}


def _services(config: LmsConfig, launch: Launch) -> dict[str, Any]:
    endpoint: dict[str, Any] = {
        "scope": [scope for scope in AGS_SCOPES if scope in launch.tool.scopes],
        "lineitems": addresses.line_items(config, launch.course, launch.tool),
    }
    if launch.column is not None and launch.kind is not Kind.DEEP_LINKING:
        endpoint["lineitem"] = addresses.line_item(config, launch.column)
    roster = {
        "context_memberships_url": addresses.memberships(config, launch.course, launch.tool),
        "service_versions": ["1.0", "2.0"],
    }
    return {
        **({"https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": endpoint} if endpoint["scope"] else {}),
        **(
            {"https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": roster}
            if ROSTER_READ in launch.tool.scopes
            else {}
        ),
    }


def _deep_linking(config: LmsConfig, launch: Launch) -> dict[str, Any]:
    if launch.kind is not Kind.DEEP_LINKING:
        return {}
    settings: dict[str, Any] = {
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["frame", "iframe", "window"],
        "accept_copy_advice": False,
        "accept_multiple": True,
        "accept_unsigned": False,
        "auto_create": False,
        "can_confirm": False,
        "deep_link_return_url": addresses.deep_linking_return(config, launch.course, launch.tool, launch.sesskey),
        "title": launch.tool.name,
        "text": "",
    }
    if config.deep_linking_data is not None:
        settings["data"] = config.deep_linking_data
    return {DEEP_LINKING + "deep_linking_settings": settings}
