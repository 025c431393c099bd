"""The one way out: what it refuses, what it bounds, and to which address it really connects. Real sockets."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from lti_tool.errors import Unreachable
from lti_tool.outbound import LARGEST_ANSWER, USER_AGENT, Answer, Outbound

Say = Callable[[socket.socket, bytes], None]


class Wire:
    """A server of bare sockets on loopback: `say` gets each connection and the head of its request."""

    def __init__(self, say: Say) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.heads: list[bytes] = []
        self._say = say
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    return
                head += more
            self.heads.append(head)
            try:
                self._say(connection, head)
            except OSError:
                return  # the client has left, as it should

    def close(self) -> None:
        """Takes no more connections."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(timeout=5)


@contextmanager
def wire(say: Say) -> Iterator[Wire]:
    opened = Wire(say)
    try:
        yield opened
    finally:
        opened.close()


def saying(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Say:
    """An answer with these headers and this body; `length` is what it claims."""
    claimed = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {claimed}", "Connection: close", *headers]
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def say(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(whole)

    return say


def private(timeout: float = 5.0) -> Outbound:
    """As in the demonstration, where an LMS may be on this machine."""
    return Outbound(allow_private=True, timeout=timeout)


def public(timeout: float = 5.0) -> Outbound:
    """As on the Internet."""
    return Outbound(allow_private=False, timeout=timeout)


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Makes every name resolve to these addresses, the first list first; the names that were asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def found(host: str, port: int, *args: object, **kwargs: object) -> list[object]:
        if host in addresses or host == "127.0.0.1":
            return real(host, port, *args, **kwargs)  # type: ignore[arg-type,return-value]
        asked.append(host)
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
                for one in addresses]  # fmt: skip

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked


def connecting(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Notes every address that a socket would be connected to, and connects to none."""
    tried: list[object] = []

    def refuse(address: object, *_args: object, **_kwargs: object) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


def test_an_answer_is_status_headers_and_body() -> None:
    with wire(saying(b'{"a": 1}', "Content-Type: application/json", "X-Own: Yes", status="201 Created")) as server:
        answer = private().send("POST", server.url + "/x", body={"a": "b"}, headers={"X-Mine": "1"}, auth=("u", "p"))
    assert (answer.status, answer.body, answer.json()) == (201, b'{"a": 1}', {"a": 1})
    assert answer.headers["x-own"] == "Yes"
    head = server.heads[0]
    assert head.startswith(b"POST /x HTTP/1.1\r\n")
    assert f"User-Agent: {USER_AGENT}".encode() in head
    assert b"Authorization: Basic dTpw" in head
    assert b"X-Mine: 1" in head


def test_a_redirect_is_an_answer_and_never_followed() -> None:
    with wire(saying(b"", "Location: http://169.254.169.254/", status="302 Found")) as server:
        answer = private().send("GET", server.url)
    assert answer.status == 302
    assert len(server.heads) == 1


def test_the_body_of_a_redirect_is_kept_and_bounded_like_any_other() -> None:
    with wire(saying(b"moved", "Location: /elsewhere", status="302 Found")) as server:
        assert private().send("GET", server.url).body == b"moved"
    large = saying(b"x" * (LARGEST_ANSWER + 1), "Location: /elsewhere", status="302 Found")
    with wire(large) as server, pytest.raises(Unreachable) as refused:
        private().send("GET", server.url)
    assert refused.value.key == "outbound.too_large"


def test_a_packed_body_is_unpacked() -> None:
    with wire(saying(gzip.compress(b"hello" * 100), "Content-Encoding: gzip")) as server:
        assert private().send("GET", server.url).body == b"hello" * 100


@pytest.mark.parametrize("size", [LARGEST_ANSWER + 1, LARGEST_ANSWER * 2])
def test_a_body_that_is_too_large_is_not_read_to_its_end(size: int) -> None:
    with wire(saying(b"x" * size)) as server, pytest.raises(Unreachable) as refused:
        private().send("GET", server.url)
    assert refused.value.key == "outbound.too_large"


def test_the_largest_body_that_is_read() -> None:
    with wire(saying(b"x" * LARGEST_ANSWER)) as server:
        assert len(private().send("GET", server.url).body) == LARGEST_ANSWER


def test_a_small_packet_that_unpacks_to_much_is_refused() -> None:
    packed = gzip.compress(b"\0" * (LARGEST_ANSWER * 20))
    assert len(packed) < 100_000
    with wire(saying(packed, "Content-Encoding: gzip")) as server, pytest.raises(Unreachable) as refused:
        private().send("GET", server.url)
    assert refused.value.key == "outbound.too_large"


@pytest.mark.parametrize(
    "say",
    [
        pytest.param(saying(b"half", length=400), id="cut body"),
        pytest.param(saying(b"no gzip at all", "Content-Encoding: gzip"), id="broken gzip"),
        pytest.param(saying(gzip.compress(b"x" * 5000)[:20], "Content-Encoding: gzip", length=4000), id="cut gzip"),
        pytest.param(lambda connection, _: connection.close(), id="nothing"),
        pytest.param(lambda connection, _: connection.sendall(b"HELLO\r\n\r\n"), id="no HTTP"),
        pytest.param(lambda connection, _: connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"),
                     id="headers without end"),
        pytest.param(lambda connection, _: connection.sendall(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx"), id="broken chunks"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_told_in_a_sentence(say: Say) -> None:
    with wire(say) as server, pytest.raises(Unreachable) as refused:
        private(timeout=2).send("GET", server.url)
    assert refused.value.key == "outbound.no_answer"
    assert refused.value.values["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_a_server_that_stalls_is_left_after_the_time_out(begun: bytes) -> None:
    def stall(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(begun)
        time.sleep(5)

    with wire(stall) as server:
        start = time.monotonic()
        with pytest.raises(Unreachable):
            private(timeout=0.5).send("GET", server.url)
        assert time.monotonic() - start < 3


def test_a_server_that_drips_is_left_too() -> None:
    def drip(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(60):
            connection.sendall(b"x")
            time.sleep(0.2)

    with wire(drip) as server:
        start = time.monotonic()
        with pytest.raises(Unreachable):
            private(timeout=0.5).send("GET", server.url)
        assert time.monotonic() - start < 6


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "file:///etc/passwd", "//example.org/", "example.org", "",
     "https://", "https:///path", "https://user:word@example.org/", "https://user@example.org/", "gopher://x",
     "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_no_public_https_address_is_refused_before_anything_is_resolved(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolving(monkeypatch, "93.184.216.34")
    with pytest.raises(Unreachable) as refused:
        public().send("GET", url)
    assert refused.value.key == "outbound.bad_address"
    assert not asked


@pytest.mark.parametrize(
    "url",
    ["https://[::1", "https://a b.example/", "https://example.org:99999/", "https://example.org:port/", "https://.",
     "https://" + "a" * 300 + ".example/", "https://exa\u0000mple.org/", "https://xn--\u00e9.example/",
     "https://user:word@[::1", "https://-/"],
)  # fmt: skip
def test_an_impossible_host_is_told_in_a_sentence_that_shows_no_password(url: str) -> None:
    with pytest.raises(Unreachable) as refused:
        public(timeout=1).send("GET", url)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 nothing is bound
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:808:808::1", "::7f00:1",
     "::808:808", "fec0::1", "feff::1", "fe80::1%lo", "ff02::1", "ff0e::1", "224.0.0.1", "239.1.2.3", "240.0.0.1",
     "::ffff:224.0.0.1", "64:ff9b::e000:1", "::ffff:0:7f00:1", "192.0.0.9", "192.0.0.192", "192.88.99.1", "198.18.0.1",
     "2001:0:7f00:1::1", "2001:db8::1", "3fff::1", "4000::1", "5f00::1", "100::1"],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused_and_nothing_is_connected(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, address)
    tried = connecting(monkeypatch)
    with pytest.raises(Unreachable) as refused:
        public().send("GET", "https://innocent.example/")
    assert refused.value.key == "outbound.no_answer"
    assert not tried


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "2a00:1450::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_a_name_that_leads_to_a_public_address_is_connected_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, address)
    tried = connecting(monkeypatch)
    with pytest.raises(Unreachable):
        public().send("GET", "https://innocent.example/")
    assert tried == [(address, 443)]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.216.34", "10.0.0.1")
    tried = connecting(monkeypatch)
    with pytest.raises(Unreachable):
        public().send("GET", "https://innocent.example/")
    assert not tried


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost", "127.1"])
def test_loopback_in_any_writing_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connecting(monkeypatch)
    with pytest.raises(Unreachable):
        public().send("GET", f"https://{host}/")
    assert not tried


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])

    def rebinding(host: str, port: int, *_args: object, **_kwargs: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    tried = connecting(monkeypatch)
    with pytest.raises(Unreachable):
        public().send("GET", "https://rebinding.example/")
    assert tried == [("93.184.216.34", 443)]


def test_the_next_address_is_tried_when_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with wire(saying(b"here")) as server:
        resolving(monkeypatch, "127.0.0.2", "127.0.0.1")
        real = socket.create_connection

        def first_is_dead(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
            if address[0] == "127.0.0.2":
                raise ConnectionRefusedError
            return real(address, *args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "create_connection", first_is_dead)
        assert private().send("GET", f"http://two.example:{server.port}/").body == b"here"


def test_the_host_header_is_the_name_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with wire(saying(b"")) as server:
        resolving(monkeypatch, "127.0.0.1")
        private().send("GET", f"http://lms.example:{server.port}/")
    assert f"Host: lms.example:{server.port}".encode() in server.heads[0]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with wire(saying(b"direct")) as server:
        assert private().send("GET", server.url).body == b"direct"


def test_cookies_of_one_answer_do_not_travel_with_the_next_request() -> None:
    with wire(saying(b"", "Set-Cookie: who=me")) as server:
        out = private()
        out.send("GET", server.url)
        out.send("GET", server.url)
    assert b"Cookie" not in server.heads[1]


def test_a_body_that_is_no_json_is_told() -> None:
    for body in (b"<html>", b"", b"\xff\xfe\x00", b"[" * 100_000):
        with pytest.raises(Unreachable) as refused:
            Answer(200, {}, body).json()
        assert refused.value.key == "outbound.not_json"


def test_threads_do_not_share_a_session() -> None:
    out, sessions = private(), []
    threads = [threading.Thread(target=lambda: sessions.append(out._session())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(session) for session in sessions}) == 3
    assert out._session() is out._session()
