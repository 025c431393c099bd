"""What is typed into a search engine, understood: words, "exact phrases", -exclusions, site: and filetype:."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.content.matching.text import fold

LONGEST = 200
_PIECES = re.compile(r'(-?)(?:(site|filetype):)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: words to find, phrases that must and words or phrases that must not stand in a page, sites, types."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    sites: tuple[str, ...]
    types: tuple[str, ...]


def understand(text: str) -> Asked:
    """The query that was typed; whatever is typed is some query."""
    found: dict[str, list[str]] = {"words": [], "phrases": [], "without": [], "site": [], "filetype": []}
    for minus, operator, phrase, word in _PIECES.findall(text[:LONGEST].translate(_QUOTES)):
        if operator and not minus:
            found[operator.lower()].append((phrase or word).lower().strip(". "))
        elif minus:
            found["without"].append(plain(phrase or word))
        elif phrase:
            found["phrases"].append(plain(phrase))
        else:
            found["words"] += plain(word).split()
    kept = {name: tuple(piece for piece in pieces if piece) for name, pieces in found.items()}
    return Asked(kept["words"], kept["phrases"], kept["without"], kept["site"], kept["filetype"])


def plain(text: str) -> str:
    """Words parted by single spaces, without case, accents or signs: what queries and pages are compared by."""
    spaced = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in text)
    return fold(spaced, frozenset({"spaces"}))


def contains(text: str, piece: str) -> bool:
    """Whether a plain text holds a plain word or phrase, whole words only."""
    return f" {piece} " in f" {text} "


def is_in(text: str, word: str) -> bool:
    """Whether a plain text holds the word or, for words of four signs or more, one that begins with it."""
    return contains(text, word) or (len(word) >= 4 and f" {word}" in f" {text}")


def points(asked: Asked, title: str, text: str) -> int:
    """How well a page (its title and text, both plain) answers: 0 means not at all."""
    whole = f"{title} {text}"
    if any(contains(whole, piece) for piece in asked.without):
        return 0
    if not all(contains(whole, piece) for piece in asked.phrases):
        return 0
    scores = [_word_points(word, title, text) for word in asked.words]
    if scores and not any(scores):
        return 0
    return 1 + sum(scores) + 40 * sum(score > 0 for score in scores)


def _word_points(word: str, title: str, text: str) -> int:
    return 6 * is_in(title, word) + min(4, f" {text} ".count(f" {word} ")) + is_in(text, word)


def snippet(text: str, asked: Asked, length: int = 160) -> str:
    """The stretch of a text around the first word that was asked for."""
    flat = " ".join(text.split())
    sought: Sequence[str] = [*asked.phrases, *asked.words]
    # Folding may change a text's length, so the place is looked for word by word in the text as it is written.
    first = sought[0].split()[0] if sought and sought[0] else ""
    place, start = 0, 0
    for word in flat.split(" "):
        if first and plain(word).startswith(first):
            start = max(0, place - length // 3)
            break
        place += len(word) + 1
    while start and flat[start - 1] != " ":
        start -= 1
    cut = flat[start : start + length]
    cut = cut if start + length >= len(flat) else cut.rsplit(" ", 1)[0] + " …"
    return ("… " if start else "") + cut
