"""The one way out: an HTTP session with time-outs, size limits, an SSRF guard and our name.

Every request to an LMS or LRS goes through `Outbound.send`. The guard resolves the host, refuses addresses that are
not public (unless the setting allows private hosts) and connects to the very address that it checked, so that a name
cannot point elsewhere between check and use (DNS rebinding).
"""

import ipaddress
import json
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from lti_tool import __version__
from lti_tool.errors import Unreachable

USER_AGENT = f"PixLTI/{__version__}"  # Moodle 4.2 answers 403 on its JWKS to a caller without one
LARGEST_ANSWER = 2 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What another server said: status, headers (case kept in values), the whole body, bounded."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; Unreachable when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Unreachable("outbound.not_json") from error


class Outbound:
    """A guarded HTTP client; one `requests` session a thread, since sessions are not safe to share."""

    def __init__(self, *, allow_private: bool, timeout: float, ca_bundle: str | None = None) -> None:
        self._allow_private = allow_private
        self._timeout = timeout
        self._ca_bundle = ca_bundle
        self._local = threading.local()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> Answer:
        """One request, never redirected; Unreachable when it is refused by the guard or no answer comes."""
        try:
            check_address(url, allow_private=self._allow_private)
            with self._session().request(
                method, url, headers=headers, data=body, auth=auth, timeout=self._timeout,
                allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                return Answer(response.status_code, response.headers, _bounded(response))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Unreachable("outbound.no_answer", host=_host(url), problem=type(error).__name__) from error

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False  # no proxy or .netrc of the environment may stand between
            if self._ca_bundle:
                session.verify = self._ca_bundle
            session.headers["User-Agent"] = USER_AGENT
            adapter = _GuardedAdapter(allow_private=self._allow_private)
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            self._local.session = session
        return session


def check_address(url: str, *, allow_private: bool) -> None:
    """Refuses what is not http(s), carries a password, or is plain http on a public setting; Unreachable says why."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if allow_private else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Unreachable("outbound.bad_address", host=parts.hostname or "")


def _host(url: str) -> str:
    """The host as the address writes it, for a sentence; an address may be too broken to be parsed."""
    return url.split("/")[2] if url.count("/") >= 2 else url[:100]


def _bounded(response: requests.Response) -> bytes:
    body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    if len(body) > LARGEST_ANSWER:
        raise Unreachable("outbound.too_large", host=urlsplit(response.url).hostname)
    return bytes(body)


def _public_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and not all(ipaddress.ip_address(address.split("%")[0]).is_global for address in found):
        raise OSError("a private address")
    return found


def _connect(host: str, port: int, timeout: Any, *, allow_private: bool) -> socket.socket:
    """A socket to one of the addresses that were checked, in the order the resolver gave them."""
    last: OSError = OSError("the name has no address")
    for address in _public_addresses(host, port, allow_private=allow_private):
        try:
            made = socket.create_connection((address, port), timeout if isinstance(timeout, int | float) else None)
        except OSError as error:
            last = error
            continue
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # head and body leave as two writes: do not wait
        return made
    raise last


class _Guarded(HTTPConnection):
    """Plain HTTP to a checked address."""

    allow_private = False

    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port or 80, self.timeout, allow_private=self.allow_private)


class _GuardedTls(HTTPSConnection):
    """TLS to a checked address; the certificate is still checked against the host's name."""

    allow_private = False

    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port or 443, self.timeout, allow_private=self.allow_private)


class _GuardedAdapter(HTTPAdapter):
    """Gives every pool a connection class that checks the address it connects to."""

    def __init__(self, *, allow_private: bool) -> None:
        self._plain = type("Plain", (_Guarded,), {"allow_private": allow_private})
        self._tls = type("Tls", (_GuardedTls,), {"allow_private": allow_private})
        super().__init__(pool_connections=32, pool_maxsize=8)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools whose connections are the guarded ones."""
        super().init_poolmanager(*args, **kwargs)
        plain = type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": self._plain})
        tls = type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": self._tls})
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": tls}
