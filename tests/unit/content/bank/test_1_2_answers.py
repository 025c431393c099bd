"""Answers to competence 1.2 as people write them are taken, and its French sentences suit whatever name is drawn."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Challenge, Drawn, draw, explain, load_bank, mark, parse_response, present
from lti_tool.content.answers import BadAnswer
from lti_tool.content.kinds import KINDS

BANK = load_bank()
CHALLENGES = [one for one in BANK.challenges.values() if one.competence == "1.2"]
STORAGE, RECORDS, FORMATS = "1.2.storage-and-backup", "1.2.structured-records", "1.2.formats-and-compression"
LANGUAGES = ("en", "fr")
seeds = st.binary(min_size=16, max_size=16)
some = settings(max_examples=25, deadline=None)
HOURS = ("h", "hours", "heures", "hour", "heure")
MEGABYTES, GIGABYTES = ("MB", "Mo", "megabytes", "mégaoctets"), ("GB", "Go", "gigabytes", "gigaoctets")
DINARS = ("DT", "TND", "dinars", "dinar")
UNITS = {
    ("1.2.file-properties@1/details", "size"): ("kB", "Ko", "kilobytes", "kilooctets"),
    (f"{STORAGE}@2/photos-on-card", "answer"): ("photo", "photos"),
    (f"{STORAGE}@2/hours-of-sound", "answer"): HOURS,
    (f"{STORAGE}@4/space-freed", "answer"): MEGABYTES,
    (f"{STORAGE}@7/room-for-retention", "answer"): GIGABYTES,
    (f"{STORAGE}@7/hours-of-upload", "answer"): HOURS,
    (f"{STORAGE}@7/loss-and-stop", "lost"): ("min", "mn", "minutes", "minute"),
    (f"{STORAGE}@8/cheapest-plan", "hours"): HOURS,
    (f"{STORAGE}@8/cheapest-plan-by-volume", "hours"): HOURS,
    (f"{FORMATS}@4/weight-of-archive", "answer"): MEGABYTES,
    (f"{FORMATS}@7/picture-under-limit", "raw"): MEGABYTES,
    (f"{FORMATS}@7/sound-under-limit", "raw"): MEGABYTES,
    (f"{RECORDS}@6/price-of-an-order", "answer"): DINARS,
    (f"{RECORDS}@8/quantity-by-town", "answer"): ("pieces", "pièces", "pièce", "pcs"),
    (f"{RECORDS}@8/amount-by-town", "answer"): DINARS,
}


def is_right(challenge: Challenge, drawn: Drawn, language: str, **typed: str) -> bool:
    """Whether what a person knows is right once these inputs are written in these words."""
    form = KINDS[challenge.kind].right_form(challenge, drawn.facts, drawn.truth, language)
    response = parse_response(
        challenge, drawn.facts, {**form, **{name: [text] for name, text in typed.items()}}, language
    )
    return mark(challenge, drawn.truth, response, language).right


def right_text(challenge: Challenge, drawn: Drawn, name: str, language: str) -> str:
    return KINDS[challenge.kind].right_form(challenge, drawn.facts, drawn.truth, language)[name][0]


def test_every_number_that_has_a_unit_is_tried_with_other_ways_to_write_it() -> None:
    asked = {(one.id, name) for one in CHALLENGES for texts in one.texts.values() for name in texts.units}
    assert asked == set(UNITS)


@pytest.mark.parametrize(("asked", "units"), UNITS.items(), ids="@".join)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_may_be_typed_after_the_number(asked: tuple[str, str], units: tuple[str, ...], language: str) -> None:
    challenge, name = BANK.challenges[asked[0]], asked[1]
    drawn = draw(challenge, b"units of measure")
    number = right_text(challenge, drawn, name, language)
    for unit in units:
        assert is_right(challenge, drawn, language, **{name: f"{number} {unit}"})
    with pytest.raises(BadAnswer):
        is_right(challenge, drawn, language, **{name: f"{number} parsecs"})


@pytest.mark.parametrize("before", ["", "n° ", "N°", "nº ", "no. ", "No ", "#", "№ ", "fiche ", "card ", "fiche n° "])
@some
@given(seed=seeds)
def test_a_card_number_may_be_announced(before: str, seed: bytes) -> None:
    for challenge_id, names in (("card-to-correct", ["card"]), ("entered-twice", ["low", "high"])):
        challenge = BANK.challenges[f"{RECORDS}@2/{challenge_id}"]
        drawn = draw(challenge, seed)
        for name in names:
            number = right_text(challenge, drawn, name, "fr")
            assert number.isdigit()
            assert is_right(challenge, drawn, "fr", **{name: f"{before}{number}"})
            assert not is_right(challenge, drawn, "fr", **{name: f"{before}{int(number) + 5000}"})


@pytest.mark.parametrize("language", LANGUAGES)
@some
@given(seed=seeds)
def test_a_faulty_file_may_be_told_by_its_name_or_by_its_path(language: str, seed: bytes) -> None:
    challenge = BANK.challenges[f"{FORMATS}@5/faults-in-archive"]
    drawn = draw(challenge, seed)
    there = [path[language] for path, _ in drawn.facts["archives"]["archive"]]
    asked = [line[language].replace("\u00a0", "").partition(": ") for line in drawn.facts["shown"][0]["items"]]
    wanted = [f"{folder}/{name}" for folder, _, names in asked for name in names.split(", ")]
    strayed = right_text(challenge, drawn, "strayed", language)
    missing = right_text(challenge, drawn, "missing", language)
    for path in (*there, *wanted):
        name = path.rpartition("/")[2]
        for typed in (path, path.removesuffix(".txt"), name, name.removesuffix(".txt")):
            assert is_right(challenge, drawn, language, strayed=typed) is (name == strayed)
            assert is_right(challenge, drawn, language, missing=typed) is (name == missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_absolute_path_is_asked_with_its_first_sign(language: str) -> None:
    challenge = BANK.challenges["1.2.files-and-folders@5/absolute-path"]
    drawn = draw(challenge, b"absolute")
    told = challenge.text(language)
    assert all("/" in text for text in (told.hints["answer"], told.instruction.partition("{owner}")[0]))
    path = right_text(challenge, drawn, "answer", language)
    assert path.startswith("/")
    assert not is_right(challenge, drawn, language, answer=path[1:])


# A word that loses its vowel before another one, then a name that begins with a vowel (in any script of the bank).
_VOWEL = "[aeiouàâéèêîôœأاآإعαειοάέίό]"
_ELISION = re.compile(
    rf"(?<!-)\b(?:(?:de|que|jusque) (?:«\s)?|(?:le|la|ne|se|lorsque|puisque) ){_VOWEL}", re.IGNORECASE
)


def texts_in(thing: Any) -> Iterator[str]:
    """Every text, however deep."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for part in thing.values():
            yield from texts_in(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts_in(part)
    elif hasattr(thing, "__slots__"):
        for name in thing.__slots__:
            yield from texts_in(getattr(thing, name))


def test_elisions_are_seen() -> None:
    missed = ("à côté de affiche.png", "Le atelier", "de «\u00a0À faire\u00a0»", "de عمان", "de Αθήνα")
    assert all(map(_ELISION.search, missed))
    fine = ("du fichier affiche.png", "d’affiche.png", "côté de liste.csv", "de 11 Mo", "ouvrez-le en ligne")
    assert not any(map(_ELISION.search, fine))


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda one: one.id)
def test_no_french_sentence_needs_an_elision_that_it_has_not(challenge: Challenge) -> None:
    for number in range(60):
        drawn = draw(challenge, bytes([number, 11] * 8))
        told = [present(challenge, drawn.facts, "fr"), explain(challenge, drawn.facts, drawn.truth, "fr")]
        assert not [text for text in texts_in(told) if _ELISION.search(text)]
