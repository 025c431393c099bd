"""Registers of an office to filter: how many records meet two conditions. The draw counts the rows that are shown."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import said
from lti_tool.content.places.plenty import Plenty
from lti_tool.content.places.register import book

ROWS = 150
_PARTS = (
    said("Brakes", "Freinage"),
    said("Filters", "Filtres"),
    said("Lighting", "Éclairage"),
    said("Batteries", "Batteries"),
    said("Tyres", "Pneus"),
    said("Oils", "Huiles"),
)
_SHELVES = ("A1", "A2", "B1", "B2", "C1")
_UNITS = (
    said("Dental care", "Soins dentaires"), said("Eye care", "Ophtalmologie"), said("Paediatrics", "Pédiatrie"),
    said("Physiotherapy", "Kinésithérapie"), said("Vaccination", "Vaccination"),
)  # fmt: skip
_STATES = (
    said("confirmed", "confirmé"),
    said("to confirm", "à confirmer"),
    said("cancelled", "annulé"),
    said("done", "effectué"),
)
_STOCK_COLUMNS = [
    {"title": said("Reference", "Référence")}, {"title": said("Category", "Catégorie"), "filter": "value"},
    {"title": said("Shelf", "Rayon"), "filter": "value"},
    {"title": said("Quantity", "Quantité"), "kind": "number", "filter": "range"},
]  # fmt: skip
_VISIT_COLUMNS = [
    {"title": said("File", "Dossier")},
    {"title": said("Department", "Service"), "filter": "value"},
    {"title": said("State", "État"), "filter": "value"},
    {"title": said("Day", "Jour"), "kind": "date", "filter": "range"},
]


def stock_rows(token: str) -> list[list[Any]]:
    """Reference, category, shelf, quantity."""
    plenty = Plenty(token, ROWS * 3)
    return [
        [f"P-{1001 + 7 * place}", plenty.one(_PARTS), plenty.one(_SHELVES), plenty.below(40)] for place in range(ROWS)
    ]


def visit_rows(token: str, first: str) -> list[list[Any]]:
    """File, department, state, day: over four weeks from the first day."""
    plenty, start = Plenty(token, ROWS * 3), date.fromisoformat(first)
    days = [str(start + timedelta(days=away)) for away in range(28)]
    return [
        [f"D-{3003 + 11 * place}", plenty.one(_UNITS), plenty.one(_STATES), plenty.one(days)] for place in range(ROWS)
    ]


@book("stock")
def stock(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The stock of a garage."""
    title = said("Stock of spare parts", "Stock de pièces détachées")
    return [{"title": title, "columns": _STOCK_COLUMNS, "rows": stock_rows(spec["token"])}]


@book("visits")
def visits(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The appointment book of a clinic."""
    title = said("Appointments", "Rendez-vous")
    return [{"title": title, "columns": _VISIT_COLUMNS, "rows": visit_rows(spec["token"], spec["first"])}]


def _stock_asked(choice: Draw, token: str) -> tuple[dict[str, Any], list[list[Any]], dict[str, Any], tuple[Any, Any]]:
    """The place, its rows, the values of the texts, and the range of the last column; two rows at least lie in it."""
    rows, value = stock_rows(token), choice.one(_PARTS)
    amounts = sorted(row[3] for row in rows if row[1] == value)
    most = max(choice.between(4, 12), *amounts[:2])
    return {"book": "stock", "token": token}, rows, {"value": value, "most": most}, (0, most)


def _visits_asked(choice: Draw, token: str) -> tuple[dict[str, Any], list[list[Any]], dict[str, Any], tuple[Any, Any]]:
    """The same for the appointments, the range being of days."""
    start = date(choice.between(2023, 2025), choice.between(1, 12), choice.between(1, 28))
    first, last = start + timedelta(days=choice.between(3, 7)), start + timedelta(days=choice.between(12, 20))
    rows = visit_rows(token, str(start))
    values = {"value": choice.one(_UNITS), "first": {"date": str(first)}, "last": {"date": str(last)}}
    return {"book": "visits", "token": token, "first": str(start)}, rows, values, (str(first), str(last))


@generator("record_count", takes=("in", "by"))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Two conditions on a register (`in`: stock or visits): two values, or (`by: range`) a value and a range."""
    ask = _stock_asked if parameters["in"] == "stock" else _visits_asked
    place, rows, values, (low, high) = ask(choice, choice.token())
    among = [row for row in rows if row[1] == values["value"]]
    other = choice.one(among)[2]
    if parameters.get("by") == "range":
        count = sum(low <= row[3] <= high for row in among)
    else:
        count = sum(row[2] == other for row in among)
    facts = {"values": {**values, "other": other}, "place": {"name": "register", "start": "", **place}}
    return Drawn(facts, {"value": count, "tolerance": 0, "values": {"count": count, "among": len(among)}})
