"""The custom claim, as Moodle 4.2.3 makes it of an administrator's and an activity's parameters."""

import re
from collections.abc import Mapping

from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.records import Activity, Column, Course, Person, Tool


def custom_claim(*layers: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """The parameters of all layers; later ones win.

    A key with capitals or signs arrives twice, first made plain; a value ends at its first newline; an unknown
    variable stays as it was written (`$ResourceLink.submission.endDateTime`).
    """
    claim: dict[str, str] = {}
    for layer in layers:
        for key, value in layer.items():
            text = value.split("\n", 1)[0]
            if text.startswith("$"):
                text = variables.get(text[1:], text)
            claim[plain_key(key)] = text
            claim[key] = text
    return claim


def plain_key(key: str) -> str:
    """`Mixed.Key` -> `mixed_key`."""
    return re.sub(r"[^a-z0-9]", "_", key.lower())


def variables(
    config: LmsConfig, person: Person, course: Course, tool: Tool, activity: Activity | None, column: Column | None
) -> dict[str, str]:
    """What the substitution variables stand for in one launch."""
    found = {
        "User.id": person.id,
        "User.username": person.username,
        "Person.name.full": person.name,
        "Person.name.given": person.given_name,
        "Person.name.family": person.family_name,
        "Person.email.primary": person.email,
        "Person.sourcedId": "",
        "Person.address.timezone": "99",
        "Context.id": course.id,
        "Context.title": course.title,
        "Context.label": course.label,
        "CourseSection.title": course.title,
        "CourseSection.label": course.label,
        "CourseSection.sourcedId": course.label.lower(),
        "LineItems.url": addresses.line_items(config, course, tool),
        "LineItem.url": addresses.line_item(config, column) if column else "",
        "ToolProxyBinding.memberships.url": addresses.memberships(config, course, tool),
    }
    if activity is not None:
        found |= {
            "ResourceLink.id": activity.id,
            "ResourceLink.title": activity.title,
            "ResourceLink.description": activity.text,
        }
    return found
