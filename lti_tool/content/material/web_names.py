"""Invented organisations with their sites, and addresses that belong to them or only look so."""

from collections.abc import Callable, Mapping
from typing import Any

from lti_tool.content.chance import Draw

ORGANISATIONS = (
    ({"en": "Jasmine Hotel", "fr": "l’hôtel Jasmin"}, "hotel-jasmin"),
    ({"en": "Olive Bank", "fr": "la Banque de l’Olivier"}, "banque-olivier"),
    ({"en": "Corniche Clinic", "fr": "la clinique de la Corniche"}, "clinique-corniche"),
    ({"en": "Cedar Parcels", "fr": "Colis Cèdre"}, "colis-cedre"),
    ({"en": "Palm Tree School", "fr": "l’école du Palmier"}, "ecole-palmier"),
    ({"en": "Medina Cooperative", "fr": "la coopérative de la Médina"}, "cooperative-medina"),
    ({"en": "Harbour Garage", "fr": "le Garage du Port"}, "garage-du-port"),
    ({"en": "Atlas Insurance", "fr": "l’Assurance Atlas"}, "assurance-atlas"),
)
_STRANGERS = ("verif-espace", "acces-rapide", "portail-info", "mon-dossier-web", "service-centre", "suivi-express")
_ADDED = ("client", "compte", "login", "secure", "support", "paiement")
_SECTIONS = ("mail", "client", "shop", "paye", "intranet", "docs")
_PATHS = ("login", "account", "invoice/2025", "help", "form", "news/spring")
_LOOKS = (("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "ee"), ("a", "aa"), ("c", "cc"))
_ACCENTS = (("e", "é"), ("o", "ö"), ("a", "à"), ("i", "ï"))


def organisation(choice: Draw) -> dict[str, Any]:
    """A name by language, the first part of its domain, and the domain."""
    name, base = choice.one(ORGANISATIONS)
    return {"name": name, "base": base, "domain": f"{base}.example"}


def stranger(choice: Draw) -> str:
    """A domain that belongs to nobody known."""
    return f"{choice.one(_STRANGERS)}.example"


def genuine(choice: Draw, base: str) -> tuple[str, str]:
    """An address of the organisation with its domain: its site, www, or a part of it."""
    front = choice.one(("", "www.", f"{choice.one(_SECTIONS)}.", f"{choice.one(_SECTIONS)}."))
    return f"https://{front}{base}.example/{choice.one(_PATHS)}", f"{base}.example"


def _in_front(choice: Draw, base: str) -> tuple[str, str]:
    other = stranger(choice)
    return f"https://{base}.example.{other}/{choice.one(_PATHS)}", other


def _hyphen(choice: Draw, base: str) -> tuple[str, str]:
    domain = f"{base}-{choice.one(_ADDED)}.example"
    return f"https://{domain}/{choice.one(_PATHS)}", domain


def _in_path(choice: Draw, base: str) -> tuple[str, str]:
    other = stranger(choice)
    return f"https://{other}/{base}.example/{choice.one(_PATHS)}", other


def _before_at(choice: Draw, base: str) -> tuple[str, str]:
    other = stranger(choice)
    return f"https://{base}.example@{other}/{choice.one(_PATHS)}", other


def _look_alike(choice: Draw, base: str) -> tuple[str, str]:
    sign, other = choice.one([pair for pair in _LOOKS if pair[0] in base])
    domain = f"{base.replace(sign, other, 1)}.example"
    return f"https://www.{domain}/{choice.one(_PATHS)}", domain


def _encoded(choice: Draw, base: str) -> tuple[str, str]:
    sign, accented = choice.one([pair for pair in _ACCENTS if pair[0] in base])
    domain = f"{base.replace(sign, accented, 1).encode('idna').decode()}.example"
    return f"https://{domain}/{choice.one(_PATHS)}", domain


def _no_point(choice: Draw, base: str) -> tuple[str, str]:
    domain = f"{choice.one(_SECTIONS)}-{base}.example"
    return f"https://{domain}/{choice.one(_PATHS)}", domain


TRICKS: Mapping[str, Callable[[Draw, str], tuple[str, str]]] = {
    "in_front": _in_front,
    "hyphen": _hyphen,
    "in_path": _in_path,
    "before_at": _before_at,
    "look_alike": _look_alike,
    "encoded": _encoded,
    "no_point": _no_point,
}
"""The tricks by name: (choice, first part of the domain) -> (address, the domain that really opens)."""
