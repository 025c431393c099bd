"""Invented names for invented places: towns, rivers, people, pseudonyms of contributors. None is meant to be real."""

from lti_tool.content.chance import Draw

FIRST_NAMES = (
    "Amal", "Amine", "Anouk", "Basma", "Bilal", "Chadi", "Clara", "Dalia", "Elias", "Farah", "Farid", "Ghada", "Hadi",
    "Hana", "Ilyès", "Ines", "Jad", "Joumana", "Kamel", "Karima", "Lamia", "Leïla", "Lina", "Malek", "Maya", "Mehdi",
    "Mira", "Nabil", "Nadia", "Nour", "Omar", "Rami", "Rana", "Rim", "Sami", "Samir", "Sara", "Selma", "Tarek", "Yara",
    "Yasmine", "Youssef", "Zeina", "Zied",
)  # fmt: skip
FAMILY_NAMES = (
    "Abdelli", "Amrani", "Azzouz", "Baccar", "Belkadi", "Benali", "Bouzid", "Chahine", "Cherif", "Daoud", "Dridi",
    "Fares", "Gharbi", "Haddad", "Hamdan", "Jaziri", "Kabbani", "Karam", "Khelifi", "Lahlou", "Mansouri", "Marzouki",
    "Mekki", "Naccache", "Nasri", "Othmani", "Rahal", "Sabbagh", "Saïdi", "Salem", "Sayegh", "Slimani", "Tazi",
    "Touati", "Yacoub", "Zahran", "Zeghal", "Ziani",
)  # fmt: skip
_STARTS = (
    "Bel",
    "Cal",
    "Dar",
    "Fer",
    "Gal",
    "Har",
    "Kel",
    "Lor",
    "Mar",
    "Nar",
    "Or",
    "Pel",
    "Sar",
    "Tal",
    "Ver",
    "Zar",
)
_MIDDLES = ("", "", "a", "e", "i", "o", "an", "en", "im", "ol")
_ENDS = ("mora", "nessa", "vella", "rina", "dane", "loun", "mys", "tane", "bessa", "quera", "zine", "ville", "mera")
_ALIASES = (
    "Almond", "Amber", "Atlas", "Basil", "Cedar", "Cobalt", "Comet", "Coral", "Dune", "Fennel", "Fig", "Granite",
    "Heron", "Indigo", "Iris", "Jasmine", "Lagoon", "Lynx", "Mimosa", "Mosaic", "Nacre", "Ocre", "Olive", "Opal",
    "Orion", "Pepper", "Quartz", "Saffron", "Sable", "Sirocco", "Swift", "Thyme", "Topaz", "Vega", "Zephyr",
)  # fmt: skip
_TAILS = ("", "", "_bis", "Reader", "Fan", "Pen", "_07", "1984", "22", "42", "_dz", "88", "Lab", "Notes", "101")


def town(choice: Draw) -> str:
    """The name of a town: `Kelanessa`."""
    return choice.one(_STARTS) + choice.one(_MIDDLES) + choice.one(_ENDS)


def towns(choice: Draw, count: int) -> list[str]:
    """Names of towns, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[town(choice)] = None
    return list(found)


def person(choice: Draw) -> str:
    """First and family name."""
    return f"{choice.one(FIRST_NAMES)} {choice.one(FAMILY_NAMES)}"


def people(choice: Draw, count: int) -> list[str]:
    """People with different first and different family names (at most 38)."""
    names = zip(choice.some(FIRST_NAMES, count), choice.some(FAMILY_NAMES, count), strict=True)
    return [f"{first} {family}" for first, family in names]


def aliases(choice: Draw, count: int) -> list[str]:
    """Pseudonyms of contributors, each with another beginning (at most 35)."""
    return [alias + choice.one(_TAILS) for alias in choice.some(_ALIASES, count)]


def internet_address(choice: Draw) -> str:
    """An internet address from the ranges kept for documentation (RFC 5737), as of a contributor without account."""
    return f"{choice.one(('192.0.2', '198.51.100', '203.0.113'))}.{choice.between(2, 250)}"


def turned(person: str) -> str:
    """A name with the family name first, as many write it: `Lahlou Tarek`."""
    return " ".join(reversed(person.split(" ", 1)))
