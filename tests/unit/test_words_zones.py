"""The hour where somebody is, by the region of their locale."""

from datetime import UTC, datetime

import pytest

from lti_tool.words import words, zones
from lti_tool.words.zones import local_moment

WINTER = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("fr-TN", "24 novembre 2026, 14:20"),
        ("fr-FR", "24 novembre 2026, 14:20"),
        ("fr-DZ", "24 novembre 2026, 14:20"),
        ("fr-MA", "24 novembre 2026, 14:20"),
        ("en-IL", "24 November 2026, 15:20"),
    ],
)
def test_a_region_with_one_hour_is_told_its_own(locale: str, said: str) -> None:
    assert local_moment(WINTER, locale) == said


def test_summer_time_is_that_of_the_day_told() -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert local_moment(summer, "fr-FR") == "1 juillet 2026, 14:00"
    assert local_moment(summer, "fr-TN") == "1 juillet 2026, 13:00"


@pytest.mark.parametrize("locale", ["en", "fr", "en-US", "fr-CA"])
def test_where_no_hour_is_sure_it_is_told_in_utc_and_says_so(locale: str) -> None:
    assert local_moment(WINTER, locale) == words(locale).moment(WINTER)
    assert local_moment(WINTER, locale).endswith("UTC")


def test_a_machine_without_the_zones_tells_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "zones_of", lambda region: ("Atlantis/Deep",))
    assert local_moment(WINTER, "fr-TN").endswith("UTC")
