"""The look: one light stylesheet that mirrors, colours that can be read by day and by night, pictures that exist."""

import gzip
import re
from functools import cache

import jinja2
import pytest
from house_sources import ROOT

STYLESHEET = ROOT / "lti_tool" / "static" / "pix.css"
TEMPLATES = ROOT / "templates"
MOST_BYTES = 12_000
MOST_PICTURE_BYTES = 2_048
PAIRS = [
    *(("ink", back) for back in ("paper", "card", "dip", "skip-back")),
    *(("soft", back) for back in ("paper", "card", "dip")),
    *(("brand-deep", back) for back in ("paper", "card", "brand-back")),
    ("brand-ink", "brand"), ("brand", "card"), ("note-ink", "note-back"),
    *((one, back) for one in ("right", "wrong") for back in ("card", f"{one}-back")),
    *((f"a{n}", back) for n in range(1, 6) for back in ("card", "paper", f"a{n}-back")),
    *(("area-ink", f"a{n}") for n in range(1, 6)),
]  # fmt: skip
EDGES = [("edge", "card"), ("focus", "card"), ("focus", "paper"), ("brand", "paper")]


def test_the_stylesheet_is_light() -> None:
    assert len(gzip.compress(STYLESHEET.read_bytes(), 9)) <= MOST_BYTES


def test_the_stylesheet_mirrors() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    sided = re.findall(r"[^-\w](?:margin|padding|border)-(?:left|right)\b|[;{]\s*(?:left|right|float)\s*:", rules)
    assert sided == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    colours = _colours()[theme]
    poor = [(one, back) for one, back in PAIRS if _contrast(colours[one], colours[back]) < 4.5]
    poor += [(one, back) for one, back in EDGES if _contrast(colours[one], colours[back]) < 3]
    assert poor == []


def test_no_page_styles_its_own_elements() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "demo" not in path.parts and re.search(r"<[^>]*\sstyle\s*=|<style\b", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_illustration_is_small_and_silent() -> None:
    for name in _drawn("art", "pictures"):
        svg = str(_macros("art").art(name))
        assert len(svg.encode()) < MOST_PICTURE_BYTES, name
        assert 'aria-hidden="true"' in svg


def test_every_picture_that_a_page_asks_for_exists() -> None:
    known = {"art": _drawn("art", "pictures"), "icon": _drawn("icons", "icon_paths")}
    for path in TEMPLATES.rglob("*.html"):
        for kind, name in re.findall(r"\b(art|icon)\('([a-z0-9-]+)'", path.read_text(encoding="utf-8")):
            if not name.endswith("-"):
                assert name in known[kind], f"{path.name}: {kind}('{name}')"


@cache
def _macros(name: str) -> jinja2.environment.TemplateModule:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True).get_template(f"parts/{name}.html").module


def _drawn(part: str, names: str) -> set[str]:
    return set(getattr(_macros(part), names))


def _colours() -> dict[str, dict[str, str]]:
    """The tokens of both themes; the dark ones stand over the light ones."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)[:2]
    by_day = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    return {"light": by_day, "dark": by_day | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark))}


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
