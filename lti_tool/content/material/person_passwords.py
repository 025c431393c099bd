"""Passwords of an invented person whose profile anyone can read: some made from it, some drawn at random."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.wording import written

_NAMES = ("Salma", "Yacine", "Nour", "Karim", "Lina", "Samir", "Dalia", "Walid", "Rania", "Tarek", "Maya", "Nabil")
_PETS = ("Simba", "Caramel", "Zita", "Filou", "Pacha", "Nala", "Oscar", "Biscuit")
_TOWNS = ("Sfax", "Oran", "Rabat", "Amman", "Agadir", "Sousse", "Irbid", "Aqaba", "Bizerte", "Annaba", "Marseille")
_TRADES = (
    {"en": "hairdressing", "fr": "coiffure"}, {"en": "pastry", "fr": "pâtisserie"},
    {"en": "mechanics", "fr": "mécanique"}, {"en": "sewing", "fr": "couture"},
    {"en": "electricity", "fr": "électricité"}, {"en": "joinery", "fr": "menuiserie"},
)  # fmt: skip
_WORDS = (
    ("lamp", "lampe"), ("river", "riviere"), ("carpet", "tapis"), ("pepper", "poivre"), ("ladder", "echelle"),
    ("cloud", "nuage"), ("button", "bouton"), ("melon", "melon"), ("anchor", "ancre"), ("violin", "violon"),
    ("brick", "brique"), ("candle", "bougie"), ("falcon", "faucon"), ("ticket", "billet"), ("spoon", "cuiller"),
    ("window", "fenetre"), ("desert", "desert"), ("engine", "moteur"), ("pencil", "crayon"), ("island", "ile"),
)  # fmt: skip
_COMMON = ("123456789", "password1", "azerty123", "qwerty2024", "motdepasse", "iloveyou1", "111222333")
_LIKE_LETTERS = str.maketrans({"a": "@", "i": "1", "o": "0", "e": "3"})
_SIGNS = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPRTUVWXYZ23456789"


def _profile(choice: Draw) -> dict[str, Any]:
    return {"name": choice.one(_NAMES), "year": choice.between(1994, 2006), "pet": choice.one(_PETS),
            "town": choice.one(_TOWNS), "trade": choice.one(_TRADES)}  # fmt: skip


def _from_profile(choice: Draw, profile: Mapping[str, Any]) -> list[str]:
    """Four passwords made of the profile, none twice; long and full of signs, as many rules demand."""
    short = f"{profile['year'] % 100:02}"
    disguised = profile["town"].lower().translate(_LIKE_LETTERS).capitalize()
    return choice.shuffled([
        f"{profile['name']}{profile['year']}!",
        f"{profile['pet']}_{profile['name']}{short}",
        f"{disguised}{profile['year']}*",
        f"{profile['pet'].upper()}.{profile['year']}",
    ])  # fmt: skip


def _phrase(choice: Draw, length: int) -> dict[str, str]:
    words = choice.some(_WORDS, length)
    return {"en": "-".join(word[0] for word in words), "fr": "-".join(word[1] for word in words)}


def _mixed(choice: Draw, length: int) -> str:
    return choice.code(length - 2, _SIGNS) + choice.one("+*?%#") + choice.code(1, _SIGNS)


@generator("person_passwords", takes=("ask",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """`ask` is `strongest` (one random among three that can be guessed) or `weakest` (the other way round)."""
    profile = _profile(choice)
    guessed = _from_profile(choice, profile)
    if parameters["ask"] == "strongest":
        right: Any = choice.one((_phrase(choice, 5), _mixed(choice, 16)))
        wrong: list[Any] = [*guessed[:2], choice.one(_COMMON)]
    else:
        right, wrong = guessed[0], [_phrase(choice, 5), _phrase(choice, 6), _mixed(choice, 16)]
    shown, ids = proposals(choice, [right], wrong)
    rows = [[{"en": "First name", "fr": "Prénom"}, profile["name"]],
            [{"en": "Born in", "fr": "Année de naissance"}, str(profile["year"])],
            [{"en": "Lives in", "fr": "Ville"}, profile["town"]],
            [{"en": "Training", "fr": "Formation"}, profile["trade"]],
            [{"en": "Cat", "fr": "Chat"}, profile["pet"]]]  # fmt: skip
    table = {"kind": "table", "caption": {"en": "Public profile", "fr": "Profil public"},
             "head": [{"en": "What", "fr": "Rubrique"}, {"en": "Shown to all", "fr": "Visible par tous"}],
             "rows": rows}  # fmt: skip
    facts = {"values": {"name": profile["name"]}, "proposals": shown, "shown": [table]}
    return Drawn(facts, {"right": ids, "values": {"right": written(right, {}), "guessed": guessed[0]}})
