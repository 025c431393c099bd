"""The place `log`: a long table on a page, to search, filter, sort and leaf through.

Its specification: `brand`, `columns`: `[{"name": "time", "label": ..., "filter": true}]` (`filter` offers the values of
the column in a list), and `rows` (lists of cells, plain or by language) or a `corpus` that makes the rows from it.
The query: `q` (any cell holds it), one key per filtered column, `sort` (a column), `down`, `page`.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lti_tool.content.places import not_found, place, whole
from lti_tool.content.places.localised import localised
from lti_tool.content.presentation import PlacePage

PAGE = 40
Row = Sequence[Any]
Rows = Callable[[Mapping[str, Any]], Sequence[Row]]
_CORPORA: dict[str, Rows] = {}


def log_corpus(name: str) -> Callable[[Rows], Rows]:
    """Register the decorated function as the rows of that name: (specification) -> rows in shown order."""

    def register(rows: Rows) -> Rows:
        _CORPORA[name] = rows
        return rows

    return register


@place("log")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The table, as the query asks for it; there is no other page."""
    if path.strip("/"):
        return not_found(language)
    columns = localised(list(spec["columns"]), language)
    rows = [[str(cell) for cell in localised(row, language)] for row in rows_of(spec)]
    names = [str(column["name"]) for column in columns]
    filters = [_filter(column, place, rows, query) for place, column in enumerate(columns) if column.get("filter")]
    kept = [row for row in rows if _matches(row, names, filters, query.get("q", ""))]
    sort = query.get("sort", "")
    if sort in names:
        kept.sort(key=lambda row: row[names.index(sort)].casefold(), reverse=query.get("down") == "1")
    pages = max(1, -(-len(kept) // PAGE))
    page = whole(query.get("page"), 1, pages, 1)
    asked = {"q": query.get("q", "")[:200], **{one["name"]: one["chosen"] for one in filters}}
    values = {
        "brand": localised(spec["brand"], language), "columns": columns, "filters": filters, "asked": asked,
        "rows": kept[(page - 1) * PAGE : page * PAGE], "count": len(kept), "all": len(rows), "page": page,
        "pages": pages, "sort": sort if sort in names else "", "down": query.get("down") == "1",
        "sorted": {"sort": sort, **({"down": "1"} if query.get("down") == "1" else {})} if sort in names else {},
    }  # fmt: skip
    return PlacePage("places/log/table.html", str(values["brand"]), values)


def rows_of(spec: Mapping[str, Any]) -> Sequence[Row]:
    """Every row of a log, texts by language unsaid."""
    if "corpus" in spec:
        return _CORPORA[spec["corpus"]](spec)
    rows: Sequence[Row] = spec["rows"]
    return rows


def as_csv(spec: Mapping[str, Any], language: str) -> bytes:
    """The whole log as CSV, semicolons and a byte order mark: spreadsheets of either language open it in columns."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow([localised(column["label"], language) for column in spec["columns"]])
    writer.writerows([localised(row, language) for row in rows_of(spec)])
    return b"\xef\xbb\xbf" + content.getvalue().encode()


def _filter(column: Mapping[str, Any], place: int, rows: Sequence[Row], query: Mapping[str, str]) -> dict[str, Any]:
    choices = sorted({row[place] for row in rows}, key=str.casefold)
    chosen = query.get(column["name"], "")
    return {"name": column["name"], "label": column["label"], "choices": choices,
            "chosen": chosen if chosen in choices else ""}  # fmt: skip


def _matches(row: Row, names: Sequence[str], filters: Sequence[Mapping[str, Any]], wanted: str) -> bool:
    if any(one["chosen"] and row[names.index(one["name"])] != one["chosen"] for one in filters):
        return False
    text = wanted.strip().casefold()
    return not text or any(text in cell.casefold() for cell in row)
