"""Texts: case, accents, spaces and punctuation are forgiven, and small slips where a challenge allows them.

After the treatments that trainees of Pix know (facts/pix.md, "Answer matching"), widened to every script: letters and
digits of any alphabet are kept, digits are read whatever their script, curly quotes are straight quotes.
"""

import unicodedata
from collections.abc import Iterable

NEAR = 0.25
TREATMENTS = frozenset({"case", "accents", "spaces", "punctuation"})
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "−": "-"})
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ـ": ""})
_DELIMITERS = ("[,]", "[.]", "[:]")


def clean(text: str) -> str:
    """What is kept of a typed text: no control or unpaired signs, no delimiter of xAPI responses, trimmed.

    xAPI 1.0.3 Data §4.1.4.1 has no way to escape its delimiters, so their brackets are dropped: marking forgives it.
    """
    kept = "".join(" " if sign in "\n\r\t\v\f" else sign for sign in text if _is_kept(sign))
    while found := [mark for mark in _DELIMITERS if mark in kept]:
        kept = kept.replace(found[0], found[0][1])
    return unicodedata.normalize("NFC", kept).strip()


def _is_kept(sign: str) -> bool:
    return sign in "\n\r\t\v\f" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn", "Cf"}


def fold(text: str, strict: frozenset[str] = frozenset()) -> str:
    """The text as it is compared; `strict` names the treatments that are left out."""
    text = plain_digits(unicodedata.normalize("NFKC", text)).translate(_QUOTES).translate(_LIGATURES).strip()
    if "accents" not in strict:
        text = "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")
    if "case" not in strict:
        text = text.casefold()
    if "punctuation" not in strict:
        text = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] in "LNM")
    return " ".join(text.split()) if "spaces" in strict else "".join(text.split())


def plain_digits(text: str) -> str:
    """Decimal digits of any script (Arabic-Indic among them) as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def matches(answer: str, solutions: Iterable[str], *, near: bool = False, strict: frozenset[str] = frozenset()) -> bool:
    """Whether the answer is one of the solutions, or near one where that is allowed."""
    given = fold(answer, strict)
    wanted = [fold(solution, strict) for solution in solutions]
    if not given:
        return False
    return given in wanted or (near and any(is_near(given, solution) for solution in wanted))


def is_near(given: str, solution: str) -> bool:
    """Whether a few slips part two folded texts: edit distance at most a quarter of the answer, figures all alike."""
    allowed = int(NEAR * len(given))
    if abs(len(given) - len(solution)) > allowed or _figures(given) != _figures(solution):
        return False
    return edit_distance(given, solution) <= allowed


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def edit_distance(one: str, other: str) -> int:
    """How many signs must be put in, taken out or replaced to make one text the other (Levenshtein 1966)."""
    before = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (sign != against)))
        before = now
    return before[-1]
