"""Calls a service of the platform with an access token, and follows the pages of its lists.

(AGS 2.0, NRPS 2.0; RFC 8288 for the Link header.)
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from lti_tool.errors import Unreachable
from lti_tool.lti.reading import origin
from lti_tool.lti.refusals import ServiceRefused
from lti_tool.lti.tokens import AccessTokens, words_of
from lti_tool.models import Platform
from lti_tool.outbound import Answer, Outbound

MOST_PAGES: Final = 200
_LINK: Final = re.compile(r"<([^<>]*)>([^<>]*)")
_REL: Final = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Service:
    """One service of one platform: the scopes that it needs and the media types that it speaks."""

    outbound: Outbound
    tokens: AccessTokens
    platform: Platform
    scopes: tuple[str, ...]

    def call(
        self, method: str, url: str, now: datetime, *, accept: str, body: str | None = None, content_type: str = ""
    ) -> Answer:
        """One request; a token that is not accepted is renewed once. Unreachable when no answer comes."""
        answer = self._send(method, url, now, accept, body, content_type)
        if answer.status == 401:
            self.tokens.forget(self.platform, self.scopes)
            answer = self._send(method, url, now, accept, body, content_type)
        return answer

    def pages(self, url: str, now: datetime, accept: str) -> Iterator[Any]:
        """The JSON of a list, page by page; a next page must have the origin of the first."""
        first, seen = url, set[str]()
        following: str | None = url
        while following is not None and following not in seen:
            if len(seen) >= MOST_PAGES:
                raise Unreachable("services.too_many_pages", platform=self.platform.name)
            if origin(following) != origin(first):
                raise Unreachable("services.foreign_page", platform=self.platform.name)
            seen.add(following)
            answer = self.call("GET", following, now, accept=accept)
            yield read_json(answer, self.platform)
            following = next_page(answer.headers.get("Link"), following)

    def _send(self, method: str, url: str, now: datetime, accept: str, body: str | None, content_type: str) -> Answer:
        token = self.tokens.get(self.platform, self.scopes, now)
        headers = {"Authorization": f"Bearer {token}", "Accept": accept}
        if body is not None:
            headers["Content-Type"] = content_type
        return self.outbound.send(method, url, headers=headers, body=body.encode() if body is not None else None)


def read_json(answer: Answer, platform: Platform) -> Any:
    """The JSON of a good answer; ServiceRefused for another status, Unreachable for something that is no JSON."""
    if answer.status not in {200, 201}:
        raise ServiceRefused("services.refused", platform=platform.name, status=answer.status, words=words_of(answer))
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("services.unreadable", platform=platform.name) from error


def next_page(link: str | None, base: str) -> str | None:
    """The address that a Link header names as next, its case kept; None when there is none.

    Moodle 4.2 writes typographic quotes around the relations of its line items: such a header names no next page.
    """
    for address, parameters in _LINK.findall((link or "")[:8000]):
        for quoted, bare in _REL.findall(parameters):
            if "next" in (quoted or bare).lower().split():
                return _joined(base, address)
    return None


def _joined(base: str, address: str) -> str | None:
    try:
        return str(urljoin(base, address))
    except ValueError:  # a bracket that is not closed
        return None


def under(url: str, segment: str) -> str:
    """The address with a segment added to its path: before the query, which stays (AGS 2.0 §3.4; Moodle has one)."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/" + segment, parts.query, ""))


def with_query(url: str, **fields: str) -> str:
    """The address with fields added to its query."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(fields))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
