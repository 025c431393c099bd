"""A search engine: results in pages, filters, operators, labelled advertisements, and the pages that it finds.

Specification: `pages`, each `title`, `site`, `text` (blank lines part paragraphs) and, where wanted, `path`, `date`,
`language`, `media` (page, news, pdf, sheet, picture, video), `author`, `summary`, `ad`; `corpus` names a function that
gives more pages; `engine` its name; `fixed` shows the pages as listed whatever is asked, `query` is then in the box;
`ad_label` says how advertisements are called.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lti_tool.content.filling import day_in_words, language_name, say
from lti_tool.content.places import not_found, place, whole
from lti_tool.content.places.query import LONGEST, Asked, plain, points, snippet, understand
from lti_tool.content.presentation import PlacePage
from lti_tool.words import words

PER_PAGE = 10
Corpus = Callable[[Mapping[str, Any], str], Iterable[Mapping[str, Any]]]
_CORPORA: dict[str, Corpus] = {}


@dataclass(frozen=True, slots=True)
class Page:
    """A page or file that can be found; `n` names it in links, `plain_*` are what is searched."""

    n: int
    title: str
    text: str
    site: str
    path: str
    date: str
    language: str
    media: str
    author: str
    summary: str
    ad: bool
    plain_title: str = field(repr=False)
    plain_text: str = field(repr=False)

    @property
    def address(self) -> str:
        """The address as a browser shows it."""
        return f"https://{self.site}/{self.path}"

    @property
    def extension(self) -> str:
        """The extension of a file, nothing for a page."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""

    @property
    def paragraphs(self) -> list[str]:
        """The text by paragraphs."""
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]


def corpus(name: str) -> Callable[[Corpus], Corpus]:
    """Register a function (specification, language) -> more pages, in the shape of the specification's own."""

    def register(function: Corpus) -> Corpus:
        _CORPORA[name] = function
        return function

    return register


@place("search")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The first page (start), `results`, `help`, and `page` for what was found."""
    engine = say(spec["engine"], language) if "engine" in spec else words(language).t("place.search.name")
    if path == "":
        return PlacePage("places/search/home.html", engine, {"engine": engine})
    if path == "help":
        return PlacePage("places/search/help.html", engine, {"engine": engine})
    if path == "results":
        return _results(spec, engine, query, language)
    pages = pages_of(spec, language)
    number = whole(query.get("n"), 0, 999_999, len(pages))
    if path != "page" or number >= len(pages):
        return not_found(language)
    one = pages[number]
    written = day_in_words(date.fromisoformat(one.date), language) if one.date else ""
    return PlacePage("places/search/page.html", one.title, {"page": one, "date": written, "engine": engine})


def pages_of(spec: Mapping[str, Any], language: str) -> list[Page]:
    """Every page that the engine knows: those listed, then those of the corpus."""
    listed = [*spec.get("pages", ()), *(_CORPORA[spec["corpus"]](spec, language) if "corpus" in spec else ())]
    return [_page(number, one, language) for number, one in enumerate(listed)]


def _page(number: int, one: Mapping[str, Any], language: str) -> Page:
    title, text = say(one["title"], language), say(one["text"], language)
    return Page(
        n=number, title=title, text=text, site=one["site"], path=say(one.get("path", ""), language),
        date=one.get("date", ""), language=one.get("language", language), media=one.get("media", "page"),
        author=say(one.get("author", ""), language), summary=say(one.get("summary", ""), language),
        ad=bool(one.get("ad")), plain_title=plain(f"{title} {one['site']}"), plain_text=plain(text),
    )  # fmt: skip


def _results(spec: Mapping[str, Any], engine: str, query: Mapping[str, str], language: str) -> PlacePage:
    typed = query.get("q", spec.get("query", ""))[:LONGEST] if not spec.get("fixed") else say(spec["query"], language)
    filters = {name: query.get(name, "")[:20] for name in ("lang", "media", "year", "month")}
    pages = pages_of(spec, language)
    found = pages if spec.get("fixed") else ranked(pages, understand(typed), filters)
    last = max(1, -(-len(found) // PER_PAGE))
    page = whole(query.get("page"), 1, last, 1)
    asked = understand(typed)
    here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    label = say(spec["ad_label"], language) if "ad_label" in spec else words(language).t("place.search.ad")
    values: dict[str, object] = {
        "engine": engine, "q": typed, "count": len(found), "page": page, "last": last, "filters": filters,
        "kept": {name: value for name, value in filters.items() if value}, "ad_label": label,
        "results": [(one, one.summary or snippet(one.text, asked), _short_date(one.date, language)) for one in here],
        "choices": _choices(pages, language), "filtered": not spec.get("fixed"),
    }  # fmt: skip
    return PlacePage("places/search/results.html", f"{typed} – {engine}", values)


def ranked(pages: Sequence[Page], asked: Asked, filters: Mapping[str, str]) -> list[Page]:
    """The pages that answer, best first; advertisements that answer come before them."""
    if not (asked.words or asked.phrases or asked.sites or asked.types):
        return []
    scored = [(points(asked, one.plain_title, one.plain_text), one) for one in pages if _passes(one, asked, filters)]
    return [one for score, one in sorted(scored, key=lambda pair: (not pair[1].ad, -pair[0], pair[1].n)) if score]


def _passes(one: Page, asked: Asked, filters: Mapping[str, str]) -> bool:
    if asked.sites and not any(one.site == site or one.site.endswith(f".{site}") for site in asked.sites):
        return False
    if asked.types and one.extension not in asked.types:
        return False
    wanted = {"lang": one.language, "media": one.media, "year": one.date[:4], "month": one.date[5:7]}
    return all(not filters.get(name) or filters[name] == value for name, value in wanted.items())


def _choices(pages: Sequence[Page], language: str) -> dict[str, list[tuple[str, str]]]:
    t = words(language).t
    return {
        "lang": [(code, language_name(code, language)) for code in sorted({one.language for one in pages})],
        "media": [(name, t(f"place.search.media.{name}")) for name in sorted({one.media for one in pages})],
        "year": [(year, year) for year in sorted({one.date[:4] for one in pages if one.date}, reverse=True)],
        "month": [(f"{number:02}", t(f"place.search.month.{number}")) for number in range(1, 13)],
    }


def _short_date(written: str, language: str) -> str:
    return day_in_words(date.fromisoformat(written), language) if written else ""
