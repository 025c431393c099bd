"""How a page must look for everyone: the checks of the look, made in Chromium on the page as it stands."""

import json
import os
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

OUTPUT = Path(__file__).parents[1] / "output" / "look"
WIDTHS = (320, 768, 1280)
THEMES = ("light", "dark")
PICTURES = "LOOK_PICTURES"
_LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
_AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
_MOST_STOPS = 100
# WCAG 1.4.12: a person may set the space between lines, letters, words and paragraphs so.
_SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
_SPACE = "rules => { const own = new CSSStyleSheet(); own.replaceSync(rules); document.adoptedStyleSheets = [own] }"


def look_over(page: Page, name: str) -> list[str]:
    """What is wrong with the page, one sentence each, at every width and in both themes; empty when all is well.

    With LOOK_PICTURES set in the environment, a picture of each goes to tests/output/look.
    """
    found: list[str] = []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name}, {width} px: {one}" for one in page.evaluate(_LOOK, ["width", "targets"])]
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{name}, {theme}: {one}" for one in axe(page)]
        _pictures(page, f"{name}-{theme}")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found += [f"{name}, spaced: {one}" for one in spaced(page)]
    found += [f"{name}, at 400 %: {one}" for one in tabbed(page)]
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def axe(page: Page) -> list[str]:
    """What axe-core finds, by all its rules and best practices."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE)
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"axe {one['id']}: {one['help']}: {json.dumps([node['target'] for node in one['nodes']][:3])}"
        f" {one['nodes'][0].get('failureSummary', '')}"
        for one in answer["violations"]
    ]


def tabbed(page: Page) -> list[str]:
    """Every stop of the Tab key at 400 % zoom (320 by 256 px): its focus is to be seen and under nothing."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur() }")
    found: list[str] = []
    seen: set[str] = set()
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_LOOK, ["focus"])
        if stop is None or stop[0] in seen:
            break
        seen.add(stop[0])
        found += [stop[1]] if stop[1] else []
    return found if seen else ["nothing takes the focus"]


def spaced(page: Page) -> list[str]:
    """What no longer fits at 320 px when a person spreads the text (WCAG 1.4.12)."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(_SPACE, _SPACED)
    found = list(page.evaluate(_LOOK, ["width"]))
    page.evaluate("() => { document.adoptedStyleSheets = [] }")
    return found


def _pictures(page: Page, name: str) -> None:
    if not os.environ.get(PICTURES):
        return
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=OUTPUT / f"{name}-{width}.png", full_page=True)
