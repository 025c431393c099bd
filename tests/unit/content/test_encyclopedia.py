"""The simulated encyclopedia: what is asked can be found in its pages, and there only."""

from typing import Any

import pytest

from lti_tool.content import Bank, Challenge, Drawn, draw, explain, mark, parse_response, place_page, present
from lti_tool.content.material.town import article, figures
from lti_tool.content.places.article import between, marked, paragraphs, text_at, written
from lti_tool.content.places.encyclopedia import noted

SEEDS = [bytes([number]) * 16 for number in range(12)]


def drawn_of(house: Bank, name: str, seed: bytes) -> tuple[Challenge, Drawn]:
    challenge = house.challenges[f"1.1.wiki-pages@{name}"]
    return challenge, draw(challenge, seed)


def page(challenge: Challenge, drawn: Drawn, path: str, language: str = "en", **query: str) -> Any:
    return place_page(challenge, drawn.facts, path, query, language)


def is_right(challenge: Challenge, drawn: Drawn, **form: str) -> bool:
    response = parse_response(challenge, drawn.facts, {name: [text] for name, text in form.items()}, "en")
    return mark(challenge, drawn.truth, response, "en").right


def test_the_question_of_the_press_release_is_in_the_bank(house: Bank) -> None:
    challenge, drawn = drawn_of(house, "4/editor-in-january", SEEDS[0])
    assert present(challenge, drawn.facts, "en").instruction == "Who edited this encyclopedia page on 21 January 2019?"
    assert "le 21 janvier 2019" in present(challenge, drawn.facts, "fr").instruction


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["4/editor", "4/editor-in-january"])
def test_one_edit_only_stands_on_the_asked_day_and_names_the_truth(house: Bank, name: str, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, name, seed)
    day = drawn.facts["values"]["day"]["date"]
    lines = [line for number in "1234" for line in page(challenge, drawn, "history", page=number).values["lines"]]
    assert len(lines) == 35
    users = [edit.user for _, edit, _, _ in lines if edit.at.startswith(day)]
    assert len(users) == 1
    assert is_right(challenge, drawn, answer=users[0])
    others = {edit.user for _, edit, _, _ in lines} - set(users)
    assert not any(is_right(challenge, drawn, answer=user) for user in others)
    assert [edit.at for _, edit, _, _ in lines] == sorted((edit.at for _, edit, _, _ in lines), reverse=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["5/change", "5/change-of-year"])
def test_the_comparison_marks_the_replaced_value_and_the_article_has_the_new_one(
    house: Bank, name: str, seed: bytes
) -> None:
    challenge, drawn = drawn_of(house, name, seed)
    history = [line for number in "1234" for line in page(challenge, drawn, "history", page=number).values["lines"]]
    number = next(number for number, edit, _, _ in history if edit.at.startswith(drawn.facts["values"]["day"]["date"]))
    compared = page(challenge, drawn, "compare", old=str(number - 1), new=str(number))
    [(_, before, after)] = compared.values["changes"]
    old, new = (next(text for text, changed in side if changed) for side in (before, after))
    assert is_right(challenge, drawn, before=old, after=new)
    assert not is_right(challenge, drawn, before=new, after=old)


@pytest.mark.parametrize("version", ["fr", "en", "ar"])
def test_each_language_version_counts_its_own_inhabitants(house: Bank, version: str) -> None:
    challenge, drawn = drawn_of(house, "2/census-arabic", SEEDS[1])
    shown = page(challenge, drawn, "", "fr", lang=version).values["article"]
    rows = next(section.rows for section in shown.sections if section.rows)
    count = dict(rows)[str(drawn.facts["values"]["year"])]
    assert is_right(challenge, drawn, answer=count) == (version == "ar")
    assert shown.direction == ("rtl" if version == "ar" else "ltr")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_note_behind_the_sentence_leads_to_the_work(house: Bank, seed: bytes) -> None:
    challenge, drawn = drawn_of(house, "3/reference", seed)
    shown = page(challenge, drawn, "").values["article"]
    sentence = drawn.facts["values"]["sentence"]["en"]
    text = next(text for _, text in paragraphs(shown) if text.startswith(sentence))
    note = next(note for _, note in noted(text) if note)
    family = shown.notes[int(note) - 1].split(", p.")[0]
    [work] = [work for work in shown.works if family in work.split(",")[0]]
    author, _, year = work.strip(".").split(", ", 1)[0], "", work.strip(".").rsplit(", ", 1)[1]
    assert is_right(challenge, drawn, author=author, year=year)
    assert is_right(challenge, drawn, author=family, year=year)
    assert explain(challenge, drawn.facts, drawn.truth, "en").right_answer.endswith(f" {year}")


def test_the_box_gives_the_line_that_is_asked(house: Bank) -> None:
    for seed in SEEDS:
        for name in ("1/fact", "1/figure"):
            challenge, drawn = drawn_of(house, name, seed)
            box = dict(page(challenge, drawn, "").values["article"].box)
            assert is_right(challenge, drawn, answer=box[drawn.facts["values"]["line"]["en"]])


def test_an_old_version_reads_as_it_stood(house: Bank) -> None:
    challenge, drawn = drawn_of(house, "5/change", SEEDS[2])
    event = drawn.facts["place"]["event"]
    shown = article(drawn.facts["place"], "en")
    number = next(number for number, edit in enumerate(shown.edits) if edit.at == event["at"])
    key = f"{event['section']}/0"
    before = page(challenge, drawn, "version", n=str(number - 1)).values["texts"][key]
    after = page(challenge, drawn, "version", n=str(number)).values["texts"][key]
    assert str(event["old"]) in before
    assert str(event["new"]) in after
    assert text_at(shown, key, after, 0) == before
    assert {change.key for change in between(shown, 0, len(shown.edits) - 1)} >= {key}


def test_no_other_place_of_the_article_keeps_the_old_value(house: Bank) -> None:
    _, drawn = drawn_of(house, "5/change", SEEDS[3])
    token = drawn.facts["place"]["token"]
    assert drawn.truth["fields"]["after"]["value"] in figures(token).values()


def test_garbage_never_raises_and_unknown_pages_are_404(house: Bank) -> None:
    challenge, drawn = drawn_of(house, "4/editor", SEEDS[4])
    assert page(challenge, drawn, "nowhere").status == 404
    assert page(challenge, drawn, "compare", old="3", new="3").status == 404
    assert page(challenge, drawn, "compare", old="9", new="2").values["old"] == 2
    assert page(challenge, drawn, "version", n="²³").status == 200
    assert page(challenge, drawn, "talk").values["threads"]
    assert page(challenge, drawn, "", lang="xx").values["version_language"] == "en"


def test_the_stretch_that_changed_is_marked_alone() -> None:
    before, after = marked("in 1910 by the mayor", "in 1912 by the mayor")
    assert before == [("in ", False), ("1910", True), (" by the mayor", False)]
    assert after == [("in ", False), ("1912", True), (" by the mayor", False)]
    assert marked("a b", "a b c")[1] == [("a b", False), (" c", True)]


def test_the_history_writes_moments_in_three_ways() -> None:
    ways = [written("2019-01-21T14:05", "fr", way) for way in ("words", "figures", "iso")]
    assert ways == ["21 janvier 2019, 14:05", "21/01/2019 14:05", "2019-01-21 14:05"]
