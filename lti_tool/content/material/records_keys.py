"""Members of a cooperative, machines of a workshop: which columns tell every record from every other?

A column (or a pair) qualifies when it is filled in for every record and no value of it occurs twice. Repeats and gaps
are planted; the draw then looks at the rows that it made, and takes nothing for granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.cast import FAMILY_NAMES, FIRST_NAMES, TOWNS, Said, said

COUNT = 36
# The candidates, as places of columns: four columns by themselves, two pairs.
CANDIDATES = ((0,), (1,), (4,), (5,), (1, 2), (1, 3))


@dataclass(frozen=True, slots=True)
class Subject:
    """What the table is about: its title, the titles of its six columns (the third is a date)."""

    title: Said
    columns: tuple[Said, ...]


SUBJECTS = {
    "members": Subject(
        said("Members", "Adhérents"),
        (
            said("Number", "Numéro"),
            said("Name", "Nom"),
            said("Date of birth", "Date de naissance"),
            said("Town", "Ville"),
            said("Telephone", "Téléphone"),
            said("E-mail", "Adresse électronique"),
        ),
    ),
    "machines": Subject(
        said("Machines", "Machines"),
        (
            said("Inventory number", "Numéro d’inventaire"),
            said("Model", "Modèle"),
            said("Date of purchase", "Date d’achat"),
            said("Workshop", "Atelier"),
            said("Serial number", "Numéro de série"),
            said("Label", "Étiquette"),
        ),
    ),
}
_MODELS = tuple(
    said(f"{en} {mark}", f"{fr} {mark}")
    for en, fr in (("Drill", "Perceuse"), ("Saw", "Scie"), ("Lathe", "Tour"), ("Press", "Presse"))
    for mark in ("P2", "P4", "R1", "R3", "X5", "X7", "Z1", "Z9", "K6")
)
_ROOMS = tuple(said(f"Workshop {letter}", f"Atelier {letter}") for letter in "ABCD")


def identifies(rows: Sequence[Sequence[Any]], columns: Sequence[int]) -> bool:
    """Whether these columns together are filled in everywhere and never repeat."""
    keys = [tuple(str(row[place]) for place in columns) for row in rows]
    return len(set(keys)) == len(keys) and all(row[place] is not None for row in rows for place in columns)


def _rows(choice: Draw, subject: str) -> list[list[Any]]:
    """Records that differ in all but the town (the workshop)."""
    numbers = sorted(choice.some(range(110, 980), COUNT))
    members = subject == "members"
    names: Sequence[Any] = choice.some([f"{family} {first}" for family in FAMILY_NAMES for first in FIRST_NAMES], COUNT)
    names = names if members else choice.shuffled(_MODELS)
    rows: list[list[Any]] = []
    for place, (number, name) in enumerate(zip(numbers, names, strict=True)):
        day = date(1958, 1, 1) if members else date(2009, 1, 1)
        day += timedelta(days=choice.below(16_000 if members else 5_400))
        # The last two figures are the place: no two are ever alike by chance.
        first, second = choice.between(2000, 9799), choice.between(10, 98)
        if members:
            ends = [f"{first // 100} {first % 100:02} {place + 11}", f"membre{second}{place:02}@poste.example"]
        else:
            ends = [f"SN{first}-{place + 11}", f"E{second}{place + 11}"]
        rows.append(
            [f"{'M' if members else 'I'}{number}", name, str(day), choice.one(TOWNS if members else _ROOMS), *ends]
        )
    return rows


@generator("record_keys", takes=("of",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Faults are drawn: repeats, gaps, namesakes. One candidate at least qualifies, two at least do not."""
    subject = SUBJECTS[parameters["of"]]
    rows = _rows(choice, parameters["of"])
    order = choice.shuffled(range(COUNT))
    for place, fault in enumerate(_faults(choice)):
        _spoil(rows, fault, order[2 * place], order[2 * place + 1])
    texts = [_title(subject, columns) for columns in CANDIDATES]
    fit = [identifies(rows, columns) for columns in CANDIDATES]
    right = [text for text, fits in zip(texts, fit, strict=True) if fits]
    shown, ids = proposals(choice, right, [text for text, fits in zip(texts, fit, strict=True) if not fits])
    columns = [
        {"title": title, **({"kind": "date"} if place == 2 else {})} for place, title in enumerate(subject.columns)
    ]
    table = {"title": subject.title, "columns": columns, "rows": choice.shuffled(rows)}
    return Drawn({"proposals": shown, "place": {"name": "register", "start": "", "tables": [table]}}, {"right": ids})


def _title(subject: Subject, columns: Sequence[int]) -> Said:
    if len(columns) == 1:
        return subject.columns[columns[0]]
    first, second = (subject.columns[place] for place in columns)
    return said(f"{first['en']} + {second['en'].lower()}", f"{first['fr']} + {second['fr'].lower()}")


def _faults(choice: Draw) -> list[str]:
    """Namesakes always; then two or three faults that leave the number or the pair with the date whole."""
    spoiled = choice.some(("twice 0", "twice 4", "empty 4", "twice 5", "empty 5", "namesakes 2"), choice.between(2, 3))
    if {"twice 0", "namesakes 2"} <= set(spoiled):
        spoiled.remove("twice 0")
    return ["namesakes 3" if choice.chance(2, 3) else "namesakes", *spoiled]


def _spoil(rows: list[list[Any]], fault: str, first: int, second: int) -> None:
    """Plant one fault: the same value in two records (namesakes: and the same name), or no value in one."""
    what, _, column = fault.partition(" ")
    if what == "namesakes":
        rows[second][1] = rows[first][1]
    if column:
        rows[second][int(column)] = None if what == "empty" else rows[first][int(column)]
