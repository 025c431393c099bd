"""What answers weigh: packed for who takes it, static files kept a year under their version, no two tickets alike."""

import gzip
import re

import pytest
from answering import ticket_of
from houses import House
from launching import arrived

from lti_tool.demo.browser import FormBrowser

PACKED, PLAIN = {"Accept-Encoding": "gzip, br"}, {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def browser(shared_house: House) -> FormBrowser:
    """Somebody at a question."""
    return shared_house.begin(shared_house.add_test("1.2", length=8), "lina").browser


def weight(browser: FormBrowser, address: str, headers: dict[str, str]) -> int:
    """Bytes on the line."""
    answer = browser.request("GET", address, headers=headers)
    assert answer.status_code == 200
    return int(answer.headers["Content-Length"])


def static_addresses(text: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', text)


def test_a_page_is_packed_for_a_browser_that_takes_it_and_for_no_other(browser: FormBrowser) -> None:
    address = browser.page.url
    plain = browser.request("GET", address, headers=PLAIN)
    packed = browser.request("GET", address, headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert weight(browser, address, PACKED) < weight(browser, address, PLAIN) / 2
    refused = browser.request("GET", address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_what_is_short_or_no_text_goes_as_it_is(shared_house: House, browser: FormBrowser) -> None:
    for address in (f"{shared_house.tool}/healthz", f"{shared_house.tool}/static/icon.png"):
        assert "Content-Encoding" not in browser.request("GET", address, headers=PACKED).headers


def test_static_files_are_packed_to_the_same_bytes_and_kept_for_a_year_under_their_version(
    shared_house: House, browser: FormBrowser
) -> None:
    addresses = static_addresses(browser.page.text)
    assert len(addresses) == 3  # the stylesheet, the icon, one script
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{8}$", address)
        packed = browser.request("GET", shared_house.tool + address, headers=PACKED)
        plain = browser.request("GET", shared_house.tool + address, headers=PLAIN)
        assert packed.content == plain.content
        assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        for other in (address.split("?")[0], address[:-1] + "x"):
            kept = browser.request("GET", shared_house.tool + other, headers=PACKED).headers["Cache-Control"]
            assert kept == "public, max-age=86400"


def test_a_static_file_that_has_not_changed_is_not_sent_again(shared_house: House, browser: FormBrowser) -> None:
    address = f"{shared_house.tool}/static/pix.css"
    first = browser.request("GET", address, headers=PACKED)
    since = {"If-Modified-Since": first.headers["Last-Modified"], **PACKED}
    again = browser.request("GET", address, headers=since)
    assert (again.status_code, again.content) == (304, b"")


def test_no_static_address_carries_a_ticket(shared_house: House) -> None:
    trainee = arrived(shared_house, shared_house.add_test("1.2", length=8), "dina")
    addresses = static_addresses(trainee.browser.page.text)
    assert addresses
    assert not [one for one in addresses if "ticket" in one]


def test_every_page_has_another_ticket_and_all_of_them_are_good(shared_house: House, browser: FormBrowser) -> None:
    pages = [browser.reload() for _ in range(4)]
    tickets = [ticket_of(page) for page in pages]
    assert len(set(tickets)) == 4
    ends = {ticket[-20:] for ticket in tickets}
    assert len(ends) == 4  # the signature too is another
    for ticket in tickets:
        fields = {"ticket": ticket, "to": "en"}
        assert browser.request("POST", f"{browser.page.url}/language", data=fields).status_code == 200


def test_a_changed_ticket_is_refused(browser: FormBrowser) -> None:
    ticket = ticket_of(browser.reload())
    for changed in (ticket[:-1], "x" + ticket, ticket[:10] + ("a" if ticket[10] != "a" else "b") + ticket[11:]):
        fields = {"ticket": changed, "to": "fr"}
        assert browser.request("POST", f"{browser.page.url}/language", data=fields).status_code == 401


def test_a_packed_answer_is_gzip_that_anybody_can_open(browser: FormBrowser) -> None:
    answer = browser.request("GET", browser.page.url, headers=PACKED, stream=True)
    assert b'name="action" value="validate"' in gzip.decompress(answer.raw.read(decode_content=False))
