"""A catalogue of twelve records with keywords, and queries with AND, OR, NOT and brackets: what do they return?

Scenes: `workshop` and `hotel`. Queries are kept as trees: a word, or (operator, part, part); NOT has the part that is
left out second.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.web_words import table

_WORDS = table("search_logic")

Tree: TypeAlias = Any
OPERATORS = {"fr": {"and": "ET", "or": "OU", "not": "SAUF"}, "en": {"and": "AND", "or": "OR", "not": "NOT"}}
KEYWORDS = _WORDS["keywords"]
CAPTION = _WORDS["caption"]
HEAD = _WORDS["head"]
# The places of the words are replaced by drawn words.
SIMPLE = (("and", 0, 1), ("not", 0, 1), ("or", 0, 1))
NESTED = (
    ("and", 0, ("or", 1, 2)),
    ("not", ("or", 0, 1), 2),
    ("or", ("and", 0, 1), 2),
    ("not", 0, ("or", 1, 2)),
    ("and", ("or", 0, 1), ("or", 2, 3)),
    ("not", ("and", 0, 1), ("or", 2, 3)),
)


def answers(tree: Tree, words: frozenset[int]) -> bool:
    """Whether a record with these keywords (by place) is returned."""
    if isinstance(tree, int):
        return tree in words
    operator, left, right = tree
    if operator == "and":
        return answers(left, words) and answers(right, words)
    if operator == "or":
        return answers(left, words) or answers(right, words)
    return answers(left, words) and not answers(right, words)


def written(tree: Tree, scene: str, language: str, *, inner: bool = False) -> str:
    """The query as it is typed, brackets around every inner part."""
    if isinstance(tree, int):
        return str(KEYWORDS[scene][tree][language])
    operator, left, right = tree
    before, after = (written(part, scene, language, inner=True) for part in (left, right))
    text = f"{before} {OPERATORS[language][operator]} {after}"
    return f"({text})" if inner else text


def _placed(tree: Tree, order: list[int]) -> Tree:
    if isinstance(tree, int):
        return order[tree]
    return (tree[0], _placed(tree[1], order), _placed(tree[2], order))


def _records(choice: Draw) -> list[frozenset[int]]:
    return [frozenset(choice.some(range(5), choice.between(1, 3))) for _ in range(12)]


def _count(tree: Tree, records: list[frozenset[int]]) -> int:
    return sum(answers(tree, words) for words in records)


def _query(choice: Draw, shapes: tuple[Tree, ...], records: list[frozenset[int]]) -> Tree:
    """A query of one of the shapes that returns some of the records but not all; the last drawn if luck fails."""
    tree: Tree = shapes[0]
    for _ in range(8):
        tree = _placed(choice.one(shapes), choice.shuffled(range(5)))
        if 0 < _count(tree, records) < len(records):
            break
    return tree


def _said(scene: str, words: frozenset[int], choice: Draw) -> dict[str, str]:
    order = choice.shuffled(sorted(words))
    return {lang: ", ".join(KEYWORDS[scene][word][lang] for word in order) for lang in ("fr", "en")}


@generator("search_counts", takes=("scene",))
def draw_counts(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Twelve records, a simple query and two nested ones; how many records each returns."""
    scene, records = parameters["scene"], _records(choice)
    trees = [_query(choice, SIMPLE, records), _query(choice, NESTED, records), _query(choice, NESTED, records)]
    rows = [[str(number), _said(scene, words, choice)] for number, words in enumerate(records, start=1)]
    values = {f"query_{name}": {lang: written(tree, scene, lang) for lang in ("fr", "en")}
              for name, tree in zip("abc", trees, strict=True)}  # fmt: skip
    facts = {"values": values, "shown": [{"kind": "table", "caption": CAPTION, "head": list(HEAD), "rows": rows}]}
    counts = {name: _count(tree, records) for name, tree in zip("abc", trees, strict=True)}
    found = {
        f"found_{name}": {
            "list": [str(number) for number, words in enumerate(records, start=1) if answers(tree, words)] or ["0"]
        }
        for name, tree in zip("abc", trees, strict=True)
    }
    return Drawn(
        facts, {"fields": {name: {"value": count, "tolerance": 0} for name, count in counts.items()}, "values": found}
    )


@generator("search_which", takes=("scene",))
def draw_which(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A nested query and eight records with different keywords, one to five of which it returns."""
    scene = parameters["scene"]
    pool = [frozenset(words) for words in _SETS]
    tree = _placed(choice.one(NESTED), choice.shuffled(range(5)))
    found = [words for words in pool if answers(tree, words)]
    missed = [words for words in pool if not answers(tree, words)]
    count = min(choice.between(2, 4), len(found))
    right, wrong = choice.some(found, count), choice.some(missed, min(8 - count, len(missed)))
    shown, ids = proposals(
        choice, [_said(scene, words, choice) for words in right], [_said(scene, words, choice) for words in wrong]
    )
    query = {lang: written(tree, scene, lang) for lang in ("fr", "en")}
    return Drawn({"values": {"query": query}, "proposals": shown}, {"right": ids})


_SETS = tuple((a,) for a in range(5)) + tuple((a, b) for a in range(5) for b in range(a)) + tuple(
    (a, b, c) for a in range(5) for b in range(a) for c in range(b))  # fmt: skip
