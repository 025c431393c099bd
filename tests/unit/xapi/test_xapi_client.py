"""Posting to a real server on loopback that answers as it is told."""

import socket
import time

import pytest

from xapi import client
from xapi.client import Busy, Refused, Store, Stored, Unauthorised, Unknown

A, B = "11111111-2222-4333-8444-555555555555", "21111111-2222-4333-8444-555555555555"


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
    lrs.answers(200, [A])
    for _ in range(5):
        assert client.post(session, lrs.store, ["{}"]) == Stored()
    assert len(lrs.connections) == 1


def test_nothing_is_not_posted(lrs, session):
    with pytest.raises(ValueError, match="nothing"):
        client.post(session, lrs.store, [])
    assert lrs.asked == []


@pytest.mark.parametrize("ids", [[], [A], [A, B.upper()]])
def test_a_list_of_ids_means_stored_whichever_come_back(lrs, session, ids):
    lrs.answers(200, ids)
    assert client.post(session, lrs.store, ["{}", "{}"]) == Stored()


@pytest.mark.parametrize(
    "body", [b"", b"<html>Welcome</html>", {"ok": True}, ["stored"], [7], b"[NaN]", b"[" * 100_000]
)
def test_a_200_with_anything_else_is_unknown(lrs, session, body):
    lrs.answers(200, body)
    assert isinstance(client.post(session, lrs.store, ["{}"]), Unknown)


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_refusal_carries_the_words_of_the_lrs(lrs, session, status):
    lrs.answers(status, b'{"error":\n "bad\x00 statement"}')
    assert client.post(session, lrs.store, ["{}"]) == Refused(status, '{"error": "bad statement"}')


@pytest.mark.parametrize("status", [401, 403])
def test_wrong_credentials_are_told_apart(lrs, session, status):
    lrs.answers(status, b"who?")
    assert client.post(session, lrs.store, ["{}"]) == Unauthorised(status, "who?")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_lrs_may_say_when_to_come_back(lrs, session, status):
    lrs.answers(status, Retry_After="7")
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
    def play(one) -> None:
        one.send_response_only(503)
        one.send_header("Date", "Mon, 23 Nov 2026 09:00:00 GMT")
        one.send_header("Retry-After", retry_after)
        one.send_header("Content-Length", "0")
        one.end_headers()

    lrs.play = play
    assert client.post(session, lrs.store, ["{}"]) == Busy(503, seconds, "(no words)")


@pytest.mark.parametrize("status", [201, 404, 405, 418])
def test_what_is_no_lrs_is_unknown(lrs, session, status):
    lrs.answers(status, b"hello")
    assert client.post(session, lrs.store, ["{}"]) == Unknown(f"{status}: hello")


def test_a_redirect_is_never_followed(lrs, session):
    lrs.answers(302, Location="http://127.0.0.1:1/elsewhere")
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


def _begins(one, length: int) -> None:
    one.send_response(200)
    one.send_header("Content-Length", str(length))
    one.end_headers()
    one.wfile.flush()


def test_half_an_answer_is_unknown(lrs, session):
    def play(one) -> None:
        _begins(one, 40)
        one.wfile.write(b'["1111')
        one.wfile.flush()
        one.connection.shutdown(socket.SHUT_RDWR)

    lrs.play = play
    assert isinstance(client.post(session, lrs.store, ["{}"]), Unknown)


def test_an_answer_that_trickles_is_given_up(lrs, session):
    def play(one) -> None:
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
    lrs.answers(200, b" " * 100_000)
    store = Store(lrs.store.endpoint, largest_answer=50_000)
    assert client.post(session, store, ["{}"]) == Unknown("the answer is larger than 50000 bytes")
