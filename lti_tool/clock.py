"""The one clock: aware UTC with whole milliseconds, as xAPI and AGS write it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, cut to milliseconds so that what is stored and what is sent are equal."""
    return to_milliseconds(datetime.now(UTC))


def to_milliseconds(moment: datetime) -> datetime:
    """The same moment in UTC without its microseconds."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def iso(moment: datetime) -> str:
    """`2026-11-23T17:33:18.000Z`: UTC, milliseconds, Z (xAPI 1.0.3 Data §4.5, AGS 2.0 §3.4.8)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """An ISO 8601 text with an offset, as an aware UTC moment; ValueError when it names no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = f"the time {text!r} names no time zone"
        raise ValueError(msg)
    return moment.astimezone(UTC)
