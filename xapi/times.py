"""Moments and durations as xAPI writes them (Data §4.5 and §4.6): UTC with milliseconds and Z, `PT83.25S`."""

import re
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?=[\dT])(?:(?P<weeks>\d+(?:\.\d+)?)W|(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?)",
    re.ASCII,
)
_MILLISECOND = timedelta(milliseconds=1)


def moment_text(moment: datetime) -> str:
    """`2026-11-23T17:33:18.250Z`, cut (not rounded) to milliseconds; ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The aware UTC moment of an ISO 8601 text with any offset, cut to milliseconds: an LRS may rewrite the text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    try:
        return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
    except OverflowError as error:
        raise ValueError(f"{text} is beyond the calendar") from error


def duration_text(duration: timedelta) -> str:
    """`PT83.25S`, cut to milliseconds; ValueError when it is negative."""
    if duration < timedelta(0):
        raise ValueError("a duration is never negative")
    seconds, thousandths = divmod(duration // _MILLISECOND, 1000)
    fraction = f".{thousandths:03d}".rstrip("0") if thousandths else ""
    return f"PT{seconds}{fraction}S"


def duration_of(text: str) -> timedelta:
    """The duration of an ISO 8601 text in weeks, days, hours, minutes and seconds; years and months have no length."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not an ISO 8601 duration of weeks, days, hours, minutes and seconds")
    spans = {unit: float(amount) for unit, amount in found.groupdict(default="0").items()}
    try:
        return timedelta(milliseconds=round(timedelta(**spans) / _MILLISECOND))
    except OverflowError as error:
        raise ValueError("the duration is too long to count") from error
