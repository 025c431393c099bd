"""A sign-in log in which one account was taken over: by many tries, by a common password, or at the first try."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator, opaque
from lti_tool.content.places.log import as_csv, log_corpus

_PEOPLE = ("a.benali", "s.mansour", "k.haddad", "l.trabelsi", "n.saidi", "r.khoury", "m.elamrani", "y.cherif",
           "h.nasser", "w.jaziri", "d.azar", "f.belkacem", "i.ziani", "t.masri")  # fmt: skip
_FAILED = {"en": "refused", "fr": "refusé"}
_PASSED = {"en": "accepted", "fr": "accepté"}
_KINDS = (
    {"en": "many passwords tried on one account", "fr": "beaucoup de mots de passe essayés sur un seul compte"},
    {"en": "a few passwords tried on many accounts", "fr": "quelques mots de passe essayés sur beaucoup de comptes"},
    {"en": "the password was already known: accepted at the first try",
     "fr": "le mot de passe était déjà connu : accepté au premier essai"},
)  # fmt: skip
_COLUMNS = (
    {"name": "time", "label": {"en": "Time", "fr": "Heure"}},
    {"name": "account", "label": {"en": "Account", "fr": "Compte"}, "filter": True},
    {"name": "address", "label": {"en": "Address", "fr": "Adresse"}},
    {"name": "result", "label": {"en": "Result", "fr": "Résultat"}, "filter": True},
)
DAY = 24 * 3600


def _row(second: int, account: str, address: str, *, passed: bool) -> list[Any]:
    time = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return [time, account, address, _PASSED if passed else _FAILED]


def usual_addresses(spec: Mapping[str, Any]) -> list[list[str]]:
    """The two addresses from which each person signs in: the office, and one of their own."""
    places = from_token(spec["token"], "addresses")
    hosts = places.shuffled(range(10, 200))
    return [["198.51.100.7", f"192.0.2.{hosts[place]}"] for place in range(len(_PEOPLE))]


def ordinary_rows(spec: Mapping[str, Any]) -> list[list[Any]]:
    """A day's lawful sign-ins, at usual addresses: some mistype once, one forgot the password and fails four times."""
    choice = from_token(spec["token"], "rows")
    rows: list[list[Any]] = []
    for place, (person, addresses) in enumerate(zip(_PEOPLE, usual_addresses(spec), strict=True)):
        for visit in range(choice.between(6, 12)):
            second = choice.between(6 * 3600, 22 * 3600)
            address = addresses[0] if 8 <= second // 3600 < 17 else addresses[1]
            failures = 4 if visit == 0 and place == spec["forgetful"] else int(choice.chance(1, 8))
            rows += [_row(second - 15 * late, person, address, passed=False) for late in range(failures, 0, -1)]
            rows.append(_row(second, person, address, passed=True))
    return rows


@log_corpus("signins")
def rows(spec: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    """Lawful and unlawful sign-ins in the order of time."""
    return sorted([*ordinary_rows(spec), *spec["strange"]], key=lambda row: str(row[0]))


def _strange(choice: Draw, kind: int, victim: int, start: int, address: str) -> tuple[list[list[Any]], int]:
    """The intruder's rows and the second of the first success; once in, the intruder comes back an hour later."""
    strange, second, name = [], start, _PEOPLE[victim]
    if kind == 0:
        for _ in range(choice.between(30, 45)):
            strange.append(_row(second, name, address, passed=False))
            second += choice.between(2, 6)
    if kind == 1:
        others = choice.shuffled([person for person in _PEOPLE if person != name])
        for tried in [*others, name, *others[:5], *others[5:]]:
            strange.append(_row(second, tried, address, passed=False))
            second += choice.between(20, 60)
    again = second + choice.between(2400, 4200)
    return [*strange, _row(second, name, address, passed=True), _row(again, name, address, passed=True)], second


def render(facts: Facts, _name: str, language: str) -> bytes:
    """The whole log as CSV."""
    return as_csv(facts["log"], language)


@generator("signin_log", render=render, takes=("way",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The account taken over, the kind of attack, the minute of the first success; `way` is `page` or `file`."""
    kind = choice.below(3)
    victim, forgetful = choice.some(range(len(_PEOPLE)), 2)
    address = f"203.0.113.{choice.between(3, 250)}"
    strange, second = _strange(choice, kind, victim, choice.between(2, 20) * 3600 + choice.between(60, 1500), address)
    spec = {"name": "log", "start": "", "brand": {"en": "Sign-ins of the day", "fr": "Connexions de la journée"},
            "columns": list(_COLUMNS), "corpus": "signins", "token": choice.token(), "forgetful": forgetful,
            "strange": strange}  # fmt: skip
    options, ids = opaque(choice, _KINDS)
    time = f"{second // 3600:02}:{second // 60 % 60:02}"
    fields = {"account": {"accept": [_PEOPLE[victim]]}, "attack": {"option": ids[kind]},
              "time": {"time": time, "tolerance": 0}}  # fmt: skip
    facts: dict[str, Any] = {"values": {"office": "198.51.100.7"}, "options": {"attack": options}}
    if parameters["way"] == "page":
        facts["place"] = spec
    else:
        file = {"name": "log", "file_name": {"en": "sign-ins.csv", "fr": "connexions.csv"}, "media_type": "text/csv"}
        facts |= {"log": spec, "downloads": [file]}
    told = {"account": _PEOPLE[victim], "address": address, "time": time, "attack": _KINDS[kind]}
    return Drawn(facts, {"fields": fields, "values": told})
