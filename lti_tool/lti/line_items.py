"""Columns of a platform's gradebook (Assignment and Grade Services 2.0 §3.1, §3.2)."""

from dataclasses import dataclass
from datetime import datetime

from pylti1p3.lineitem import LineItem

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.reading import record, web_address
from lti_tool.lti.services import Service, read_json, with_query
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Platform
from lti_tool.outbound import Outbound


@dataclass(frozen=True, slots=True)
class Column:
    """The column that a resource link should have; `resource_id` is our own name for what it grades."""

    resource_link_id: str
    resource_id: str
    label: str
    maximum: float = 100.0
    tag: str = "score"


def find_or_create_line_item(
    outbound: Outbound, tokens: AccessTokens, platform: Platform, line_items_url: str, column: Column, now: datetime
) -> str:
    """The address of the column of a resource link, made when there is none; Unreachable when it cannot be had.

    A column that the platform made itself is taken: a second one on a link takes the line item out of the launches of
    Moodle 4.2.
    """
    service = Service(outbound, tokens, platform, (lti.SCOPE_LINE_ITEM,))
    found = _find(service, line_items_url, column.resource_link_id, now)
    return found or _create(service, line_items_url, column, now)


def _find(service: Service, line_items_url: str, resource_link_id: str, now: datetime) -> str | None:
    listed = with_query(line_items_url, resource_link_id=resource_link_id)
    for page in service.pages(listed, now, lti.LINE_ITEMS_TYPE):
        for entry in map(record, page if isinstance(page, list) else []):
            address = web_address(entry.get("id"))
            if address and str(entry.get("resourceLinkId")) == resource_link_id:  # not all honour the filter
                return address
    return None


def _create(service: Service, line_items_url: str, column: Column, now: datetime) -> str:
    item = LineItem().set_label(column.label).set_score_maximum(column.maximum).set_tag(column.tag)
    item.set_resource_id(column.resource_id).set_resource_link_id(column.resource_link_id)
    kind = lti.LINE_ITEM_TYPE
    answer = service.call("POST", line_items_url, now, accept=kind, body=item.get_value(), content_type=kind)
    made = web_address(record(read_json(answer, service.platform)).get("id"))
    if made is None:
        raise Unreachable("services.unreadable", platform=service.platform.name)
    return made
