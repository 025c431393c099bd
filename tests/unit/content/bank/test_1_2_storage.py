"""Storing, backing up, formats: what is marked right is worked out again, by other means than the draw's."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Drawn, load_bank, place_page, render_material
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generators
from lti_tool.content.material.storage_plans import COPIES, MISHAPS, outlives
from lti_tool.content.material.storage_sets import WEEKS, needed

seeds = st.binary(min_size=16, max_size=16)
many = settings(max_examples=60, deadline=None)
Drawer = Callable[[bytes], Drawn]


def drawer(name: str, **parameters: Any) -> Drawer:
    return lambda seed: generators()[name].draw(Draw(seed), parameters)


def rows_of(drawn: Drawn) -> list[list[Any]]:
    return list(drawn.facts["place"]["tables"][0]["rows"])


def chosen(drawn: Drawn, name: str) -> Any:
    option = drawn.truth["fields"][name]["option"]
    return next(one["text"] for one in drawn.facts["options"][name] if one["id"] == option)


@pytest.mark.parametrize("misleading", [True, False])
@many
@given(seed=seeds)
def test_a_file_is_where_the_beginning_of_its_path_says(misleading: bool, seed: bytes) -> None:
    drawn = drawer("storage_where", misleading=misleading)(seed)
    roots = {
        "This computer": "in the computer",
        "USB stick (E)": "on the USB stick",
        "Online space": "in the online space",
    }
    paths = {file["path"]["en"].rpartition("/")[2]: file["path"]["en"] for file in drawn.facts["place"]["files"]}
    told = {chosen(drawn, name)["en"] for name in drawn.facts["options"]}
    assert len(told) == 3
    for name, file in drawn.facts["values"].items():
        assert chosen(drawn, name)["en"] == roots[paths[file["en"]].partition("/")[0]]


@many
@given(seed=seeds)
def test_capacities_come_out_even(seed: bytes) -> None:
    photos, sound = drawer("storage_capacity", of="photos")(seed), drawer("storage_capacity", of="sound")(seed)
    values = photos.facts["values"]
    assert photos.truth["value"] * values["weight"]["number"] == values["space"] * 1000
    values = sound.facts["values"]
    assert sound.truth["value"] * 60 * values["weight"]["number"] == values["space"] * 1_000_000


@pytest.mark.parametrize("namesakes", ["folders", "days"])
@many
@given(seed=seeds)
def test_the_bin_has_one_line_to_restore_and_counts_the_older_ones_without_it(namesakes: str, seed: bytes) -> None:
    drawn = drawer("storage_bin", namesakes=namesakes)(seed)
    values, rows = drawn.facts["values"], rows_of(drawn)
    found = sorted(row[2] for row in rows if row[0] == values["file"] and row[1] == values["folder"])
    assert len(found) == (3 if namesakes == "days" else 1)
    older = [
        row for row in rows if row[2] < values["limit"]["date"] and (row[0], row[2]) != (values["file"], found[-1])
    ]
    assert drawn.truth["fields"] == {"day": {"date": found[-1]}, "count": {"value": len(older), "tolerance": 0}}
    assert date.fromisoformat(values["limit"]["date"]).day > 12


@many
@given(seed=seeds)
def test_what_may_go_from_the_phone_is_old_and_kept_elsewhere(seed: bytes) -> None:
    total, largest = drawer("storage_cleaning", ask="total")(seed), drawer("storage_cleaning", ask="largest")(seed)
    limit = total.facts["values"]["limit"]["date"]
    free = [row for row in rows_of(total) if row[3] < limit and row[4]]
    assert total.truth["value"] == sum(row[2] for row in free)
    assert largest.truth["accept"]["en"] == [max(free, key=lambda row: row[2])[0]["en"]]
    assert max(row[2] for row in rows_of(total)) > max(row[2] for row in free)
    assert len({row[2] for row in rows_of(total)}) == len(rows_of(total))


SURVIVES = {
    "desk": {"breakdown", "dropped", "deletion"},
    "cupboard": {"breakdown", "dropped", "burglary", "lightning", "ransomware", "deletion"},
    "home": set(MISHAPS), "online": set(MISHAPS), "friday": set(),
    "mirror": {"breakdown", "dropped", "burglary", "lightning", "fire", "flood"},
}  # fmt: skip


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_outlives_what_does_not_reach_it(copy: str) -> None:
    assert {name for name in MISHAPS if outlives(COPIES[copy], MISHAPS[name])} == SURVIVES[copy]


@many
@given(seed=seeds)
def test_mishaps_are_ticked_as_the_copies_shown_decide(seed: bytes) -> None:
    drawn = drawer("storage_mishaps")(seed)
    plan = [name for name, copy in COPIES.items() if copy.text in drawn.facts["shown"][0]["items"]]
    saved = set().union(*(SURVIVES[name] for name in plan))
    right = {one["id"] for one in drawn.facts["proposals"] if one["text"] in [MISHAPS[name].text for name in saved]}
    assert right == set(drawn.truth["right"])
    assert 0 < len(right) < 6


@many
@given(seed=seeds)
def test_only_the_right_change_closes_the_gap(seed: bytes) -> None:
    drawn = drawer("storage_mend")(seed)
    mishap = next(name for name, one in MISHAPS.items() if one.text == drawn.facts["values"]["mishap"])
    closing = [copy.text for name, copy in COPIES.items() if mishap in SURVIVES[name]]
    assert [one["id"] for one in drawn.facts["proposals"] if one["text"] in closing] == drawn.truth["right"]
    assert all(COPIES[name].text not in drawn.facts["shown"][0]["items"] for name in COPIES if mishap in SURVIVES[name])


def holds(kinds: str, sets: list[int], evening: int) -> bool:
    """Whether these sets give the state of an evening, each set holding the days since what it refers to."""
    have: set[int] = set()
    for place in sets:
        if kinds[place] == "F":
            have = set(range(place + 1))
        else:
            base = place - 1 if kinds[place] == "I" else max(one for one in range(place) if kinds[one] == "F")
            have |= set(range(base + 1, place + 1))
    return have == set(range(evening + 1))


@pytest.mark.parametrize("week", [week for weeks in WEEKS.values() for week in weeks])
def test_the_needed_sets_give_the_evening_and_none_is_too_many(week: str) -> None:
    for evening in range(7):
        sets = needed(week, evening)
        assert holds(week, sets, evening)
        assert not any(holds(week, [one for one in sets if one != left], evening) for left in sets)


@pytest.mark.parametrize("week", ["plain", "mixed"])
@many
@given(seed=seeds)
def test_the_latest_evening_does_without_the_damaged_set(week: str, seed: bytes) -> None:
    drawn = drawer("storage_damaged", week=week)(seed)
    rows = drawn.facts["shown"][0]["rows"]
    kinds = "".join(row[1]["en"][0].upper() for row in rows)
    damaged = [place for place, row in enumerate(rows) if row[2]["en"] == "damaged"]
    possible = [evening for evening in range(len(rows)) if not set(damaged) & set(needed(kinds, evening))]
    assert len(damaged) == 1
    assert possible[-1] < len(rows) - 1
    day = date.fromisoformat(drawn.truth["fields"]["day"]["date"])
    assert day.day > 12
    assert rows[possible[-1]][0]["en"].endswith(f"{day:%A} {day.day} {day:%B}")


@many
@given(seed=seeds)
def test_figures_of_a_backup_are_worked_out_again(seed: bytes) -> None:
    room, upload = drawer("storage_retention")(seed), drawer("storage_upload")(seed)
    values = room.facts["values"]
    raw = values["weeks"] * values["volume"] + values["dailies"] * values["change"]
    assert room.truth["value"] == pytest.approx(raw * values["share"] / 100)
    values = upload.facts["values"]
    bits = values["volume"]["number"] * values["share"] / 100 * 8000
    assert upload.truth["value"] == pytest.approx(bits / values["speed"] / 3600)


@pytest.mark.parametrize("by_volume", [True, False])
@many
@given(seed=seeds)
def test_the_cheapest_plan_within_both_limits_is_the_right_one(by_volume: bool, seed: bytes) -> None:
    drawn = drawer("storage_cheapest", by_volume=by_volume)(seed)
    values, rows = drawn.facts["values"], drawn.facts["shown"][0]["rows"]
    prices = {row[0]: row[4] + (row[5] * values["volume"] / 100 if by_volume else 0) for row in rows}
    hours = {row[0]: row[2] + values["volume"] / row[3] for row in rows}
    fit = [row[0] for row in rows if row[1] <= values["loss"] and hours[row[0]] <= values["stop"]]
    best = min(fit, key=lambda letter: prices[letter])
    assert chosen(drawn, "plan") == best
    assert drawn.truth["fields"]["hours"]["value"] == hours[best]
    assert len(set(prices.values())) == 4
    assert min(row[4] for row in rows) > 0


@many
@given(seed=seeds)
def test_loss_and_stop_follow_from_the_clock(seed: bytes) -> None:
    drawn = drawer("storage_breakdown")(seed)
    values = drawn.facts["values"]
    stopped = datetime.strptime(values["stopped"]["en"], "%H:%M")  # noqa: DTZ007 - a time of the day
    copy = datetime.strptime(values["first"]["en"], "%H:%M")  # noqa: DTZ007
    while copy + timedelta(hours=values["step"]) < stopped:
        copy += timedelta(hours=values["step"])
    assert drawn.truth["fields"]["lost"]["value"] * 60 == (stopped - copy).seconds
    back = stopped + timedelta(minutes=values["wait"], hours=values["volume"] / values["speed"])
    assert drawn.truth["fields"]["back"]["time"] == f"{back:%H:%M}"
    assert back.day == stopped.day


def unpacked(drawn: Drawn, name: str, language: str) -> Mapping[str, str]:
    render = generators()["archive_read"].render
    assert render
    with zipfile.ZipFile(io.BytesIO(render(drawn.facts, name, language))) as archive:
        assert archive.testzip() is None
        return {path: archive.read(path).decode() for path in archive.namelist()}


@pytest.mark.parametrize("namesakes", [True, False])
@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_the_asked_file_of_an_archive_holds_the_code(namesakes: bool, seed: bytes) -> None:
    drawn = drawer("archive_read", namesakes=namesakes)(seed)
    for language in ("en", "fr"):
        files = unpacked(drawn, "archive", language)
        name = drawn.facts["values"]["file"][language]
        found = [path for path in files if path.rpartition("/")[2] == name]
        assert len(files) == 10
        assert len(found) == (3 if namesakes else 1)
        assert drawn.truth["accept"][0] in files[f"{drawn.facts['values']['folder'][language]}/{name}"]
        assert sum(drawn.truth["accept"][0] in text for text in files.values()) == 1


def required(drawn: Drawn, language: str) -> set[str]:
    wanted = set()
    for line in drawn.facts["shown"][0]["items"]:
        folder, _, names = line[language].replace("\u00a0", "").partition(": ")
        wanted |= {f"{folder}/{name}" for name in names.split(", ")}
    return wanted


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_one_archive_alone_is_as_required(seed: bytes) -> None:
    drawn = drawer("archive_choose")(seed)
    right = [name for name in "abcd" if set(unpacked(drawn, name, "fr")) == required(drawn, "fr")]
    assert [f"p{'abcd'.index(name) + 1}" for name in right] == drawn.truth["right"]


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_the_faulty_archive_has_one_file_astray_and_one_missing(seed: bytes) -> None:
    drawn = drawer("archive_faults")(seed)
    there, wanted = set(unpacked(drawn, "archive", "en")), required(drawn, "en")
    names = {path.rpartition("/")[2] for path in there}
    astray = [path.rpartition("/")[2] for path in there - wanted]
    missing = [path.rpartition("/")[2] for path in wanted if path.rpartition("/")[2] not in names]
    fields = drawn.truth["fields"]
    assert [fields["strayed"]["accept"]["en"][0], fields["missing"]["accept"]["en"][0]] == [*astray, *missing]


@many
@given(seed=seeds)
def test_what_hardly_shrinks_is_compressed_already(seed: bytes) -> None:
    drawn = drawer("shrink_which")(seed)
    for one in drawn.facts["proposals"]:
        ending = one["text"]["en"].rpartition(".")[2]
        assert (one["id"] in drawn.truth["right"]) == (ending in {"jpg", "mp3", "mp4", "m4a", "zip", "7z"})
    sizes = {file["path"]["en"]: file["size"] for file in drawn.facts["place"]["files"]}
    assert sizes["Trial/report-compressed.zip"] < sizes["Trial/report.txt"] / 3
    assert sizes["Trial/photo-compressed.zip"] > sizes["Trial/photo.jpg"] * 0.95
    assert len(sizes) == 10


@many
@given(seed=seeds)
def test_the_weight_of_an_archive_follows_from_the_trial(seed: bytes) -> None:
    drawn = drawer("shrink_weight")(seed)
    values, rows = drawn.facts["values"], drawn.facts["shown"][0]["rows"]
    before, after = (int(cell["en"].partition("\u00a0")[0].replace(",", "")) for cell in rows[0][1:])
    expected = values["photos"] * values["photo"] + values["texts"] * values["text"] * after / before
    assert drawn.truth["value"] == expected


@many
@given(seed=seeds)
def test_the_largest_picture_under_the_limit_is_the_right_one(seed: bytes) -> None:
    drawn = drawer("weight_picture")(seed)
    values = drawn.facts["values"]
    assert drawn.truth["fields"]["raw"]["value"] == values["width"] * values["height"] * 3 / 1e6
    weights = {}
    for one in drawn.facts["options"]["size"]:
        wide, high = (int(part) for part in one["text"].split(" × "))
        weights[one["id"]] = wide * high * 3 / values["rate"] / 1000
    fit = {name: weight for name, weight in weights.items() if weight <= values["limit"]["number"]}
    assert max(fit, key=lambda name: fit[name]) == drawn.truth["fields"]["size"]["option"]
    assert all(abs(weight - values["limit"]["number"]) > 4 for weight in weights.values())


@many
@given(seed=seeds)
def test_the_highest_rate_under_the_limit_is_the_right_one(seed: bytes) -> None:
    drawn = drawer("weight_sound")(seed)
    values = drawn.facts["values"]
    channels = 1 if values["channels"]["en"] == "one channel" else 2
    assert (
        drawn.truth["fields"]["raw"]["value"]
        == values["sampling"]["number"] * 2 * channels * values["minutes"] * 60 / 1e6
    )
    weights = {
        one["id"]: int(one["text"].split()[0]) * values["minutes"] * 60 / 8000 for one in drawn.facts["options"]["rate"]
    }
    fit = {name: weight for name, weight in weights.items() if weight <= values["limit"]}
    assert max(fit, key=lambda name: fit[name]) == drawn.truth["fields"]["rate"]["option"]
    assert len(fit) < len(weights)


@pytest.mark.parametrize("script", ["arabic", "greek"])
@many
@given(seed=seeds)
def test_a_list_is_read_in_its_encoding_and_in_no_other(script: str, seed: bytes) -> None:
    drawn = drawer("encoded_list", script=script)(seed)
    challenge = next(iter(load_bank().challenges.values()))
    town = drawn.facts["values"]["town"]
    pages = {}
    for read, _ in place_page(challenge, drawn.facts, "", {}, "fr").values["choices"]:
        pages[read] = place_page(challenge, drawn.facts, "", {"as": read}, "fr").values["lines"]
    readable = [read for read, lines in pages.items() if any(town in line for line in lines)]
    assert readable == [drawn.facts["place"]["written"]]
    assert f"{town} : {drawn.truth['value']}" in pages[readable[0]]


def test_an_archive_is_downloaded_as_a_zip() -> None:
    challenge = load_bank().challenges["1.2.formats-and-compression@2/file-in-archive"]
    drawn = drawer("archive_read")(b"a download")
    made = render_material(challenge, drawn.facts, "archive", "fr")
    assert (made.media_type, made.file_name, made.bytes[:4]) == ("application/zip", "documents.zip", b"PK\x03\x04")
