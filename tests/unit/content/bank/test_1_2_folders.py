"""Files and folders: what is marked right is found again in the explorer, or worked out by other means."""

import posixpath
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Drawn, load_bank, place_page
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generators
from lti_tool.content.material.folders_patterns import selects
from lti_tool.content.places.plenty import Plenty
from lti_tool.content.places.shelves import stored

seeds = st.binary(min_size=16, max_size=16)
some = settings(max_examples=40, deadline=None)
ANY_CHALLENGE = next(iter(load_bank().challenges.values()))
LANGUAGES = ("en", "fr")


def drawn_by(name: str, seed: bytes, **parameters: Any) -> Drawn:
    return generators()[name].draw(Draw(seed), parameters)


def look(drawn: Drawn, path: str = "", language: str = "en", **query: object) -> dict[str, Any]:
    page = place_page(ANY_CHALLENGE, drawn.facts, path, {name: str(value) for name, value in query.items()}, language)
    assert page.status == 200
    return dict(page.values)


def opened(drawn: Drawn, path: str, language: str) -> str:
    """The text of a file, reached folder by folder."""
    folder, _, name = path.rpartition("/")
    rows = look(drawn, language=language, folder=folder)["rows"]
    found = [one for one, _ in rows if one.name == name]
    assert len(found) == 1
    return str(look(drawn, "open", language, n=found[0].n)["text"])


def chosen(drawn: Drawn, name: str) -> Any:
    option = drawn.truth["fields"][name]["option"]
    text = next(one["text"] for one in drawn.facts["options"][name] if one["id"] == option)
    return text["en"] if isinstance(text, dict) else text


@pytest.mark.parametrize("namesakes", [True, False])
@some
@given(seed=seeds)
def test_the_code_stands_in_the_file_at_the_end_of_the_path(namesakes: bool, seed: bytes) -> None:
    drawn = drawn_by("folder_open", seed, namesakes=namesakes)
    values = drawn.facts["values"]
    for language in LANGUAGES:
        path = "/".join([*values["path"][language].split(" › "), values["file"][language]])
        assert drawn.truth["accept"][0] in opened(drawn, path, language)
    names = [file["path"]["en"].rpartition("/")[2] for file in drawn.facts["place"]["files"]]
    assert names.count(values["file"]["en"]) == (12 if namesakes else 1)


@some
@given(seed=seeds)
def test_a_relative_path_leads_from_the_start_to_the_one_file_of_that_name(seed: bytes) -> None:
    drawn = drawn_by("folder_path", seed, kind="relative")
    absolute = drawn_by("folder_path", seed, kind="absolute")
    values = drawn.facts["values"]
    for language in LANGUAGES:
        start = f"/{values['owner']}/{values['start'][language]}"
        goal = posixpath.normpath(posixpath.join(start, drawn.truth["accept"][language][0]))
        assert [goal] == absolute.truth["accept"][language]
        assert goal.endswith(f"/{values['file'][language]}")
        tree = drawn.facts["shown"][0]["text"][language]
        assert tree.count(f" {values['file'][language]}") == 1
        assert posixpath.relpath(goal, start) == drawn.truth["accept"][language][0]


@some
@given(seed=seeds)
def test_a_followed_path_ends_at_the_code_and_other_ends_hold_other_codes(seed: bytes) -> None:
    drawn = drawn_by("folder_follow", seed)
    values = drawn.facts["values"]
    for language in LANGUAGES:
        start = "/".join(values["start"][language].split(" › "))
        goal = posixpath.normpath(posixpath.join(start, values["path"][language]))
        assert drawn.truth["accept"][0] in opened(drawn, goal, language)
    assert sum(drawn.truth["accept"][0] in file["content"]["en"] for file in drawn.facts["place"]["files"]) == 1


@some
@given(seed=seeds)
def test_the_four_actions_give_the_ticked_files(seed: bytes) -> None:
    drawn = drawn_by("folder_after", seed)
    table, listing = drawn.facts["shown"]
    held = {row[0]["en"]: {name["en"] for name in row[1]["list"]} for row in table["rows"]}
    for action in (item["en"] for item in listing["items"]):
        verb, file = action.split()[:2]
        folders = [part.partition("”")[0] for part in action.split("“")[1:]]
        if verb in {"Move", "Copy"}:
            held[folders[1]].add(file)
        if verb in {"Move", "Delete", "Rename"}:
            held[folders[0]].remove(file)
        if verb == "Rename":
            held[folders[0]].add(action.rpartition(" as ")[2].removesuffix("."))
    texts = {one["id"]: one["text"]["en"] for one in drawn.facts["proposals"]}
    assert {texts[one] for one in drawn.truth["right"]} == held[drawn.facts["values"]["folder"]["en"]]


@some
@given(seed=seeds)
def test_what_happened_to_a_file_follows_from_both_evenings(seed: bytes) -> None:
    drawn = drawn_by("folder_compare", seed)
    evenings: dict[str, dict[str, set[str]]] = {"Monday evening": {}, "Tuesday evening": {}}
    contents: dict[str, set[str]] = {"Monday evening": set(), "Tuesday evening": set()}
    texts = {}
    for file in drawn.facts["place"]["files"]:
        evening, folder, name = file["path"]["en"].split("/")
        evenings[evening].setdefault(name, set()).add(folder)
        contents[evening].add(file["content"]["en"])
        texts[name] = file["content"]["en"]
    for place in ("one", "two", "three", "four"):
        name = drawn.facts["values"][place]["en"]
        before, after = evenings["Monday evening"][name], evenings["Tuesday evening"].get(name, set())
        if not after:
            fate = "renamed" if texts[name] in contents["Tuesday evening"] else "deleted"
        elif after == before:
            fate = "left as it was"
        else:
            fate = "copied to another folder" if before < after else "moved to another folder"
        assert chosen(drawn, place) == fate


@pytest.mark.parametrize("by", ["year", "client"])
@some
@given(seed=seeds)
def test_documents_are_sorted_by_what_is_written_in_them(by: str, seed: bytes) -> None:
    drawn = drawn_by("folder_sort", seed, by=by)
    texts = {file["path"]["en"].rpartition("/")[2]: file["content"]["en"] for file in drawn.facts["place"]["files"]}
    assert len(texts) == 10
    for place in ("one", "two", "three", "four"):
        lines = texts[drawn.facts["values"][place]].split("\n")
        told = dict(line.split(": ", 1) for line in lines if ": " in line)
        folder = told["Date"].rpartition(" ")[2] if by == "year" else told["Customer"]
        assert chosen(drawn, place) == (folder if lines[0].startswith("INVOICE") else "not an invoice")
    assert sorted(chosen(drawn, place) for place in ("one", "two", "three", "four"))[-1] == "not an invoice"


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_searching_and_sorting_leads_to_the_file(language: str, seed: bytes) -> None:
    drawn = drawn_by("file_find", seed, by="size")
    place = drawn.facts["place"]
    rows = look(drawn, language=language, q=".pdf", sort="modified", order="down")["rows"]
    month = f"{place['year']}-{place['month']:02}"
    heavy = [one for one, _ in rows if one.details["modified"].startswith(month) and one.size > place["limit"] * 1000]
    assert heavy[0].name == drawn.truth["accept"][language][0]
    assert len({one["path"][language] for one in stored(place)}) == len(stored(place))
    margins = [abs(one["size"] - place["limit"] * 1000) for one in stored(place)
               if one["modified"].startswith(month) and one["path"]["en"].endswith(".pdf")]  # fmt: skip
    assert min(margins) >= 100_000
    drawn = drawn_by("file_find", seed, by="content")
    asked = f"REF {drawn.facts['values']['reference']}"
    rows = look(drawn, language=language, q=asked, sort="modified", order="down")["rows"]
    assert len(rows) == 3
    assert rows[0][0].name == drawn.truth["accept"][language][0]


@some
@given(seed=seeds)
def test_patterns_select_what_is_ticked(seed: bytes) -> None:
    drawn = drawn_by("pattern_select", seed)
    names = {one["id"]: one["text"] for one in drawn.facts["proposals"]}
    fit = [one for one, name in names.items() if fnmatchcase(name, drawn.facts["values"]["pattern"])]
    assert set(fit) == set(drawn.truth["right"])
    assert 0 < len(fit) < 6


@some
@given(seed=seeds)
def test_one_pattern_alone_parts_the_two_lists(seed: bytes) -> None:
    drawn = drawn_by("pattern_choose", seed)
    wanted, unwanted = ([row[0] for row in block["rows"]] for block in drawn.facts["shown"])
    fit = [
        one["id"]
        for one in drawn.facts["proposals"]
        if [name for name in [*wanted, *unwanted] if fnmatchcase(name, one["text"])] == wanted
    ]
    assert fit == drawn.truth["right"]


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("a*c", "ac", True),
        ("a*", "bac", False),
        ("a.c", "abc", False),
        ("*.pdf", "x.pdf.bak", False),
    ],
)
def test_wildcards_stand_for_signs(pattern: str, name: str, fits: bool) -> None:
    assert selects(pattern, name) is fits


FORMATS = ("%Y-%m-%d", "%d-%m-%Y")


def parsed(name: str) -> tuple[str, datetime]:
    first, second, _ = name.removesuffix(".pdf").split("_")
    client, day = (first, second) if first[0].isalpha() else (second, first)
    written = FORMATS[0] if len(day.split("-")[0]) == 4 else FORMATS[1]
    return client, datetime.strptime(day, written)  # noqa: DTZ007 - days without an hour


@some
@given(seed=seeds)
def test_one_way_of_naming_alone_keeps_the_order(seed: bytes) -> None:
    drawn = drawn_by("naming_scheme", seed)
    by_client = drawn.facts["values"]["order"]["en"].startswith("by client")
    right = []
    for one in drawn.facts["proposals"]:
        first, second = one["text"].split("  |  ")
        # The same days, written for one client and for two, must come in the order asked for.
        client, other = parsed(first)[0], parsed(second)[0]
        twice = [first, second.replace(other, client)]
        days_kept = sorted(twice) == sorted(twice, key=lambda name: parsed(name)[1])
        in_order = sorted([first, second], key=lambda name: parsed(name)[:: 1 if by_client else -1])
        if days_kept and sorted([first, second]) == in_order:
            right.append(one["id"])
    assert right == drawn.truth["right"]


@some
@given(seed=seeds)
def test_the_place_in_a_sort_is_counted_sign_by_sign(seed: bytes) -> None:
    drawn = drawn_by("naming_place", seed)
    values = drawn.facts["values"]
    names = sorted(f"{values['word']}-{number}" for number in range(1, values["count"] + 1))
    assert names[values["place"] - 1] == f"{values['word']}-{drawn.truth['value']}"
    assert drawn.truth["value"] != values["place"]


def test_picks_run_out_instead_of_repeating() -> None:
    plenty = Plenty("00" * 16, 2)
    assert [plenty.below(1), plenty.one(["only"])] == [0, "only"]
    with pytest.raises(IndexError):
        plenty.below(2)
