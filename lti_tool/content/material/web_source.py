"""A page whose source holds what the page does not show: author, day of first publication, licence, later dates.

What the page shows is the day on which it is displayed, and the name of the webmaster.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import day_in_words, fill
from lti_tool.content.generators import generator
from lti_tool.content.inventing import turned
from lti_tool.content.material.web_words import PLANTS, TOWNS, people, said
from lti_tool.content.places.browser import Opener, Page, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph

TOPICS = (
    (said("Entretenir une pompe solaire", "Looking after a solar pump"),
     said("Nettoyez les panneaux chaque semaine et vérifiez le débit de la pompe au printemps.",
          "Clean the panels every week and check the flow of the pump in spring.")),
    (said("Conserver l’huile d’olive", "Storing olive oil"),
     said("Gardez les bidons fermés, loin de la lumière, entre 14 et 18 degrés.",
          "Keep the cans closed, away from light, between 14 and 18 degrees.")),
    (said("Choisir une chaussure de sécurité", "Choosing a safety shoe"),
     said("La semelle doit résister à l’huile et la pointure laisser un doigt de jeu.",
          "The sole must resist oil, and the size leave a finger’s width of room.")),
    (said("Préparer un chantier de peinture", "Preparing a painting job"),
     said("Protégez les sols, poncez, dépoussiérez, puis posez une sous-couche.",
          "Protect the floors, sand, remove the dust, then apply an undercoat.")),
    (said("Accueillir un client en retard", "Welcoming a guest who is late"),
     said("Prévenez la cuisine, gardez la clé à la réception et laissez un mot.",
          "Tell the kitchen, keep the key at reception and leave a note.")),
)  # fmt: skip
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC BY-ND 4.0", "CC0 1.0")
SHOWN = said("Page affichée le {day}. Webmestre : {keeper}.", "Page displayed on {day}. Webmaster: {keeper}.")
MORE = said(
    "Cette fiche fait partie d’un guide pratique destiné aux apprentis. Elle peut être imprimée.",
    "This sheet is part of a practical guide for apprentices. It may be printed.",
)
MOTTO = said("Le guide des apprentis, {town}", "The apprentices’ guide, {town}")


@generator("web_source")
def draw(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A page, its author and two other people, its days (published, changed, displayed), its licence, order of tags."""
    title, text = choice.one(TOPICS)
    word, plant = choice.one(PLANTS)
    author, keeper, translator = people(choice, 3)
    published = date(choice.between(2015, 2020), choice.between(1, 12), choice.between(13, 28))
    changed = published + timedelta(days=choice.between(90, 500))
    displayed = changed + timedelta(days=choice.between(300, 900))
    licence = choice.one(LICENCES)
    place = {
        "name": "browser", "world": "web_source", "source": True, "home": f"guide-{word}.example", "plant": plant,
        "town": choice.one(TOWNS), "title": title, "text": text, "author": author, "keeper": keeper,
        "translator": translator, "published": published.isoformat(), "changed": changed.isoformat(),
        "displayed": displayed.isoformat(), "licence": licence, "order": choice.shuffled(range(8)),
        "clock": f"{choice.between(10, 19)}:{choice.between(10, 59)}:{choice.between(10, 59)}",
    }  # fmt: skip
    licences = [licence, licence.rpartition(" ")[0], licence.replace("CC ", "Creative Commons ")]
    return Drawn({"values": {"page": title}, "place": place}, {"fields": {
        "date": {"date": published.isoformat()}, "author": {"accept": [author, turned(author)]},
        "changed": {"date": changed.isoformat()}, "licence": {"accept": licences},
    }, "values": {"author": author, "licence": licence}})  # fmt: skip


@world("web_source")
def guide(spec: Mapping[str, Any], language: str) -> Opener:
    """The one page and its source."""
    title, text = spec["title"][language], spec["text"][language]
    shown = SHOWN[language].format(
        day=day_in_words(date.fromisoformat(spec["displayed"]), language), keeper=spec["keeper"]
    )
    name = said(f"Guide {spec['plant']['fr']}", f"{spec['plant']['en']} Guide")[language]
    frame = Site(name, fill(MOTTO[language], {"town": spec["town"]}, language))
    parts = (Paragraph(text), Paragraph(MORE[language]), Small(shown))
    return shelf({spec["home"]: Page(frame, title, parts, _source(spec, language, title, text, shown))})


def _source(spec: Mapping[str, Any], language: str, title: str, text: str, shown: str) -> str:
    tags = (
        f'<meta name="author" content="{escape(spec["author"])}">',
        f'<meta name="translator" content="{escape(spec["translator"])}">',
        f'<meta property="article:published_time" content="{spec["published"]}T{spec["clock"]}Z">',
        f'<meta property="article:modified_time" content="{spec["changed"]}T{spec["clock"]}Z">',
        f'<meta name="license" content="{spec["licence"]}">',
        '<meta name="generator" content="Plume 3.1">',
        '<meta name="viewport" content="width=device-width">',
        f'<meta name="description" content="{escape(text)}">',
    )
    head = "\n".join(f"  {tags[place]}" for place in spec["order"])
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n  <meta charset="utf-8">\n'
        f'  <title>{escape(title)}</title>\n{head}\n  <link rel="stylesheet" href="/plume.css">\n</head>\n<body>\n'
        f"  <h1>{escape(title)}</h1>\n  <p>{escape(text)}</p>\n  <p>{escape(MORE[language])}</p>\n"
        f'  <p class="small">{escape(shown)}</p>\n</body>\n</html>'
    )
