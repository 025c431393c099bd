"""An open data service: a page documents its address, which filters, sorts and pages sixty records.

Scenes: `workshops` (seats) and `wells` (depth). Figures differ within a set, so that a sorted list has one order only.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, said
from lti_tool.content.places import whole
from lti_tool.content.places.browser import Opener, Page, Query, Site, world
from lti_tool.content.presentation import Code, Paragraph, Table

HOST = "donnees-ouvertes.example"
PATHS = {"workshops": said("ateliers", "workshops"), "wells": said("puits", "wells")}
FIGURE = {"workshops": said("places", "seats"), "wells": said("profondeur", "depth")}
NAMES = {"town": said("ville", "town"), "min": said("min", "min"), "sort": said("tri", "sort"), "page": said("page", "page")}
TITLES = {"workshops": said("Ateliers d’apprentissage", "Apprentice workshops"), "wells": said("Puits agricoles", "Farm wells")}
MEANS = {"workshops": said("nombre de places de l’atelier", "number of places in the workshop"),
         "wells": said("profondeur du puits en mètres", "depth of the well in metres")}  # fmt: skip
ORDERS = {
    "workshops": (said("du plus grand nombre au plus petit", "largest first"),
                  said("du plus petit nombre au plus grand", "smallest first")),
    "wells": (said("du plus profond au moins profond", "deepest first"),
              said("du moins profond au plus profond", "shallowest first")),
}  # fmt: skip
PER_PAGE = 5
INTRO = said(
    "Ce service rend des fiches à qui écrit la bonne adresse. Il donne {size} fiches par page. "
    "Adresse de base : https://{base}. Les paramètres se mettent après un « ? » et se séparent par « & ».",
    "This service returns records to whoever writes the right address. It gives {size} records a page. "
    "Base address: https://{base}. Parameters come after a “?” and are separated by “&”.",
)
CAPTION = said("Paramètres", "Parameters")
HEAD = (said("Paramètre", "Parameter"), said("Ce qu’il fait", "What it does"), said("Exemple", "Example"))
MEANING = {
    "town": said("ne garde que les fiches de cette ville (voir le code plus bas)", "keeps only the records of this town (see the codes below)"),
    "min": said("ne garde que les fiches dont la valeur « {figure} » vaut au moins ce nombre", "keeps only the records whose “{figure}” is at least this number"),
    "sort": said("range par ce champ, du plus petit au plus grand ; avec un signe moins devant, du plus grand au plus petit",
                "sorts by this field, smallest first; with a minus sign before it, largest first"),
    "page": said("donne la page de ce numéro (1 si rien n’est écrit)", "gives the page of this number (1 if nothing is written)"),
}  # fmt: skip
SAMPLE = said("Exemple d’adresse complète", "Example of a full address")
CODES = said("Codes des villes : {codes}.", "Town codes: {codes}.")
FIELD = said("« {figure} » : {means}. Champs pour le tri : id, {figure}.", "“{figure}”: {means}. Fields to sort by: id, {figure}.")
FOUND = said("Fiches trouvées : {count}. Page {page} sur {pages}.", "Records found: {count}. Page {page} of {pages}.")
EMPTY = said("Aucune fiche sur cette page.", "No record on this page.")


def records(token: str) -> list[tuple[str, int, int]]:
    """The sixty records of a token: identifier, town (place among four), figure; identifiers and figures differ."""
    chance = from_token(token)
    figures = chance.some(range(11, 99), 60)
    ids = chance.some(range(100, 1000), 60)
    return [(f"F{number}", chance.below(4), figure) for number, figure in zip(ids, figures, strict=True)]


def chosen(found: list[tuple[str, int, int]], town: int | None, least: int, order: str) -> list[tuple[str, int, int]]:
    """The records of a town with at least that figure; order: `id`, `figure` or either with a minus sign before it."""
    kept = [one for one in found if one[1] == (one[1] if town is None else town) and one[2] >= least]
    if not order:
        return kept
    key = 0 if order.endswith("id") else 2
    return sorted(kept, key=lambda one: one[key], reverse=order.startswith("-"))


@generator("web_open_data", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A town, a least figure and a direction; asked is the last record of a page that is full."""
    scene, token = parameters["scene"], choice.token()
    towns = choice.some(TOWNS, 4)
    found = records(token)
    town = max(range(4), key=lambda place: sum(one[1] == place for one in found))
    least, page, falling = choice.between(15, 30), 2, choice.chance(1, 2)
    kept = chosen(found, town, least, "-figure" if falling else "figure")
    last = kept[min(page * PER_PAGE, len(kept)) - 1]
    place = {"name": "browser", "world": "web_open_data", "bar": True, "home": HOST, "scene": scene, "token": token,
             "towns": towns}  # fmt: skip
    order = ORDERS[scene][0 if falling else 1]
    values = {"town": towns[town], "least": least, "page": page, "order": order, "figure": FIGURE[scene]}
    address = {lang: _address(scene, lang, town + 1, least, falling, page) for lang in ("fr", "en")}
    return Drawn({"values": values, "place": place}, {"accept": [last[0]], "values": {"address": address, "id": last[0]}})


def _address(scene: str, language: str, town: int, least: int, falling: bool, page: int) -> str:  # noqa: FBT001, PLR0913 - the parts of one address
    sign = "-" if falling else ""
    name = {key: said[language] for key, said in NAMES.items()}
    return (f"https://{HOST}/{PATHS[scene][language]}?{name['town']}={town}&min={least}"
            f"&{name['sort']}={sign}{FIGURE[scene][language]}&page={page}")  # fmt: skip


@world("web_open_data")
def service(spec: Mapping[str, Any], language: str) -> Opener:
    """The documentation at the host's address, the records at its path."""

    def open_page(address: str, query: Query) -> Page | None:
        if address == HOST:
            return _documentation(spec, language)
        return _answer(spec, query, language) if address == f"{HOST}/{PATHS[spec['scene']][language]}" else None

    return open_page


def _documentation(spec: Mapping[str, Any], language: str) -> Page:
    scene, base = spec["scene"], f"{HOST}/{PATHS[spec['scene']][language]}"
    figure = FIGURE[scene][language]
    samples = {"town": "3", "min": "40", "sort": f"-{figure}", "page": "3"}
    rows = tuple(
        (NAMES[key][language], MEANING[key][language].format(figure=figure), f"{NAMES[key][language]}={sample}")
        for key, sample in samples.items()
    )
    codes = ", ".join(f"{place} = {town[language]}" for place, town in enumerate(spec["towns"], start=1))
    parts = (
        Paragraph(INTRO[language].format(size=PER_PAGE, base=base)),
        Paragraph(FIELD[language].format(figure=figure, means=MEANS[scene][language])),
        Table(CAPTION[language], tuple(one[language] for one in HEAD), rows),
        Paragraph(CODES[language].format(codes=codes)),
        Code(f"https://{base}?min=40&{NAMES['sort'][language]}=id", SAMPLE[language]),
    )
    return Page(Site(said("Données ouvertes", "Open data")[language]), TITLES[scene][language], parts)


def _answer(spec: Mapping[str, Any], query: Query, language: str) -> Page:
    scene = spec["scene"]
    figure = FIGURE[scene][language]
    town = whole(query.get(NAMES["town"][language]), 0, 99, 0)
    order = query.get(NAMES["sort"][language], "").replace(" ", "").lower()
    if order.lstrip("-") not in {"id", figure}:
        order = ""
    kept = chosen(records(spec["token"]), town - 1 if town else None, whole(query.get("min"), 0, 999, 0), order)
    page = whole(query.get("page"), 1, 999, 1)
    shown = kept[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = tuple((name, spec["towns"][place][language], str(figure)) for name, place, figure in shown)
    head = ("id", said("ville", "town")[language], figure)
    pages = -(-len(kept) // PER_PAGE)
    count = Paragraph(FOUND[language].format(count=len(kept), page=page, pages=pages))
    listed = Table(TITLES[scene][language], head, rows) if rows else Paragraph(EMPTY[language])
    return Page(Site(said("Données ouvertes", "Open data")[language]), TITLES[scene][language], (count, listed))
