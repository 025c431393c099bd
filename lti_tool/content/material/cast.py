"""Who and what the challenges of competence 1.2 speak of: towns, people, invented houses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

Said = dict[str, str]


def said(en: str, fr: str) -> Said:
    """A text by language, both written as originals."""
    return {"en": en, "fr": fr}


TOWNS = (
    said("Tunis", "Tunis"), said("Sfax", "Sfax"), said("Bizerte", "Bizerte"), said("Algiers", "Alger"),
    said("Oran", "Oran"), said("Annaba", "Annaba"), said("Rabat", "Rabat"), said("Tangier", "Tanger"),
    said("Agadir", "Agadir"), said("Amman", "Amman"), said("Irbid", "Irbid"), said("Aqaba", "Aqaba"),
    said("Beirut", "Beyrouth"), said("Sidon", "Saïda"), said("Cairo", "Le Caire"), said("Alexandria", "Alexandrie"),
    said("Marseille", "Marseille"), said("Nablus", "Naplouse"),
)  # fmt: skip

FIRST_NAMES = (
    "Adel", "Basma", "Dalia", "Emna", "Fadi", "Ghassan", "Houda", "Imed", "Jalila", "Khalil", "Lina", "Mounir",
    "Nadia", "Othman", "Rim", "Salim", "Tahar", "Wafa", "Yassine", "Zahra",
)  # fmt: skip

FAMILY_NAMES = (
    "Abbassi", "Bouzid", "Cherif", "Dridi", "Fares", "Gharbi", "Hafsi", "Jaziri", "Khoury", "Lakhdar", "Maalouf",
    "Naceur", "Othmani", "Rahal", "Salameh", "Toumi", "Wahbi", "Zaidan",
)  # fmt: skip

# Family names that are easily taken one for the other.
NEAR_NAMES = (
    ("Ben Amor", "Ben Amar", "Ben Ammar"), ("Haddad", "Hadad", "Haddadi"), ("Mansour", "Mansouri", "Mensour"),
    ("Khalil", "Khelil", "Khalili"), ("Najar", "Najjar", "Nejjar"), ("Saidi", "Sidi", "Saadi"),
)  # fmt: skip

HOUSES = (
    said("the Al Manara garage", "le garage Al Manara"), said("the Yasmina clinic", "la clinique Yasmina"),
    said("the Dar Nour hotel", "l’hôtel Dar Nour"), said("the Zitouna cooperative", "la coopérative Zitouna"),
    said("the Bab el Bahr workshop", "l’atelier Bab el Bahr"), said("the Ibn Rochd school", "l’école Ibn Rochd"),
    said("the Amandier bakery", "la boulangerie de l’Amandier"), said("the El Amal pharmacy", "la pharmacie El Amal"),
)  # fmt: skip

_WEEKDAYS = (
    said("Monday", "lundi"), said("Tuesday", "mardi"), said("Wednesday", "mercredi"), said("Thursday", "jeudi"),
    said("Friday", "vendredi"), said("Saturday", "samedi"), said("Sunday", "dimanche"),
)  # fmt: skip
_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
}  # fmt: skip


def weekday(day: date) -> Said:
    """`Monday 13 May`, `lundi 13 mai`."""
    name, first = _WEEKDAYS[day.weekday()], {"en": "1", "fr": "1er"}
    return {lang: f"{name[lang]} {first[lang] if day.day == 1 else day.day} {months[day.month - 1]}"
            for lang, months in _MONTHS.items()}  # fmt: skip


def month_name(number: int) -> Said:
    """The month of that number, 1 to 12."""
    return {lang: months[number - 1] for lang, months in _MONTHS.items()}


def register_of(title: Said, columns: Sequence[Any], rows: Sequence[Any]) -> dict[str, Any]:
    """The place of a register with one table (places/register.py)."""
    table = {"title": title, "columns": list(columns), "rows": list(rows)}
    return {"name": "register", "start": "", "tables": [table]}


def explorer_of(files: Sequence[Any]) -> dict[str, Any]:
    """The place of a file explorer over these files (places/explorer.py)."""
    return {"name": "explorer", "start": "", "files": list(files)}


def ordered(texts: Sequence[Any], ids: Sequence[str]) -> list[dict[str, Any]]:
    """Proposals in a given order, for those that have an order of their own (A, B, C)."""
    return [{"id": one, "text": text} for one, text in zip(ids, texts, strict=True)]
