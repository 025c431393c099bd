"""What is typed is compared kindly, and only as kindly as meant."""

import pytest

from lti_tool.content.matching.moments import NotADate, NotATime, read_date, read_time
from lti_tool.content.matching.numbers import NotANumber, OtherUnit, is_close, read_number
from lti_tool.content.matching.text import clean, edit_distance, fold, matches


@pytest.mark.parametrize(
    "typed", ["Ocre_bis", "ocre bis", " OCRE-BIS ", "ocré\u00a0bis", "«\u00a0Ocre bis\u00a0»", "Ocre_bis."]
)
def test_case_accents_spaces_and_punctuation_are_forgiven(typed: str) -> None:
    assert matches(typed, ["Ocre_bis"])


@pytest.mark.parametrize(
    ("typed", "solution"), [("l’œuvre", "L'oeuvre"), ("٢٠١٩", "2019"), ("مُحَمَّد", "محمد"), ("Straße", "STRASSE")]
)
def test_scripts_and_digits_of_other_languages_are_compared_fairly(typed: str, solution: str) -> None:
    assert matches(typed, [solution])


@pytest.mark.parametrize("typed", ["", "   ", "...", "autre", "Ocre"])
def test_another_text_or_none_is_refused(typed: str) -> None:
    assert not matches(typed, ["Ocre_bis"])


def test_a_near_miss_passes_only_where_it_is_allowed() -> None:
    assert matches("corespondance", ["correspondance"], near=True)
    assert not matches("corespondance", ["correspondance"])
    assert not matches("dance", ["correspondance"], near=True)


def test_a_near_miss_never_forgives_a_figure() -> None:
    assert not matches("report 2018", ["report 2019"], near=True)
    assert matches("reprt 2019", ["report 2019"], near=True)


def test_what_is_strict_is_not_forgiven() -> None:
    assert not matches("../docs/plan", ["../docs/plan.txt"], strict=frozenset({"punctuation"}))
    assert not matches("docs/Plan.txt", ["docs/plan.txt"], strict=frozenset({"case"}))
    assert not matches("a b", ["ab"], strict=frozenset({"spaces"}))
    assert not matches("pate", ["pâté"], strict=frozenset({"accents"}))
    assert matches("DOCS/plan.TXT", ["docs/plan.txt"], strict=frozenset({"punctuation"}))


def test_cleaning_drops_what_xapi_could_not_carry_and_control_signs() -> None:
    assert clean("a[,]b[.]c[:]d") == "a,b.c:d"
    assert clean("[[,]]") == ","
    assert clean("a\x00\x1b\ud800\u202eb\nc") == "ab c"


def test_folding_keeps_words_apart_when_spaces_are_strict() -> None:
    assert fold(" Deux   Mots ", frozenset({"spaces"})) == "deux mots"


def test_edit_distance_counts_slips() -> None:
    assert edit_distance("chat", "chats") == 1
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "ab") == 2


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("12.5", "en", "12.5"),
        ("12,5", "fr", "12.5"),
        ("12,5", "en", "12.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("1.234,5", "fr", "1234.5"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("26.400", "fr", "26.400"),
        ("1,234,567", "en", "1234567"),
        ("1.234.567", "fr", "1234567"),
        ("−5", "fr", "-5"),
        ("+7", "en", "7"),
        ("٤٨٫٥", "fr", "48.5"),
        ("١٬٢٣٤", "en", "1234"),
        (".5", "en", "0.5"),
        ("0,125", "fr", "0.125"),
        ("12.", "en", "12"),
        ("-0", "en", "0"),
        ("42 Ko", "fr", "42"),
        ("42 %", "fr", "42"),
        ("007", "en", "7"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, language: str, number: str) -> None:
    assert read_number(typed, (), language) == number


@pytest.mark.parametrize(
    "typed", ["", "twelve", "12 13 14 a b", "1..2", "1,2,3", "12 kg 5", "1e5", "9" * 41, "--3", "1.2,3,4"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_number(typed, (), "fr")


def test_a_unit_may_be_typed_and_another_is_refused() -> None:
    assert read_number("12 Mo", ("Mo", "MB"), "fr") == "12"
    assert read_number("12mb", ("Mo", "MB"), "fr") == "12"
    with pytest.raises(OtherUnit):
        read_number("12 Go", ("Mo", "MB"), "fr")


def test_a_number_is_right_within_its_tolerance_ends_included() -> None:
    assert is_close("0.3", 0.1, 0.2)
    assert not is_close("0.31", 0.1, 0.2)
    assert not is_close("abc", 1, 0)
    assert not is_close("nan", 1, 0)


def test_thousands_grouped_another_way_are_read_as_meant() -> None:
    assert is_close("26.401", 26401, 0)
    assert is_close("3.142", 3.14, 0.01)
    assert not is_close("26.41", 26410, 0)


@pytest.mark.parametrize(
    "typed",
    [
        "2019-01-21",
        "2019/01/21",
        "2019:01:21",
        "21/01/2019",
        "21.1.2019",
        "21-01-19",
        "01/21/2019",
        "21 January 2019",
        "21st January, 2019",
        "January 21, 2019",
        "Monday 21 Jan. 2019",
        "21 janvier 2019",
        "lundi 21 janv. 2019",
        "le 21 JANVIER 2019",
        "2019 January 21",
        "21 جانفي 2019",
        "21 يناير 2019",
        "٢١/٠١/٢٠١٩",
        "20190121",
        "21 كانون الثاني 2019",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert read_date(typed) == "2019-01-21"


def test_day_and_month_are_read_in_this_order_where_both_could_be() -> None:
    assert read_date("02/03/2019") == "2019-03-02"
    assert read_date("1er août 2020") == "2020-08-01"


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "21/01", "31/02/2019", "2019", "21 21 January 2019", "13/13/2019", "99999999", "21 foo 2019"],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_date(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "14:05",
        "14h05",
        "14 h 05",
        "14:05:37",
        "2:05 pm",
        "2:05PM",
        "2.05 p.m.",
        "14.05",
        "14 heures 05",
        "١٤:٠٥",
        "2:05 م",
        "14h05min",
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    assert read_time(typed) == "14:05"


@pytest.mark.parametrize(
    ("typed", "time"), [("8h", "08:00"), ("12:30 am", "00:30"), ("12:30 pm", "12:30"), ("7 pm", "19:00")]
)
def test_hours_alone_and_noon_are_understood(typed: str, time: str) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "14:60", "14", "1405", "13:00 pm", "14:05:99", "14:5:"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        read_time(typed)
