"""Challenges on the details and true types of files: what the pages and files show is what is marked right."""

import io
from typing import Any

import pytest
from PIL import Image

from lti_tool.content import Bank, Challenge, Drawn, draw, mark, parse_response, place_page, render_material

SEEDS = [bytes([number]) * 16 for number in range(10)]
SIGNS = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"%PDF": "PDF"}


def drawn_of(house: Bank, name: str, seed: bytes) -> tuple[Challenge, Drawn]:
    challenge = house.challenges[f"1.2.file-properties@{name}"]
    return challenge, draw(challenge, seed)


def is_right(challenge: Challenge, drawn: Drawn, **form: str) -> bool:
    response = parse_response(challenge, drawn.facts, {name: [text] for name, text in form.items()}, "fr")
    return mark(challenge, drawn.truth, response, "fr").right


def listing(challenge: Challenge, drawn: Drawn, **query: str) -> list[tuple[Any, list[str]]]:
    page: Any = place_page(challenge, drawn.facts, "", query, "fr")
    return list(page.values["rows"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_details_window_gives_size_and_day(house: Bank, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, "1/details", seed)
    values = drawn.facts["values"]
    files = [file for file, _ in listing(challenge, drawn, folder=values["folder"]["fr"])]
    number = next(file.n for file in files if file.name == values["file"]["fr"])
    page: Any = place_page(challenge, drawn.facts, "file", {"n": str(number)}, "fr")
    lines = dict(page.values["lines"])
    assert is_right(challenge, drawn, size=lines["Taille"].split("(")[0], day=lines["Modifié le"].split(",")[0])
    assert not is_right(challenge, drawn, size=lines["Taille"].split("(")[0], day=lines["Créé le"].split(",")[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_sorting_by_the_last_change_puts_the_answer_first(house: Bank, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, "1/modified", seed)
    rows = listing(challenge, drawn, folder=drawn.facts["values"]["folder"]["fr"], sort="modified", order="down")
    assert is_right(challenge, drawn, answer=rows[0][0].name)
    assert not any(is_right(challenge, drawn, answer=file.name) for file, _ in rows[1:])


@pytest.mark.parametrize("seed", SEEDS)
def test_sorting_by_dimensions_puts_the_answer_first_and_by_weight_does_not(house: Bank, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, "3/largest-picture", seed)
    rows = listing(challenge, drawn, show_dimensions="on", sort="dimensions", order="down")
    assert is_right(challenge, drawn, answer=rows[0][0].name)
    sizes = [file.details.get("dimensions") for file, _ in rows]
    assert sizes.count(sizes[0]) == 1
    pictures = [file for file, _ in listing(challenge, drawn, sort="size", order="down") if file.kind == "image"]
    assert not is_right(challenge, drawn, answer=pictures[0].name)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_longest_recording_of_the_author_is_the_answer(house: Bank, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, "3/longest-recording", seed)
    rows = listing(challenge, drawn, show_author="on", show_length="on", sort="length", order="down")
    own = [file for file, cells in rows if cells[3] == drawn.facts["values"]["author"] and cells[4]]
    assert is_right(challenge, drawn, answer=own[0].name)
    assert not is_right(challenge, drawn, answer=own[1].name)


@pytest.mark.parametrize("name", ["6/disguise", "6/no-extension"])
def test_the_first_bytes_tell_the_true_type_and_the_name_does_not(house: Bank, name: str) -> None:
    seen = set()
    for seed in SEEDS:
        challenge, drawn = drawn_of(house, name, seed)
        file = render_material(challenge, drawn.facts, "file", "fr")
        true = next(kind for signs, kind in SIGNS.items() if file.bytes.startswith(signs))
        seen.add(true)
        assert true == drawn.truth["values"]["true"]
        assert not file.file_name.endswith(drawn.truth["values"]["extension"])
        assert drawn.facts["code"].encode() not in file.bytes
        if true != "PDF":
            with Image.open(io.BytesIO(file.bytes)) as picture:
                assert picture.format == true
    assert len(seen) > 2


def test_a_file_is_rendered_the_same_each_time(house: Bank) -> None:
    for seed in SEEDS:
        challenge, drawn = drawn_of(house, "6/disguise", seed)
        first, again = (render_material(challenge, drawn.facts, "file", "en").bytes for _ in range(2))
        assert first == again
