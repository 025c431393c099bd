"""A web address whose parts are to be named: subdomain, domain, folders, file, parameters."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator

_SUBDOMAINS = ("formation", "boutique", "agenda", "stages", "catalogue", "emploi", "forum", "guide")
_KINDS = ("atelier", "garage", "clinique", "ecole", "hotel", "ferme", "port", "radio")
_WORDS = ("cedre", "jasmin", "figuier", "safran", "laurier", "corail", "dattier", "argan")
_FOLDERS = ("menuiserie", "accueil", "mecanique", "patisserie", "couture", "mobilier", "outils", "peinture", "jardin",
            "soudure", "tarifs", "horaires", "photos", "archives")  # fmt: skip
_FILES = ("inscription", "liste", "programme", "fiche", "plan", "resultats", "contrat", "devis")
_NAMES = ("groupe", "langue", "page", "tri", "ville", "vue", "mois", "niveau")


@generator("web_address")
def draw(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """An address with two or three folders, a file and two parameters; the last folder and a parameter are asked."""
    sub, file = choice.one(_SUBDOMAINS), choice.one(_FILES)
    domain = f"{choice.one(_KINDS)}-{choice.one(_WORDS)}.example"
    folders = choice.some(_FOLDERS, choice.between(2, 3))
    names = choice.some(_NAMES, 2)
    given = [choice.code(2), str(choice.between(11, 98))]
    query = "&".join(f"{name}={value}" for name, value in zip(names, given, strict=True))
    address = f"https://{sub}.{domain}/{'/'.join(folders)}/{file}.html?{query}"
    asked = choice.below(2)
    facts = {"values": {"parameter": names[asked]}, "shown": [{"kind": "address", "text": address}]}
    last = folders[-1]
    return Drawn(facts, {
        "fields": {
            "domain": {"accept": [domain]},
            "subdomain": {"accept": [sub, f"{sub}.{domain}"]},
            "folder": {"accept": [last, f"/{last}/", f"{last}/", f"/{last}"]},
            "file": {"accept": [f"{file}.html", file]},
            "value": {"accept": [given[asked], f"{names[asked]}={given[asked]}"]},
        },
        "values": {"last": last, "right_value": given[asked], "domain": domain, "sub": sub, "file": f"{file}.html"},
    })  # fmt: skip
