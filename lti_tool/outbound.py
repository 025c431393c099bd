"""The one way out: an HTTP session with a clock, size limits, an SSRF guard and our name.

Every request to an LMS or LRS goes through `Outbound.send`. The guard resolves the host, refuses addresses that are
not public (unless the setting allows private hosts) and connects to the very address that it checked, so that a name
cannot point elsewhere between check and use (DNS rebinding).

A time-out bounds one wait, and a server may say one byte a second for ever: so every wait (connect, handshake, each
piece sent or read) asks `_Patience`, which bounds their sum too. Only the resolver keeps time as the system has it.
"""

import io
import ipaddress
import json
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
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
LONGEST_EXCHANGE = 60.0  # seconds: a person may be waiting for the page that needs the answer
_TIME_OUTS = 3  # an honest server may use up its time at connecting, at thinking and at telling
_PIECE = 16 * 1024  # bytes sent before the clock is looked at again
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291, section 2.4: the only public part of IPv6
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: NAT64 leads to the IPv4 address in its last 32 bits
# What `is_global` lets pass: 6to4 (RFC 7526), numbers of protocols (RFC 6890; some clouds' secrets), documentation.
_NEVER_PUBLIC = tuple(map(ipaddress.ip_network, ("2002::/16", "192.88.99.0/24", "192.0.0.0/24", "3fff::/20")))


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
        self._timeout = timeout  # seconds of one wait
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
        """One request, never redirected; Unreachable when it is refused by the guard or no answer comes in time."""
        try:
            check_address(url, allow_private=self._allow_private)
            session = self._session()
            session.patience.begin()
            with session.request(
                method, url, headers=headers, data=body, auth=auth, timeout=self._timeout,
                allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                return Answer(response.status_code, response.headers, _bounded(response))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Unreachable("outbound.no_answer", host=_host(url), problem=type(error).__name__) from error

    def _session(self) -> "_Session":
        if not hasattr(self._local, "session"):
            self._local.session = _Session(_Patience(self._timeout), self._ca_bundle, allow_private=self._allow_private)
        session: _Session = self._local.session
        return session


def longest_exchange(timeout: float) -> float:
    """Seconds that a whole exchange may take where one wait may take `timeout`; never less than one wait."""
    return max(timeout, min(_TIME_OUTS * timeout, LONGEST_EXCHANGE))


def check_address(url: str, *, allow_private: bool) -> None:
    """Refuses what is not http(s), carries a password, or is plain http on a public setting; Unreachable says why."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if allow_private else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Unreachable("outbound.bad_address", host=parts.hostname or "")


def _host(url: str) -> str:
    """The host as the address writes it, no password, for a sentence; an address may be too broken to be parsed."""
    return re.split(r"[/?#]", url.split("//", 1)[-1])[0].rpartition("@")[2][:100]


def _bounded(response: requests.Response) -> bytes:
    body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    if len(body) > LARGEST_ANSWER:
        raise Unreachable("outbound.too_large", host=urlsplit(response.url).hostname)
    return bytes(body)


def _is_public(address: str) -> bool:
    """Whether the address, or the IPv4 address that it stands for, is one of the open Internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _TRANSLATED else found.ipv4_mapped
        if inner is None and found not in _GLOBAL_UNICAST:
            return False  # site-local, multicast, IPv4-compatible and whatever else has no name yet
        found = inner or found
    return found.is_global and not found.is_multicast and not any(found in network for network in _NEVER_PUBLIC)


def _public_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and not all(_is_public(address) for address in found):
        raise OSError("a private address")
    return found


class _Patience:
    """How long the exchange under way in one thread may still wait: each wait is bounded, and so is their sum."""

    def __init__(self, wait: float) -> None:
        self._wait, self._end = wait, 0.0

    def begin(self) -> None:
        """A new exchange starts now."""
        self._end = time.monotonic() + longest_exchange(self._wait)

    def next_wait(self) -> float:
        """Seconds that the next wait may take; TimeoutError when the exchange has had its time."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the exchange took too long")
        return min(self._wait, left)


def _connect(host: str, port: int, patience: _Patience, *, allow_private: bool) -> socket.socket:
    """A socket to one of the addresses that were checked, in the order the resolver gave them."""
    last: OSError = OSError("the name has no address")
    for address in _public_addresses(host, port, allow_private=allow_private):
        try:
            made = socket.create_connection((address, port), patience.next_wait())
        except OSError as error:
            last = error
            continue
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # head and body leave as two writes: do not wait
        return made
    raise last


class _Watched(io.RawIOBase):
    """The bytes of a socket; before each piece is read, the clock says how long it may be waited for."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, patience: _Patience) -> None:
        self._raw, self._sock, self._patience = raw, sock, patience

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, room: Any) -> int | None:
        """The next piece, as the socket gives it; TimeoutError when there is no time left."""
        self._sock.settimeout(self._patience.next_wait())
        return self._raw.readinto(room)

    def close(self) -> None:
        """Gives the socket back."""
        self._raw.close()
        super().close()


class _Guarded(HTTPConnection):
    """Plain HTTP to a checked address, against the clock."""

    patience: _Patience
    allow_private = False

    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port or self.default_port, self.patience, allow_private=self.allow_private)

    def response_class(self, *args: Any, **kwargs: Any) -> HTTPResponse:  # type: ignore[override]  # only ever called
        """An answer whose head and body are both read against the clock."""
        answer = HTTPResponse(*args, **kwargs)
        answer.fp = io.BufferedReader(_Watched(answer.fp.detach(), self.sock, self.patience))
        return answer

    def send(self, data: Any) -> None:
        """Sends bytes in pieces, so that a server that reads in sips is left when the time is over."""
        if self.sock is None:
            self.connect()
        for start in range(0, len(data), _PIECE):
            self.sock.settimeout(self.patience.next_wait())
            super().send(data[start : start + _PIECE])


class _GuardedTls(_Guarded, HTTPSConnection):
    """TLS to a checked address; the certificate is still checked against the host's name."""


def _guarded_adapter(patience: _Patience, *, allow_private: bool) -> HTTPAdapter:
    """An adapter whose pools make guarded connections, which know this thread's clock."""
    known = {"patience": patience, "allow_private": allow_private}
    plain, tls = type("Plain", (_Guarded,), known), type("Tls", (_GuardedTls,), known)
    adapter = HTTPAdapter(pool_connections=32, pool_maxsize=8)
    adapter.poolmanager.pool_classes_by_scheme = {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
    return adapter


class _Session(requests.Session):
    """The session of one thread: it keeps connections, and nothing else of what a server said."""

    def __init__(self, patience: _Patience, ca_bundle: str | None, *, allow_private: bool) -> None:
        super().__init__()
        self.patience = patience
        self.verify = ca_bundle or True
        self.trust_env = False  # no proxy or .netrc of the environment may stand between
        self.headers["User-Agent"] = USER_AGENT
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = _guarded_adapter(patience, allow_private=allow_private)
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: asked for the next address, `requests` would read the whole body first, without any bound."""
