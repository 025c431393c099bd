"""A password manager with entries to open: which passwords are known to others, used twice, or too old."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals

_SERVICES = (
    {"en": "Atlas Bus", "fr": "Atlas Bus"}, {"en": "Cedar Post", "fr": "Poste du Cèdre"},
    {"en": "Training centre", "fr": "Centre de formation"}, {"en": "Jasmine Market", "fr": "Marché Jasmin"},
    {"en": "Mail", "fr": "Messagerie"}, {"en": "Town library", "fr": "Bibliothèque municipale"},
    {"en": "Radio Corniche", "fr": "Radio Corniche"}, {"en": "Olive Bank", "fr": "Banque de l’Olivier"},
    {"en": "Medina Photos", "fr": "Photos Médina"}, {"en": "Clinic appointments", "fr": "Rendez-vous de la clinique"},
    {"en": "Job board", "fr": "Bourse d’emploi"}, {"en": "Football club", "fr": "Club de football"},
)  # fmt: skip
_SIGNS = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPRTUVWXYZ23456789"
_NAMES = ("salma.t", "yacine.b", "nour.h", "karim.m", "lina.s", "walid.a", "rania.k", "tarek.d")
Entry = dict[str, Any]


def _password(choice: Draw) -> str:
    return f"{choice.code(5, _SIGNS)}-{choice.code(5, _SIGNS)}"


def _entry(choice: Draw, service: Any, since: date, until: date) -> Entry:
    return {"service": service, "now": _password(choice), "changed": choice.day(since, until), "before": ""}


def _place(name: str, entries: Sequence[Entry]) -> dict[str, Any]:
    links = [{"path": str(place), "text": one["service"]} for place, one in enumerate(entries, start=1)]
    title = {"en": "Password manager", "fr": "Gestionnaire de mots de passe"}
    first = {"path": "", "title": {"en": "All entries", "fr": "Toutes les fiches"},
             "blocks": [{"block": "links", "items": links}]}  # fmt: skip
    pages = [{"path": str(place), "title": one["service"], "blocks": [{"block": "facts", "rows": _rows(name, one)}]}
             for place, one in enumerate(entries, start=1)]  # fmt: skip
    return {"name": "panel", "start": "", "skin": "account", "brand": title, "pages": [first, *pages]}


def _rows(name: str, entry: Entry) -> list[list[Any]]:
    day = {"date": entry["changed"].isoformat()}
    rows = [[{"en": "User name", "fr": "Identifiant"}, name], [{"en": "Password", "fr": "Mot de passe"}, entry["now"]],
            [{"en": "In use since", "fr": "Utilisé depuis le"}, day]]  # fmt: skip
    if entry["before"]:
        rows.append([{"en": "Password before that", "fr": "Mot de passe précédent"}, entry["before"]])
    return rows


def _ask(choice: Draw, entries: list[Entry], risky: Sequence[Entry], values: dict[str, Any]) -> Drawn:
    right = [one["service"] for one in entries if one in risky]
    wrong = [one["service"] for one in entries if one not in risky]
    shown, ids = proposals(choice, right, wrong)
    place = _place(choice.one(_NAMES), entries)
    found = {"found": {"list": right}}
    return Drawn({"values": values, "proposals": shown, "place": place}, {"right": ids, "values": found})


@generator("vault_leak")
def draw_leak(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A service lost its passwords on a day; which entries open today with the password that it held then?

    The service itself may have another password since; others may still use the lost one, or have used it before.
    """
    leak = choice.day(date(2024, 2, 13), date(2026, 3, 28))
    before = (leak - timedelta(days=700), leak - timedelta(days=20))
    after = (leak + timedelta(days=2), leak + timedelta(days=60))
    services = choice.some(_SERVICES, 7)
    entries = [_entry(choice, service, *before) for service in services]
    lost = entries[0]["now"]
    for one in entries[1 : 1 + choice.between(1, 3)]:
        one["now"] = lost
    cured = [entries[5], *([entries[0]] if choice.chance(1, 2) else [])]
    for one in cured:
        one["before"], one["now"], one["changed"] = lost, _password(choice), choice.day(*after)
    entries[6]["before"] = _password(choice)
    risky = [one for one in entries if one["now"] == lost]
    values = {"service": services[0], "day": {"date": leak.isoformat()}, "lost": lost}
    drawn = _ask(choice, choice.shuffled(entries), risky, values)
    drawn.truth["values"]["lost"] = values.pop("lost")
    return drawn


@generator("vault_rule")
def draw_rule(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A printed rule: a password is changed when it serves for two entries, or is older than a day that is given."""
    limit = choice.day(date(2023, 2, 13), date(2025, 3, 28))
    fresh = (limit + timedelta(days=20), limit + timedelta(days=400))
    old = (limit - timedelta(days=900), limit - timedelta(days=20))
    services = choice.some(_SERVICES, 7)
    entries = [_entry(choice, service, *fresh) for service in services]
    entries[1]["now"] = entries[0]["now"]
    aged = entries[2 : 2 + choice.between(1, 2)]
    for one in aged:
        one["changed"] = choice.day(*old)
    entries[4]["before"] = entries[2]["now"]
    entries[5]["before"] = _password(choice)
    values = {"limit": {"date": limit.isoformat()}}
    drawn = _ask(choice, choice.shuffled(entries), [entries[0], entries[1], *aged], values)
    drawn.truth["values"]["twice"] = {"list": [services[0], services[1]]}
    drawn.truth["values"]["aged"] = {"list": [one["service"] for one in aged]}
    return drawn
