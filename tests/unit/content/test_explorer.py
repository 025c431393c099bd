"""The simulated file explorer, page by page."""

from typing import Any

from lti_tool.content.places import place_link, places
from lti_tool.content.places.files import weight

SPEC: dict[str, Any] = {
    "files": [
        {
            "path": {"en": "Work/2024/report.odt", "fr": "Travail/2024/rapport.odt"},
            "size": 48_213,
            "modified": "2024-05-13T09:12",
            "created": "2024-05-02T17:40",
            "details": {"author": "N. Haddad", "pages": 12},
        },
        {
            "path": "Work/photo.JPG",
            "size": 2_400_000,
            "modified": "2023-01-02T08:00",
            "details": {"dimensions": [4032, 3024]},
        },
        {"path": "Work/small.png", "size": 999, "modified": "2025-01-02T08:00", "details": {"dimensions": [640, 480]}},
        {"path": "Work/note.txt", "size": 3_000_000_000, "modified": "2022-03-04T10:00", "content": "The code is K7."},
        {"path": "Work/song.mp3", "size": 5_000_000, "modified": "2021-03-04T10:00", "details": {"length": 3725}},
        {"path": "README", "size": 12, "modified": "2020-01-01T00:00"},
    ]
}


def page(path: str = "", language: str = "en", **query: str) -> Any:
    return places()["explorer"](SPEC, path, query, language)


def names(shown: Any) -> list[str]:
    return [file.name for file, _ in shown.values["rows"]]


def test_the_first_page_lists_folders_and_files() -> None:
    first = page()
    assert first.values["folders"] == [("Work", "Work")]
    assert names(first) == ["README"]
    assert page(folder="Work").values["folders"] == [("2024", "Work/2024")]


def test_files_are_sorted_by_any_column_shown() -> None:
    assert names(page(folder="Work")) == ["note.txt", "photo.JPG", "small.png", "song.mp3"]
    assert names(page(folder="Work", sort="size")) == ["small.png", "photo.JPG", "song.mp3", "note.txt"]
    assert names(page(folder="Work", sort="modified", order="down"))[0] == "small.png"
    assert names(page(folder="Work", sort="dimensions", order="down", show_dimensions="on"))[0] == "photo.JPG"
    assert names(page(folder="Work", sort="kind"))[-1] == "note.txt"
    assert names(page(folder="Work", sort="nonsense")) == names(page(folder="Work"))


def test_columns_can_be_added() -> None:
    shown = page(folder="Work", show_dimensions="on", show_length="on")
    assert [key for key, _ in shown.values["columns"]] == ["name", "modified", "kind", "size", "dimensions", "length"]
    cells = {file.name: list(cells)[3:] for file, cells in shown.values["rows"]}
    assert cells["photo.JPG"] == ["4032 × 3024", ""]
    assert cells["song.mp3"] == ["", "01:02:05"]


def test_a_search_looks_below_the_folder_in_names_and_contents() -> None:
    assert names(page(q="REPORT")) == ["report.odt"]
    assert names(page(folder="Work", q="k7")) == ["note.txt"]
    assert names(page(folder="Work/2024", q="k7")) == []


def test_the_details_window_gives_exact_size_and_every_date() -> None:
    lines = dict(page("file", "fr", n="0").values["lines"])
    assert lines["Taille"] == "48,2\u00a0ko (48\u202f213 octets)"
    assert (lines["Modifié le"], lines["Créé le"], lines["Pages"]) == ("13 mai 2024, 09:12", "2 mai 2024, 17:40", "12")
    assert lines["Nom"] == "rapport.odt"


def test_a_file_opens_where_it_has_a_content() -> None:
    assert page("open", n="3").values["text"] == "The code is K7."
    assert not page("open", n="1").values["readable"]


def test_sizes_are_told_in_the_unit_that_suits_them() -> None:
    assert [weight(size, "en") for size in (12, 999, 48_213, 480_213, 2_400_000, 3_000_000_000)] == [
        "12\u00a0bytes",
        "999\u00a0bytes",
        "48.2\u00a0kB",
        "480\u00a0kB",
        "2.4\u00a0MB",
        "3.0\u00a0GB",
    ]


def test_unknown_folders_files_and_pages_are_the_places_own_404() -> None:
    for unknown in (page(folder="Nowhere"), page("file", n="99"), page("open", n="-1"), page("x/y"), page("file")):
        assert (unknown.status, unknown.template) == (404, "places/not_found.html")


def test_links_are_relative_from_any_depth() -> None:
    assert place_link("")() == "./"
    assert place_link("")("history", page=2) == "./history?page=2"
    assert place_link("a/b")("") == "../"
    assert place_link("a/b")("ç d", q="é&") == "../%C3%A7%20d?q=%C3%A9%26"
