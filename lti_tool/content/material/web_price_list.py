"""A very long price list out of order, in which one article has many near neighbours: to be searched, not read.

The price of an article follows from the list's token and the article, so that a draw works out one price only.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.filling import number_in_words
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, said
from lti_tool.content.places.browser import Opener, Page, Site, Small, shelf, world
from lti_tool.content.presentation import Paragraph, Table

NOUNS = {
    "plumbing": (
        said("Coude", "Elbow"), said("Raccord droit", "Straight connector"), said("Raccord en T", "T connector"),
        said("Manchon", "Sleeve"), said("Bouchon", "Plug"), said("Robinet d’arrêt", "Stop tap"), said("Joint", "Seal"),
        said("Collier", "Pipe clip"), said("Siphon", "Trap"), said("Clapet", "Check valve"), said("Écrou", "Nut"),
        said("Réduction", "Reducer"), said("Flexible", "Hose"), said("Tube", "Pipe"),
    ),
    "sewing": (
        said("Ruban", "Ribbon"), said("Galon", "Braid"), said("Biais", "Bias binding"), said("Cordon", "Cord"),
        said("Dentelle", "Lace"), said("Élastique", "Elastic"), said("Sangle", "Webbing"), said("Frange", "Fringe"),
        said("Passepoil", "Piping"), said("Tresse", "Plait"), said("Bordure", "Edging"), said("Ganse", "Gimp"),
        said("Lacet", "Lace for shoes"), said("Bande", "Band"),
    ),
}  # fmt: skip
STUFFS = {
    "plumbing": (said("laiton", "brass"), said("cuivre", "copper"), said("acier", "steel"), said("fonte", "cast iron"),
                 said("bronze", "bronze"), said("plastique", "plastic")),
    "sewing": (said("coton", "cotton"), said("lin", "linen"), said("soie", "silk"), said("satin", "satin"),
               said("laine", "wool"), said("velours", "velvet")),
}  # fmt: skip
SIZES = {"plumbing": (12, 14, 16, 18, 22), "sewing": (10, 15, 20, 25, 40)}
SHOPS = {
    "plumbing": said("Comptoir {plant}", "{plant} Supplies"),
    "sewing": said("Mercerie {plant}", "{plant} Haberdashery"),
}
HOSTS = {"plumbing": "comptoir", "sewing": "mercerie"}
MOTTOS = {"plumbing": said("Plomberie pour les professionnels", "Plumbing parts for the trade"),
          "sewing": said("Tout pour la couture", "Everything for sewing")}  # fmt: skip
TITLE = said("Tarif général", "Full price list")
NOTE = said("Prix en dinars, à la pièce. Les articles sont classés par date d’entrée au catalogue.",
            "Prices in dinars, each. Articles are in the order in which they entered the catalogue.")  # fmt: skip
CAPTION = said("Articles et prix", "Articles and prices")
HEADS = (said("Réf.", "Ref."), said("Article", "Article"), said("Prix", "Price"))


def price(token: str, article: int) -> float:
    """The price of an article of the list with this token, in dinars, with two decimals that are never .00."""
    chance = from_token(token, str(article))
    return (chance.between(2, 89) * 100 + chance.between(5, 95, 10)) / 100


def name_of(scene: str, article: int, language: str) -> str:
    """The name of an article: what, of which stuff, which size."""
    noun = NOUNS[scene][article // 30][language]
    stuff = STUFFS[scene][article % 30 // 5][language]
    size = SIZES[scene][article % 5]
    return f"{noun} en {stuff}, {size} mm" if language == "fr" else f"{noun}, {stuff}, {size} mm"


@generator("web_price_list", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """One of 420 articles of a shop, whose price is asked."""
    scene, token = parameters["scene"], choice.token()
    word, plant = choice.one(PLANTS)
    article = choice.below(420)
    shop = {lang: SHOPS[scene][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    place = {"name": "browser", "world": "web_price_list", "home": f"{HOSTS[scene]}-{word}.example", "scene": scene,
             "token": token, "shop": shop}  # fmt: skip
    asked = {lang: name_of(scene, article, lang) for lang in ("fr", "en")}
    value = price(token, article)
    return Drawn({"values": {"article": asked, "shop": shop}, "place": place}, {"value": value, "tolerance": 0})


@world("web_price_list")
def shop(spec: Mapping[str, Any], language: str) -> Opener:
    """One long page: every article once, in drawn order."""
    scene, token = spec["scene"], spec["token"]
    order = from_token(token, "order").shuffled(range(420))
    head = tuple(one[language] for one in HEADS)
    rows = tuple(
        (f"{1000 + place * 7}", name_of(scene, article, language), number_in_words(price(token, article), language))
        for place, article in enumerate(order)
    )
    parts = (Paragraph(NOTE[language]), Table(CAPTION[language], head, rows), Small(MOTTOS[scene][language]))
    frame = Site(spec["shop"][language], MOTTOS[scene][language])
    return shelf({spec["home"]: Page(frame, TITLE[language], parts)})
