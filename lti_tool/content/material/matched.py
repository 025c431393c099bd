"""Linking each thing to what suits it: pairs are listed by the author, the seed draws which are asked.

Parameters: `pairs`, each `thing` and `answer` (texts plain or by language; several pairs may have the same answer);
`things`: how many are asked; `extra`: how many answers are offered besides those that are right for a thing asked
(default 0; they come from the pairs not asked and from `answers`, further wrong ones); `common`: values for the texts.
The inputs of the challenge are called `one`, `two`, ... and their labels say `{one}`, `{two}`, ...
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque

NUMBERS = ("one", "two", "three", "four", "five", "six")


@generator("matched", takes=("pairs", "things", "extra", "answers", "common"))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Things to link, with as many different answers among them as can be; every list offers the same answers."""
    pairs = _varied(choice, parameters["pairs"], parameters["things"])
    answers = _distinct([pair["answer"] for pair in pairs])
    others = _distinct([*parameters.get("answers", ()), *(pair["answer"] for pair in parameters["pairs"])])
    others = [one for one in others if one not in answers]
    answers += choice.some(others, min(len(others), parameters.get("extra", 0)))
    offered = choice.shuffled(answers)
    right = [offered.index(pair["answer"]) for pair in pairs]
    values, options, fields = linked(choice, [pair["thing"] for pair in pairs], offered, right)
    return Drawn({"values": {**parameters.get("common", {}), **values}, "options": options}, {"fields": fields})


def linked(
    choice: Draw, things: Sequence[Any], offered: Sequence[Any], right: Sequence[int]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Values, options and truth of inputs `one`, `two`, ...: each thing gets the offered answers, in their order.

    `right` holds, for each thing, the place of its answer among those offered.
    """
    values, options, fields = {}, {}, {}
    for place, (thing, answer) in enumerate(zip(things, right, strict=True)):
        shown, ids = opaque(choice, offered, 1 + place * len(offered))
        shown.sort(key=lambda option: offered.index(option["text"]))
        values[NUMBERS[place]], options[NUMBERS[place]] = thing, shown
        fields[NUMBERS[place]] = {"option": ids[answer]}
    return values, options, fields


def _varied(choice: Draw, pairs: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """That many pairs: one of each answer first, then others, in drawn order."""
    order = choice.shuffled(pairs)
    firsts = [
        pair for place, pair in enumerate(order) if pair["answer"] not in [one["answer"] for one in order[:place]]
    ]
    rest = [pair for pair in order if pair not in firsts]
    return choice.shuffled([*firsts, *rest][:count])


def _distinct(answers: list[Any]) -> list[Any]:
    return [one for place, one in enumerate(answers) if one not in answers[:place]]
