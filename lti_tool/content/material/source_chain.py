"""A figure that travels from a report to a post, and changes on the way: five pages, each linked to the one before.

Page 0 is the post, 1 and 2 are articles, 3 is the press release, 4 the report. The figure is changed first by one of
the pages 0 to 3, and stays changed on every page after it in time. Scenes: `apprentices` and `water`.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.web_words import TOWNS, people, said
from lti_tool.content.places.browser import Link, Links, Opener, Page, Part, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph, Table

HOSTS = ("place-publique.example/p/4471", "echo-du-port.example/societe/812", "gazette-des-metiers.example/actu/77",
         "observatoire.example/presse/communique", "observatoire.example/publications/rapport")  # fmt: skip
SITES = (said("Place publique", "Public Square"), said("L’Écho du port", "The Harbour Echo"),
         said("La Gazette des métiers", "The Trades Gazette"), said("Observatoire régional", "Regional Observatory"),
         said("Observatoire régional", "Regional Observatory"))  # fmt: skip
PAGES = (said("Le message sur le réseau social", "The post on the social network"), said("L’article de L’Écho du port", "The article in The Harbour Echo"),
         said("L’article de La Gazette des métiers", "The article in The Trades Gazette"),
         said("Le communiqué de presse", "The press release"))  # fmt: skip
SOURCE = (said("Lu dans : {name}", "Read in: {name}"), said("D’après : {name}", "Based on: {name}"),
          said("Source : {name}, communiqué", "Source: {name}, press release"),
          said("Télécharger le rapport", "Read the report"))  # fmt: skip
CLAIMS = {
    "apprentices": (
        said("{figure} % des apprentis ont un emploi tout de suite après leur formation ! Partagez !", "{figure}% of apprentices have a job straight after training! Share!"),
        said("À {town} et dans sa région, {figure} % des apprentis sortis en {year} travaillaient six mois plus tard.", "In and around {town}, {figure}% of the apprentices who finished in {year} were working six months later."),
        said("{figure} % des apprentis de {year} ont trouvé un emploi en six mois, selon l’Observatoire régional.", "{figure}% of the apprentices of {year} found a job within six months, says the Regional Observatory."),
        said("L’Observatoire publie son enquête : six mois après leur sortie en {year}, {figure} % des apprentis avaient un emploi.", "The Observatory publishes its survey: six months after they finished in {year}, {figure}% of apprentices had a job."),
    ),
    "water": (
        said("{figure} % de l’eau se perd dans les tuyaux, incroyable ! Faites tourner !", "{figure}% of the water is lost in the pipes, unbelievable! Pass it on!"),
        said("À {town} et dans sa région, {figure} % de l’eau distribuée en {year} s’est perdue en fuites.", "In and around {town}, {figure}% of the water supplied in {year} was lost through leaks."),
        said("En {year}, {figure} % de l’eau distribuée a fui avant le robinet, selon l’Observatoire régional.", "In {year}, {figure}% of the water supplied leaked before the tap, says the Regional Observatory."),
        said("L’Observatoire publie son enquête : en {year}, {figure} % de l’eau distribuée s’est perdue en fuites.", "The Observatory publishes its survey: in {year}, {figure}% of the water supplied was lost through leaks."),
    ),
}  # fmt: skip
REPORT = {
    "apprentices": (said("Devenir des apprentis", "What became of the apprentices"), said("En emploi après 6 mois (%)", "In work after 6 months (%)"), said("En emploi après 18 mois (%)", "In work after 18 months (%)"), said("Année de sortie", "Year of leaving")),
    "water": (said("L’eau distribuée et perdue", "Water supplied and lost"), said("Part perdue en fuites (%)", "Share lost through leaks (%)"), said("Part non facturée (%)", "Share not billed (%)"), said("Année", "Year")),
}  # fmt: skip
METHOD = said("Enquête menée à {town} et dans sa région auprès de {count} {whom}.", "Survey of {count} {whom} in and around {town}.")
WHOM = {"apprentices": said("anciens apprentis", "former apprentices"), "water": said("services des eaux", "water services")}
SIGNED = said("Par {person}", "By {person}")


def _changed(choice: Draw, figure: int) -> int:
    """Another figure of two digits: its digits swapped, or ten to nineteen more or less."""
    swapped = int(str(figure)[::-1])
    if choice.chance(1, 2) and swapped > 9 and abs(swapped - figure) > 8:
        return swapped
    return figure + choice.between(10, 19) * (1 if figure < 50 else -1)


@generator("source_chain", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Figures of four years, the year told, the page that changes the figure, and the figure that it makes of it."""
    scene = parameters["scene"]
    first = choice.between(2016, 2020)
    figures, others = choice.some(range(21, 80), 4), choice.some(range(21, 80), 4)
    asked, changes = choice.below(4), choice.below(4)
    wrong = _changed(choice, figures[asked])
    place = {
        "name": "browser", "world": "source_chain", "home": HOSTS[0], "scene": scene, "first": first,
        "figures": figures, "others": others, "year": first + asked, "changes": changes, "wrong": wrong,
        "right": figures[asked], "town": choice.one(TOWNS), "people": people(choice, 3), "count": choice.between(41, 96) * 10,
    }  # fmt: skip
    options, ids = opaque(choice, list(PAGES))
    told = {"figure": figures[asked], "year": first + asked, "wrong": wrong, "page": PAGES[changes]}
    return Drawn({"values": {}, "place": place, "options": {"page": options}}, {
        "fields": {"figure": {"value": figures[asked], "tolerance": 0}, "year": {"accept": [str(first + asked)]},
                   "page": {"option": ids[changes]}},
        "values": told,
    })  # fmt: skip


@world("source_chain")
def chain(spec: Mapping[str, Any], language: str) -> Opener:
    """The post, two articles, the press release and the report with its table."""
    pages = {}
    for place, host in enumerate(HOSTS[:4]):
        figure = spec["wrong"] if place <= spec["changes"] else spec["right"]
        claim = CLAIMS[spec["scene"]][place][language].format(
            figure=figure, year=spec["year"], town=spec["town"][language]
        )
        link = Link(SOURCE[place][language].format(name=SITES[place + 1][language]), HOSTS[place + 1])
        signed = (Small(SIGNED[language].format(person=spec["people"][place])),) if place < 3 else ()
        site = Site(SITES[place][language])
        pages[host] = Page(site, REPORT[spec["scene"]][0][language], (Paragraph(claim), *signed, Links((link,))))
    title = REPORT[spec["scene"]][0][language]
    pages[HOSTS[4]] = Page(Site(SITES[4][language]), title, _report(spec, language))
    return shelf(pages)


def _report(spec: Mapping[str, Any], language: str) -> tuple[Part, ...]:
    title, main, other, year = (one[language] for one in REPORT[spec["scene"]])
    rows = tuple((str(spec["first"] + place), str(spec["figures"][place]), str(spec["others"][place])) for place in range(4))
    method = METHOD[language].format(
        count=spec["count"] if spec["scene"] == "apprentices" else spec["count"] // 10,
        whom=WHOM[spec["scene"]][language], town=spec["town"][language],
    )  # fmt: skip
    return Paragraph(method), Table(title, (year, main, other), rows)
