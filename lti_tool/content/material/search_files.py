"""Nearly three hundred pages and files on twelve domains: one file of the type asked for fits the domain and subject.

Every domain has pages and files on every subject; on the domain and subject asked for, one only is of that type.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import table
from lti_tool.content.places.search import corpus

_WORDS = table("search_files")
SUBJECTS = _WORDS["subjects"]
DOMAINS = (
    "ministere-equipement.example",
    "ministere-travail.example",
    "ministere-agriculture.example",
    "ville-du-port.example",
    "region-littoral.example",
    "office-statistique.example",
    "journal-des-villes.example",
    "chambre-des-metiers.example",
    "association-avenir.example",
    "institut-technique.example",
    "forum-citoyen.example",
    "agence-emploi-sud.example",
)
HOUSES = _WORDS["houses"]
MEDIA = {"xlsx": "sheet", "pdf": "pdf", "": "page"}
TYPES = {"xlsx": ("xlsx", "pdf", "pdf", ""), "pdf": ("pdf", "xlsx", "xlsx", "")}
TITLES = _WORDS["titles"]
TEXT = _WORDS["text"]


def _code(choice: Draw) -> str:
    return f"{choice.code(1, 'BCDFGHJKLMNPRT')}{choice.between(201, 989)}"


@generator("search_files", takes=("type",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """One of the ministries, a subject and the code of the file."""
    kind, house, subject = parameters["type"], choice.below(len(HOUSES)), choice.below(len(SUBJECTS))
    code = _code(choice)
    place = {"name": "search", "start": "", "corpus": "search_files", "token": choice.token(), "type": kind,
             "house": house, "subject": subject, "code": code}  # fmt: skip
    values = {"house": HOUSES[house], "domain": DOMAINS[house], "subject": SUBJECTS[subject], "type": kind}
    headed = {lang: TITLES[kind][lang].format(code=code, subject="").strip(" –") for lang in ("fr", "en")}
    accept = {lang: [code, text] for lang, text in headed.items()}
    return Drawn({"values": values, "place": place}, {"accept": accept, "values": {"code": code}})


@corpus("search_files")
def pages(spec: Mapping[str, Any], language: str) -> Iterable[Mapping[str, Any]]:
    """Twelve domains, six subjects, four documents each; other domains have several files of the type asked for."""
    chance = from_token(spec["token"])
    found = []
    for place, domain in enumerate(DOMAINS):
        for number, subject in enumerate(SUBJECTS):
            asked = (place, number) == (spec["house"], spec["subject"])
            types = TYPES[spec["type"]] if asked else [chance.one(("xlsx", "pdf", "", spec["type"])) for _ in range(4)]
            for order, kind in enumerate(types):
                code = spec["code"] if asked and order == 0 else _code(chance)
                found.append(_document(domain, subject, kind, code, chance, language))
    return chance.shuffled(found)


def _document(
    domain: str, subject: Mapping[str, str], kind: str, code: str, chance: Draw, language: str
) -> dict[str, Any]:
    name, year = subject[language].capitalize(), chance.between(2014, 2024)
    path = f"docs/{year}-{chance.between(100, 999)}" + (f".{kind}" if kind else "")
    return {
        "title": TITLES[kind][language].format(code=code, subject=name),
        "site": domain,
        "path": path,
        "media": MEDIA[kind],
        "date": f"{year}-{chance.between(1, 12):02}-{chance.between(1, 28):02}",
        "text": TEXT[language].format(subject=name, year=year),
    }
