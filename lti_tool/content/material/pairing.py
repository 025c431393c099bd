"""Cases to be matched with one of a few answers, the same answers for every case."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.wording import drawn_values, written

INPUTS = ("a", "b", "c", "d", "e")


@generator("pairing", takes=("cases", "values", "numbers", "answers", "situations", "take", "shown"))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Draw `take` situations for the inputs a, b, c...; each names its answer by place (from 0) in `answers`.

    Situations of different answers come first, so that one answer does not serve for all. Labels of the inputs use
    `{case_a}`, `{case_b}`...; `why` uses `{because_a}`...
    """
    values = drawn_values(choice, parameters)
    count = parameters["take"]
    situations = choice.shuffled(parameters["situations"])
    firsts = [one for place, one in enumerate(situations)
              if one["answer"] not in {earlier["answer"] for earlier in situations[:place]}]  # fmt: skip
    others = [one for one in situations if one not in firsts]
    chosen = choice.shuffled([*firsts, *others][:count])
    options: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    reasons: dict[str, Any] = {}
    for place, (name, situation) in enumerate(zip(INPUTS, chosen, strict=False)):
        answers = [written(answer, values) for answer in parameters["answers"]]
        options[name], ids = opaque(choice, answers, 1 + place * len(answers))
        fields[name] = {"option": ids[situation["answer"]]}
        values[f"case_{name}"] = written(situation["case"], values)
        reasons[f"because_{name}"] = written(situation["because"], values)
    facts = {"values": values, "options": options, "shown": parameters.get("shown", [])}
    return Drawn(facts, {"fields": fields, "values": reasons})
