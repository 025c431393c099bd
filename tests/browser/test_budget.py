"""What a question weighs on the line and how often it goes there, measured in Chromium."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from houses import House
from playwright.sync_api import BrowserContext, Request
from sitting import CHOSEN, Browse, press, sit_down, until

STATIC = Path(__file__).parents[2] / "lti_tool" / "static"
FIRST_PAGE, FIRST_REQUESTS, NEXT_PAGES, OUR_SCRIPTS = 50_000, 6, 15_000, 5_000


@dataclass
class Line:
    """What went over the line since it was last emptied: requests with the bytes of their answers, headers included."""

    weights: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("requestfinished", self._note)

    def _note(self, request: Request) -> None:
        answer = request.response()
        if answer is None or request.url.startswith("data:"):
            return
        sizes = request.sizes()
        if answer.from_service_worker or (sizes["responseHeadersSize"] == 0 and sizes["responseBodySize"] == 0):
            return
        self.asked.append((request.method, urlsplit(request.url).path))
        self.weights[request.url] = sizes["responseHeadersSize"] + max(0, sizes["responseBodySize"])

    def empty(self) -> None:
        self.weights.clear()
        self.asked.clear()

    @property
    def bytes(self) -> int:
        return sum(self.weights.values())


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_first_question_weighs_at_most_fifty_kilobytes_in_six_requests(
    one_site: House, browse: Browse, line: Line
) -> None:
    context = browse(viewport={"width": 390, "height": 800})
    line.listen(context)
    page = sit_down(one_site, context, one_site.add_test("1.1", "1.2", "4.1", length=24))
    page.wait_for_load_state("networkidle")
    assert line.bytes <= FIRST_PAGE, line.weights
    assert len(line.asked) <= FIRST_REQUESTS, line.asked
    assert line.bytes > 5_000  # it was measured


def test_the_next_questions_weigh_at_most_fifteen_kilobytes_each(one_site: House, browse: Browse, line: Line) -> None:
    context = browse(viewport={"width": 390, "height": 800})
    page = sit_down(one_site, context, one_site.add_test("1.1", "1.2", "4.1", length=24))
    page.wait_for_load_state("networkidle")
    line.listen(context)
    weights = {}
    for _ in range(20):
        line.empty()
        press(page, "skip")
        page.wait_for_load_state("networkidle")
        if "/questions/" not in page.url:
            page.locator("a.button").first.click()
            page.wait_for_load_state("networkidle")
            continue
        weights[page.url] = dict(line.weights)
    assert len(weights) >= 12
    heavy = {url: parts for url, parts in weights.items() if sum(parts.values()) > NEXT_PAGES}
    assert not heavy


def test_an_answer_and_its_next_question_take_two_round_trips(one_site: House, browse: Browse, line: Line) -> None:
    context = browse()
    page = sit_down(one_site, context, one_site.add_test("1.2", length=24))
    until(page, CHOSEN)
    page.locator(CHOSEN).first.check()
    page.wait_for_load_state("networkidle")
    line.listen(context)
    press(page)
    page.wait_for_load_state("networkidle")
    pages = [one for one in line.asked if not one[1].startswith(("/files/", "/places/", "/static/"))]
    assert [method for method, _ in pages] == ["POST", "GET"]
    assert pages[0][1].endswith("/answer")


def test_our_own_scripts_are_at_most_five_kilobytes_compressed() -> None:
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in STATIC.glob("*.js")}
    assert "attempt.js" in weights
    assert sum(weights.values()) <= OUR_SCRIPTS, weights
