"""Launches that must not come in: each gets a page to read, in two languages, and leaves nothing behind."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from houses import House
from launching import CLAIM, ROLE, Coming, add_activity, assert_refused, coming, counts, neighbour
from sqlalchemy import update

from lti_tool import clock
from lti_tool.models import LoginState
from lti_tool.words import words

STRANGERS_KEY = generate_private_key(public_exponent=65537, key_size=2048)
Forgery = Callable[[Coming], str | None]


def _encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _signed_by_a_stranger(launch: Coming) -> str:
    return launch.token(key=STRANGERS_KEY)


def _unsigned(launch: Coming) -> str:
    return f"{_encoded({'alg': 'none', 'kid': launch.house.memory.keys[0].kid})}.{_encoded(launch.claims)}."


def _signed_by_password(launch: Coming) -> str:
    return launch.token(key="a password of at least thirty-two letters", algorithm="HS256")


def _changed_after_signing(launch: Coming) -> str:
    head, _, signature = launch.token().split(".")
    return f"{head}.{_encoded(launch.claims | {'sub': '1'})}.{signature}"


def _expired(launch: Coming) -> None:
    launch.claims["exp"] = launch.claims["iat"] - 61


def _claim(name: str, value: object) -> Forgery:
    def change(launch: Coming) -> None:
        launch.claims[name] = value

    return change


def _without(name: str) -> Forgery:
    def change(launch: Coming) -> None:
        del launch.claims[name]

    return change


def _field(name: str, value: str) -> Forgery:
    def change(launch: Coming) -> None:
        launch.fields[name] = value

    return change


def _token(value: str) -> Forgery:
    return lambda _launch: value


FORGERIES: dict[str, Forgery] = {
    "signed by a stranger": _signed_by_a_stranger,
    "unsigned": _unsigned,
    "signed with a password": _signed_by_password,
    "changed after signing": _changed_after_signing,
    "under an unknown key's name": lambda launch: launch.token(kid="unknown"),
    "without a key's name": lambda launch: launch.token(kid=None),
    "expired": _expired,
    "from the future": lambda launch: launch.claims.update(iat=launch.claims["iat"] + 7200),
    "for another client": _claim("aud", "somebody else"),
    "of another issuer": _claim("iss", "https://other.example"),
    "in answer to another login": _claim("nonce", "invented"),
    "of an unknown deployment": _claim(CLAIM + "deployment_id", "999"),
    "of an anonymous person": _without("sub"),
    "without a resource link": _without(CLAIM + "resource_link"),
    "whose roles are a number and whose link is a list": lambda launch: launch.claims.update(
        {CLAIM + "roles": 7, CLAIM + "resource_link": []}
    ),
    "of LTI 1.1": _claim(CLAIM + "version", "LTI-1p0"),
    "aimed at another site": _claim(CLAIM + "target_link_uri", "https://evil.example/lti/launch"),
    "of a mentor": _claim(CLAIM + "roles", [ROLE + "Mentor"]),
    "that is no token": _token("this is no token"),
    "that is empty": _token(""),
    "that is a long row of letters": _token("a" * 70_000 + ".b.c"),
    "without a state": _field("state", ""),
    "with an invented state": _field("state", "invented.1795449846"),
}


@pytest.fixture(scope="module")
def activity(shared_house: House) -> str:
    """One test that everybody tries to get into; lina has been there once, so the LMS's keys are known."""
    added = shared_house.add_test(length=4)
    shared_house.client().launch(added, "lina")
    return added


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_launch_is_refused_with_a_page_and_stores_nothing(
    shared_house: House, activity: str, forgery: Forgery
) -> None:
    before = counts(shared_house)
    for language in ("fr", "en"):
        launch = coming(shared_house, activity, "dina", shared_house.client(language))
        assert_refused(launch.enter(forgery(launch)), language)
    assert counts(shared_house) == before


def test_the_same_message_comes_in_once_and_its_copy_is_refused(shared_house: House, activity: str) -> None:
    launch = coming(shared_house, activity)
    token = launch.token()
    assert "/tests/" in launch.enter(token).url
    before = counts(shared_house)
    again = launch.enter(token)
    assert "already" in assert_refused(again, "en", 400)
    assert counts(shared_house) == before


def test_a_message_that_another_browser_brings_is_refused_and_still_good_in_its_own(
    shared_house: House, activity: str
) -> None:
    before = counts(shared_house)
    launch = coming(shared_house, activity, "hala")
    other = shared_house.client("fr")
    other.hold_launch(activity, "omar")  # so the other browser has a cookie of its own
    assert_refused(other.answer(launch.held, launch.token()), "fr", 400)
    assert counts(shared_house) == before
    assert "/tests/" in launch.enter().url


def test_a_launch_that_took_too_long_is_refused(shared_house: House, activity: str) -> None:
    launch = coming(shared_house, activity, "dina")
    with shared_house.parts.database.transaction() as session:
        session.execute(update(LoginState).values(expires_at=clock.now() - timedelta(seconds=1)))
    before = counts(shared_house)
    assert_refused(launch.enter(), "en", 400)
    assert counts(shared_house) == before


def test_a_message_for_one_registration_does_not_answer_the_login_of_another(
    shared_house: House, activity: str
) -> None:
    beside = neighbour(shared_house)
    theirs = coming(beside, beside.add_test(length=4), "dina")
    ours = coming(shared_house, activity, "dina", theirs.client)
    before = counts(shared_house)
    ours.claims["nonce"] = theirs.held.parameters["nonce"]
    assert_refused(theirs.enter(ours.token()), "en", 400)
    assert counts(shared_house) == before


def test_the_refusal_of_the_lms_is_told_in_its_words_only_in_answer_to_a_login(
    shared_house: House, activity: str
) -> None:
    before = counts(shared_house)
    launch = coming(shared_house, activity, "dina")
    refusal = {"error": "access_denied", "error_description": "Ring <b>0800</b>"}
    told = launch.client.browser.post(
        f"{shared_house.tool}/lti/launch", {**refusal, "state": launch.held.parameters["state"]}
    )
    sentence = assert_refused(told, "en", 400)
    assert "Ring &lt;b&gt;0800" in sentence
    unasked = launch.client.browser.post(f"{shared_house.tool}/lti/launch", refusal)
    assert "0800" not in assert_refused(unasked, "en", 400)
    other = shared_house.client("en")
    other.hold_launch(activity, "omar")  # so the other browser has a cookie of its own
    led = other.browser.post(f"{shared_house.tool}/lti/launch", {**refusal, "state": launch.held.parameters["state"]})
    assert assert_refused(led, "en", 400) == words("en").t("launch.platform_refused")
    assert counts(shared_house) == before


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://unknown.example"},
        {"client_id": "unknown"},
        {"target_link_uri": "https://evil.example/"},
        {"login_hint": ""},
        {"login_hint": "x" * 9000},
        {"iss": ""},
        {"iss": "a\0b"},
        {"lti_deployment_id": "d" * 300},
    ],
    ids=["unknown LMS", "unknown client", "foreign target", "no hint", "long hint", "no LMS", "null", "long id"],
)
def test_a_login_that_cannot_be_is_refused_with_a_page(
    shared_house: House, language: str, change: dict[str, str]
) -> None:
    tool = shared_house.memory.tools[shared_house.deployment_id]
    good = {
        "iss": shared_house.lms_url, "client_id": tool.client_id, "login_hint": "6",
        "target_link_uri": f"{shared_house.tool}/lti/launch",
    }  # fmt: skip
    browser = shared_house.client(language).browser
    assert_refused(browser.post(f"{shared_house.tool}/lti/login", {**good, **change}), language)


def test_a_launch_with_no_fields_at_all_gets_a_page(shared_house: House) -> None:
    browser = shared_house.client("fr").browser
    assert_refused(browser.post(f"{shared_house.tool}/lti/launch", {}), "fr", 400)
    assert browser.open(f"{shared_house.tool}/lti/launch").status == 200


def test_keys_that_the_lms_does_not_hand_out_give_a_page_and_store_nothing(shared_house: House, activity: str) -> None:
    memory, before = shared_house.memory, counts(shared_house)
    known = memory.keys
    memory.rotate_key()
    shared_house.lms.faults(keys_outage=True)
    launch = coming(shared_house, activity, "dina")
    assert_refused(launch.enter(), "en", 400)
    assert counts(shared_house) == before
    memory.keys = known
    shared_house.lms.faults(keys_outage=False)
    assert "/tests/" in coming(shared_house, activity, "dina").enter().url


def test_names_beyond_all_measure_are_shortened_and_shown_as_text(shared_house: House) -> None:
    launch = coming(shared_house, shared_house.add_test(length=4), "karim")
    launch.claims.update(name="<script>alert(1)</script>" * 100, given_name="<i>Karim</i>\0\n" * 50, email=["x"])
    launch.claims[CLAIM + "context"]["title"] = "C" * 5000
    page = launch.enter()
    assert page.status == 200
    assert "<i>" not in page.text
    assert "&lt;i&gt;Karim" in page.text


def test_a_custom_parameter_that_names_no_placement_counts_as_none(shared_house: House) -> None:
    for custom in ({"placement": "not-a-uuid"}, {"placement": "00000000-0000-4000-8000-000000000000"}):
        page = shared_house.client().launch(add_activity(shared_house, custom), "dina")
        assert (page.status, page.url.split("?")[0]) == (200, f"{shared_house.tool}/tests/not-ready")
