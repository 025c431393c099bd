"""Texts, numbers and dates as each language writes them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.words import LANGUAGES, best_language, best_of_header, in_language, words


def test_a_message_is_found_by_its_key_in_each_language() -> None:
    assert words("fr").t("error.title") == "Cela n’a pas fonctionné"
    assert words("en").t("error.title") != words("fr").t("error.title")


def test_values_are_put_into_a_message_as_they_are() -> None:
    told = words("en").t("cli.no_institution", name="{x} <b> %s")
    assert "{x} <b> %s" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_an_error_and_never_a_page(language: str) -> None:
    with pytest.raises(KeyError):
        words(language).t("no.such.key")
    with pytest.raises(KeyError):
        words(language).n("no.such.key", 2)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("tlh")


def test_the_plural_follows_the_language() -> None:
    french, english = words("fr"), words("en")
    assert french.n("audit.attempts", 0).split()[-1] == french.n("audit.attempts", 1).split()[-1]
    assert english.n("audit.attempts", 0).split()[-1] == english.n("audit.attempts", 2).split()[-1]
    assert english.n("audit.attempts", 1) != english.n("audit.attempts", 2)
    assert french.n("audit.attempts", 1234).startswith("1\u202f234")


def test_numbers_percentages_and_dates_are_written_as_the_language_writes_them() -> None:
    moment = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    french, english = words("fr"), words("en")
    assert (french.number(1234.5), english.number(1234.5)) == ("1\u202f234,5", "1,234.5")
    assert (french.number(2.345, 1), english.number(2, 1), english.number(2.6, 0)) == ("2,3", "2.0", "3")
    assert (french.percent(0.823), english.percent(0.823)) == ("82\u00a0%", "82%")
    assert (french.date(moment), english.date(moment)) == ("23 novembre 2026", "November 23, 2026")
    assert french.moment(moment).endswith("UTC")


def test_both_languages_are_written_from_left_to_right() -> None:
    assert {words(language).direction for language in LANGUAGES} == {"ltr"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("fr", "fr"), ("fr_CA", "fr"), ("fr-fr", "fr"), ("FR", "fr"), (" fr ", "fr"), ("ar-TN", "en"), ("en_GB", "en"),
     ("", "en"), (None, "en"), ("frisian", "en"), ("C.UTF-8", "en"), ("_", "en")],
)  # fmt: skip
def test_the_language_of_a_locale(wanted: str | None, found: str) -> None:
    assert best_language(wanted) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("de, fr;q=0.5", "fr"), ("en-GB,en;q=0.9,fr;q=0.8", "en"), ("de", "en"),
     ("", "en"), (None, "en"), (",,;q=1", "en"), ("*", "en"), ("EN, fr", "en")],
)  # fmt: skip
def test_the_first_language_of_a_browser_that_we_speak(header: str | None, found: str) -> None:
    assert best_of_header(header) == found


@given(st.text(max_size=200))
def test_whatever_a_browser_sends_leads_to_a_language_that_we_speak(header: str) -> None:
    assert best_of_header(header) in LANGUAGES
    assert best_language(header) in LANGUAGES


def test_a_text_in_several_languages_falls_back_to_english_then_to_any() -> None:
    assert in_language({"fr": "oui", "en": "yes"}, "fr") == "oui"
    assert in_language({"fr": "oui", "en": "yes"}, "ar") == "yes"
    assert in_language({"fr": "", "en": "yes"}, "fr") == "yes"
    assert in_language({"fr": "oui"}, "en") == "oui"
