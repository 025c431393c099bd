"""What an encyclopedia keeps of a subject: the article, who edited it and how, what was said about it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lti_tool.content.filling import day_in_words


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article; `[3]` in a paragraph refers to the third note. `head` and `rows` make a table."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph before and after an edit; `key` is `lead` or `<section id>/<place from 0>`."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: its moment (`2019-01-21T14:05`), who, with which remark, by how many bytes, and what it changed."""

    at: str
    user: str
    remark: str
    delta: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message on the discussion page; `topic` heads a thread."""

    topic: str
    user: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article in one language version. Edits are in order of time, the oldest first; `rule` heads the discussion."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    box: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    talk: tuple[Message, ...] = ()
    rule: str = ""
    direction: str = "ltr"


_WORDS = re.compile(r"\w+|\W")
Corpus = Callable[[Mapping[str, Any], str], Article]


def paragraphs(article: Article) -> Iterator[tuple[str, str]]:
    """Every paragraph by its key, as it stands today."""
    yield "lead", article.lead
    for section in article.sections:
        for place, text in enumerate(section.paragraphs):
            yield f"{section.id}/{place}", text


def text_at(article: Article, key: str, today: str, version: int) -> str:
    """A paragraph as it stood after the edit of that number (from 0)."""
    for number in range(min(version, len(article.edits) - 1), -1, -1):
        for change in article.edits[number].changes:
            if change.key == key:
                return change.after
    for edit in article.edits[version + 1 :]:
        for change in edit.changes:
            if change.key == key:
                return change.before
    return today


def between(article: Article, old: int, new: int) -> list[Change]:
    """The paragraphs that differ between two versions."""
    if new == old + 1:
        return list(article.edits[new].changes)
    pairs = [(key, text_at(article, key, text, old), text_at(article, key, text, new))
             for key, text in paragraphs(article)]  # fmt: skip
    return [Change(key, before, after) for key, before, after in pairs if before != after]


def marked(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts as stretches (text, changed): what lies between their common beginning and end has changed."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    start = _common(one, other)
    end = min(_common(one[::-1], other[::-1]), min(len(one), len(other)) - start)
    return _cut(one, start, end), _cut(other, start, end)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _cut(text: list[str], start: int, end: int) -> list[tuple[str, bool]]:
    stop = len(text) - end
    parts = [("".join(text[:start]), False), ("".join(text[start:stop]), True), ("".join(text[stop:]), False)]
    return [(part, changed) for part, changed in parts if part]


def written(at: str, language: str, way: str) -> str:
    """A moment as the history writes it: `words` (21 January 2019, 14:05), `figures` (21/01/2019 14:05) or `iso`."""
    moment = datetime.fromisoformat(at)
    if way == "iso":
        return f"{moment:%Y-%m-%d %H:%M}"
    if way == "figures":
        return f"{moment:%d/%m/%Y %H:%M}"
    return f"{day_in_words(moment.date(), language)}, {moment:%H:%M}"
