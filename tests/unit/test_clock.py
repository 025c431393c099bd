"""The one clock: aware UTC, whole milliseconds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool import clock

_MOMENTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_now_is_aware_utc_in_whole_milliseconds() -> None:
    now = clock.now()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)


@given(_MOMENTS)
def test_what_is_written_is_read_back_to_the_millisecond(moment: datetime) -> None:
    cut = clock.to_milliseconds(moment)
    assert clock.parse(clock.iso(cut)) == cut
    assert timedelta(0) <= moment - cut < timedelta(milliseconds=1)


def test_a_moment_is_written_in_utc_with_milliseconds_and_z() -> None:
    tunis = timezone(timedelta(hours=1))
    assert clock.iso(datetime(2026, 11, 23, 18, 33, 18, 999999, tunis)) == "2026-11-23T17:33:18.999Z"


def test_an_offset_is_understood_and_a_time_without_one_is_refused() -> None:
    assert clock.parse("2026-11-23T18:00:00+01:00") == datetime(2026, 11, 23, 17, tzinfo=UTC)
    for text in ("2026-11-23T18:00:00", "yesterday", ""):
        with pytest.raises(ValueError, match=r"time zone|isoformat"):
            clock.parse(text)
