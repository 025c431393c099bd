"""A list of towns written in an older Arabic or Greek encoding: gibberish until it is read in the right one.

What is asked is a number, so that no one needs another keyboard; which line it stands in can only be told by the name
of the town, printed in the challenge. Several towns have names of one length, so that counting signs is no help.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import said

TOWNS = {
    "arabic": ("تونس", "عمان", "طنجة", "وجدة", "سوسة", "حلب", "حمص", "صيدا", "دمياط", "نابلس", "الجزائر", "الرباط"),
    "greek": (
        "Αθήνα",
        "Πάτρα",
        "Βόλος",
        "Χανιά",
        "Ρόδος",
        "Σάμος",
        "Νάξος",
        "Πάρος",
        "Κέρκυρα",
        "Λάρισα",
        "Καβάλα",
        "Ξάνθη",
    ),
}
WRITTEN = {"arabic": ("cp1256", "cp720"), "greek": ("cp1253", "cp737")}
NAMES = {
    "cp1256": said("Arabic (Windows-1256)", "Arabe (Windows-1256)"),
    "cp720": said("Arabic (DOS 720)", "Arabe (DOS 720)"),
    "cp1253": said("Greek (Windows-1253)", "Grec (Windows-1253)"),
    "cp737": said("Greek (DOS 737)", "Grec (DOS 737)"),
}


@generator("encoded_list", takes=("script",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Ten lines, town and quantity, in a drawn encoding of the script; the quantity of one town is asked."""
    script = parameters["script"]
    written = choice.one(WRITTEN[script])
    towns = choice.some(TOWNS[script], 10)
    amounts = choice.some(range(112, 980), 10)
    # The wanted name has as many letters as another one of the list.
    lengths = [len(town) for town in towns]
    wanted = choice.one([place for place, town in enumerate(towns) if lengths.count(len(town)) > 1])
    lines = [f"{town} : {amount}" for town, amount in zip(towns, amounts, strict=True)]
    facts = {
        "values": {"town": towns[wanted]},
        "place": {
            "name": "reader",
            "start": "",
            "file": said("deliveries.txt", "livraisons.txt"),
            "lines": lines,
            "written": written,
        },
    }
    truth = {
        "value": amounts[wanted],
        "tolerance": 0,
        "values": {"encoding": NAMES[written], "amount": amounts[wanted]},
    }
    return Drawn(facts, truth)
