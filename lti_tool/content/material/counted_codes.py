"""How many codes a rule allows, and how long it takes to try them: small computations on passwords."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import number_in_words
from lti_tool.content.generators import generator

_SIGNS = (
    (10, {"en": "the 10 digits", "fr": "les 10 chiffres"}),
    (
        16,
        {
            "en": "16 characters (digits and the letters A to F)",
            "fr": "16 caractères (les chiffres et les lettres A à F)",
        },
    ),
    (20, {"en": "20 consonants", "fr": "20 consonnes"}),
    (26, {"en": "the 26 lower-case letters", "fr": "les 26 lettres minuscules"}),
    (
        36,
        {"en": "36 characters (digits and lower-case letters)", "fr": "36 caractères (chiffres et lettres minuscules)"},
    ),
)


@generator("code_ratio")
def draw_ratio(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """The same signs, one or two signs longer (three with digits): how many times more codes."""
    count, signs = choice.one(_SIGNS)
    short = choice.between(4, 7)
    more = choice.between(2, 3) if count == 10 else choice.between(1, 2)
    values = {"signs": signs, "count": count, "short": short, "long": short + more, "more": more}
    ratio = count**more
    written = " × ".join([str(count)] * more)
    worked = {lang: f"{written} = {number_in_words(ratio, lang)}" if more > 1 else written for lang in ("en", "fr")}
    return Drawn({"values": values}, {"value": ratio, "tolerance": 0,
                                      "values": {"worked": worked}})  # fmt: skip


@generator("code_time")
def draw_time(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """All codes of so many digits at so many tries a minute: the minutes or hours that the last try takes."""
    digits = choice.between(3, 5)
    tries = choice.one({3: (4, 5, 8, 10, 20), 4: (5, 8, 10, 20, 25), 5: (50, 100, 125, 200, 250)}[digits])
    codes = 10**digits
    values = {"digits": digits, "tries": tries, "codes": {"number": codes}}
    return Drawn({"values": values}, {"value": codes // tries, "tolerance": 0,
                                      "values": {"minutes": {"number": codes // tries}}})  # fmt: skip
