"""Signs that are really there and signs that are not, in an exchange of messages or on the pages of a panel.

An author lists signs, each a claim with the values that make it true (`present`) and those that make it false
(`absent`); the pages use these values. The draw decides which are present; the trainee ticks the claims that hold.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.inspection import joined
from lti_tool.content.material.wording import drawn_values, written, written_all


@generator("signs", takes=("cases", "values", "numbers", "signs", "take", "place", "shown"))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """`take` says how many claims are proposed and how few or many hold; signs that are not proposed are absent."""
    values = drawn_values(choice, parameters)
    low, high = parameters["take"]["right"]
    count = choice.between(low, high)
    chosen = choice.some(parameters["signs"], parameters["take"]["total"])
    present, absent = chosen[:count], chosen[count:]
    known = dict(values)
    for sign in parameters["signs"]:
        for name, text in sign["present" if sign in present else "absent"].items():
            values[name] = written_all(text, known)
    shown, ids = proposals(choice, [written(one["claim"], values) for one in present],
                           [written(one["claim"], values) for one in absent])  # fmt: skip
    found = [written(sign["because"], values) for sign in present]
    facts = {"values": values, "proposals": shown, "place": written_all(parameters["place"], values),
             "shown": parameters.get("shown", [])}  # fmt: skip
    return Drawn(facts, {"right": ids, "values": {"because": written(*joined(found))}})
