"""What an attacker tried once with success: each stays refused."""

import requests
from houses import House

from lti_tool.views.browser import browser_cookie, session_cookie
from lti_tool.views.headers import origin_of


def test_the_browsers_cookie_alone_opens_no_session(shared_house: House) -> None:
    trainee = shared_house.begin(shared_house.add_test("1.2", length=8), "mariam")
    names = browser_cookie(shared_house.parts.settings), session_cookie(shared_house.parts.settings)
    jar = {cookie.name: cookie.value or "" for cookie in trainee.browser.session.cookies}
    address = trainee.browser.page.url
    assert requests.get(address, cookies={name: jar[name] for name in names}, timeout=10).status_code == 200
    assert requests.get(address, cookies={names[0]: jar[names[0]]}, timeout=10).status_code == 401


def test_another_site_cannot_post_the_proof_of_a_browser(shared_house: House) -> None:
    answer = requests.post(
        f"{shared_house.tool}/lti/continue",
        data={"proof": "x" * 43},
        headers={"Sec-Fetch-Site": "cross-site"},
        timeout=10,
    )
    assert answer.status_code == 400
    assert 'class="reference"' in answer.text


def test_counters_are_closed_to_whoever_comes_through_a_proxy_that_is_not_trusted(shared_house: House) -> None:
    address = f"{shared_house.tool}/metrics"
    assert requests.get(address, timeout=10).status_code == 200
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert requests.get(address, headers={header: "unknown"}, timeout=10).status_code == 403


def test_a_page_that_reads_waits_for_no_writer(shared_house: House) -> None:
    with shared_house.parts.database.transaction():
        assert requests.get(f"{shared_house.tool}/readyz", timeout=10).status_code == 200


def test_an_origin_is_plain_ascii_or_none() -> None:
    assert origin_of("https://LMS.example:443/course") == "https://lms.example"
    for strange in ("https://evil;sandbox/", "https://*/", "https://例え.jp/", "javascript:alert(1)", "", None):
        assert origin_of(strange) is None, strange
