"""The report of a program that was run in isolation: what it read, whom it called, how it starts again."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator, opaque
from lti_tool.content.places.log import as_csv, log_corpus

_READ, _WRITE = {"en": "read", "fr": "lecture"}, {"en": "write", "fr": "écriture"}
_NET, _START = {"en": "network", "fr": "réseau"}, {"en": "start-up", "fr": "démarrage"}
_DATA = (
    ({"en": "saved passwords of the browser", "fr": "mots de passe enregistrés dans le navigateur"},
     ("browser/profile/logins.db", "browser/profile/keys.db", "browser/profile/forms.db")),
    ({"en": "photos", "fr": "photos"}, ("photos/2024/img_{n}.jpg", "photos/2025/img_{n}.jpg")),
    ({"en": "address book", "fr": "carnet d’adresses"}, ("mail/contacts.vcf", "mail/contacts-{n}.vcf")),
    ({"en": "accounting spreadsheets", "fr": "tableaux de comptabilité"},
     ("documents/accounts/{n}.ods", "documents/accounts/till-{n}.xlsx")),
)  # fmt: skip
_OWN = ("program/{program}.bin", "program/fonts/font-{n}.ttf", "program/language/fr.txt", "program/icons/{n}.png",
        "documents/manual-{n}.pdf", "settings/printer.ini", "settings/{program}.ini", "system/zones.dat")  # fmt: skip
_PROGRAMS = ("pdf-rapide", "lecteur-azur", "visio-pages", "doc-leger")
_STRANGERS = ("collecte-nord.example", "stock-gris.example", "boite-sombre.example", "relais-neuf.example")
_ENTRIES = ("printer-check", "sync-time", "clock-care", "font-cache", "light-agent")
_COLUMNS = (
    {"name": "number", "label": {"en": "Line", "fr": "Ligne"}},
    {"name": "action", "label": {"en": "Action", "fr": "Action"}, "filter": True},
    {"name": "object", "label": {"en": "On what", "fr": "Sur quoi"}},
)


def _ordinary(choice: Draw, program: str) -> list[list[Any]]:
    """What any reader of documents does: its own files, the printer at home, its publisher's site."""
    rows: list[list[Any]] = []
    for _ in range(choice.between(44, 56)):
        path = choice.one(_OWN).format(program=program, n=choice.between(10, 99))
        rows.append([_WRITE if path.startswith("settings") and choice.chance(1, 2) else _READ, path])
    rows += [[_NET, "192.168.1.1:53"], [_NET, "127.0.0.1:9100"], [_NET, f"update.{program}.example:443"]]
    return choice.shuffled(rows)


@log_corpus("run_report")
def rows(spec: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    """Ordinary lines with the others spread among them in their order, numbered."""
    choice = from_token(spec["token"])
    lines = _ordinary(choice, spec["program"])
    places = sorted(choice.some(range(8, len(lines)), len(spec["strange"])), reverse=True)
    for place, strange in zip(places, reversed(spec["strange"]), strict=True):
        lines.insert(place, strange)
    return [[f"{number:03}", *line] for number, line in enumerate(lines, start=1)]


def render(facts: Facts, _name: str, language: str) -> bytes:
    """The whole report as CSV."""
    return as_csv(facts["report"], language)


def _strange(choice: Draw, taken: int, address: str, start: str) -> list[list[Any]]:
    """What does not belong there, in its order: files read, packed, sent, and the entry for the next start."""
    patterns = _DATA[taken][1] * 3
    read = [[_READ, pattern.format(n=choice.between(10, 99))] for pattern in patterns]
    packed = [_WRITE, f"temp/{choice.code(6).lower()}.zip"]
    sent = [[_NET, address] for _ in range(choice.between(2, 4))]
    return [*{row[1]: row for row in read}.values(), packed, *sent, [_START, start]]


@generator("run_report", render=render, takes=("way",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The outside address that is not the publisher's, what is read, the entry; `way` is `page` or `file`."""
    program, taken, entry = choice.one(_PROGRAMS), choice.below(len(_DATA)), choice.one(_ENTRIES)
    address = f"{choice.one(('in', 'up', 'data'))}{choice.between(2, 9)}.{choice.one(_STRANGERS)}"
    port = choice.one((443, 8443, 2222))
    strange = _strange(choice, taken, f"{address}:{port}", f"{entry} → program/{program}.bin")
    options, ids = opaque(choice, [kind for kind, _ in _DATA])
    spec = {"name": "log", "start": "", "brand": {"en": "Report of the run", "fr": "Rapport d’exécution"},
             "columns": list(_COLUMNS), "corpus": "run_report", "token": choice.token(), "program": program,
             "strange": strange}  # fmt: skip
    fields = {"address": {"accept": [address, f"{address}:{port}", f"https://{address}"]},
              "what": {"option": ids[taken]},
              "entry": {"accept": [entry, f"{entry} → program/{program}.bin"]}}  # fmt: skip
    told = {"address": address, "what": _DATA[taken][0], "entry": entry}
    values = {"program": program, "publisher": f"{program}.example"}
    shown: dict[str, Any] = {"place": spec}
    if parameters["way"] == "file":
        file = {"name": "report", "file_name": {"en": "report.csv", "fr": "rapport.csv"}, "media_type": "text/csv"}
        shown = {"report": spec, "downloads": [file]}
    return Drawn({"values": values, "options": {"what": options}, **shown}, {"fields": fields, "values": told})
