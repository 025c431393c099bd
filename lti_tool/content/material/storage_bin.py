"""What is deleted and what may be: a bin with namesakes, and the storage of a phone with a rule for what may go."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import FAMILY_NAMES, register_of, said

_BIN_COLUMNS = [
    {"title": said("Name", "Nom")},
    {"title": said("Original folder", "Dossier d’origine"), "filter": "value"},
    {"title": said("Deleted on", "Supprimé le"), "kind": "date", "filter": "range"},
    {"title": said("Size (kB)", "Taille (ko)"), "kind": "number"},
]
_BIN = said("Bin", "Corbeille")
_WANTED = (
    said("contract.pdf", "contrat.pdf"), said("invoice.pdf", "facture.pdf"), said("quote.odt", "devis.odt"),
    said("budget.ods", "budget.ods"), said("minutes.odt", "compte-rendu.odt"),
)  # fmt: skip
_OTHERS = (
    said("draft.odt", "brouillon.odt"),
    said("photo-test.jpg", "photo-essai.jpg"),
    said("old-price-list.ods", "anciens-tarifs.ods"),
    said("note.txt", "note.txt"),
    said("poster-v1.pdf", "affiche-v1.pdf"),
    said("copy of list.csv", "copie de liste.csv"),
    said("screen.png", "capture.png"),
    said("rota-march.ods", "planning-mars.ods"),
    said("logo-trial.png", "logo-essai.png"),
    said("letter.odt", "lettre.odt"),
    said("export.csv", "export.csv"),
    said("label.pdf", "etiquette.pdf"),
    said("form-blank.pdf", "formulaire-vide.pdf"),
    said("map.png", "carte.png"),
    said("voice-memo.mp3", "memo-vocal.mp3"),
)


@generator("storage_bin", takes=("namesakes",))
def draw_bin(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A bin of 18 entries, three with the name of the wanted file: from other folders (`namesakes: folders`), or
    from the same folder on other days (`namesakes: days`, the one deleted last is wanted).
    """
    limit = date(choice.between(2022, 2024), choice.between(2, 11), choice.between(13, 28))
    folders = [said(f"Clients/{name}", f"Clients/{name}") for name in choice.some(FAMILY_NAMES, 5)]
    name = choice.one(_WANTED)
    # Days on both sides of the limit, none on it and none twice, so that a line is known by its day.
    days = [limit + timedelta(days=away) for away in choice.some([*range(-40, 0), *range(1, 41)], 18)]
    same = parameters["namesakes"] == "days"
    twins = sorted(days[:3])
    origin = [folders[0]] * 3 if same else folders[:3]
    chosen = 2 if same else choice.below(3)
    rows = [[name, folder, str(day), choice.between(40, 900)] for folder, day in zip(origin, twins, strict=True)]
    others = zip(_OTHERS, days[3:], strict=True)
    rows += [[other, choice.one(folders), str(day), choice.between(8, 2400)] for other, day in others]
    older = sum(day < limit for day in days) - (twins[chosen] < limit)
    facts = {
        "values": {"file": name, "folder": origin[chosen], "limit": {"date": str(limit)}},
        "place": {
            "name": "register",
            "start": "",
            "tables": [{"title": _BIN, "columns": _BIN_COLUMNS, "rows": choice.shuffled(rows)}],
        },
    }
    truth = {"fields": {"day": {"date": str(twins[chosen])}, "count": {"value": older, "tolerance": 0}}}
    return Drawn(facts, {**truth, "values": {"day": {"date": str(twins[chosen])}, "count": older}})


_PHONE_COLUMNS = [
    {"title": said("Item", "Élément")},
    {"title": said("Kind", "Type"), "filter": "value"},
    {"title": said("Size (MB)", "Taille (Mo)"), "kind": "number"},
    {"title": said("Last opened", "Dernière ouverture"), "kind": "date", "filter": "range"},
    {"title": said("Also kept on", "Aussi conservé sur"), "filter": "value"},
]
_KINDS = {
    "video": said("Video", "Vidéo"), "app": said("Application", "Application"), "sound": said("Sound", "Son"),
    "file": said("Download", "Téléchargement"),
}  # fmt: skip
_ITEMS = (
    ("video", said("Workshop tour", "Visite de l’atelier")),
    ("video", said("Safety training", "Formation sécurité")),
    ("video", said("Engine repair", "Réparation moteur")),
    ("video", said("Trade fair", "Salon professionnel")),
    ("video", said("Opening day", "Journée d’ouverture")),
    ("sound", said("Interview", "Entretien")),
    ("sound", said("Staff meeting", "Réunion d’équipe")),
    ("sound", said("Language course", "Cours de langue")),
    ("file", said("Spare parts catalogue", "Catalogue de pièces")),
    ("file", said("Machine manual", "Notice de machine")),
    ("file", said("City maps", "Plans de la ville")),
    ("file", said("Photo album", "Album de photos")),
    ("app", said("Stock game", "Jeu de gestion")),
    ("app", said("Photo effects", "Effets photo")),
)
_KEPT_ON = (said("office computer", "ordinateur du bureau"), said("online space", "espace en ligne"))


@generator("storage_cleaning", takes=("ask",))
def draw_cleaning(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The items of a phone and a rule (unopened since a day, and kept elsewhere): which free what.

    `ask: total` asks how much goes, `ask: largest` for the heaviest item that may go.
    """
    limit = date(choice.between(2022, 2024), choice.between(4, 11), choice.between(13, 28))
    sizes = choice.some(range(120, 3200, 10), len(_ITEMS))
    rows, free = [], []
    # The three heaviest fail the rule in one way each, so that weight alone, date alone or copies alone mislead.
    ranks = sorted(range(len(sizes)), key=lambda place: -sizes[place])
    for place, (kind, name) in enumerate(_ITEMS):
        old, kept = _case(choice, ranks.index(place))
        away = choice.between(20, 300)
        day = limit - timedelta(days=away) if old else limit + timedelta(days=away // 3)
        rows.append([name, _KINDS[kind], sizes[place], str(day), choice.one(_KEPT_ON) if kept else None])
        if old and kept:
            free.append((sizes[place], name))
    total, largest = sum(size for size, _ in free), max(free, key=lambda pair: pair[0])
    phone = register_of(said("Storage of the phone", "Stockage du téléphone"), _PHONE_COLUMNS, choice.shuffled(rows))
    facts = {"values": {"limit": {"date": str(limit)}}, "place": phone}
    values = {
        "items": {"list": [name for _, name in free]},
        "total": {"number": total},
        "largest": largest[1],
        "weight": {"number": largest[0]},
    }
    if parameters["ask"] == "total":
        return Drawn(facts, {"value": total, "tolerance": 0, "values": values})
    return Drawn(facts, {"accept": {lang: [text] for lang, text in largest[1].items()}, "values": values})


def _case(choice: Draw, rank: int) -> tuple[bool, bool]:
    """(unopened for long, kept elsewhere) of the item of that rank by weight: the fourth and fifth may go."""
    if rank < 5:
        return ((True, False), (False, True), (False, False), (True, True), (True, True))[rank]
    return choice.one(((True, True), (True, False), (False, True), (False, False)))
