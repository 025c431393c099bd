"""Names that the challenges of competence 1.1 draw from: towns, people, invented houses; and texts in two languages."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lti_tool.content.chance import Draw

Said = dict[str, str]


def said(fr: str, en: str) -> Said:
    """A text by language, both written as originals."""
    return {"fr": fr, "en": en}


TOWNS = (
    said("Tunis", "Tunis"), said("Sfax", "Sfax"), said("Bizerte", "Bizerte"), said("Alger", "Algiers"),
    said("Oran", "Oran"), said("Annaba", "Annaba"), said("Rabat", "Rabat"), said("Tanger", "Tangier"),
    said("Agadir", "Agadir"), said("Amman", "Amman"), said("Irbid", "Irbid"), said("Beyrouth", "Beirut"),
    said("Saïda", "Sidon"), said("Alexandrie", "Alexandria"), said("Marseille", "Marseille"),
)  # fmt: skip

FIRST_NAMES = (
    "Amina", "Bilal", "Chiraz", "Driss", "Elias", "Farah", "Ghada", "Hakim", "Ines", "Jamil", "Karim", "Leïla",
    "Maya", "Nadir", "Omar", "Rania", "Samir", "Tarek", "Yasmine", "Zineb",
)  # fmt: skip

FAMILY_NAMES = (
    "Abdelnour", "Benslama", "Chalhoub", "Daoudi", "Ferjani", "Ghanem", "Hamdane", "Jarrar", "Kettani", "Lahlou",
    "Mansouri", "Nasri", "Ouali", "Rahmouni", "Sabbagh", "Tahiri", "Yazbek", "Zerrouki",
)  # fmt: skip

PLANTS = (
    ("jasmin", said("du Jasmin", "Jasmine")), ("cedre", said("du Cèdre", "Cedar")),
    ("figuier", said("du Figuier", "Fig Tree")), ("olivier", said("de l’Olivier", "Olive Tree")),
    ("grenadier", said("du Grenadier", "Pomegranate")), ("palmier", said("du Palmier", "Palm")),
    ("romarin", said("du Romarin", "Rosemary")), ("laurier", said("du Laurier", "Laurel")),
    ("amandier", said("de l’Amandier", "Almond Tree")), ("safran", said("du Safran", "Saffron")),
)  # fmt: skip


def people(choice: Draw, count: int) -> list[str]:
    """That many people, no family name twice."""
    return [f"{choice.one(FIRST_NAMES)} {family}" for family in choice.some(FAMILY_NAMES, count)]


@cache
def table(module: str) -> dict[str, Any]:
    """The texts of a generator, from the YAML file of that name beside its module."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(f"{module}.yaml").read_text(encoding="utf-8"))
    return read
