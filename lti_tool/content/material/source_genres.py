"""Texts to be told apart by genre: five to be named one by one, or five of which some come from the house itself."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque, proposals
from lti_tool.content.material.web_words import TOWNS, people, said, table

_WORDS = table("source_genres")
GENRES, TEXTS = _WORDS["genres"], _WORDS["texts"]
LETTERS = "ABCDE"
HOUSES = ("Almira", "Belvanto", "Cyprea", "Dorane", "Elissor", "Farana", "Ghazelle", "Halcyra", "Indora", "Jawhar")
LETTER = said("Texte {letter}", "Text {letter}")


def _filled(choice: Draw, text: Mapping[str, str], house: str) -> dict[str, str]:
    town, person = choice.one(TOWNS), people(choice, 1)[0]
    return {lang: model.format(town=town[lang], person=person, house=house) for lang, model in text.items()}


def _drawn(choice: Draw, scene: str, genres: list[str]) -> list[dict[str, str]]:
    """A text for each genre, no text twice, each with a town, a person and a house of its own."""
    houses = choice.some(HOUSES, len(genres))
    pools = {genre: choice.shuffled(texts) for genre, texts in TEXTS[scene].items()}
    return [_filled(choice, pools[genre].pop(), house) for genre, house in zip(genres, houses, strict=True)]


@generator("source_genres", takes=("scene",))
def draw_genres(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Five texts, every genre at least once; for each a list of the four genres."""
    genres = choice.shuffled([*GENRES, choice.one(list(GENRES))])
    texts = _drawn(choice, parameters["scene"], genres)
    options: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for place, genre in enumerate(genres):
        name = f"text_{LETTERS[place].lower()}"
        options[name], ids = opaque(choice, list(GENRES.values()), first=4 * place + 1)
        fields[name] = {"option": ids[list(GENRES).index(genre)]}
    shown = [
        {
            "kind": "paragraph",
            "text": {lang: f"{LETTER[lang].format(letter=LETTERS[place])} – {text[lang]}" for lang in ("fr", "en")},
        }
        for place, text in enumerate(texts)
    ]
    return Drawn({"values": {}, "shown": shown, "options": options}, {"fields": fields})


@generator("source_interested", takes=("scene",))
def draw_interested(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Five texts: two or three paid for or sent by a house, the others by people who have no share in it."""
    count = choice.between(2, 3)
    from_house = choice.some(["paid", "release", choice.one(["paid", "release"])], count)
    if len(set(from_house)) == 1:
        from_house[0] = "release" if from_house[0] == "paid" else "paid"
    free = choice.some(["news", "news", "opinion", "opinion"], 5 - count)
    texts = _drawn(choice, parameters["scene"], [*from_house, *free])
    shown, ids = proposals(choice, texts[:count], texts[count:])
    return Drawn({"values": {}, "proposals": shown}, {"right": ids})
