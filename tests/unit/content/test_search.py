"""The simulated search engine: words, phrases, exclusions, sites, types, filters, advertisements, pages."""

from typing import Any

import pytest

from lti_tool.content.places import places
from lti_tool.content.places.query import LONGEST, snippet, understand
from lti_tool.content.places.search import corpus

PAGES = [
    {
        "title": "Crane on the marsh",
        "site": "birds.example",
        "text": "The grey crane flies over the marsh at dawn.",
        "date": "2024-03-02",
    },
    {
        "title": "Tower crane hire",
        "site": "lift.example",
        "path": "hire",
        "text": "A crane lifts steel.\n\nCall us.",
        "date": "2023-03-09",
        "author": "L. Karam",
    },
    {
        "title": "Budget of water",
        "site": "data.water.example",
        "path": "files/budget.xlsx",
        "media": "sheet",
        "text": "Water W-77",
        "language": "fr",
    },
    {"title": "Crane shop", "site": "shop.example", "text": "Buy a crane today.", "ad": True},
    {
        "title": {"en": "École de marine", "fr": "École de la marine"},
        "site": "ecole.example",
        "text": "Élèves et écoles",
    },
]


def results(q: str, spec: dict[str, Any] | None = None, **query: str) -> list[str]:
    page = places()["search"](spec or {"pages": PAGES}, "results", {"q": q, **query}, "en")
    return [one.site for one, _, _ in page.values["results"]]  # type: ignore[attr-defined]  # see the template


@pytest.mark.parametrize(
    ("q", "sites"),
    [
        ("crane", ["shop.example", "birds.example", "lift.example"]),
        ("crane -shop -tower", ["birds.example"]),
        ('"crane flies over"', ["birds.example"]),
        ("“crane flies over”", ["birds.example"]),
        ("« crane flies »", ["birds.example"]),
        ("site:water.example budget", ["data.water.example"]),
        ("filetype:xlsx", ["data.water.example"]),
        ("filetype:pdf water", []),
        ("ecole", ["ecole.example"]),
        ("ÉCOLES", ["ecole.example"]),
        ("nothing", []),
        ("", []),
        ("-crane", []),
        ('"', []),
        ('crane -"over the marsh" -shop', ["lift.example"]),
        ("site:example crane marsh -shop", ["birds.example", "lift.example"]),
    ],
)
def test_a_query_finds_what_it_says(q: str, sites: list[str]) -> None:
    assert results(q) == sites


def test_filters_narrow_the_results() -> None:
    assert results("crane", year="2023") == ["lift.example"]
    assert results("crane", month="03", year="2024") == ["birds.example"]
    assert results("water", lang="fr", media="sheet") == ["data.water.example"]
    assert results("water", lang="en") == []


def test_results_come_ten_to_a_page() -> None:
    spec = {
        "pages": [{"title": f"Shop {number}", "site": f"s{number}.example", "text": "olive"} for number in range(23)]
    }
    assert [len(results("olive", spec, page=page)) for page in ("1", "3", "99", "x", "²")] == [10, 3, 3, 10, 10]


def test_a_corpus_adds_pages() -> None:
    @corpus("test-corpus")
    def more(spec: Any, language: str) -> list[dict[str, str]]:
        return [{"title": f"{spec['word']} {language}", "site": "more.example", "text": "t"}]

    assert results("lamp", {"corpus": "test-corpus", "word": "lamp"}) == ["more.example"]


def test_a_fixed_page_of_results_shows_what_is_listed_whatever_is_asked() -> None:
    spec = {"pages": PAGES, "fixed": True, "query": {"en": "crane", "fr": "grue"}, "ad_label": "Paid"}
    page: Any = places()["search"](spec, "results", {"q": "other"}, "fr")
    assert (page.values["q"], page.values["count"], page.values["ad_label"]) == ("grue", 5, "Paid")
    assert [one.ad for one, _, _ in page.values["results"]].count(True) == 1


def test_a_found_page_opens_with_its_author_and_date() -> None:
    page: Any = places()["search"]({"pages": PAGES}, "page", {"n": "1"}, "en")
    assert (page.title, page.values["date"], page.values["page"].author) == (
        "Tower crane hire",
        "9 March 2023",
        "L. Karam",
    )
    assert page.values["page"].address == "https://lift.example/hire"
    assert page.values["page"].paragraphs == ["A crane lifts steel.", "Call us."]


def test_first_page_help_and_unknown_pages() -> None:
    view = places()["search"]
    assert view({"engine": "Phare"}, "", {}, "fr").title == "Phare"
    assert view({}, "help", {}, "en").template == "places/search/help.html"
    assert [
        view({"pages": PAGES}, path, query, "en").status
        for path, query in (("page", {"n": "5"}), ("page", {}), ("zz", {}))
    ] == [404] * 3


def test_a_query_is_understood_whatever_is_typed() -> None:
    asked = understand('Olive -"dry oil" "cold  pressed" site:A.example. filetype:PDF')
    assert (asked.words, asked.without, asked.phrases) == (("olive",), ("dry oil",), ("cold pressed",))
    assert (asked.sites, asked.types) == (("a.example",), ("pdf",))
    assert len(understand("a " * 500).words) <= LONGEST


def test_a_snippet_surrounds_the_word_found() -> None:
    text = "first " * 60 + "olive oil of the valley " + "last " * 60
    cut = snippet(text, understand("olive"))
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "olive oil" in cut
    assert snippet("short text", understand("zzz")) == "short text"
