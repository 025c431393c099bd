"""A register: tables of records to filter, sort, search and open, as in a small office database.

Specification: `tables`, or `book`, the name of a function registered here that makes them from the specification. A
table has `title`, `columns` and `rows` (cells in the order of the columns). A column has `title` and, where wanted,
`kind` (text, number, date; text by default), `filter` (`value`: one of its values is chosen; `range`: from and to) and
`hidden` (true: shown only in the opened record). Cells are texts (plain or by language), whole numbers, days
(`2024-05-13`) or None.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lti_tool.content.filling import say
from lti_tool.content.generators import generators
from lti_tool.content.matching.text import fold
from lti_tool.content.places import not_found, place, whole
from lti_tool.content.presentation import PlacePage

PER_PAGE = 30
_LONGEST = 200
_LARGEST = 999_999
Query = Mapping[str, str]
Rows = Sequence[Sequence[Any]]
Book = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]
_BOOKS: dict[str, Book] = {}


def book(name: str) -> Callable[[Book], Book]:
    """Register the decorated function (specification -> tables) under a name."""

    def register(made: Book) -> Book:
        _BOOKS[name] = made
        return made

    return register


def tables_of(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The tables of a specification, listed or made by its book."""
    if "book" not in spec:
        listed: Sequence[Mapping[str, Any]] = spec["tables"]
        return listed
    generators()  # the books register beside their generators
    return _BOOKS[spec["book"]](spec)


@place("register")
def view(spec: Mapping[str, Any], path: str, query: Query, language: str) -> PlacePage:
    """The list of table `t` (the first without it), or the record `n` of it (path `record`)."""
    tables = tables_of(spec)
    number = whole(query.get("t"), 0, 999_999, 0)
    if number >= len(tables) or path not in {"", "record"}:
        return not_found(language)
    table = tables[number]
    tabs = [(place, say(one["title"], language)) for place, one in enumerate(tables)]
    values: dict[str, object] = {"t": number, "tabs": tabs if len(tabs) > 1 else []}
    if path == "record":
        return _record(table, values, query, language)
    return _listing(table, values, query, language)


def _record(table: Mapping[str, Any], values: dict[str, object], query: Query, language: str) -> PlacePage:
    number = whole(query.get("n"), 0, 999_999, len(table["rows"]))
    if number >= len(table["rows"]):
        return not_found(language)
    row = table["rows"][number]
    lines = [(say(column["title"], language), cell_text(column, cell, language))
             for column, cell in zip(table["columns"], row, strict=True)]  # fmt: skip
    return PlacePage("places/register/record.html", lines[0][1], {**values, "lines": lines})


def _listing(table: Mapping[str, Any], values: dict[str, object], query: Query, language: str) -> PlacePage:
    columns, rows = table["columns"], table["rows"]
    written = [[cell_text(column, cell, language) for column, cell in zip(columns, row, strict=True)] for row in rows]
    kept = {name: value[:_LONGEST] for name, value in query.items() if _is_filter(name, len(columns)) and value}
    found = [n for n, row in enumerate(rows) if _passes(columns, row, written[n], kept)]
    sort = whole(query.get("sort"), 0, len(columns) - 1, len(columns))
    falling = query.get("order") == "down"
    if sort < len(columns):
        found.sort(key=lambda n: _sortable(rows[n][sort], written[n][sort]), reverse=falling)
    last = max(1, -(-len(found) // PER_PAGE))
    page = whole(query.get("page"), 1, last, 1)
    shown = [place for place, column in enumerate(columns) if not column.get("hidden")]
    values |= {
        "heads": [(place, say(columns[place]["title"], language)) for place in shown],
        "rows": [(n, [written[n][place] for place in shown]) for n in found[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "filters": [_filter(place, columns[place], written, kept, language) for place in shown
                    if columns[place].get("filter")],
        "count": len(found), "total": len(rows), "page": page, "last": last, "kept": kept, "q": kept.get("q", ""),
        "sort": sort, "order": "down" if falling else "up",
    }  # fmt: skip
    return PlacePage("places/register/listing.html", say(table["title"], language), values)


def cell_text(column: Mapping[str, Any], cell: Any, language: str) -> str:
    """A cell as the language writes it; nothing where the cell is empty."""
    if cell is None:
        return ""
    if column.get("kind") in {"number", "date"}:
        return say({column["kind"]: cell}, language)
    return say(cell, language)


def _is_filter(name: str, columns: int) -> bool:
    return name == "q" or (name[:1] in {"f", "g"} and whole(name[1:], 0, 999_999, columns) < columns)


def _passes(columns: Sequence[Mapping[str, Any]], row: Sequence[Any], written: Sequence[str], kept: Query) -> bool:
    if not all(word in fold(" ".join(written)) for word in map(fold, kept.get("q", "").split())):
        return False
    for number, column in enumerate(columns):
        low, high = kept.get(f"f{number}", ""), kept.get(f"g{number}", "")
        if column.get("filter") == "value" and low and written[number] != low:
            return False
        if column.get("filter") == "range" and not _is_between(column["kind"], row[number], low, high):
            return False
    return True


def _is_between(kind: str, cell: Any, low: str, high: str) -> bool:
    if cell is None:
        return not (low or high)
    if kind == "number":
        return bool(whole(low, 0, _LARGEST, -_LARGEST) <= cell <= whole(high, 0, _LARGEST, _LARGEST))
    return bool(low <= cell <= (high or "9999"))


def _sortable(cell: Any, written: str) -> tuple[Any, ...]:
    return (cell is not None, cell if isinstance(cell, int) else 0, str(cell) if _is_day(cell) else fold(written))


def _is_day(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) == 10 and cell[4:5] == cell[7:8] == "-"


def _filter(
    place: int, column: Mapping[str, Any], written: Sequence[Sequence[str]], kept: Query, language: str
) -> dict[str, Any]:
    """One line of the filter form: the values to choose from, or the two ends of a range."""
    return {
        "place": place, "title": say(column["title"], language), "way": column["filter"],
        "input": column.get("kind", "text"), "low": kept.get(f"f{place}", ""), "high": kept.get(f"g{place}", ""),
        "choices": sorted({row[place] for row in written} - {""}, key=fold),
    }  # fmt: skip
