"""The file explorer over a large store: a few listed files, and many more that follow from a token.

Specification: `planted` (files as the explorer takes them), `token`, `year`, `month` and `limit` (kB): no file from the
token is a PDF document heavier than the limit and modified in that month, so that only planted ones can be.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.places import place, places
from lti_tool.content.places.plenty import Plenty
from lti_tool.content.presentation import PlacePage

COUNT = 220
FOLDERS = (
    {"en": "Orders", "fr": "Commandes"}, {"en": "Customers/Companies", "fr": "Clients/Entreprises"},
    {"en": "Customers/Private persons", "fr": "Clients/Particuliers"}, {"en": "Team/Rotas", "fr": "Équipe/Plannings"},
    {"en": "Purchases/2023", "fr": "Achats/2023"}, {"en": "Purchases/2024", "fr": "Achats/2024"},
)  # fmt: skip
STEMS = (
    {"en": "note", "fr": "note"},
    {"en": "quote", "fr": "devis"},
    {"en": "list", "fr": "liste"},
    {"en": "letter", "fr": "courrier"},
    {"en": "photo", "fr": "photo"},
    {"en": "statement", "fr": "releve"},
    {"en": "drawing", "fr": "dessin"},
)
_ENDINGS = ("pdf", "pdf", "ods", "odt", "txt", "jpg", "csv")


def stored(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every file of the store: those listed, then those of the token."""
    plenty = Plenty(spec["token"], COUNT * 9)
    return [*spec["planted"], *(_one(plenty, number, spec) for number in range(COUNT))]


def _one(plenty: Plenty, number: int, spec: Mapping[str, Any]) -> dict[str, Any]:
    folder, stem, ending = plenty.one(FOLDERS), plenty.one(STEMS), plenty.one(_ENDINGS)
    month, size = 1 + plenty.below(12), 20 + plenty.below(4000)
    if ending == "pdf" and month == spec["month"]:
        size = 5 + size % (spec["limit"] - 200)
    moment = f"{spec['year']}-{month:02}-{1 + plenty.below(28):02}T{8 + plenty.below(10):02}:{10 + plenty.below(50)}"
    path = {lang: f"{folder[lang]}/{stem[lang]}-{100 + number}.{ending}" for lang in ("en", "fr")}
    text = f"REF {10_000 + plenty.below(4096)}"
    return {"path": path, "size": size * 1000, "modified": moment, "content": text}


@place("shelves")
def view(spec: Mapping[str, Any], path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """The explorer over the store."""
    return places()["explorer"]({"files": stored(spec)}, path, query, language)
