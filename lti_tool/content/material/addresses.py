"""Reading web addresses: which belong to an organisation, which are encrypted, where a link really leads."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque, proposals
from lti_tool.content.material.web_names import TRICKS, genuine, organisation
from lti_tool.content.material.wording import written_all

_EASY = ("in_front", "hyphen", "in_path")
_STATES = (
    {"en": "the official site, encrypted", "fr": "le site officiel, connexion chiffrée"},
    {"en": "the official site, not encrypted", "fr": "le site officiel, connexion non chiffrée"},
    {"en": "another site", "fr": "un autre site"},
)
_BAR = ({"en": "Bar 1", "fr": "Barre 1"}, {"en": "Bar 2", "fr": "Barre 2"}, {"en": "Bar 3", "fr": "Barre 3"})


def _plain(address: str) -> str:
    return address.replace("https://", "http://", 1)


@generator("address_bars")
def draw_bars(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Three address bars: official and encrypted, official and not, another site; two at least differ."""
    chosen = organisation(choice)
    states = choice.shuffled([2, choice.below(2), choice.below(3)])
    shown: list[dict[str, Any]] = []
    options: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for place, state in enumerate(states):
        address = (
            TRICKS[choice.one(_EASY)](choice, chosen["base"])[0] if state == 2 else genuine(choice, chosen["base"])[0]
        )
        shown += [{"kind": "paragraph", "text": _BAR[place]},
                  {"kind": "address", "text": _plain(address) if state == 1 else address}]  # fmt: skip
        options[f"bar{place + 1}"], ids = opaque(choice, _STATES, 1 + 3 * place)
        fields[f"bar{place + 1}"] = {"option": ids[state]}
    values = {"name": chosen["name"], "domain": chosen["domain"]}
    return Drawn({"values": values, "shown": shown, "options": options}, {"fields": fields})


@generator("safe_address")
def draw_safe(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Four addresses of which one is official and encrypted, one official and not encrypted, two of other sites."""
    chosen = organisation(choice)
    right = genuine(choice, chosen["base"])[0]
    wrong = [_plain(genuine(choice, chosen["base"])[0])]
    wrong += [TRICKS[name](choice, chosen["base"])[0] for name in choice.some(_EASY, 2)]
    shown, ids = proposals(choice, [right], wrong)
    values = {"name": chosen["name"], "domain": chosen["domain"]}
    return Drawn({"values": values, "proposals": shown}, {"right": ids, "values": {"unsafe": wrong[0]}})


@generator("look_alikes", takes=("ask",))
def draw_look_alikes(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Addresses of an organisation among others that only look so; `ask` is `which` (7 of them) or `count` (12)."""
    chosen = organisation(choice)
    total = 7 if parameters["ask"] == "which" else 12
    count = choice.between(2, 4) if total == 7 else choice.between(3, 6)
    right: list[str] = []
    while len(right) < count:
        address = genuine(choice, chosen["base"])[0]
        right += [address] if address not in right else []
    names = [*choice.shuffled(list(TRICKS)), *choice.shuffled(list(TRICKS))]
    wrong: list[str] = []
    for name in names:
        address, _ = TRICKS[name](choice, chosen["base"])
        if len(wrong) < total - count and address not in wrong:
            wrong.append(address)
    values = {"name": chosen["name"], "domain": chosen["domain"]}
    found = {"genuine": {"list": sorted(right)}, "count": count}
    if parameters["ask"] == "which":
        shown, ids = proposals(choice, right, wrong)
        return Drawn({"values": values, "proposals": shown}, {"right": ids, "values": found})
    listing = {"kind": "listing", "items": choice.shuffled([*right, *wrong])}
    return Drawn({"values": values, "shown": [listing]}, {"value": count, "tolerance": 0, "values": found})


@generator("link_target", takes=("skin", "owner", "stories"))
def draw_link(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A message whose link is written as an address of the organisation; it leads there one time in five.

    `stories` lists messages (from, subject, text) with `{name}`, `{domain}`; `skin` is mail or phone.
    """
    chosen = organisation(choice)
    base = chosen["base"]
    honest = choice.chance(1, 5)
    address, domain = genuine(choice, base) if honest else TRICKS[choice.one(_EASY)](choice, base)
    values = {"name": chosen["name"], "domain": chosen["domain"]}
    story = written_all(choice.one(parameters["stories"]), values)
    day = f"202{choice.between(3, 6)}-{choice.between(10, 12)}-{choice.between(13, 28)}"
    at = f"{day}T{choice.between(10, 19)}:{choice.between(10, 59)}"
    sender = (
        f"info@{domain}"
        if parameters["skin"] == "mail"
        else f"+000 5{choice.between(10, 99)} {choice.between(100, 999)}"
    )
    message = {**story, "address": sender, "at": at,
               "links": [{"text": f"https://{chosen['domain']}/{choice.code(4)}", "target": address}]}  # fmt: skip
    place = {"name": "mailbox", "start": "1", "skin": parameters["skin"],
             "owner": parameters["owner"], "messages": [message]}  # fmt: skip
    accept = [domain, f"www.{domain}", f"https://{domain}", f"https://{domain}/", f"http://{domain}"]
    told = {"address": address, "opens": domain}
    return Drawn({"values": values, "place": place}, {"accept": accept, "values": told})
