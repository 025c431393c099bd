"""A browser warns of a site's certificate: for whom it was issued, until when it is good, and why the browser warns."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.web_names import organisation

_ISSUERS = ("Autorité Phare", "Certia Méditerranée", "Sceau du Levant")
_CAUSES = {
    "expired": {"en": "it is no longer valid", "fr": "il n’est plus valable"},
    "early": {"en": "it is not valid yet", "fr": "il n’est pas encore valable"},
    "name": {"en": "it was issued for another name", "fr": "il a été délivré pour un autre nom"},
    "issuer": {
        "en": "the browser does not know who issued it",
        "fr": "le navigateur ne connaît pas celui qui l’a délivré",
    },
}
_WARNING = {
    "en": "The browser could not make sure that this connection is safe. It does not open the site.",
    "fr": "Le navigateur n’a pas pu s’assurer que cette connexion est sûre. Il n’ouvre pas le site.",
}
_AUTHORITIES = {"en": "Authorities that the browser knows", "fr": "Autorités connues du navigateur"}
_OTHERS = ("hebergement-cedre.example", "pages-atlas.example", "serveurs-corniche.example")


def _certificate(choice: Draw, cause: str, host: str, today: date) -> dict[str, Any]:
    start, end = today - timedelta(days=choice.between(40, 300)), today + timedelta(days=choice.between(45, 300))
    if cause == "expired":
        end = today - timedelta(days=choice.between(2, 25))
        start = end - timedelta(days=365)
    if cause == "early":
        start = today + timedelta(days=choice.between(3, 25))
        end = start + timedelta(days=365)
    name = f"{choice.one(('www', 'shop', 'mail'))}.{choice.one(_OTHERS)}" if cause == "name" else host
    issuer = name if cause == "issuer" else choice.one(_ISSUERS)
    return {"name": name, "issuer": issuer, "start": start.isoformat(), "end": end.isoformat()}


def _pages(host: str, certificate: Mapping[str, Any], known: list[str]) -> list[dict[str, Any]]:
    links = [{"path": "certificate", "text": {"en": "View the certificate", "fr": "Afficher le certificat"}},
             {"path": "authorities", "text": _AUTHORITIES}]  # fmt: skip
    rows = [[{"en": "Issued for", "fr": "Délivré pour"}, certificate["name"]],
            [{"en": "Issued by", "fr": "Délivré par"}, certificate["issuer"]],
            [{"en": "Valid from", "fr": "Valable à partir du"}, {"date": certificate["start"]}],
            [{"en": "Valid until", "fr": "Valable jusqu’au"}, {"date": certificate["end"]}]]  # fmt: skip
    return [
        {"path": "", "title": {"en": "Warning", "fr": "Avertissement"}, "blocks": [
            {"block": "address", "text": f"https://{host}/"}, {"block": "notice", "text": _WARNING},
            {"block": "links", "items": links}]},
        {"path": "certificate", "title": links[0]["text"], "blocks": [
            {"block": "address", "text": f"https://{host}/"}, {"block": "facts", "rows": rows}]},
        {"path": "authorities", "title": links[1]["text"], "blocks": [
            {"block": "facts", "rows": [[str(place), name] for place, name in enumerate(known, start=1)]}]},
    ]  # fmt: skip


@generator("certificate", takes=("causes",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """One cause of those listed (expired, early, name, issuer), never two at once."""
    cause = choice.one(parameters["causes"])
    today = choice.day(date(2024, 1, 13), date(2026, 9, 28))
    host = f"{choice.one(('www', 'client', 'booking'))}.{organisation(choice)['domain']}"
    certificate = _certificate(choice, cause, host, today)
    options, ids = opaque(choice, list(_CAUSES.values()))
    fields = {"name": {"accept": [certificate["name"]]}, "until": {"date": certificate["end"]},
              "cause": {"option": ids[list(_CAUSES).index(cause)]}}  # fmt: skip
    place = {"name": "panel", "start": "", "skin": "computer", "brand": {"en": "Browser", "fr": "Navigateur"},
             "pages": _pages(host, certificate, choice.shuffled(_ISSUERS))}  # fmt: skip
    values = {"today": {"date": today.isoformat()}, "host": host}
    told = {"name": certificate["name"], "until": {"date": certificate["end"]}, "issuer": certificate["issuer"],
            "start": {"date": certificate["start"]}, "cause": _CAUSES[cause]}  # fmt: skip
    return Drawn({"values": values, "place": place, "options": {"cause": options}}, {"fields": fields, "values": told})
