"""The one way out has a clock: whatever a server does, the whole exchange ends in time and leaves nothing open."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SHUT_RDWR, SO_RCVBUF, SOL_SOCKET, create_server, socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lti_tool.errors import Unreachable
from lti_tool.outbound import Outbound, longest_exchange

Talk = Callable[[socket], None]
WAIT = 0.5  # seconds, the time-out of these tests
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"


@contextmanager
def talking(talk: Talk) -> Iterator[int]:
    """A server on loopback that hands each connection, unread, to `talk`; its port."""
    listening = create_server(("127.0.0.1", 0))
    listening.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)

    def answer(connection: socket) -> None:
        with connection, suppress(OSError):
            talk(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        listening.shutdown(SHUT_RDWR)
        listening.close()
        thread.join(timeout=5)


def drip(connection: socket, begun: bytes, piece: bytes, pause: float = 0.05) -> None:
    """Says how it begins, then one piece after the other, until the other side has had enough (or for 8 seconds)."""
    connection.sendall(begun)
    end = time.monotonic() + 8
    while time.monotonic() < end:
        connection.sendall(piece)
        time.sleep(pause)


def after_the_request(talk: Talk) -> Talk:
    """Reads the head of the request first."""

    def read_then_talk(connection: socket) -> None:
        if connection.recv(65536):
            talk(connection)

    return read_then_talk


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of `localhost` in one file, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, kind, bare = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(key.private_bytes(pem, kind, bare) + signed.public_bytes(pem))
    return file


def behind_tls(certificate: Path, talk: Talk) -> Talk:
    """The same talk, after the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def wrap(connection: socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            talk(wrapped)

    return wrap


def left_in_time(out: Outbound, url: str, body: bytes | None = None) -> float:
    """The exchange ends in Unreachable, and not long after its time; how long it took."""
    start = time.monotonic()
    with pytest.raises(Unreachable) as refused:
        out.send("POST" if body else "GET", url, body=body)
    taken = time.monotonic() - start
    assert refused.value.key == "outbound.no_answer"
    assert taken < longest_exchange(WAIT) + 1.5
    return taken


DRIPS = [
    pytest.param(HEAD, b"x", 0.05, id="body"),
    pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05, id="chunks"),
    pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n", 0.0, id="trailers"),
    pytest.param(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.05, id="header"),
    pytest.param(b"HTTP", b"/", 0.05, id="status line"),
    pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.0, id="interim answers without end"),
]


@pytest.mark.parametrize(("begun", "piece", "pause"), DRIPS)
def test_an_answer_that_drips_is_left_when_its_time_is_over(begun: bytes, piece: bytes, pause: float) -> None:
    with talking(after_the_request(lambda connection: drip(connection, begun, piece, pause))) as port:
        taken = left_in_time(Outbound(allow_private=True, timeout=WAIT), f"http://127.0.0.1:{port}/")
    assert taken > longest_exchange(WAIT) - 0.1


@pytest.mark.parametrize(("begun", "piece", "pause"), DRIPS)
def test_an_answer_that_drips_through_tls_is_left_too(
    begun: bytes, piece: bytes, pause: float, certificate: Path
) -> None:
    talk = behind_tls(certificate, after_the_request(lambda connection: drip(connection, begun, piece, pause)))
    with talking(talk) as port:
        out = Outbound(allow_private=True, timeout=WAIT, ca_bundle=str(certificate))
        left_in_time(out, f"https://localhost:{port}/")


def test_a_handshake_that_drips_is_left() -> None:
    hello = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb"  # the beginning of a server's hello that is said to be 16 KB long
    with talking(after_the_request(lambda connection: drip(connection, hello, b"\x03"))) as port:
        left_in_time(Outbound(allow_private=True, timeout=WAIT), f"https://localhost:{port}/")


def sip(connection: socket) -> None:
    """Reads a request that never ends for it: a little, again and again."""
    for _ in range(160):
        connection.recv(4096)
        time.sleep(0.05)


def test_a_server_that_reads_a_request_in_sips_is_left() -> None:
    with talking(sip) as port:
        left_in_time(Outbound(allow_private=True, timeout=WAIT), f"http://127.0.0.1:{port}/", b"x" * 30_000_000)


def test_a_server_that_reads_a_request_in_sips_through_tls_is_left(certificate: Path) -> None:
    with talking(behind_tls(certificate, sip)) as port:
        out = Outbound(allow_private=True, timeout=WAIT, ca_bundle=str(certificate))
        left_in_time(out, f"https://localhost:{port}/", b"x" * 30_000_000)


def answering(connection: socket, body: bytes = b"well", pause: float = 0.0) -> None:
    """A healthy server that keeps its connections."""
    while connection.recv(65536):
        time.sleep(pause)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def test_a_large_request_and_answer_go_through_tls_whole(certificate: Path) -> None:
    seen: list[int] = []

    def echo(connection: socket) -> None:
        said = b""
        while not said.endswith(b"end"):
            said += connection.recv(65536)
        seen.append(len(said.partition(b"\r\n\r\n")[2]))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1500000\r\n\r\n" + b"y" * 1_500_000)

    with talking(behind_tls(certificate, echo)) as port:
        out = Outbound(allow_private=True, timeout=5, ca_bundle=str(certificate))
        answer = out.send("POST", f"https://localhost:{port}/", body=b"x" * 1_000_000 + b"end")
    assert (answer.body, seen) == (b"y" * 1_500_000, [1_000_003])


def test_an_answer_that_comes_slowly_but_in_time_is_read_whole() -> None:
    def slow(connection: socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            time.sleep(0.1)
            connection.sendall(b"x")

    with talking(after_the_request(slow)) as port:
        answer = Outbound(allow_private=True, timeout=WAIT).send("GET", f"http://127.0.0.1:{port}/")
    assert answer.body == b"xxxxxxxx"


def test_every_request_of_a_kept_connection_has_its_own_time() -> None:
    opened: list[socket] = []

    def answer(connection: socket) -> None:
        opened.append(connection)
        answering(connection, pause=0.3)

    with talking(answer) as port:
        out, start = Outbound(allow_private=True, timeout=WAIT), time.monotonic()
        for _ in range(6):
            assert out.send("GET", f"http://127.0.0.1:{port}/").body == b"well"
        assert time.monotonic() - start > longest_exchange(WAIT)
    assert len(opened) == 1


def test_after_a_server_was_left_the_next_request_goes_well() -> None:
    out = Outbound(allow_private=True, timeout=WAIT)
    with talking(after_the_request(lambda connection: drip(connection, HEAD, b"x"))) as bad, talking(answering) as good:
        left_in_time(out, f"http://127.0.0.1:{bad}/")
        assert out.send("GET", f"http://127.0.0.1:{good}/").body == b"well"


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("keeps", [True, False])
def test_requests_leave_no_descriptor_and_no_thread_behind(*, keeps: bool, certificate: Path) -> None:
    def once(connection: socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell")

    def broken(connection: socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nhalf")

    healthy = answering if keeps else once
    out = Outbound(allow_private=True, timeout=5, ca_bundle=str(certificate))
    with talking(healthy) as plain, talking(behind_tls(certificate, healthy)) as secret, talking(broken) as bad:

        def ask(times: int) -> None:
            for _ in range(times):
                out.send("GET", f"http://127.0.0.1:{plain}/")
                out.send("GET", f"https://localhost:{secret}/")
                with pytest.raises(Unreachable):
                    out.send("GET", f"http://127.0.0.1:{bad}/")

        ask(3)
        files, threads = settled()
        ask(200)
        files_now, threads_now = settled()
    assert files_now <= files  # fewer, when a server of an earlier test has noticed only now that its client is gone
    assert threads_now <= threads


def settled() -> tuple[int, int]:
    """Open files and threads, once the servers of this test have noticed that their connections are closed."""
    before = (-1, -1)
    for _ in range(40):
        time.sleep(0.1)
        now = (open_files(), threading.active_count())
        if now == before:
            return now
        before = now
    return before


@pytest.mark.parametrize(("timeout", "whole"), [(0.5, 1.5), (10, 30), (30, 60), (60, 60), (120, 120)])
def test_the_whole_exchange_may_take_some_time_outs_and_a_minute_at_most(timeout: float, whole: float) -> None:
    assert longest_exchange(timeout) == whole
