"""The client against a real server on loopback that answers as it is told."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import requests

from xapi import client
from xapi.client import Absent, Busy, Found, Refused, Store, Stored, Unauthorised, Unknown, WalkStopped

A, B = UUID("11111111-2222-4333-8444-555555555555"), UUID("21111111-2222-4333-8444-555555555555")


class Lrs(ThreadingHTTPServer):
    """Answers every request by `play` and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.play: Callable[[_Exchange], None] = lambda one: one.answer(204)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.connections: set[tuple[str, int]] = set()

    @property
    def store(self) -> Store:
        return Store(f"http://127.0.0.1:{self.server_port}/xapi/", connect_timeout=2, read_timeout=0.5, whole_timeout=1)


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Lrs

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        self.server.connections.add(self.client_address)
        self.server.play(self)

    def do_GET(self) -> None:
        self.headers.add_header("Content-Length", "0")
        self.do_POST()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def lrs() -> Iterator[Lrs]:
    server = Lrs()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as own:
        own.trust_env = False
        own.auth = ("pix", "secret")
        yield own


def _answers(lrs: Lrs, status: int, body: object = b"", **headers: str) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lrs.play = lambda one: one.answer(status, raw, **headers)


def test_statements_go_out_as_the_very_bytes_that_were_given(lrs, session):
    texts = ['{"id":"1","x":1.0}', '{"é": 2}']
    assert client.post(session, lrs.store, texts) == Stored()
    method, path, headers, body = lrs.asked[0]
    assert (method, path) == ("POST", "/xapi/statements")
    assert body == '[{"id":"1","x":1.0},{"é": 2}]'.encode()
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Experience-API-Version"] == "1.0.3"
    assert headers["Authorization"].startswith("Basic ")


def test_the_version_header_is_that_of_the_lrs(lrs, session):
    store = Store(lrs.store.endpoint.rstrip("/"), version="2.0.0")
    client.post(session, store, ["{}"])
    assert lrs.asked[0][1] == "/xapi/statements"
    assert lrs.asked[0][2]["X-Experience-API-Version"] == "2.0.0"


def test_a_connection_is_kept_for_the_next_request(lrs, session):
    _answers(lrs, 200, [str(A)])
    for _ in range(5):
        assert client.post(session, lrs.store, ["{}"]) == Stored()
    assert len(lrs.connections) == 1


def test_nothing_is_not_posted(lrs, session):
    with pytest.raises(ValueError, match="nothing"):
        client.post(session, lrs.store, [])
    assert lrs.asked == []


@pytest.mark.parametrize("ids", [[], [str(A)], [str(A), str(B).upper()]])
def test_a_list_of_ids_means_stored_whichever_come_back(lrs, session, ids):
    _answers(lrs, 200, ids)
    assert client.post(session, lrs.store, ["{}", "{}"]) == Stored()


@pytest.mark.parametrize(
    "body", [b"", b"<html>Welcome</html>", {"ok": True}, ["stored"], [7], b"[NaN]", b"[" * 100_000]
)
def test_a_200_with_anything_else_is_unknown(lrs, session, body):
    _answers(lrs, 200, body)
    assert isinstance(client.post(session, lrs.store, ["{}"]), Unknown)


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_refusal_carries_the_words_of_the_lrs(lrs, session, status):
    _answers(lrs, status, b'{"error":\n "bad\x00 statement"}')
    assert client.post(session, lrs.store, ["{}"]) == Refused(status, '{"error": "bad statement"}')


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_credentials_are_told_apart(lrs, session, status):
    _answers(lrs, status, b"who?")
    assert client.post(session, lrs.store, ["{}"]) == Unauthorised(status, "who?")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_lrs_may_say_when_to_come_back(lrs, session, status):
    _answers(lrs, status, Retry_After="7")
    assert client.post(session, lrs.store, ["{}"]) == Busy(status, 7.0, "(no words)")


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("99999999999", 86400.0),
        ("Mon, 23 Nov 2026 09:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        ("Tue, 23 Nov 2027 08:00:00 GMT", 86400.0),
        ("soon", None),
        ("-5", None),
        ("Mon, 23 Nov 2026 09:00:30 -0000", None),
    ],
)
def test_the_time_to_come_back_is_read_and_bounded(lrs, session, retry_after, seconds):
    def play(one: _Exchange) -> None:
        one.send_response_only(503)
        one.send_header("Date", "Mon, 23 Nov 2026 09:00:00 GMT")
        one.send_header("Retry-After", retry_after)
        one.send_header("Content-Length", "0")
        one.end_headers()

    lrs.play = play
    assert client.post(session, lrs.store, ["{}"]) == Busy(503, seconds, "(no words)")


@pytest.mark.parametrize("status", [201, 404, 405, 418])
def test_what_is_no_lrs_is_unknown(lrs, session, status):
    _answers(lrs, status, b"hello")
    assert client.post(session, lrs.store, ["{}"]) == Unknown(f"{status}: hello")


def test_a_redirect_is_never_followed(lrs, session):
    _answers(lrs, 302, Location="http://127.0.0.1:1/elsewhere")
    assert client.post(session, lrs.store, ["{}"]) == Unknown("302 to http://127.0.0.1:1/elsewhere: (no words)")
    assert len(lrs.asked) == 1


def test_a_connection_that_drops_leaves_it_unknown(lrs, session):
    lrs.play = lambda one: one.connection.shutdown(socket.SHUT_RDWR)
    answer = client.post(session, lrs.store, ["{}"])
    assert isinstance(answer, Unknown)
    assert "no answer" in answer.words


def test_an_lrs_that_is_not_there_leaves_it_unknown(session):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        store = Store(f"http://127.0.0.1:{free.getsockname()[1]}")
    assert isinstance(client.post(session, store, ["{}"]), Unknown)


@pytest.mark.parametrize("endpoint", ["lrs.example/xapi", "http://[broken", "ftp://lrs.example"])
def test_an_address_that_is_none_leaves_it_unknown(session, endpoint):
    assert isinstance(client.post(session, Store(endpoint), ["{}"]), Unknown)


def test_a_stall_ends_by_the_time_out(lrs, session):
    lrs.play = lambda one: time.sleep(1.5)
    begun = time.monotonic()
    assert isinstance(client.post(session, lrs.store, ["{}"]), Unknown)
    assert time.monotonic() - begun < 1.4


def _begins(one: _Exchange, length: int) -> None:
    one.send_response(200)
    one.send_header("Content-Length", str(length))
    one.end_headers()
    one.wfile.flush()


def test_half_an_answer_is_unknown(lrs, session):
    def play(one: _Exchange) -> None:
        _begins(one, 40)
        one.wfile.write(b'["1111')
        one.wfile.flush()
        one.connection.shutdown(socket.SHUT_RDWR)

    lrs.play = play
    assert isinstance(client.post(session, lrs.store, ["{}"]), Unknown)


def test_an_answer_that_trickles_is_given_up(lrs, session):
    def play(one: _Exchange) -> None:
        _begins(one, 1000)
        for _ in range(30):
            try:
                one.wfile.write(b" ")
                one.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    lrs.play = play
    begun = time.monotonic()
    assert client.post(session, lrs.store, ["{}"]) == Unknown("the answer took too long")
    assert time.monotonic() - begun < 2


def test_an_answer_that_is_too_large_is_given_up(lrs, session):
    _answers(lrs, 200, b" " * 100_000)
    store = Store(lrs.store.endpoint, largest_answer=50_000)
    assert client.post(session, store, ["{}"]) == Unknown("the answer is larger than 50000 bytes")


def test_one_statement_is_found_by_its_id(lrs, session):
    _answers(lrs, 200, {"id": str(A).upper(), "x": 1})
    assert client.get(session, lrs.store, A) == Found({"id": str(A).upper(), "x": 1})
    assert lrs.asked[0][1] == f"/xapi/statements?statementId={A}"


def test_a_statement_that_is_not_there_is_absent(lrs, session):
    _answers(lrs, 404, b"none")
    assert client.get(session, lrs.store, A) == Absent()


@pytest.mark.parametrize("body", [{"id": str(B)}, [], b"<p>", {"statements": []}])
def test_another_answer_is_not_taken_for_the_statement(lrs, session, body):
    _answers(lrs, 200, body)
    assert isinstance(client.get(session, lrs.store, A), Unknown)


def test_a_get_meets_the_same_troubles(lrs, session):
    _answers(lrs, 503)
    assert isinstance(client.get(session, lrs.store, A), Busy)
    assert isinstance(client.get(session, Store("nowhere"), A), Unknown)


def _pages(lrs: Lrs, count: int, more: Callable[[int], object]) -> None:
    def play(one: _Exchange) -> None:
        number = int(one.query().get("page", ["1"])[0])
        page: dict[str, object] = {"statements": [{"id": str(number)}]}
        if number < count:
            page["more"] = more(number + 1)
        one.answer(200, json.dumps(page).encode())

    lrs.play = play


@pytest.mark.parametrize("prefix", ["/xapi/statements", "statements", "/other/more"])
def test_a_walk_goes_through_every_page(lrs, session, prefix):
    _pages(lrs, 4, lambda page: f"{prefix}?page={page}")
    found = list(client.walk(session, lrs.store, {"registration": str(A), "limit": "1"}, 10))
    assert [one["id"] for one in found] == ["1", "2", "3", "4"]
    assert lrs.asked[0][1] == f"/xapi/statements?registration={A}&limit=1"
    assert "registration" not in lrs.asked[1][1]


def test_a_walk_may_end_with_an_empty_more(lrs, session):
    _answers(lrs, 200, {"statements": [], "more": ""})
    assert list(client.walk(session, lrs.store, {}, 1)) == []


def test_a_walk_of_more_pages_than_allowed_says_so(lrs, session):
    _pages(lrs, 9, lambda page: f"/xapi/statements?page={page}")
    seen = []
    with pytest.raises(WalkStopped) as stopped:
        seen.extend(client.walk(session, lrs.store, {}, 3))
    assert stopped.value.trouble == Unknown("there are more than 3 pages")
    assert len(lrs.asked) == 3


@pytest.mark.parametrize(
    "more",
    ["http://127.0.0.1:1/xapi/statements?page=2", "//lrs.example/statements", "ftp://x", 7, "http://[x", {"a": 1}],
)
def test_more_never_leads_to_another_server(lrs, session, more):
    _pages(lrs, 2, lambda _: more)
    with pytest.raises(WalkStopped, match="another server"):
        list(client.walk(session, lrs.store, {}, 3))
    assert len(lrs.asked) == 1


def test_more_that_leads_round_in_a_circle_is_noticed(lrs, session):
    _pages(lrs, 100, lambda _: "/xapi/statements?page=5")
    with pytest.raises(WalkStopped, match="circle"):
        list(client.walk(session, lrs.store, {}, 50))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>", Unknown),
        (200, [], Unknown),
        (200, {"statements": {}}, Unknown),
        (200, {"statements": [1]}, Unknown),
        (401, b"", Unauthorised),
        (503, b"", Busy),
        (400, b"", Refused),
    ],
)
def test_a_walk_that_meets_trouble_stops_with_it(lrs, session, status, body, kind):
    _answers(lrs, status, body)
    with pytest.raises(WalkStopped) as stopped:
        list(client.walk(session, lrs.store, {}, 3))
    assert isinstance(stopped.value.trouble, kind)


def test_a_walk_to_an_lrs_that_is_not_there_stops(session):
    with pytest.raises(WalkStopped):
        list(client.walk(session, Store("nowhere"), {}, 3))
