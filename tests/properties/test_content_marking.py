"""Marking holds for whatever people type and whatever a seed draws."""

from datetime import date, time

from babel.dates import format_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.content import (
    Challenge,
    canonical,
    describe,
    draw,
    explain,
    from_canonical,
    load_bank,
    mark,
    parse_response,
    place_page,
    present,
)
from lti_tool.content.answers import BadAnswer
from lti_tool.content.filling import number_in_words
from lti_tool.content.kinds import KINDS
from lti_tool.content.matching.moments import NotADate, NotATime, read_date, read_time
from lti_tool.content.matching.numbers import NotANumber, OtherUnit, is_close, read_number
from lti_tool.content.matching.text import clean, edit_distance, fold, matches
from lti_tool.errors import PixError

BANK = load_bank()
OWN = [
    one for name, one in sorted(BANK.challenges.items()) if name.startswith(("1.1.wiki-pages", "1.2.file-properties"))
]
challenges = st.sampled_from(OWN)
seeds = st.binary(min_size=16, max_size=16)
languages = st.sampled_from(["fr", "en"])
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(challenges, seeds, languages)
def test_the_right_answer_is_right_the_wrong_one_wrong_and_both_explained(
    one: Challenge, seed: bytes, language: str
) -> None:
    drawn = draw(one, seed)
    assert drawn == draw(one, seed)
    assert present(one, drawn.facts, language).instruction
    kind = KINDS[one.kind]
    response = parse_response(one, drawn.facts, kind.right_form(one, drawn.facts, drawn.truth, language), language)
    assert mark(one, drawn.truth, response, language).right
    assert mark(one, drawn.truth, from_canonical(one, canonical(one, response)), language).right
    wrong = parse_response(one, drawn.facts, kind.wrong_form(one, drawn.facts, drawn.truth, language), language)
    assert not mark(one, drawn.truth, wrong, language).right
    assert explain(one, drawn.facts, drawn.truth, language).right_answer
    assert describe(one, drawn.facts).description[language]


@calm
@given(challenges, seeds, languages, st.data())
def test_whatever_is_typed_is_marked_or_refused_and_survives_its_statement(
    one: Challenge, seed: bytes, language: str, data: st.DataObject
) -> None:
    drawn = draw(one, seed)
    names = [field.name for field in one.fields] or ["choice"]
    typed = st.one_of(st.text(max_size=60), st.sampled_from(["p1", "p2", "12,5", "21/01/2019", "14:05", "[,]", "[.]"]))
    form = data.draw(st.dictionaries(st.sampled_from(names), st.lists(typed, max_size=2)))
    try:
        response = parse_response(one, drawn.facts, form, language)
    except PixError:
        return
    assert from_canonical(one, canonical(one, response)) == response
    mark(one, drawn.truth, response, language)


@calm
@given(challenges, seeds, st.text(max_size=80))
def test_a_statement_of_any_content_is_marked_or_refused(one: Challenge, seed: bytes, text: str) -> None:
    drawn = draw(one, seed)
    try:
        response = from_canonical(one, text)
    except BadAnswer:
        return
    mark(one, drawn.truth, response, "fr")


@calm
@given(
    st.sampled_from([one for one in OWN if "place" in draw(one, bytes(16)).facts]),
    seeds,
    st.one_of(st.sampled_from(["", "history", "talk", "compare", "version", "file", "open"]), st.text(max_size=20)),
    st.dictionaries(
        st.sampled_from(["n", "q", "page", "folder", "sort", "order", "old", "new", "lang"]), st.text(max_size=30)
    ),
    languages,
)
def test_a_place_answers_every_address(
    one: Challenge, seed: bytes, path: str, query: dict[str, str], language: str
) -> None:
    page = place_page(one, draw(one, seed).facts, path, query, language)
    assert page.status in {200, 404}


@given(st.text(max_size=200))
def test_cleaning_and_folding_settle(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(mark in cleaned for mark in ("[,]", "[.]", "[:]"))
    assert matches(text, [text]) == bool(fold(text))


@given(st.text(alphabet="abcé 12", max_size=12), st.text(alphabet="abcé 12", max_size=12))
def test_edit_distance_is_a_distance(one: str, other: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edit_distance(one, other) <= max(len(one), len(other))


@given(st.integers(-(10**9), 10**9), st.integers(0, 2), languages)
def test_a_number_written_in_a_language_is_read_back(whole: int, places: int, language: str) -> None:
    value = whole / 10**places
    assert is_close(read_number(number_in_words(value, language), (), language), value, 0)


@given(st.text(max_size=60), languages)
def test_any_text_is_a_number_a_date_a_time_or_none(text: str, language: str) -> None:
    for read, refusals in (
        (lambda typed: read_number(typed, (), language), (NotANumber, OtherUnit)),
        (read_date, NotADate),
        (read_time, NotATime),
    ):
        try:
            assert read(read(text)) == read(text)
        except refusals:
            continue


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["fr", "en", "ar_TN", "ar_JO"]),
    st.sampled_from(["long", "full", "medium"]),
)
def test_a_day_in_words_is_read_back(day: date, locale: str, width: str) -> None:
    assert read_date(format_date(day, format=width, locale=locale)) == day.isoformat()


@given(st.times())
def test_a_time_of_day_is_read_back(moment: time) -> None:
    for pattern in ("%H:%M", "%Hh%M", "%I:%M %p", "%H:%M:%S"):
        assert read_time(moment.strftime(pattern)) == moment.strftime("%H:%M")
