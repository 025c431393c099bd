"""A file explorer: folders, columns, sorting, searching, a details window, files that open as text.

Specification: `files`, each `path` (folders parted by `/`, plain or by language), `size` in bytes, `modified` (local
time, `2024-05-13T09:12`) and, where wanted, `created`, `content` (what opens) and `details` by the names of
`files.DETAILS`; `columns` lists details that are columns from the start. Folders follow from the paths.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lti_tool.content.places import not_found, place, whole
from lti_tool.content.places.files import DETAILS, File, files_of, shown, weight
from lti_tool.content.presentation import PlacePage
from lti_tool.words import words

_PLAIN = ("name", "modified", "kind", "size")
_LONGEST_QUERY = 200


@place("explorer")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The list of a folder (start), the details of a file (`file`), an opened file (`open`)."""
    files = files_of(spec, language)
    if path == "":
        return _listing(spec, files, query, language)
    number = whole(query.get("n"), 0, 999_999, len(files))
    if path not in {"file", "open"} or number >= len(files):
        return not_found(language)
    return _details(files[number], language) if path == "file" else _opened(files[number], language)


def _listing(spec: Mapping[str, Any], files: Sequence[File], query: Mapping[str, str], language: str) -> PlacePage:
    folder, asked = query.get("folder", "")[:_LONGEST_QUERY], query.get("q", "").strip()[:_LONGEST_QUERY]
    folders = _folders(files)
    if folder not in folders:
        return not_found(language)
    chosen = [key for key in DETAILS if query.get(f"show_{key}") or (key in spec.get("columns", ()) and not query)]
    columns = [*_PLAIN, *chosen]
    sort = query.get("sort", "name")
    falling = query.get("order") == "down"
    found = [one for one in files if _is_within(one, folder, asked)]
    found.sort(key=_sorter(sort if sort in columns else "name"), reverse=falling)
    t = words(language).t
    values: dict[str, object] = {
        "folder": folder, "q": asked, "sort": sort, "order": "down" if falling else "up",
        "crumbs": _crumbs(folder), "above": folder.rpartition("/")[0],
        "folders": [] if asked else [(one.rpartition("/")[2], one) for one in folders if _is_child(one, folder)],
        "columns": [(key, t(f"place.explorer.{key}")) for key in columns],
        "choices": [(key, t(f"place.explorer.{key}"), key in chosen) for key in _used(files)],
        "kept": {f"show_{key}": "on" for key in chosen},
        "rows": [(one, [shown(one, key, language) for key in columns[1:]]) for one in found],
    }  # fmt: skip
    return PlacePage("places/explorer/listing.html", folder.rpartition("/")[2] or t("place.explorer.title"), values)


def _folders(files: Sequence[File]) -> list[str]:
    known = {""}
    for one in files:
        parts = one.folder.split("/")
        known |= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return sorted(known, key=str.casefold)


def _is_child(one: str, folder: str) -> bool:
    return one != "" and one.rpartition("/")[0] == folder


def _crumbs(folder: str) -> list[tuple[str, str]]:
    parts = folder.split("/") if folder else []
    return [(part, "/".join(parts[: depth + 1])) for depth, part in enumerate(parts)]


def _is_within(one: File, folder: str, asked: str) -> bool:
    if not asked:
        return one.folder == folder
    below = folder in {"", one.folder} or one.folder.startswith(folder + "/")
    sought = asked.casefold()
    return below and (sought in one.name.casefold() or sought in (one.content or "").casefold())


def _sorter(key: str) -> Callable[[File], tuple[Any, ...]]:
    def place_of(one: File) -> tuple[Any, ...]:
        if key == "name":
            return (one.name.casefold(),)
        if key in {"size", "kind"}:
            return (getattr(one, key), one.name.casefold())
        value = one.details.get(key)
        if key == "dimensions" and value:
            value = value[0] * value[1]
        return (value is not None, 0 if value is None else value, one.name.casefold())

    return place_of


def _used(files: Sequence[File]) -> list[str]:
    return [key for key in DETAILS if any(key in one.details for one in files)]


def _details(one: File, language: str) -> PlacePage:
    t = words(language).t
    exact = f"{weight(one.size, language)} ({words(language).number(one.size)} {t('place.explorer.unit.bytes')})"
    lines = [(t("place.explorer.name"), one.name), (t("place.explorer.kind"), shown(one, "kind", language))]
    lines += [(t("place.explorer.folder"), one.folder or t("place.explorer.title")), (t("place.explorer.size"), exact)]
    known = [key for key in ("created", "modified", *DETAILS) if key in one.details]
    lines += [(t(f"place.explorer.{key}"), shown(one, key, language)) for key in known]
    return PlacePage("places/explorer/details.html", one.name, {"file": one, "lines": lines})


def _opened(one: File, language: str) -> PlacePage:
    if one.content is None:
        text = words(language).t("place.explorer.closed")
        return PlacePage("places/explorer/opened.html", one.name, {"file": one, "text": text, "readable": False})
    return PlacePage("places/explorer/opened.html", one.name, {"file": one, "text": one.content, "readable": True})
