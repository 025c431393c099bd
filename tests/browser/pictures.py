"""Takes the pictures of docs/pictures anew, small enough for a repository: `pytest tests/browser/pictures.py`."""

import io
from pathlib import Path

from houses import House
from PIL import Image
from playwright.sync_api import Page
from visits import Browse, enter, launch, press, speak, take

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 60_000
_COLOURS = (256, 128, 64, 32)
_PHONE, _WIDE, _LONG = (320, 640), (1024, 700), (1024, 1150)


def test_the_pictures_of_the_questions(one_site: House, browse: Browse) -> None:
    """The same test begun in three languages: its start page and first question with a place to go to."""
    activity = one_site.add_test("1.1", length=12)
    for username, language in (("samia", "fr"), ("omar", "ar"), ("lina", "en")):
        page = enter(one_site, browse, username, language)
        launch(one_site, page, activity)
        if language == "fr":
            _take(page, "start-fr", _WIDE)
        press(page, "form[action*='/start'] button")
        for _ in range(12):
            if page.locator("iframe").count():
                break
            press(page, "button[value=skip], main a.button")
        _take(page, f"question-{language}", _WIDE if language == "en" else _PHONE)


def test_the_pictures_of_what_comes_after(one_site: House, browse: Browse) -> None:
    """A level reached at a checkpoint, and the results in several areas by day and by night."""
    activity = one_site.add_test("1.1", "1.2", "4.1", length=15)
    speak(one_site, "youssef", "fr")
    take(one_site, activity, "youssef", known=0.9, answers=10)
    page = enter(one_site, browse, "youssef", "fr")
    launch(one_site, page, activity)
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/checkpoint")
    _take(page, "checkpoint-fr", _WIDE)
    take(one_site, activity, "youssef", known=0.9)
    page.goto(f"{one_site.tool}/attempts/{one_site.attempts()[-1].id}/results")
    _take(page, "results-light", _LONG)
    _take(page, "results-dark", _LONG, "dark")


def _take(page: Page, name: str, size: tuple[int, int], theme: str = "light") -> None:
    """One picture, with as many colours as fit into its bytes."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in _COLOURS:
        made = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() <= MOST_BYTES:
            break
    assert made.tell() <= MOST_BYTES
    (PICTURES / f"{name}.png").write_bytes(made.getvalue())
