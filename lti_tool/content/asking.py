"""From facts to what a person sees, and from what a person sends to a mark."""

import re
from typing import Any

from lti_tool.content.answers import Form
from lti_tool.content.challenge import Challenge, Drawn, Facts, Response, Truth
from lti_tool.content.chance import Draw
from lti_tool.content.filling import fill, say
from lti_tool.content.generators import generators
from lti_tool.content.kinds import KINDS
from lti_tool.content.presentation import (
    AddressBar,
    Block,
    Code,
    Download,
    Explanation,
    Interaction,
    Listing,
    Marked,
    Paragraph,
    Picture,
    Piece,
    Place,
    Presentation,
    Table,
)
from lti_tool.words import words

_GAP = re.compile(r"\[\[([a-z][a-z0-9_]*)\]\]")


def draw(challenge: Challenge, seed: bytes) -> Drawn:
    """Facts and truth of the challenge under a seed: the same for ever (DESIGN decision 8: the seed stays secret)."""
    return generators()[challenge.generator].draw(Draw(seed), challenge.parameters)


def present(challenge: Challenge, facts: Facts, language: str) -> Presentation:
    """The question in one language, from its facts alone."""
    texts, values = challenge.text(language), facts.get("values", {})
    return Presentation(
        language=language,
        instruction=fill(texts.instruction, values, language).strip(),
        kind=challenge.kind,
        inputs=KINDS[challenge.kind].inputs(challenge, facts, language),
        shown=tuple(_block(challenge, block, facts, language) for block in facts.get("shown", ())),
        downloads=tuple(_download(challenge, file, facts, language) for file in facts.get("downloads", ())),
        place=_place(challenge, facts, language),
        device_note=words(language).t("challenge.device.computer") if challenge.device == "computer" else "",
        sentence=_pieces(fill(texts.sentence, values, language)),
    )


def _block(challenge: Challenge, block: dict[str, Any], facts: Facts, language: str) -> Block:
    def told(value: Any) -> str:
        return fill(say(value, language), facts.get("values", {}), language)

    match block["kind"]:
        case "table":
            rows = tuple(tuple(told(cell) for cell in row) for row in block["rows"])
            return Table(told(block["caption"]), tuple(told(cell) for cell in block["head"]), rows)
        case "code":
            return Code(told(block["text"]), told(block["label"]))
        case "listing":
            return Listing(tuple(told(item) for item in block["items"]))
        case "picture":
            return Picture(block["name"], told(challenge.text(language).alt[block["name"]]))
        case "address":
            return AddressBar(told(block["text"]))
        case _:
            return Paragraph(told(block["text"]))


def _download(challenge: Challenge, file: dict[str, Any], facts: Facts, language: str) -> Download:
    label = fill(challenge.text(language).labels[file["name"]], facts.get("values", {}), language)
    return Download(file["name"], say(file["file_name"], language), file["media_type"], label)


def _place(challenge: Challenge, facts: Facts, language: str) -> Place | None:
    place = facts.get("place")
    if not place:
        return None
    title = fill(challenge.text(language).labels["place"], facts.get("values", {}), language)
    return Place(place["name"], title, place.get("start", ""))


def _pieces(sentence: str) -> tuple[Piece, ...]:
    parts = _GAP.split(sentence)
    ends = [*parts[1::2], ""]
    return tuple(Piece(text, gap) for text, gap in zip(parts[::2], ends, strict=True) if text or gap)


def parse_response(challenge: Challenge, facts: Facts, form: Form, language: str) -> Response:
    """The response that a form holds, normalised; BadAnswer or TooLarge where it cannot be taken as an answer."""
    return KINDS[challenge.kind].read(challenge, facts, form, language)


def mark(challenge: Challenge, truth: Truth, response: Response, language: str) -> Marked:
    """Whether the response is right, and each of its inputs."""
    del language  # a kind to come may mark by it
    parts = KINDS[challenge.kind].mark(challenge, truth, response)
    return Marked(all(parts.values()), parts)


def canonical(challenge: Challenge, response: Response) -> str:
    """The response as xAPI writes it (xAPI 1.0.3 Data §4.1.4.1); `from_canonical` reads it back exactly."""
    return KINDS[challenge.kind].write(challenge, response)


def from_canonical(challenge: Challenge, text: str) -> Response:
    """The response that was written as this text; BadAnswer when no response of the challenge is written so."""
    return KINDS[challenge.kind].unwrite(challenge, text)


def explain(challenge: Challenge, facts: Facts, truth: Truth, language: str) -> Explanation:
    """The right answer, why it is right and the tip of the skill; `why` may use values of the truth too."""
    values = {**facts.get("values", {}), **truth.get("values", {})}
    return Explanation(
        right_answer=KINDS[challenge.kind].right_answer(challenge, facts, truth, language),
        why=fill(challenge.text(language).why, values, language).strip(),
        tip=say(challenge.tips, language),
    )


def describe(challenge: Challenge, facts: Facts) -> Interaction:
    """The xAPI interaction: type, components and the instruction in every language; nothing of the truth."""
    kind, values = KINDS[challenge.kind], facts.get("values", {})
    told = {lang: fill(texts.instruction, values, lang).strip() for lang, texts in challenge.texts.items()}
    return Interaction(kind.interaction, kind.components(challenge, facts), told)
