"""A collaborative encyclopedia: article, other language versions, discussion, history, comparison, old versions.

Specification: `corpus` names the function that expands it into an `Article` for a language version; `languages` lists
the versions there are (default: the trainee's own), `dates` how the history writes moments (words, figures, iso).
Whatever else the corpus needs (a token, a day, a name) stands beside them.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lti_tool.content.filling import language_name
from lti_tool.content.places import not_found, place, whole
from lti_tool.content.places.article import Article, Corpus, Edit, between, marked, paragraphs, text_at, written
from lti_tool.content.presentation import PlacePage

PER_PAGE = 10
_NOTE = re.compile(r"\[(\d+)\]")
_CORPORA: dict[str, Corpus] = {}
_View = Callable[[Mapping[str, Any], Article, Mapping[str, str], str], PlacePage]


def corpus(name: str) -> Callable[[Corpus], Corpus]:
    """Register a function (specification, language version) -> Article."""

    def register(function: Corpus) -> Corpus:
        _CORPORA[name] = function
        return function

    return register


@place("encyclopedia")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The article (start), `talk`, `history`, `compare` and `version`."""
    asked = query.get("lang", language)
    version = asked if asked in spec.get("languages", (language,)) else language
    expand = _CORPORA[spec["corpus"]]
    if path == "":
        return _article(spec, expand(spec, version), query, language)
    pages: dict[str, _View] = {"talk": _talk, "history": _history, "compare": _compare, "version": _version}
    if path not in pages:
        return not_found(language)
    return pages[path](spec, expand(spec, language), query, language)


def noted(text: str) -> list[tuple[str, str]]:
    """A paragraph as stretches (text, number of the note behind it or nothing)."""
    parts = _NOTE.split(text)
    return [(part, note) for part, note in zip(parts[::2], [*parts[1::2], ""], strict=True) if part or note]


def _page(name: str, article: Article, values: dict[str, object]) -> PlacePage:
    common = {"article": article, "tab": name, "noted": noted}
    return PlacePage(f"places/encyclopedia/{name}.html", article.title, {**common, **values})


def _article(spec: Mapping[str, Any], article: Article, query: Mapping[str, str], language: str) -> PlacePage:
    chosen = query.get("lang", language)
    others = [(code, language_name(code, language), code == chosen)
              for code in spec.get("languages", ())]  # fmt: skip
    own = chosen if any(chosen == code for code, _, _ in others) else language
    return _page("article", article, {"others": others, "version_language": own})


def _talk(spec: Mapping[str, Any], article: Article, _query: Mapping[str, str], language: str) -> PlacePage:
    write = partial(written, language=language, way=spec.get("dates", "words"))
    threads: dict[str, list[tuple[str, str, str]]] = {}
    for one in article.talk:
        threads.setdefault(one.topic, []).append((one.user, write(one.at), one.text))
    return _page("talk", article, {"threads": threads})


def _history(spec: Mapping[str, Any], article: Article, query: Mapping[str, str], language: str) -> PlacePage:
    last = max(1, -(-len(article.edits) // PER_PAGE))
    page = whole(query.get("page"), 1, last, 1)
    newest = list(enumerate(article.edits))[::-1]
    here = newest[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = [(number, edit, _moment(spec, edit, language), _size(article, number)) for number, edit in here]
    return _page("history", article, {"lines": lines, "page": page, "last": last, "total": len(article.edits)})


def _moment(spec: Mapping[str, Any], edit: Edit, language: str) -> str:
    return written(edit.at, language, spec.get("dates", "words"))


def _size(article: Article, number: int) -> int:
    return 2_400 + sum(max(edit.delta, -60) for edit in article.edits[: number + 1])


def _compare(spec: Mapping[str, Any], article: Article, query: Mapping[str, str], language: str) -> PlacePage:
    last = len(article.edits) - 1
    new = whole(query.get("new"), 0, last, last)
    old = whole(query.get("old"), 0, last, max(0, new - 1))
    old, new = min(old, new), max(old, new)
    if last < 1 or old == new:
        return not_found(language)
    heads = [(number, article.edits[number], _moment(spec, article.edits[number], language)) for number in (old, new)]
    titles = {section.id: section.title for section in article.sections}
    changes = [(titles.get(one.key.split("/")[0], article.title), *marked(one.before, one.after))
               for one in between(article, old, new)]  # fmt: skip
    return _page("compare", article, {"heads": heads, "changes": changes, "old": old, "new": new, "newest": last})


def _version(spec: Mapping[str, Any], article: Article, query: Mapping[str, str], language: str) -> PlacePage:
    last = len(article.edits) - 1
    number = whole(query.get("n"), 0, max(0, last), max(0, last))
    if last < 0:
        return not_found(language)
    texts = {key: text_at(article, key, text, number) for key, text in paragraphs(article)}
    edit = article.edits[number]
    return _page("version", article, {"number": number, "newest": last, "texts": texts, "edit": edit,
                                      "at": _moment(spec, edit, language)})  # fmt: skip
