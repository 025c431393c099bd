"""An LRS reached over the one guarded way out: what `xapi.client` needs, made of `Outbound`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import requests
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

from lti_tool.errors import Unreachable
from lti_tool.models import Lrs
from lti_tool.outbound import Outbound
from xapi import client


class GuardedSession(requests.Session):
    """A session whose every request is an `Outbound.send`: its guard, time-outs and size limits hold for LRSs too."""

    def __init__(self, outbound: Outbound, auth: tuple[str, str]) -> None:
        super().__init__()
        self._outbound = outbound
        self.auth = auth
        self._credentials = auth

    def request(  # type: ignore[override]  # the part of the signature that xapi.client uses
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_limits: object,
    ) -> requests.Response:
        """One answer, already read whole; requests.ConnectionError when there is none."""
        address = requests.Request(method, url, params=dict(params or {})).prepare().url or url
        try:
            answer = self._outbound.send(method, address, headers=headers, body=data, auth=self._credentials)
        except Unreachable as error:
            raise requests.ConnectionError(str(error)) from error
        response = requests.Response()
        response.url = address
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.headers)
        response.raw = HTTPResponse(body=BytesIO(answer.body), status=answer.status, preload_content=False)
        return response


@dataclass(frozen=True, slots=True)
class Channel:
    """One LRS, open for posting and reading; to be used by one thread."""

    session: requests.Session
    store: client.Store

    def post(self, texts: list[str]) -> client.Answer:
        """Posts the exact texts in one request."""
        return client.post(self.session, self.store, texts)

    def get(self, statement_id: UUID) -> client.Found | client.Absent | client.Trouble:
        """The statement of that id, if the LRS has it."""
        return client.get(self.session, self.store, statement_id)


def open_lrs(outbound: Outbound, lrs: Lrs, unseal: Callable[[str], str]) -> Channel:
    """The way to an LRS, its password unsealed for this use only."""
    session = GuardedSession(outbound, (lrs.username, unseal(lrs.sealed_password)))
    return Channel(session, client.Store(endpoint=lrs.url, version=lrs.version))
