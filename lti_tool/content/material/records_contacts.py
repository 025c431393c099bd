"""An address book with near namesakes: finding an entry, and finding the one that a letter corrects."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.cast import FAMILY_NAMES, FIRST_NAMES, NEAR_NAMES, TOWNS, Said, register_of, said
from lti_tool.content.places.plenty import Plenty
from lti_tool.content.places.register import book

_TRADES = (
    said("Electrician", "Électricité"), said("Plumber", "Plomberie"), said("Carpenter", "Menuiserie"),
    said("Painter", "Peinture"), said("Mason", "Maçonnerie"), said("Tailor", "Couture"), said("Caterer", "Traiteur"),
    said("Mechanic", "Mécanique"),
)  # fmt: skip
_STREETS = (
    said("{n} Olive Street", "{n} rue des Oliviers"), said("{n} Harbour Street", "{n} rue du Port"),
    said("{n} Market Square", "{n} place du Marché"), said("{n} Jasmine Avenue", "{n} avenue des Jasmins"),
    said("{n} Potters’ Street", "{n} rue des Potiers"), said("{n} Station Road", "{n} rue de la Gare"),
)  # fmt: skip
_COLUMNS = [
    {"title": said("Family name and first name", "Nom et prénom")},
    {"title": said("Town", "Ville")},
    {"title": said("Trade", "Métier")},
    {"title": said("Telephone", "Téléphone"), "hidden": True},
]


def telephone(choice: Draw | Plenty) -> str:
    """A telephone number of six figures in pairs."""
    return " ".join(str(10 + choice.below(90)) for _ in range(3))


@book("contacts")
def contacts(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Eighty entries in alphabetical order: those of the specification and as many others as are missing."""
    plenty = Plenty(spec["token"], 80 * 7)
    rows = [list(row) for row in spec["planted"]]
    while len(rows) < 80:
        name = f"{plenty.one(FAMILY_NAMES)} {plenty.one(FIRST_NAMES)}"
        rows.append([name, plenty.one(TOWNS), plenty.one(_TRADES), telephone(plenty)])
    rows.sort(key=lambda row: str(row[0]))
    return [{"title": said("Contacts", "Contacts"), "columns": _COLUMNS, "rows": rows}]


@generator("contact_find", takes=("by",))
def draw_find(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Near namesakes: the telephone of one, told by its town (`by: town`) or by its trade as well (`by: trade`)."""
    spellings = choice.some([name for names in choice.some(NEAR_NAMES, 2) for name in names], 5)
    first, other = choice.some(FIRST_NAMES, 2)
    towns, trades = choice.some(TOWNS, 4), choice.some(_TRADES, 4)
    # The wanted entry is the first; the others agree with it in all but one or two respects.
    people = [(spellings[0], first, towns[0], trades[0]), (spellings[0], first, towns[1], trades[1]),
              (spellings[0], other, towns[0], trades[0]), (spellings[1], first, towns[0], trades[2]),
              (spellings[2], first, towns[2], trades[0]), (spellings[3], first, towns[3], trades[3])]  # fmt: skip
    if parameters["by"] == "trade":
        people.append((spellings[0], first, towns[0], trades[3]))
    numbers: list[str] = []
    while len(numbers) < len(people):
        number = telephone(choice)
        numbers += [number] if number not in numbers else []
    planted = [
        [f"{family} {given}", town, trade, number]
        for (family, given, town, trade), number in zip(people, numbers, strict=True)
    ]
    facts = {
        "values": {"name": f"{first} {spellings[0]}", "town": towns[0], "trade": trades[0]},
        "place": {
            "name": "register",
            "start": "",
            "book": "contacts",
            "token": choice.token(),
            "planted": choice.shuffled(planted),
        },
    }
    return Drawn(facts, {"accept": [numbers[0]], "values": {"number": numbers[0]}})


_CARD_COLUMNS = [
    {"title": said("Card", "Fiche")},
    {"title": said("Name", "Nom")},
    {"title": said("Town", "Ville")},
    {"title": said("Postal address", "Adresse postale"), "hidden": True},
    {"title": said("Telephone", "Téléphone"), "hidden": True},
    {"title": said("E-mail", "Adresse électronique"), "hidden": True},
]
_PARTS = (
    said("postal address", "l’adresse postale"),
    said("telephone", "le téléphone"),
    said("e-mail", "l’adresse électronique"),
)


def _street(choice: Draw) -> Said:
    number = choice.between(2, 96)
    return {lang: text.replace("{n}", str(number)) for lang, text in choice.one(_STREETS).items()}


def _card(choice: Draw, name: str, town: Said, mark: int) -> list[Any]:
    first, _, family = name.partition(" ")
    email = f"{first[0].lower()}.{family.lower().replace(' ', '')}{mark}@poste.example"
    return [name, town, _street(choice), telephone(choice), email]


_LETTER = said(
    "{name}, {address}, {town}. Telephone: {phone}. E-mail: {email}.",
    "{name}, {address}, {town}. Téléphone\u00a0: {phone}. Adresse électronique\u00a0: {email}.",
)


def _strangers(choice: Draw) -> list[list[Any]]:
    """Sixteen cards of people with other names."""
    families = choice.some(FAMILY_NAMES, 16)
    return [
        _card(choice, f"{choice.one(FIRST_NAMES)} {family}", choice.one(TOWNS), choice.between(11, 98))
        for family in families
    ]


def _numbered(choice: Draw, cards: Sequence[Sequence[Any]]) -> tuple[list[int], dict[str, Any]]:
    """A number for each card, in the given order, and the register that shows them in the order of their numbers."""
    numbers = choice.some(range(1024, 4096), len(cards))
    rows = sorted(([str(number), *card] for number, card in zip(numbers, cards, strict=True)), key=lambda row: row[0])
    return numbers, register_of(said("Customer cards", "Fiches clients"), _CARD_COLUMNS, rows)


def numbered(number: int) -> list[str]:
    """The number of a card as people write it: bare (# is forgiven in any text), or after a word that announces it."""
    words = ("n°", "no.", "number", "numéro", "card", "fiche", "card no.", "fiche n°")
    return [str(number), *(f"{word} {number}" for word in words)]


@generator("contact_correct")
def draw_correct(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Customer cards with namesakes in one town and a letter: the card to correct, and what differs on it.

    The letter agrees with one card in all but one part; with its namesakes' it agrees in the town alone.
    """
    first, (family, *near), town = choice.one(FIRST_NAMES), choice.one(NEAR_NAMES), choice.one(TOWNS)
    name, marks = f"{first} {family}", choice.some(range(11, 99), 5)
    namesakes = [_card(choice, name, town, mark) for mark in marks[:3]]
    others = [
        _card(choice, f"{first} {one}", choice.one(TOWNS), mark) for one, mark in zip(near, marks[3:], strict=True)
    ]
    part = choice.below(3)
    letter = list(namesakes[0])
    letter[2 + part] = _other(choice, letter, part, [card[2 + part] for card in namesakes])
    numbers, place = _numbered(choice, [*namesakes, *others, *_strangers(choice)])
    options, ids = opaque(choice, list(_PARTS))
    facts = {
        "values": {"name": name, "town": town, "address": letter[2], "phone": letter[3], "email": letter[4]},
        "shown": [{"kind": "paragraph", "text": _LETTER}], "options": {"part": options}, "place": place,
    }  # fmt: skip
    fields = {"card": {"accept": numbered(numbers[0])}, "part": {"option": ids[part]}}
    told = {"card": numbers[0], "old": namesakes[0][2 + part], "new": letter[2 + part]}
    return Drawn(facts, {"fields": fields, "values": told})


def _other(choice: Draw, letter: Sequence[Any], changed: int, taken: Sequence[Any]) -> Any:
    """Another address, number or e-mail than any of the namesakes'."""
    made: Any = taken[0]
    while made in taken:
        made = (
            _street(choice),
            telephone(choice),
            f"{letter[0].split()[0].lower()}{choice.between(100, 999)}@courrier.example",
        )[changed]
    return made


@generator("contact_double")
def draw_double(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Cards of which two are one customer's, spelt in two ways; namesakes with other numbers are other people."""
    first, (family, other, third), town = choice.one(FIRST_NAMES), choice.one(NEAR_NAMES), choice.one(TOWNS)
    marks = choice.some(range(11, 99), 3)
    card = _card(choice, f"{first} {family}", town, marks[0])
    double = [f"{first} {other}", town, *card[2:]]
    namesakes = [_card(choice, f"{first} {name}", town, mark) for name, mark in ((family, marks[1]), (third, marks[2]))]
    numbers, place = _numbered(choice, [card, double, *namesakes, *_strangers(choice)])
    low, high = sorted(numbers[:2])
    fields = {"low": {"accept": numbered(low)}, "high": {"accept": numbered(high)}}
    truth = {"fields": fields, "values": {"phone": card[3], "email": card[4]}}
    return Drawn({"values": {"first": first}, "place": place}, truth)
