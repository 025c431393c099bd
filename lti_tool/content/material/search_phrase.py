"""A word with two meanings drowns the answer: one article holds the exact sentence and is about the meaning wanted.

The sentence can be said of either meaning, and articles of the other meaning hold it too; others of the right meaning
hold its words in another order. Every article of the other meaning holds that meaning's own word.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw, from_token
from lti_tool.content.generators import generator
from lti_tool.content.inventing import turned
from lti_tool.content.material.web_words import FAMILY_NAMES, FIRST_NAMES, TOWNS, table
from lti_tool.content.places.search import corpus

_WORDS = table("search_phrase")
WORDS = _WORDS["words"]
TITLE = _WORDS["title"]
FILLERS = _WORDS["fillers"]


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
    return Drawn({"values": values, "place": place}, {"accept": [author, turned(author)], "values": {"author": author}})


def _author(number: int) -> str:
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {FAMILY_NAMES[number // len(FIRST_NAMES)]}"


@corpus("search_phrase")
def pages(spec: Mapping[str, Any], language: str) -> Iterable[Mapping[str, Any]]:
    """Thirty-six articles: one that fits, eleven of the other meaning with the sentence, twelve with its words only."""
    known, chance = WORDS[spec["word"]], from_token(spec["token"])
    exact, scattered = (one[language] for one in known["sentences"][spec["sentence"]])
    kinds = [(exact, "right")] + [(exact, "wrong")] * 11 + [(scattered, "right")] * 12 + [("", "wrong")] * 12
    found = [_article(known, sentence, meaning, _author(name), chance, language)
             for (sentence, meaning), name in zip(kinds, spec["names"], strict=True)]  # fmt: skip
    return chance.shuffled(found)


def _article(
    known: Mapping[str, Any], sentence: str, meaning: str, author: str, chance: Draw, language: str
) -> dict[str, Any]:
    number, word = chance.between(11, 999), known["word"][language]
    town = chance.one(TOWNS)[language]
    first, last = (filler[language].format(town=town, number=number) for filler in chance.some(FILLERS, 2))
    text = f"{first} {sentence} {last}\n\n{known[meaning][language]}"
    return {"title": TITLE[language].format(word=word.capitalize(), number=number), "site": "carnets-ouverts.example",
            "path": f"notes/{number}-{chance.below(999)}", "text": text, "author": author}  # fmt: skip
