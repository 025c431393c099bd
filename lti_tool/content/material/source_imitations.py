"""Addresses that belong to a service and addresses that imitate it, the official domain being known.

An address belongs to the domain when its host name is the domain or ends in a point and the domain: that rule alone
decides. Every imitation breaks it in a way of its own.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.web_words import table

_WORDS = table("source_imitations")
SERVICES = _WORDS["services"]
REGIONS = ("nord", "littoral", "oasis", "vallee", "cotes", "plaine")
PATHS = ("compte", "connexion", "formulaire", "aide", "dossier/suivi", "rendez-vous")
SUBDOMAINS = ("portail", "mon-compte", "aide", "services", "documents")
OTHERS = ("verif-compte", "espace-client", "acces-rapide", "mes-droits", "securite-web")
PRETEXTS = _WORDS["pretexts"]


def belongs(address: str, domain: str) -> bool:
    """Whether an https address belongs to the domain."""
    host = address.removeprefix("https://").partition("/")[0]
    return host == domain or host.endswith(f".{domain}")


def genuine(choice: Draw, domain: str) -> list[str]:
    """Addresses of the domain: with a path, with a subdomain, with an imitator's word in harmless places."""
    sub, path = choice.some(SUBDOMAINS, 3), choice.some(PATHS, 4)
    return [f"https://{domain}/{path[0]}", f"https://{sub[0]}.{domain}/{path[1]}", f"https://www.{domain}/{path[2]}",
            f"https://{sub[1]}.{domain}/{choice.one(OTHERS)}/{path[3]}", f"https://{sub[2]}.{domain}"]  # fmt: skip


def imitations(choice: Draw, domain: str) -> list[str]:
    """Addresses outside the domain: each looks like it in one way."""
    name, other = domain.removesuffix(".example"), choice.some(OTHERS, 3)
    path = choice.some(PATHS, 6)
    spot = choice.between(1, len(name) - 3)
    while name[spot] == name[spot + 1] or "-" in name[spot : spot + 2]:
        spot = spot + 1 if spot < len(name) - 3 else 1
    swapped = name[:spot] + name[spot + 1] + name[spot] + name[spot + 2 :]
    return [
        f"https://{domain}.{other[0]}.example/{path[0]}",
        f"https://{other[1]}.example/{domain}/{path[1]}",
        f"https://{name}-{choice.one(SUBDOMAINS)}.example/{path[2]}",
        f"https://{swapped}.example/{path[3]}",
        f"https://{name}.test/{path[4]}",
        f"https://{choice.one(SUBDOMAINS)}-{domain}/{path[5]}",
        f"https://{name.replace('-', '')}.example",
    ]


def _service(choice: Draw) -> tuple[str, Mapping[str, str]]:
    word, service = choice.one(SERVICES)
    return f"{word}-{choice.one(REGIONS)}.example", service


@generator("source_imitations")
def draw_addresses(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Eight addresses, two to four of them of the domain."""
    domain, service = _service(choice)
    count = choice.between(2, 4)
    right = choice.some(genuine(choice, domain), count)
    shown, ids = proposals(choice, right, choice.some(imitations(choice, domain), 8 - count))
    return Drawn({"values": {"domain": domain, "service": service}, "proposals": shown}, {"right": ids})


@generator("source_links")
def draw_links(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Six links: what is read names the domain or not, whichever address it opens."""
    domain, service = _service(choice)
    count = choice.between(2, 3)
    right = choice.some(genuine(choice, domain), count)
    wrong = choice.some(imitations(choice, domain), 6 - count)
    pretexts = choice.shuffled(PRETEXTS)
    names = [f" ({domain})" if choice.chance(1, 2) else "" for _ in pretexts]
    texts = [{lang: f"{pretexts[place][lang]}{names[place]} → {address}" for lang in ("fr", "en")}
             for place, address in enumerate([*right, *wrong])]  # fmt: skip
    shown, ids = proposals(choice, texts[:count], texts[count:])
    return Drawn({"values": {"domain": domain, "service": service}, "proposals": shown}, {"right": ids})
