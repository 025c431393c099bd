"""The place `browser`: addresses are read kindly, unknown pages say so, the source is shown where it may be."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.content.places import places
from lti_tool.content.places.browser import Link, Opener, Page, Site, read_address, shelf, world, written
from lti_tool.content.presentation import Paragraph

FRAME = Site("A small site")
HOME = Page(FRAME, "Home", (Paragraph("Welcome"),), source="<html>")
SECOND = Page(FRAME, "Second", (Paragraph("Page two"),))


@world("browser_test")
def small(_spec: Mapping[str, Any], _language: str) -> Opener:
    return shelf({"small.example": HOME, "small.example/list?page=2": SECOND})


def opened(path: str, query: dict[str, str] | None = None, **spec: Any) -> Any:
    return places()["browser"]({"world": "browser_test", "home": "small.example", **spec}, path, query or {}, "en")


@pytest.mark.parametrize(
    "typed",
    ["small.example/list?page=2", "https://small.example/list?page=2", "HTTP://WWW.Small.example/list/?page=2#end",
     "  small.example/list?page=2  "],
)  # fmt: skip
def test_an_address_is_read_whatever_its_scheme_capitals_or_last_slash(typed: str) -> None:
    assert read_address(typed) == ("small.example/list", {"page": "2"})


def test_parameters_are_told_apart_whatever_their_order() -> None:
    assert written("a.example", {"b": "2", "a": "1"}) == "a.example?a=1&b=2"
    assert opened("small.example/list", {"page": "2"}).title == "Second"
    assert opened("small.example/list", {"page": "3"}).status == 404


def test_the_start_is_the_home_page_and_a_typed_address_opens_its_page() -> None:
    assert opened("").title == "Home"
    assert opened("go", {"address": "https://small.example/list?page=2"}).title == "Second"
    assert opened("go").status == 404


def test_the_source_is_shown_only_where_the_place_has_it() -> None:
    assert opened("source", {"address": "small.example"}, source=True).template == "places/browser/source.html"
    assert opened("source", {"address": "small.example"}).template == "places/browser/page.html"
    assert opened("", source=True).values["source"] is True


def test_a_link_knows_its_path_and_its_parameters() -> None:
    link = Link("Page 2", "small.example/list?page=2&sort=a")
    assert (link.path, link.query) == ("small.example/list", {"page": "2", "sort": "a"})


@given(st.text(max_size=80))
def test_no_typed_address_ever_raises(text: str) -> None:
    address, query = read_address(text)
    assert len(address) <= 520
    assert all(isinstance(value, str) for value in query.values())


@given(st.text(max_size=60))
def test_a_page_that_does_not_exist_says_so_and_keeps_the_address(text: str) -> None:
    for shown in (opened("go", {"address": "x" + text}, bar=True), opened(f"zz/{text}", bar=True)):
        assert shown.status == 404
        assert shown.template == "places/browser/missing.html"
        assert str(shown.values["address"]).startswith("https://")
