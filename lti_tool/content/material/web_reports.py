"""A site whose menu links to the last two yearly reports only; the earlier ones still answer at their addresses.

`scheme` says where the year stands in the address: `folder` (reports/2021/summary) or `parameter` (report?year=2021).
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.filling import fill, number_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, said
from lti_tool.content.places.browser import Link, Links, Opener, Page, Site, shelf, world
from lti_tool.content.presentation import Paragraph, Table

HOUSES = {"folder": said("Coopérative {plant}", "{plant} Cooperative"),
          "parameter": said("Caisse d’entraide {plant}", "{plant} Mutual Fund")}  # fmt: skip
LINES = {
    "folder": (said("Ventes", "Sales"), said("Achats", "Purchases"), said("Salaires", "Wages"),
               said("Nombre d’adhérents", "Number of members")),
    "parameter": (said("Aides versées", "Grants paid"), said("Cotisations reçues", "Contributions received"),
                  said("Frais de bureau", "Office costs"), said("Nombre de familles aidées", "Families helped")),
}  # fmt: skip
PATHS = {"folder": said("rapports/{year}/bilan", "reports/{year}/summary"),
         "parameter": said("rapport?annee={year}", "report?year={year}")}  # fmt: skip
TITLE, HOME, REPORTS = said("Rapport annuel {year}", "Yearly report {year}"), said("Accueil", "Home"), said(
    "Rapports annuels", "Yearly reports")  # fmt: skip
WELCOME = said(
    "Bienvenue sur notre site, à {town}. Nos rapports annuels sont publiés chaque mois de mars.",
    "Welcome to our site in {town}. Our yearly reports are published every March.",
)
ONLINE = said(
    "Le menu ne montre que les deux derniers rapports. Les précédents restent en ligne, à des adresses du même genre.",
    "The menu shows the last two reports only. Earlier ones are still online, at the same kind of address.",
)
CAPTION = said("Chiffres de l’année {year}, montants en dinars", "Figures for {year}, amounts in dinars")
HEAD = (said("Poste", "Item"), said("Chiffre", "Figure"))
PREVIOUS = said("Rappel de l’année {before} : {amount} pour le premier poste.",
                "For comparison, the first item in {before}: {amount}.")  # fmt: skip


def figures(token: str, year: int) -> list[int]:
    """The four figures of a year's report, the last one small (people)."""
    chance = from_token(token, str(year))
    return [*(chance.between(120_450, 890_950, 50) for _ in range(3)), chance.between(210, 980)]


@generator("web_reports", takes=("scheme",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A house, its last year of report, an earlier year and the line of that report that is asked."""
    scheme, token = parameters["scheme"], choice.token()
    word, plant = choice.one(PLANTS)
    last = choice.between(2021, 2025)
    year, line = last - choice.between(3, 6), choice.below(3)
    house = {lang: HOUSES[scheme][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    place = {"name": "browser", "world": "web_reports", "bar": True, "scheme": scheme, "token": token, "last": last,
             "home": f"{'coop' if scheme == 'folder' else 'entraide'}-{word}.example", "house": house,
             "town": choice.one(TOWNS)}  # fmt: skip
    values = {"house": house, "year": year, "line": LINES[scheme][line]}
    path = {lang: PATHS[scheme][lang].format(year=year) for lang in ("fr", "en")}
    return Drawn({"values": values, "place": place},
                 {"value": figures(token, year)[line], "tolerance": 0, "values": {"path": path}})  # fmt: skip


@world("web_reports")
def site(spec: Mapping[str, Any], language: str) -> Opener:
    """Welcome, the list of reports (two links), and ten years of reports at their addresses."""
    host, scheme, last = spec["home"], spec["scheme"], spec["last"]

    def address(year: int) -> str:
        return f"{host}/{PATHS[scheme][language].format(year=year)}"

    def title(year: int) -> str:
        return TITLE[language].format(year=year)

    links = tuple(Link(title(year), address(year)) for year in (last, last - 1))
    frame = Site(spec["house"][language], "", (Link(HOME[language], host), *links))
    welcome = fill(WELCOME[language], {"town": spec["town"]}, language)
    parts = (Paragraph(welcome), Paragraph(ONLINE[language]), Links(links))
    pages = {host: Page(frame, spec["house"][language], parts)}
    for year in range(last - 9, last + 1):
        pages[address(year)] = Page(frame, title(year), _report(spec, year, language))
    return shelf(pages)


def _report(spec: Mapping[str, Any], year: int, language: str) -> tuple[Table, Paragraph]:
    shown = [number_in_words(figure, language) for figure in figures(spec["token"], year)]
    rows = tuple(zip((line[language] for line in LINES[spec["scheme"]]), shown, strict=True))
    before = number_in_words(figures(spec["token"], year - 1)[0], language)
    caption = CAPTION[language].format(year=year)
    head = tuple(one[language] for one in HEAD)
    return Table(caption, head, rows), Paragraph(PREVIOUS[language].format(before=year - 1, amount=before))
