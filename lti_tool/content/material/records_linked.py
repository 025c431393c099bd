"""Linked tables of a small shop: customers, articles, orders that name both by number."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import FAMILY_NAMES, FIRST_NAMES, TOWNS, said

_ARTICLES = (
    (said("Desk lamp", "Lampe de bureau"), 0),
    (said("Ceiling lamp", "Plafonnier"), 0),
    (said("LED strip", "Ruban de LED"), 0),
    (said("Folding chair", "Chaise pliante"), 1),
    (said("Workbench", "Établi"), 1),
    (said("Shelf", "Étagère"), 1),
    (said("Hammer", "Marteau"), 2),
    (said("Drill", "Perceuse"), 2),
    (said("Ladder", "Échelle"), 2),
    (said("Wall paint", "Peinture murale"), 3),
    (said("Varnish", "Vernis"), 3),
    (said("Brush set", "Lot de pinceaux"), 3),
)
_FAMILIES = (
    said("Lighting", "Luminaires"),
    said("Furniture", "Mobilier"),
    said("Tools", "Outillage"),
    said("Paint", "Peinture"),
)
_CUSTOMERS, _ORDERS = 12, 40


def _column(en: str, fr: str, **more: Any) -> dict[str, Any]:
    return {"title": said(en, fr), **more}


_CUSTOMER_COLUMNS = [
    _column("Customer no.", "N° client"),
    _column("Name", "Nom"),
    _column("Town", "Ville", filter="value"),
]
_ARTICLE_COLUMNS = [
    _column("Article no.", "N° article"),
    _column("Article", "Article"),
    _column("Family", "Famille", filter="value"),
    _column("Price (dinars)", "Prix (dinars)", kind="number"),
]
_ORDER_COLUMNS = [
    _column("Order no.", "N° commande"),
    _column("Day", "Jour", kind="date"),
    _column("Customer no.", "N° client", filter="value"),
    _column("Article no.", "N° article", filter="value"),
    _column("Quantity", "Quantité", kind="number"),
]


def _shop(choice: Draw) -> tuple[list[list[Any]], list[list[Any]], list[list[Any]]]:
    """Rows of customers (in four towns), articles and orders."""
    towns = choice.some(TOWNS, 4)
    families = choice.some(FAMILY_NAMES, _CUSTOMERS)
    customers = [
        [f"C{number}", f"{choice.one(FIRST_NAMES)} {family}", towns[place % 4]]
        for place, (number, family) in enumerate(
            zip(sorted(choice.some(range(101, 990), _CUSTOMERS)), families, strict=True)
        )
    ]
    numbers = sorted(choice.some(range(1010, 9900), len(_ARTICLES)))
    articles = [[f"A{number}", name, _FAMILIES[kind], choice.between(5, 60)]
                for number, (name, kind) in zip(numbers, choice.shuffled(_ARTICLES), strict=True)]  # fmt: skip
    start = date(choice.between(2022, 2025), choice.between(1, 12), 1)
    orders = []
    for place in range(_ORDERS):
        day = start + timedelta(days=12 + choice.below(16))
        orders.append(
            [f"{5001 + place}", str(day), choice.one(customers)[0], choice.one(articles)[0], choice.between(1, 9)]
        )
    return customers, articles, orders


def _place(customers: list[Any], articles: list[Any], orders: list[Any]) -> dict[str, Any]:
    tables = [
        {"title": said("Customers", "Clients"), "columns": _CUSTOMER_COLUMNS, "rows": customers},
        {"title": said("Articles", "Articles"), "columns": _ARTICLE_COLUMNS, "rows": articles},
        {
            "title": said("Orders", "Commandes"),
            "columns": _ORDER_COLUMNS,
            "rows": sorted(orders, key=lambda row: str(row[1:2])),
        },
    ]
    return {"name": "register", "start": "", "tables": tables}


@generator("linked_town", takes=("ask",))
def draw_town(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """An article and a day: in which town does the customer live who ordered it then (`ask: town`), or at what price
    and in what number was it ordered by a customer on a day (`ask: amount`)?
    """
    customers, articles, orders = _shop(choice)
    place = choice.below(_ORDERS)
    wanted = orders[place]
    # No other order of that day for that article or by that customer: one line answers.
    orders = [
        row for row in orders if row is wanted or row[1] != wanted[1] or (wanted[2] != row[2] and row[3] != wanted[3])
    ]
    customer = next(row for row in customers if row[0] == wanted[2])
    article = next(row for row in articles if row[0] == wanted[3])
    told = {
        "order": wanted[0],
        "customer": customer[0],
        "person": customer[1],
        "number": article[0],
        "town": customer[2],
        "quantity": wanted[4],
        "price": article[3],
        "amount": {"number": wanted[4] * article[3]},
    }
    facts = {
        "values": {"article": article[1], "day": {"date": wanted[1]}, "name": customer[1]},
        "place": _place(customers, articles, orders),
    }
    if parameters["ask"] == "amount":
        return Drawn(facts, {"value": wanted[4] * article[3], "tolerance": 0, "values": told})
    return Drawn(facts, {"accept": {lang: [text] for lang, text in customer[2].items()}, "values": told})


@generator("linked_total", takes=("ask",))
def draw_total(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A family of articles and a town: what was ordered in all, in pieces (`ask: quantity`) or dinars (`amount`)?"""
    customers, articles, orders = _shop(choice)
    family_of, price_of = {row[0]: row[2] for row in articles}, {row[0]: row[3] for row in articles}
    town_of = {row[0]: row[2] for row in customers}
    counts: dict[tuple[str, str], int] = {}
    for row in orders:
        pair = (family_of[row[3]]["en"], town_of[row[2]]["en"])
        counts[pair] = counts.get(pair, 0) + 1
    # A pair with two to five orders: enough to add up, few enough to follow.
    family, town = choice.one(sorted(pair for pair, count in counts.items() if 2 <= count <= 5))
    kept = [row for row in orders if family_of[row[3]]["en"] == family and town_of[row[2]]["en"] == town]
    total = sum(row[4] * (price_of[row[3]] if parameters["ask"] == "amount" else 1) for row in kept)
    facts = {
        "values": {
            "family": next(one for one in _FAMILIES if one["en"] == family),
            "town": next(one for one in TOWNS if one["en"] == town),
        },
        "place": _place(customers, articles, orders),
    }
    told = {
        "orders": {"list": sorted(row[0] for row in kept)},
        "total": {"number": total},
        "customers": {"list": sorted(number for number, one in town_of.items() if one["en"] == town)},
        "articles": {"list": sorted(number for number, one in family_of.items() if one["en"] == family)},
    }
    return Drawn(facts, {"value": total, "tolerance": 0, "values": told})
