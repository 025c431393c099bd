"""Texts, numbers and dates as each language and region writes them."""

from datetime import UTC, datetime

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.words import (
    LANGUAGES,
    NAMES,
    best_language,
    best_locale,
    best_of_header,
    direction_of,
    fallbacks,
    in_language,
    nearest_language,
    words,
)

_ISOLATED = "\u2068{}\u2069"


def test_a_message_is_found_by_its_key_in_each_language() -> None:
    assert words("fr").t("error.title") == "Cela n’a pas fonctionné"
    assert words("ar").t("error.title") == "لم ينجح ذلك"
    assert len({words(language).t("error.title") for language in LANGUAGES}) == len(LANGUAGES)


def test_values_are_put_into_a_message_as_they_are() -> None:
    told = words("en").t("cli.no_institution", name="{x} <b> %s")
    assert "{x} <b> %s" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_an_error_and_never_a_page(language: str) -> None:
    with pytest.raises(KeyError):
        words(language).t("no.such.key")
    with pytest.raises(KeyError):
        words(language).n("no.such.key", 2)


@pytest.mark.parametrize("language", ["tlh", "", "french", "de-TN", "-", "arabic"])
def test_a_language_that_we_do_not_speak_is_an_error(language: str) -> None:
    with pytest.raises(KeyError):
        words(language)


def test_a_locale_keeps_its_region_beside_the_language() -> None:
    tunis = words("ar-TN")
    assert (tunis.language, tunis.locale, tunis.direction) == ("ar", "ar-TN", "rtl")
    assert tunis.t("error.title") == words("ar").t("error.title")
    assert words("ar-ZZ") is words("ar")


def test_the_plural_follows_the_language() -> None:
    french, english = words("fr"), words("en")
    assert french.n("audit.attempts", 0).split()[-1] == french.n("audit.attempts", 1).split()[-1]
    assert english.n("audit.attempts", 0).split()[-1] == english.n("audit.attempts", 2).split()[-1]
    assert english.n("audit.attempts", 1) != english.n("audit.attempts", 2)
    assert french.n("audit.attempts", 1234).startswith("1\u202f234")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "لا محاولات"), (1, "محاولة واحدة"), (2, "محاولتان"), (3, "⟦3⟧ محاولات"), (10, "⟦10⟧ محاولات"),
     (11, "⟦11⟧ محاولة"), (99, "⟦99⟧ محاولة"), (100, "⟦100⟧ محاولة"), (102, "⟦102⟧ محاولة"), (103, "⟦103⟧ محاولات"),
     (111, "⟦111⟧ محاولة")],
)  # fmt: skip
def test_arabic_has_six_forms_of_the_plural(count: int, said: str) -> None:
    assert words("ar").n("audit.attempts", count) == said.replace("⟦", "\u2068").replace("⟧", "\u2069")


def test_numbers_percentages_and_dates_are_written_as_the_language_writes_them() -> None:
    moment = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    french, english = words("fr"), words("en")
    assert (french.number(1234.5), english.number(1234.5)) == ("1\u202f234,5", "1,234.5")
    assert (french.number(2.345, 1), english.number(2, 1), english.number(2.6, 0)) == ("2,3", "2.0", "3")
    assert (french.percent(0.823), english.percent(0.823)) == ("82\u00a0%", "82%")
    assert (french.date(moment), english.date(moment)) == ("23 novembre 2026", "November 23, 2026")
    assert french.moment(moment).endswith("UTC")


@pytest.mark.parametrize(
    ("locale", "number", "share", "january", "may"),
    [
        ("ar-TN", "1.234,5", "82%", "9 جانفي 2026", "23 ماي 2026"),
        ("ar-DZ", "1.234,5", "82%", "9 جانفي 2026", "23 ماي 2026"),
        ("ar-MA", "1.234,5", "82%", "9 يناير 2026", "23 ماي 2026"),
        ("ar-JO", "١٬٢٣٤٫٥", "٨٢٪", "٩ كانون الثاني ٢٠٢٦", "٢٣ أيار ٢٠٢٦"),
        ("ar-LB", "١٬٢٣٤٫٥", "٨٢٪", "٩ كانون الثاني ٢٠٢٦", "٢٣ أيار ٢٠٢٦"),
        ("ar-PS", "١٬٢٣٤٫٥", "٨٢٪", "٩ كانون الثاني ٢٠٢٦", "٢٣ أيار ٢٠٢٦"),
        ("ar-EG", "١٬٢٣٤٫٥", "٨٢٪", "٩ يناير ٢٠٢٦", "٢٣ مايو ٢٠٢٦"),
        ("ar", "1,234.5", "82%", "9 يناير 2026", "23 مايو 2026"),
        ("fr-TN", "1\u202f234,5", "82\u00a0%", "9 janvier 2026", "23 mai 2026"),
        ("fr-MA", "1\u202f234,5", "82\u00a0%", "9 janvier 2026", "23 mai 2026"),
        ("en-GB", "1,234.5", "82%", "9 January 2026", "23 May 2026"),
        ("en-US", "1,234.5", "82%", "January 9, 2026", "May 23, 2026"),
    ],
)
def test_a_region_has_its_digits_and_its_names_of_months(
    locale: str, number: str, share: str, january: str, may: str
) -> None:
    say = words(locale)
    if locale.startswith("fr-M"):
        number = number.replace("\u202f", say.number(1000)[1])
    assert (say.number(1234.5), say.percent(0.823)) == (number, share)
    assert say.date(datetime(2026, 1, 9, tzinfo=UTC)) == january
    assert say.date(datetime(2026, 5, 23, tzinfo=UTC)) == may


def test_the_hour_of_a_moment_is_in_the_regions_digits_too() -> None:
    moment = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    assert words("ar-JO").moment(moment) == "٢٣ تشرين الثاني ٢٠٢٦، ٠٩:٠٥ UTC"
    assert words("ar-TN").moment(moment) == "23 نوفمبر 2026، 09:05 UTC"


@pytest.mark.parametrize(
    ("seconds", "french", "english", "tunis", "amman"),
    [
        (0, "0 seconde", "0 seconds", "0 ثانية", "٠ ثانية"),
        (45, "45 secondes", "45 seconds", "45 ثانية", "٤٥ ثانية"),
        (60, "1 minute", "1 minute", "دقيقة", "دقيقة"),
        (180, "3 minutes", "3 minutes", "3 دقائق", "٣ دقائق"),
        (5400, "1 heure et 30 minutes", "1 hour and 30 minutes", "ساعة و30 دقيقة", "ساعة و٣٠ دقيقة"),
        (345600, "4 jours", "4 days", "4 أيام", "٤ أيام"),
        (90061, "1 jour et 1 heure", "1 day and 1 hour", "يوم وساعة", "يوم وساعة"),
        (86460, "1 jour et 1 minute", "1 day and 1 minute", "يوم ودقيقة", "يوم ودقيقة"),
        (-5, "0 seconde", "0 seconds", "0 ثانية", "٠ ثانية"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(
    seconds: int, french: str, english: str, tunis: str, amman: str
) -> None:
    told = [words(one).duration(seconds).replace("\u00a0", " ") for one in ("fr", "en", "ar-TN", "ar-JO")]
    assert told == [french, english, tunis, amman]


def test_values_and_texts_get_the_regions_digits_and_code_keeps_its_own() -> None:
    amman, tunis = words("ar-JO"), words("ar-TN")
    assert amman.t("question.title", number=12) == "السؤال ١٢"
    assert tunis.t("question.title", number=12) == "السؤال 12"
    assert "١٠٠" in amman.t("picker.grade.score")
    assert "chmod 600" in amman.t("keys.readable_by_others", file="k.pem")
    assert "LTI 1.3" in amman.t("launch.version")


def test_a_value_that_runs_the_other_way_is_isolated() -> None:
    for_arabs, for_french = words("ar").t, words("fr").t
    assert _ISOLATED.format("Lina K.") in for_arabs("attempt.answering_as", name="Lina K.")
    assert _ISOLATED.format("1.2") in for_arabs("attempt.answering_as", name="1.2")
    assert "\u2068" not in for_arabs("attempt.answering_as", name="زهرة")
    assert _ISOLATED.format("زهرة") in for_french("attempt.answering_as", name="زهرة")
    assert "\u2068" not in for_french("attempt.answering_as", name="Zoé")
    assert words("ar").isolated("a") == _ISOLATED.format("a")


@given(st.text(max_size=30))
def test_any_value_stands_whole_in_the_message(value: str) -> None:
    for language in LANGUAGES:
        assert value in words(language).t("attempt.answering_as", name=value)


def test_arabic_is_written_from_right_to_left_and_the_others_are_not() -> None:
    assert {language: words(language).direction for language in LANGUAGES} == {"fr": "ltr", "en": "ltr", "ar": "rtl"}
    assert (direction_of("ar-JO"), direction_of("fr-TN")) == ("rtl", "ltr")
    assert set(NAMES) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("fr", "fr"), ("fr_CA", "fr"), ("fr-fr", "fr"), ("FR", "fr"), (" fr ", "fr"), ("ar-TN", "ar"), ("en_GB", "en"),
     ("", "en"), (None, "en"), ("frisian", "en"), ("C.UTF-8", "en"), ("_", "en"), ("de_TN", "en"),
     ("ar_JO.UTF-8", "ar")],
)  # fmt: skip
def test_the_language_of_a_locale(wanted: str | None, found: str) -> None:
    assert best_language(wanted) == found


@pytest.mark.parametrize(
    ("wanted", "header", "found"),
    [
        ("ar_JO", None, "ar-JO"), ("AR-tn", None, "ar-TN"), ("ar_JO.UTF-8", None, "ar-JO"), ("ar", None, "ar"),
        ("ar-XX", None, "ar"), ("ar-Arab-EG", None, "ar-EG"), ("en_us", None, "en-US"), ("fr-LB", None, "fr-LB"),
        ("en_JO", None, "en-JO"), ("ar-ZZ", None, "ar"), ("en-001", None, "en-001"),
        ("fr@euro", None, "fr"), ("ar", "fr-TN, ar-DZ;q=0.5", "ar-DZ"), ("ar", "fr-TN", "ar"),
        ("ar-TN", "ar-JO", "ar-TN"), (None, "de, ar-EG;q=0.9, fr", "ar-EG"), ("de", "fr-MA", "fr-MA"),
        (None, None, "en"), ("tlh", "tlh", "en"), ("fr", "fr", "fr"), ("ar-" + "x" * 300, None, "ar"),
    ],
)  # fmt: skip
def test_the_locale_comes_from_the_platform_and_what_it_does_not_say_from_the_browser(
    wanted: str | None, header: str | None, found: str
) -> None:
    assert best_locale(wanted, header) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("de, fr;q=0.5", "fr"), ("en-GB,en;q=0.9,fr;q=0.8", "en"), ("de", "en"),
     ("", "en"), (None, "en"), (",,;q=1", "en"), ("*", "en"), ("EN, fr", "en"), ("ar-TN, fr", "ar")],
)  # fmt: skip
def test_the_first_language_of_a_browser_that_we_speak(header: str | None, found: str) -> None:
    assert best_of_header(header) == found


@given(st.text(max_size=200))
def test_whatever_a_browser_sends_leads_to_a_language_that_we_speak(header: str) -> None:
    assert best_of_header(header) in LANGUAGES
    assert best_language(header) in LANGUAGES
    assert words(best_locale(header, header)).t("error.title")


def test_every_region_of_our_languages_is_written_without_a_mistake() -> None:
    regions = [one.replace("_", "-") for one in localedata.locale_identifiers() if one.split("_")[0] in LANGUAGES]
    assert len(regions) > 100
    moment = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    for region in regions:
        say = words(region)
        assert all([say.number(1.5), say.percent(0.5), say.date(moment), say.moment(moment), say.duration(90)]), region


@pytest.mark.parametrize(
    ("locale", "others"),
    [("fr", ("en",)), ("fr-TN", ("en",)), ("en", ("fr",)), ("ar", ("fr", "en")), ("ar-TN", ("fr", "en")),
     ("ar-DZ", ("fr", "en")), ("ar-MA", ("fr", "en")), ("ar-JO", ("en", "fr")), ("ar-EG", ("en", "fr")),
     ("ar-PS", ("en", "fr")), ("ar-LB", ("en", "fr"))],
)  # fmt: skip
def test_what_is_not_written_in_ones_language_is_given_in_the_first_foreign_language_of_the_region(
    locale: str, others: tuple[str, ...]
) -> None:
    assert fallbacks(locale) == words(locale).fallbacks == others


def test_the_nearest_language_is_ones_own_then_the_fallbacks_then_none() -> None:
    assert nearest_language(("fr", "en", "ar"), "ar-JO") == "ar"
    assert nearest_language(("fr", "en"), "ar-JO") == "en"
    assert nearest_language(("fr", "en"), "ar-TN") == "fr"
    assert nearest_language(("en",), "ar-TN") == "en"
    assert nearest_language(("ar",), "fr") is None
    assert nearest_language((), "fr") is None


def test_a_text_in_several_languages_falls_back_to_the_nearest_then_to_any() -> None:
    assert in_language({"fr": "oui", "en": "yes"}, "fr") == "oui"
    assert in_language({"fr": "oui", "en": "yes"}, "ar") == "oui"
    assert in_language({"fr": "oui", "en": "yes"}, "ar-JO") == "yes"
    assert in_language({"fr": "", "en": "yes"}, "fr") == "yes"
    assert in_language({"fr": "oui"}, "en") == "oui"
    assert in_language({"ar": "نعم"}, "fr") == "نعم"
    assert in_language({"fr": ""}, "fr") == ""
