"""The hour where somebody is: by the region of their locale, where that region has one hour for all."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from babel.dates import format_datetime

from lti_tool.words.writing import babel_locale, direction_of, in_digits, moment_of


def local_moment(moment: datetime, locale: str) -> str:
    """Day and hour by the clocks of a region (`ar-TN`: the hour of Tunis); in UTC, and named so, where none is sure."""
    there = _hour_in(locale.partition("-")[2], moment)
    if there is None:
        return moment_of(moment, locale)
    rtl = direction_of(locale) == "rtl"
    pattern = "d MMMM y، HH:mm" if rtl else "d MMMM y, HH:mm"
    return in_digits(format_datetime(there, format=pattern, locale=babel_locale(locale)), locale)


def _hour_in(region: str, moment: datetime) -> datetime | None:
    """What the clocks of a region show at a moment; None where they differ, or nothing is known of them."""
    try:
        shown = {moment.astimezone(ZoneInfo(name)).replace(tzinfo=None) for name in zones_of(region)}
    except ZoneInfoNotFoundError:  # a machine without the zones' data
        return None
    return next(iter(shown)) if len(shown) == 1 else None


def zones_of(region: str) -> tuple[str, ...]:
    """The time zones of a region (CLDR); none for one that is not known."""
    return tuple(get_global("territory_zones").get(region, ()))
