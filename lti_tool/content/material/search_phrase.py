"""A word with two meanings drowns the answer: one article holds the exact sentence and is about the meaning wanted.

The sentence can be said of either meaning, and articles of the other meaning hold it too; others of the right meaning
hold its words in another order. Every article of the other meaning holds that meaning's own word.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import FAMILY_NAMES, FIRST_NAMES, TOWNS, said
from lti_tool.content.places.search import corpus

WORDS = {
    "crane": {
        "word": said("grue", "crane"), "wanted": said("les oiseaux", "birds"), "other": said("chantier", "site"),
        "sentences": (
            (said("La grue est restée immobile toute la matinée.", "The crane stood still all morning."),
             said("Toute la matinée, la grue est à peine restée en place, jamais immobile.", "The crane stood up, then all morning it was never still.")),
            (said("Une seule grue dominait le marais.", "A single crane stood above the marsh."),
             said("On dominait le marais depuis la digue ; une grue y vivait, seule.", "Above the marsh stood a single tree; a crane nested in it.")),
        ),
        "right": said("L’oiseau migrateur a repris son vol au-dessus des roseaux. Le nid était vide.", "The migrating bird took off above the reeds. Its nest was empty."),
        "wrong": said("L’engin du chantier sera démonté en juin ; le conducteur a vérifié le treuil.", "The machine will be taken off the building site in June; the driver checked the winch."),
    },
    "mouse": {
        "word": said("souris", "mouse"), "wanted": said("les animaux", "animals"), "other": said("ordinateur", "computer"),
        "sentences": (
            (said("La souris ne bougeait plus sous la table.", "The mouse no longer moved under the table."),
             said("Sous la table, plus une souris ; rien ne bougeait.", "Under the table, no mouse any longer; nothing moved.")),
            (said("Cette souris grise tient dans la main.", "This grey mouse fits in the hand."),
             said("Dans ma main, une bête toute grise : cette souris tient à sa liberté.", "It fits in my hand, this little thing: a grey mouse.")),
        ),
        "right": said("Le petit rongeur cherchait du grain avant l’hiver. Il a creusé un terrier.", "The little rodent was looking for grain before winter. It dug a burrow."),
        "wrong": said("Le branchement à l’ordinateur se fait par câble ; la molette est réparable.", "It plugs into the computer with a cable; the wheel can be repaired."),
    },
    "nursery": {
        "word": said("pépinière", "nursery"), "wanted": said("les plantes", "plants"), "other": said("entreprises", "children"),
        "sentences": (
            (said("La pépinière a doublé de taille en trois ans.", "The nursery has doubled in size in three years."),
             said("En trois ans, la taille des arbres de la pépinière a presque doublé.", "In three years the size of the trees in the nursery has almost doubled.")),
            (said("Notre pépinière fait grandir sans se presser.", "In our nursery they grow gently."),
             said("Sans se presser, faire grandir : voilà notre pépinière.", "Grow gently, we say: they do, in this nursery of ours.")),
        ),
        "right": said("Les jeunes oliviers sont arrosés le soir, et les boutures abritées du vent.", "Young olive trees are watered in the evening, and cuttings sheltered from the wind."),
        "wrong": said("Douze jeunes entreprises y louent un bureau et partagent une salle de réunion.", "Twelve children are welcomed every morning, and a meal is served at noon."),
    },
}  # fmt: skip
TITLE = said("{word} : notes n° {number}", "{word}: notes no. {number}")
FILLERS = (
    said("Nous étions à {town} ce jour-là, avec un carnet et un thermos.", "We were in {town} that day, with a notebook and a flask."),
    said("Ce texte est le numéro {number} de notre série.", "This text is number {number} in our series."),
    said("Le vent soufflait depuis {number} heures.", "The wind had been blowing for {number} hours."),
)


@generator("search_phrase", takes=("words",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A word, a sentence, the author of the one article that fits; the other articles follow from a token."""
    word = choice.one(parameters["words"])
    known = WORDS[word]
    sentence = choice.below(2)
    names = choice.some(range(len(FIRST_NAMES) * len(FAMILY_NAMES)), 36)
    author = _author(names[0])
    place = {"name": "search", "start": "", "corpus": "search_phrase", "token": choice.token(), "word": word,
             "sentence": sentence, "names": names}  # fmt: skip
    values = {"sentence": known["sentences"][sentence][0], "wanted": known["wanted"], "other": known["other"]}
    return Drawn({"values": values, "place": place}, {"accept": [author], "values": {"author": author}})


def _author(number: int) -> str:
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {FAMILY_NAMES[number // len(FIRST_NAMES)]}"


@corpus("search_phrase")
def pages(spec: Mapping[str, Any], language: str) -> Iterable[Mapping[str, Any]]:
    """Thirty-six articles: one that fits, eleven with the sentence and the other meaning, twelve with its words only."""
    known, chance = WORDS[spec["word"]], from_token(spec["token"])
    exact, scattered = (one[language] for one in known["sentences"][spec["sentence"]])
    kinds = [(exact, "right")] + [(exact, "wrong")] * 11 + [(scattered, "right")] * 12 + [("", "wrong")] * 12
    found = [_article(known, sentence, meaning, _author(name), chance, language)
             for (sentence, meaning), name in zip(kinds, spec["names"], strict=True)]  # fmt: skip
    return chance.shuffled(found)


def _article(known: Mapping[str, Any], sentence: str, meaning: str, author: str, chance: Draw, language: str) -> dict[str, Any]:
    number, word = chance.between(11, 999), known["word"][language]
    town = chance.one(TOWNS)[language]
    first, last = (filler[language].format(town=town, number=number) for filler in chance.some(FILLERS, 2))
    text = f"{first} {sentence} {last}\n\n{known[meaning][language]}"
    return {"title": TITLE[language].format(word=word.capitalize(), number=number), "site": "carnets-ouverts.example",
            "path": f"notes/{number}-{chance.below(999)}", "text": text, "author": author}  # fmt: skip
