"""What can be typed or selected in one input, by its format: read it, accept it, tell it, try it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lti_tool.content.answers import BadAnswer
from lti_tool.content.challenge import Challenge, Field
from lti_tool.content.filling import day_in_words, say
from lti_tool.content.matching.moments import NotADate, NotATime, read_date, read_time
from lti_tool.content.matching.numbers import NotANumber, OtherUnit, is_close, read_number
from lti_tool.content.matching.text import clean, matches

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """read(challenge, field, typed text, language) -> normalised; accepts(field, part of the truth, normalised);
    tells(part, language) -> for a person; wrong(part) -> a typed text that must be refused.
    """

    read: Callable[[Challenge, Field, str, str], str]
    accepts: Callable[[Field, Part, str], bool]
    tells: Callable[[Part, str], str]
    wrong: Callable[[Part], str]


def _read_text(_challenge: Challenge, _field: Field, typed: str, _language: str) -> str:
    return clean(typed)


def solutions(part: Part) -> Iterable[str]:
    """Every accepted text, whatever the language: a trainee may know the word of another one."""
    accept = part["accept"]
    return accept if isinstance(accept, list) else [text for texts in accept.values() for text in texts]


def _tell_text(part: Part, language: str) -> str:
    accept = part["accept"]
    if isinstance(accept, list):
        return str(accept[0])
    return str((accept.get(language) or accept.get("en") or next(iter(accept.values())))[0])


def _accepts_text(field: Field, part: Part, given: str) -> bool:
    return matches(given, solutions(part), near=field.near, strict=field.strict)


def _read_number(challenge: Challenge, field: Field, typed: str, language: str) -> str:
    units = {*field.units, *(texts.units.get(field.name, "") for texts in challenge.texts.values())} - {""}
    try:
        return read_number(clean(typed), units, language)
    except NotANumber:
        raise BadAnswer("answer.not_a_number") from None
    except OtherUnit:
        raise BadAnswer("answer.other_unit", unit=challenge.text(language).units.get(field.name, "")) from None


def _read_date(_challenge: Challenge, _field: Field, typed: str, _language: str) -> str:
    try:
        return read_date(clean(typed))
    except NotADate:
        raise BadAnswer("answer.not_a_date") from None


def _read_time(_challenge: Challenge, _field: Field, typed: str, _language: str) -> str:
    try:
        return read_time(clean(typed))
    except NotATime:
        raise BadAnswer("answer.not_a_time") from None


def _tell_number(part: Part, language: str) -> str:
    return say({"number": part["value"]} if part.get("grouped", True) else str(part["value"]), language)


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def _accepts_time(_field: Field, part: Part, given: str) -> bool:
    try:
        return abs(_minutes(given) - _minutes(part["time"])) <= int(part.get("tolerance", 0))
    except ValueError:  # a text read back from a statement may be anything
        return False


def _wrong_number(part: Part) -> str:
    return str(round(abs(float(part["value"])) + float(part.get("tolerance", 0)) * 2 + 7))


def _wrong_time(part: Part) -> str:
    away = (_minutes(part["time"]) + 97 + int(part.get("tolerance", 0))) % 1440
    return f"{away // 60:02}:{away % 60:02}"


FORMATS: Mapping[str, Format] = {
    "text": Format(_read_text, _accepts_text, _tell_text, lambda _part: "zzzz wrong zzzz"),
    "number": Format(
        _read_number,
        lambda _field, part, given: is_close(given, part["value"], part.get("tolerance", 0)),
        _tell_number,
        _wrong_number,
    ),
    "date": Format(
        _read_date,
        lambda _field, part, given: given == part["date"],
        lambda part, language: day_in_words(date.fromisoformat(part["date"]), language),
        lambda part: (date.fromisoformat(part["date"]) + timedelta(days=40)).isoformat(),
    ),
    "time": Format(
        _read_time,
        _accepts_time,
        lambda part, _language: str(part["time"])[:5],
        _wrong_time,
    ),
}
