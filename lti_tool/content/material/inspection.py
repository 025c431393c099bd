"""Things to look at one by one, some sound and some faulty: applications, settings, messages, posters.

What an author lists for each thing is how it looks when it is sound and when it is faulty (either may be missing: it
is then never drawn in that state). The draw picks things and states; the trainee ticks the faulty ones, or the sound
ones where `pick` says so.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.wording import Values, drawn_values, written, written_all

_TAKES = ("cases", "values", "numbers", "place", "things", "take", "pick", "sections", "shown")
Picked = tuple[Mapping[str, Any], Any]


@generator("inspection", takes=_TAKES)
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Things with facts on the pages of a panel: a page for each thing, or the pages that `sections` names."""
    values = drawn_values(choice, parameters)
    right, wrong = _picked(choice, parameters)
    shuffled = choice.shuffled([*right, *wrong])
    things = [(thing, written_all(state, values)) for thing, state in shuffled]
    spec = written_all(parameters["place"], values)
    in_sections = "sections" in parameters
    pages = _section_pages(parameters, spec, things, values) if in_sections else _thing_pages(spec, things, values)
    place = {"name": "panel", "start": "", "brand": spec["brand"], "skin": spec.get("skin", "computer"), "pages": pages}
    names = [[written(thing["thing"], values) for thing, _ in group] for group in (right, wrong)]
    return _drawn(choice, parameters, values, place, names, right)


@generator("mail_inspection", takes=_TAKES)
def draw_mail(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Messages of a mailbox: a state of a thing is a message, or a list of messages of which one is drawn."""
    values = drawn_values(choice, parameters)
    right, wrong = _picked(choice, parameters)
    day = datetime(choice.between(2023, 2026), choice.between(1, 12), choice.between(2, 11), tzinfo=UTC)
    moment = day + timedelta(minutes=choice.between(900, 1100))
    messages = []
    for _, state in choice.shuffled([*right, *wrong]):
        messages.append({**written_all(state, values), "at": f"{moment:%Y-%m-%dT%H:%M}"})
        moment -= timedelta(minutes=choice.between(9, 70))
    place = {"name": "mailbox", "start": "", **written_all(parameters["place"], values), "messages": messages}
    names = [[_name_of(written_all(state, values)) for _, state in group] for group in (right, wrong)]
    return _drawn(choice, parameters, values, place, names, right)


def _picked(choice: Draw, parameters: Mapping[str, Any]) -> tuple[list[Picked], list[Picked]]:
    """The things in the state to be ticked, then the others in the other state, each with one of its looks."""
    state, other = ("sound", "faulty") if parameters.get("pick") == "sound" else ("faulty", "sound")
    low, high = parameters["take"]["right"]
    count = choice.between(low, high)
    right = choice.some([thing for thing in parameters["things"] if state in thing], count)
    rest = [thing for thing in parameters["things"] if other in thing and thing not in right]
    wrong = choice.some(rest, parameters["take"]["total"] - count)
    return [(one, choice.one(one[state])) for one in right], [(one, choice.one(one[other])) for one in wrong]


def _thing_pages(spec: Mapping[str, Any], things: Sequence[Picked], values: Values) -> list[dict[str, Any]]:
    links = [{"path": f"{number}", "text": written(thing.get("title", thing["thing"]), values)}
             for number, (thing, _) in enumerate(things, start=1)]  # fmt: skip
    first = {
        "path": "",
        "title": spec["title"],
        "blocks": [*spec.get("blocks", []), {"block": "links", "items": links}],
    }
    return [first, *({"path": link["path"], "title": link["text"], "blocks": _blocks(state)}
                     for link, (_, state) in zip(links, things, strict=True))]  # fmt: skip


def _blocks(state: Any) -> list[Any]:
    """A look is a list of blocks, or of [name, value] rows."""
    return list(state) if isinstance(state[0], Mapping) else [{"block": "facts", "rows": state}]


def _section_pages(
    parameters: Mapping[str, Any], spec: Mapping[str, Any], things: Sequence[Picked], values: Values
) -> list[dict[str, Any]]:
    pages = [{"path": "", "title": spec["title"], "menu": True, "blocks": list(spec.get("blocks", []))}]
    for section in parameters["sections"]:
        blocks: list[Any] = [written_all(block, values) for block in section.get("blocks", [])]
        for thing, state in things:
            if thing["section"] == section["name"]:
                title = written(thing.get("title", thing["thing"]), values)
                blocks += [{"block": "heading", "text": title}, *_blocks(state)]
        if blocks:
            pages.append({"path": section["name"], "title": written(section["title"], values), "menu": True,
                          "blocks": blocks})  # fmt: skip
    return pages


def _name_of(message: Mapping[str, Any]) -> Any:
    if not message.get("subject"):
        return message["from"]
    return written("{sender} – {subject}", {"sender": message["from"], "subject": message["subject"]})


def _drawn(
    choice: Draw, parameters: Mapping[str, Any], values: dict[str, Any], place: dict[str, Any],
    names: list[list[Any]], right: Sequence[Picked],
) -> Drawn:  # fmt: skip
    shown, ids = proposals(choice, names[0], names[1])
    found = [written(thing["because"], values) for thing, _ in right if "because" in thing]
    facts = {"values": values, "proposals": shown, "place": place, "shown": parameters.get("shown", [])}
    return Drawn(facts, {"right": ids, "values": {"because": written(*joined(found))}})


def joined(texts: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Sentences one after the other, as a text and its values."""
    values = {f"text_{place}": text for place, text in enumerate(texts)}
    return " ".join(f"{{{name}}}" for name in values), values
