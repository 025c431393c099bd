"""Every address of the tool, asked by a stranger and by somebody who is in: a page, never a breakdown."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests
from houses import House

from lti_tool.app import create_app
from lti_tool.demo.trainee import form_to
from lti_tool.views.browser import browser_cookie, session_cookie

STRANGE_COOKIES = ["x", "y" * 40, "\xff" * 30, "z" * 5000, '"a b";c=d', "%00" * 20]
NOT_PAGES = frozenset(
    {"static", "launches.jwks", "material.file", "health.metrics", "health.alive", "health.ready", "health.profile"}
)
MADE_UP = {"uuid": lambda: str(uuid4()), "path": lambda: "a/b", "default": lambda: "x"}


def addresses(house: House) -> Iterator[tuple[str, str]]:
    """Endpoint and an address that it answers, every variable made up."""
    for rule in create_app(house.parts).url_map.iter_rules():
        address = re.sub(r"<(?:(\w+):)?\w+>", lambda found: MADE_UP[found[1] or "default"](), rule.rule)
        yield rule.endpoint, house.tool + address


def check(answer: requests.Response, endpoint: str, house: House) -> None:
    """What is true of every answer."""
    where = f"{answer.request.method} {answer.request.url}"
    assert answer.status_code < 500, where
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] == "no-referrer", where
    for cookie in answer.cookies:
        assert cookie.name in {browser_cookie(house.parts.settings), session_cookie(house.parts.settings)}, where
    if "Set-Cookie" in headers:
        assert endpoint == "launches.login", where
        assert "HttpOnly" in headers["Set-Cookie"]
        assert "SameSite=Lax" in headers["Set-Cookie"]
    if answer.status_code == 404 or endpoint not in NOT_PAGES:
        assert headers["Cache-Control"] == "no-store" or endpoint == "static", where
        policy = headers["Content-Security-Policy"] if endpoint != "static" else ""
        assert "default-src 'none'" in policy or endpoint == "static", where
        assert "unsafe" not in policy, where
    if answer.status_code >= 400 and endpoint != "static" and answer.request.method != "HEAD":
        assert 'class="reference"' in answer.text, where


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_address_breaks_for_a_stranger_and_all_have_their_headers(shared_house: House, method: str) -> None:
    with requests.Session() as session:
        for endpoint, address in addresses(shared_house):
            data = {"ticket": "x", "action": "validate", "choice": "p1"} if method == "POST" else None
            answer = session.request(method, address, data=data, allow_redirects=False, timeout=10)
            check(answer, endpoint, shared_house)


def test_no_address_breaks_for_somebody_who_is_in(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test(length=4), "lina")
    ticket = dict(form_to(trainee.browser.page, "/answer").fields)["ticket"]
    for endpoint, address in addresses(shared_house):
        for answer in (
            trainee.browser.request("GET", address, follow=False),
            trainee.browser.request("POST", address, data={"ticket": ticket, "action": "skip"}, follow=False),
        ):
            check(answer, endpoint, shared_house)
    assert trainee.browser.reload().status == 200


@pytest.mark.parametrize(
    "address", ["/", "/nothing", "/tests/", "/tests/1", "/questions/../etc", "/%00", "/%ff", "//", "/a" * 900]
)
def test_an_address_that_is_none_is_a_page_with_a_reference(shared_house: House, address: str) -> None:
    for language, title in (
        ("fr", "Cela n’a pas fonctionné"),
        ("en", "This did not work"),
        ("ar", "لم ينجح ذلك"),
        ("de", "This did not work"),
    ):
        answer = requests.get(shared_house.tool + address, headers={"Accept-Language": language}, timeout=10)
        assert answer.status_code == 404
        assert title in answer.text
        assert 'class="reference"' in answer.text


@pytest.mark.parametrize("cookie", STRANGE_COOKIES, ids=[one[:8] for one in STRANGE_COOKIES])
def test_no_cookie_breaks_a_page(shared_house: House, cookie: str) -> None:
    names = (browser_cookie(shared_house.parts.settings), session_cookie(shared_house.parts.settings))
    header = "; ".join(f"{name}={cookie}" for name in names).encode("latin-1")
    for path in ("/tests/not-ready", "/lti/login", "/lti/launch", f"/questions/{uuid4()}"):
        for method in ("GET", "POST"):
            answer = requests.request(method, shared_house.tool + path, headers={"Cookie": header}, timeout=10)
            assert answer.status_code < 500, (path, method)


HEADERS = {
    "language of nonsense": {"Accept-Language": ";;;q=,*,-_" * 50},
    "an agent of control signs": {"User-Agent": "\x7f" * 200},
    "a body that is no form": {"Content-Type": "application/json"},
    "a form without a boundary": {"Content-Type": "multipart/form-data"},
    "an unknown character set": {"Content-Type": "application/x-www-form-urlencoded; charset=klingon"},
    "another host": {"Host": "evil.example"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_no_header_breaks_a_page(shared_house: House, headers: dict[str, str]) -> None:
    for path in ("/tests/not-ready", "/lti/login", "/lti/launch", "/lti/continue", "/lti/register"):
        for method in ("GET", "POST"):
            answer = requests.request(method, shared_house.tool + path, headers=headers, data=b'{"a": [1]}', timeout=10)
            assert answer.status_code < 500, (path, method)
            assert "evil.example" not in answer.text
            assert "evil.example" not in answer.headers.get("Location", "")


def test_a_form_of_a_thousand_fields_or_a_million_bytes_is_refused_with_a_page(shared_house: House) -> None:
    for body in ({f"f{number}": "x" for number in range(5000)}, {"state": "x" * 1_000_000}):
        for path in ("/lti/login", "/lti/launch", "/lti/continue", "/lti/register", f"/questions/{uuid4()}/answer"):
            answer = requests.post(shared_house.tool + path, data=body, timeout=10)
            assert 400 <= answer.status_code < 500, path
            assert 'class="reference"' in answer.text, path


def test_the_frame_may_only_be_the_lms_that_the_session_came_from(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test(length=4), "lina")
    policy = trainee.browser.page.headers["Content-Security-Policy"]
    ancestors = next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))
    assert ancestors.split()[1:] == ["'self'", shared_house.lms_url]
