"""Numbers as people write them: decimal comma or point, spaces between thousands, digits of any script, a unit."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from lti_tool.content.matching.text import fold, plain_digits

LONGEST = 40
_SHAPE = re.compile(r"([+-]?)\s*([0-9][0-9.,'\s]*|[.,][0-9]+)\s*(.*)", re.DOTALL)
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_SIGNS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": "'", "’": "'", "،": ","})


class NotANumber(ValueError):
    """What was typed cannot be read as one number."""


class OtherUnit(ValueError):
    """A number followed by a unit that was not asked for."""


def read_number(text: str, units: Iterable[str], language: str) -> str:
    """The number that was typed, in plain writing (`-1234.5`); NotANumber or OtherUnit where it cannot be taken.

    Where no units are listed any single word may follow the number.
    """
    found = _SHAPE.fullmatch(plain_digits(text).translate(_SIGNS).strip())
    if not found or len(found[2]) > LONGEST:
        raise NotANumber(text[:LONGEST])
    _check_unit(found[3].strip(), tuple(units))
    value = Decimal(found[1] + _without_grouping(re.sub(r"[\s']", "", found[2]), language))
    return plain(value)


def plain(value: Decimal) -> str:
    """A number without exponent or grouping, its decimals as they were typed; minus zero is zero."""
    return format(value, "f") if value else "0"


def _check_unit(unit: str, units: tuple[str, ...]) -> None:
    if not unit:
        return
    if units and _unit(unit) not in {_unit(known) for known in units}:
        raise OtherUnit(unit[:LONGEST])
    if not units and (len(unit.split()) > 1 or any(sign.isdecimal() for sign in unit)):
        raise NotANumber(unit[:LONGEST])


def _unit(text: str) -> str:
    return fold(text.strip(" ."), frozenset({"punctuation"}))


def _without_grouping(digits: str, language: str) -> str:
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        decimal = max(",.", key=digits.rfind)
        grouping = "," if decimal == "." else "."
        digits = digits.replace(grouping, "")
        return _one_point(digits.replace(decimal, "."))
    if commas == 1 and language == "en" and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
        return digits.replace(",", "")
    if commas + points == 1:
        return _one_point(digits.replace(",", "."))
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})*", digits) or not commas + points:
        return digits.replace(",", "").replace(".", "")
    raise NotANumber(digits)


def _one_point(digits: str) -> str:
    if digits.count(".") != 1:
        raise NotANumber(digits)
    return digits.strip(".") if digits.endswith(".") else digits


def is_close(given: str, wanted: float | str, tolerance: float | str) -> bool:
    """Whether a plain number lies within the tolerance, both ends included, in decimals; no number is never close.

    `26.401` may also be 26,401 copied from a page that groups thousands another way: either reading may be right.
    """
    try:
        readings = [Decimal(given)] + ([Decimal(given) * 1000] if _GROUPED.fullmatch(given) else [])
        return any(abs(reading - Decimal(str(wanted))) <= Decimal(str(tolerance)) for reading in readings)
    except InvalidOperation:
        return False
