"""What an author lists is drawn here: proposals to choose from, accepted answers, values, gaps, in variants.

These two generators serve every challenge that names none. Their parameters are written by the loader from the topic
file; a variant's own keys replace the common ones.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque, proposals


def _variant(choice: Draw, parameters: Mapping[str, Any]) -> dict[str, Any]:
    variants = parameters.get("variants") or [{}]
    variant = dict(choice.one(variants))
    values = {**parameters.get("values", {}), **variant.pop("values", {})}
    answers = {**parameters.get("answers", {}), **variant.pop("answers", {})}
    return {**parameters, **variant, "values": values, "answers": answers}


def _common(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"values": given["values"], "shown": given.get("shown", [])}


@generator("proposals", takes=("proposals", "take", "values", "shown", "variants"))
def draw_proposals(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Draw right and wrong proposals from the lists: `take` says how many in all and how few or many right ones."""
    given = _variant(choice, parameters)
    right, wrong = given["proposals"]["right"], given["proposals"]["wrong"]
    take = given["take"]
    count = choice.between(take["right"][0], take["right"][1])
    shown, ids = proposals(choice, choice.some(right, count), choice.some(wrong, take["total"] - count))
    return Drawn({**_common(given), "proposals": shown}, {"right": ids})


@generator("fixed", takes=("answers", "values", "shown", "variants"))
def draw_fixed(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Draw a variant: the truth of each input is as listed, lists to select from are shuffled."""
    given = _variant(choice, parameters)
    options: dict[str, list[dict[str, Any]]] = {}
    fields: dict[str, Any] = {}
    first = 1
    for name, answer in given["answers"].items():
        if "right" in answer:
            options[name], ids = opaque(choice, [answer["right"], *answer["wrong"]], first)
            fields[name] = {"option": ids[0]}
            first += len(ids)
        else:
            fields[name] = dict(answer)
    return Drawn({**_common(given), "options": options}, {"fields": fields})
