"""A reverse image search: twenty-five dated pages with the same photo, whole or cropped, and some that only resemble it.

The oldest of the exact matches tells where and when the photo was first published. Some of the pages that only
resemble it are older still.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.filling import day_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import TOWNS, said
from lti_tool.content.places.browser import Heading, Link, Links, Opener, Page, Part, Site, Small, Thumbnail, shelf, world
from lti_tool.content.presentation import Paragraph

HOST = "image-inverse.example"
PER_PAGE = 7
EXACT, ALIKE = 21, 4
NAMES = ("echo", "gazette", "courrier", "tribune", "mirador", "phare", "carnet", "lien", "relais", "souk", "agora", "port")
ENDINGS = ("info", "journal", "actu", "blog", "forum", "photos")
CAPTIONS = {
    "flood": (said("Rue inondée à {town}", "Flooded street in {town}"), said("Le quartier du marché sous l’eau à {town}", "The market district under water in {town}"),
              said("{town} : pluies d’orage", "{town}: heavy rain"), said("Inundación en {town}", "Inundación en {town}"),
              said("Strada allagata, {town}", "Strada allagata, {town}"), said("{town} : la rue est devenue une rivière", "{town}: the street has turned into a river")),
    "queue": (said("Longue file devant une boulangerie à {town}", "Long queue outside a bakery in {town}"), said("{town} : on attend le pain", "{town}: waiting for bread"),
              said("File d’attente à {town}, ce matin", "Queue in {town}, this morning"), said("Cola en una panadería de {town}", "Cola en una panadería de {town}"),
              said("In coda per il pane, {town}", "In coda per il pane, {town}"), said("Une boulangerie très courue à {town}", "A very popular bakery in {town}")),
}  # fmt: skip
VIRAL = {
    "flood": said("Hier à {town} : la rue principale sous l’eau !", "Yesterday in {town}: the main street under water!"),
    "queue": said("Ce matin à {town} : il n’y a plus de pain !", "This morning in {town}: there is no bread left!"),
}
TITLE = said("Recherche par image", "Search by image")
MESSAGE = said("Message qui circule avec la photo : « {viral} »", "Message going round with the photo: “{viral}”")
COUNT = said("{exact} pages contiennent cette photo, {alike} une image ressemblante. Page de résultats {page} sur {pages}.",
             "{exact} pages hold this photo, {alike} a similar picture. Page {page} of {pages} of the results.")  # fmt: skip
MATCHES, SIMILAR = said("Même photo", "Same photo"), said("Images ressemblantes (autre photo)", "Similar pictures (another photo)")
PUBLISHED = said("{site}, publié le {day}", "{site}, published on {day}")
WHOLE, CROPPED, OTHER = said("La photo cherchée, entière", "The photo searched for, whole"), said(
    "La photo cherchée, recadrée", "The photo searched for, cropped"), said("Une autre photo", "Another photo")  # fmt: skip
RESULTS = said("Résultats, page {page}", "Results, page {page}")
SKIES, WALLS = ("#9fb8c9", "#c9b79f", "#a9a4b8", "#b8c4a4"), ("#b5794b", "#8c6a5d", "#c29a6b", "#7d7f8c", "#a65f4f")


@generator("source_picture", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Days, towns and captions of twenty-five pages in drawn order; the town and year of the oldest exact match."""
    scene = parameters["scene"]
    first = date(choice.between(2008, 2013), choice.between(1, 12), choice.between(13, 28))
    days = [first] + [first + timedelta(days=choice.between(420, 3400)) for _ in range(EXACT - 1)]
    older = [first - timedelta(days=choice.between(380, 1500)) for _ in range(ALIKE)]
    origin, viral, *rest = choice.some(range(len(TOWNS)), 7)
    towns = [origin] + [choice.one((viral, viral, *rest)) for _ in range(EXACT - 1 + ALIKE)]
    order = choice.shuffled(range(EXACT))
    place = {
        "name": "browser", "world": "source_picture", "home": HOST, "scene": scene, "viral": viral,
        "days": [day.isoformat() for day in (*days, *older)], "towns": towns, "order": order,
        "captions": [choice.below(6) for _ in range(EXACT + ALIKE)], "picture": choice.token(),
        "sites": [f"{choice.one(NAMES)}-{choice.one(ENDINGS)}{choice.between(2, 99)}.example" for _ in range(EXACT + ALIKE)],
        "cropped": [choice.chance(1, 2) for _ in range(EXACT + ALIKE)],
    }  # fmt: skip
    place["captions"][0] = choice.between(0, 2)
    town = TOWNS[origin]
    fields = {"town": {"accept": {lang: [name] for lang, name in town.items()}}, "year": {"accept": [str(first.year)]}}
    told = {"town": town, "day": {"date": first.isoformat()}, "site": place["sites"][0]}
    facts = {"values": {"viral": {lang: VIRAL[scene][lang].format(town=TOWNS[viral][lang]) for lang in ("fr", "en")}}, "place": place}
    return Drawn(facts, {"fields": fields, "values": told})


@world("source_picture")
def results(spec: Mapping[str, Any], language: str) -> Opener:
    """Three pages of exact matches, similar pictures on the last."""
    frame = Site(TITLE[language])
    pages = -(-EXACT // PER_PAGE)
    shelved = {}
    for page in range(1, pages + 1):
        parts: list[Part] = [_thumbnail(spec, None, language)] if page == 1 else []
        viral = VIRAL[spec["scene"]][language].format(town=TOWNS[spec["viral"]][language])
        parts += [Paragraph(MESSAGE[language].format(viral=viral))] if page == 1 else []
        parts += [Small(COUNT[language].format(exact=EXACT, alike=ALIKE, page=page, pages=pages)), Heading(MATCHES[language])]
        for number in spec["order"][(page - 1) * PER_PAGE : page * PER_PAGE]:
            parts += _result(spec, number, language)
        if page == pages:
            parts += [Heading(SIMILAR[language])]
            for number in range(EXACT, EXACT + ALIKE):
                parts += _result(spec, number, language)
        links = tuple(Link(RESULTS[language].format(page=one), _address(one)) for one in range(1, pages + 1))
        shelved[_address(page)] = Page(frame, TITLE[language], (*parts, Links(links, row=True)))
    return shelf(shelved)


def _address(page: int) -> str:
    return HOST if page == 1 else f"{HOST}?page={page}"


def _result(spec: Mapping[str, Any], number: int, language: str) -> list[Part]:
    town = TOWNS[spec["towns"][number]][language]
    caption = CAPTIONS[spec["scene"]][spec["captions"][number]][language].format(town=town)
    day = day_in_words(date.fromisoformat(spec["days"][number]), language)
    dated = PUBLISHED[language].format(site=spec["sites"][number], day=day)
    return [_thumbnail(spec, number, language), Paragraph(caption), Small(dated)]


def _thumbnail(spec: Mapping[str, Any], number: int | None, language: str) -> Thumbnail:
    """The drawing of a result: the photo, a crop of it, or another one; None is the photo that was searched for."""
    other = number is not None and number >= EXACT
    shapes = _street(from_token(spec["picture"], str(number) if other else "photo"), spec["scene"])
    if other or number is None or not spec["cropped"][number]:
        return Thumbnail(shapes, "0 0 144 96", (OTHER if other else WHOLE)[language])
    return Thumbnail(shapes, f"{number % 5 * 8} {number % 3 * 8} 96 64", CROPPED[language])


def _street(chance: Draw, scene: str) -> tuple[tuple[str, dict[str, str]], ...]:
    """A street of houses under a sky, with water in front or people in a line."""
    shapes = [("rect", {"width": "144", "height": "96", "fill": chance.one(SKIES)})]
    left = 0
    while left < 144:
        width, height = chance.between(20, 38), chance.between(30, 62)
        shapes.append(("rect", {"x": str(left), "y": str(78 - height), "width": str(width), "height": str(height), "fill": chance.one(WALLS)}))
        shapes.append(("rect", {"x": str(left + 7), "y": str(84 - height), "width": "7", "height": "9", "fill": "#3a3f4a"}))
        left += width
    shapes.append(("rect", {"y": "76", "width": "144", "height": "20", "fill": "#5f7f8f" if scene == "flood" else "#8a8578"}))
    for place in range(7 if scene == "queue" else 3):
        x = str(12 + place * (18 if scene == "queue" else 44) + chance.below(7))
        shapes.append(("ellipse", {"cx": x, "cy": "80", "rx": "4" if scene == "queue" else "14", "ry": "9" if scene == "queue" else "2",
                                   "fill": chance.one(("#2f3e56", "#6b2f3a", "#3f5a3c")) if scene == "queue" else "#7f9fae"}))  # fmt: skip
    return tuple(shapes)
