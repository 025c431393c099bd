from datetime import UTC, datetime, timedelta

import pytest

from xapi import json_text, times


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT0S", 0),
        ("PT83.25S", 83.25),
        ("PT01M23.250S", 83.25),
        ("P1DT2H3M4.5S", 93784.5),
        ("P2W", 1209600),
        ("PT0.5H", 1800),
        ("PT100000S", 100000),
    ],
)
def test_a_duration_is_read_however_it_is_written(text, seconds):
    assert times.duration_of(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1Y", "P2M", "PT-5S", "5 s", "P1DT", "PT1S2M", "P1W2D", f"P{'9' * 20}W"]
)
def test_a_duration_without_a_certain_length_is_refused(text):
    with pytest.raises(ValueError, match=r"duration"):
        times.duration_of(text)


@pytest.mark.parametrize(
    ("milliseconds", "text"), [(0, "PT0S"), (1, "PT0.001S"), (83250, "PT83.25S"), (7_200_000, "PT7200S")]
)
def test_a_duration_is_written_in_seconds(milliseconds, text):
    assert times.duration_text(timedelta(milliseconds=milliseconds, microseconds=999)) == text


def test_a_negative_duration_and_a_naive_moment_are_refused():
    with pytest.raises(ValueError, match="negative"):
        times.duration_text(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="zone"):
        times.moment_text(datetime(2026, 1, 1))  # noqa: DTZ001  # naive on purpose
    with pytest.raises(ValueError, match="zone"):
        times.moment_of("2026-01-01T00:00:00")


def test_a_moment_is_cut_to_milliseconds():
    assert times.moment_text(datetime(2026, 1, 1, microsecond=999_999, tzinfo=UTC)) == "2026-01-01T00:00:00.999Z"
    assert times.moment_of("2026-01-01T01:00:00.9999999+01:00") == datetime(2026, 1, 1, microsecond=999_000, tzinfo=UTC)


@pytest.mark.parametrize("text", ["[NaN]", "{", "[" * 200_000, b"\xff\xfe\xff", "-Infinity"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # the parser's own words differ
        json_text.parse(text)


def test_a_value_that_json_has_not_is_never_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text.write({"x": float("nan")})
    assert json_text.write({"é": 1.0}) == '{"é":1.0}'
