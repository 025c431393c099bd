"""The checks that draw: every challenge must be presentable, markable and explainable under many seeds."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from lti_tool.content.answers import BadAnswer
from lti_tool.content.asking import (
    canonical,
    describe,
    draw,
    explain,
    from_canonical,
    mark,
    parse_response,
    present,
)
from lti_tool.content.challenge import Challenge, Drawn
from lti_tool.content.gathering import gather
from lti_tool.content.kinds import KINDS
from lti_tool.content.presentation import Proposal, SelectInput
from lti_tool.content.reading import Problem
from lti_tool.content.rendering import materials, place_page, render_material
from lti_tool.errors import PixError

LARGEST_FACTS = 64_000
DRAWS = 8
_GOES_WRONG = (PixError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError)


def check_bank(path: Path, draws: int = DRAWS) -> tuple[Problem, ...]:
    """Every problem of the bank in a folder: first its files, then `draws` draws of each challenge."""
    found, problems = gather(path)
    languages = tuple(found.framework.languages) if found.framework else ()
    for name, challenge in found.challenges.items():
        document, where = found.places[name]
        messages = dict.fromkeys(challenge_messages(challenge, languages, draws))
        problems += [document.problem((*where, *part), f"{challenge.id}: {message}") for part, message in messages]
    return tuple(problems)


Message = tuple[tuple[str, ...], str]


def challenge_messages(challenge: Challenge, languages: tuple[str, ...], draws: int = DRAWS) -> Iterator[Message]:
    """What is wrong with a challenge under the first `draws` seeds: (part of its text in the file, message)."""
    seen = set()
    for number in range(draws):
        seed = sha256(f"{challenge.id} {number}".encode()).digest()
        try:
            drawn = draw(challenge, seed)
            seen.add(json.dumps(drawn.facts, sort_keys=True))
            yield from _draw_messages(challenge, drawn, seed)
            for language in languages:
                yield from _language_messages(challenge, drawn, language, rendered=number == 0)
        except _GOES_WRONG as error:
            yield ("generator",), f"draw {number} fails: {type(error).__name__} {error}"
    if draws > 1 and len(seen) == 1 and challenge.generator not in {"fixed", "proposals"}:
        yield ("generator",), "every seed draws the same"


def _draw_messages(challenge: Challenge, drawn: Drawn, seed: bytes) -> Iterator[Message]:
    if drawn != draw(challenge, seed):
        yield ("generator",), "the same seed draws differently"
    if len(json.dumps(drawn.facts)) > LARGEST_FACTS or len(json.dumps(drawn.truth)) > LARGEST_FACTS:
        yield ("generator",), f"facts or truth are longer than {LARGEST_FACTS} bytes"
    if json.loads(json.dumps([drawn.facts, drawn.truth])) != [drawn.facts, drawn.truth]:
        yield ("generator",), "facts and truth must be plain JSON (lists, texts as keys)"
    count = len(drawn.facts.get("proposals", ()))
    if challenge.kind == "single" and count != challenge.options:
        yield ("options",), f"{count} proposals are drawn"
    if challenge.kind == "single" and len(drawn.truth["right"]) != 1:
        yield ("kind",), "exactly one proposal must be right"


def _language_messages(challenge: Challenge, drawn: Drawn, language: str, *, rendered: bool) -> Iterator[Message]:
    try:
        yield from _presentation_messages(challenge, drawn, language)
        yield from _marking_messages(challenge, drawn, language)
        explanation = explain(challenge, drawn.facts, drawn.truth, language)
        if not explanation.right_answer:
            yield ("kind",), "the right answer has no text"
        describe(challenge, drawn.facts)
        if rendered:
            yield from _material_messages(challenge, drawn, language)
    except _GOES_WRONG as error:
        yield ("texts", language), f"in {language}: {type(error).__name__} {error}"


def _presentation_messages(challenge: Challenge, drawn: Drawn, language: str) -> Iterator[Message]:
    shown = present(challenge, drawn.facts, language)
    texts = [one.text for one in shown.inputs if isinstance(one, Proposal)]
    if len(set(texts)) < len(texts):
        yield ("texts", language), f"two proposals read alike in {language}"
    for one in shown.inputs:
        if isinstance(one, SelectInput) and len({option.text for option in one.options}) < len(one.options):
            yield ("texts", language), f"two options of {one.name} read alike in {language}"
    if any(not text.strip() for text in texts):
        yield ("texts", language), f"a proposal is empty in {language}"


def _marking_messages(challenge: Challenge, drawn: Drawn, language: str) -> Iterator[Message]:
    kind = KINDS[challenge.kind]
    right = kind.right_form(challenge, drawn.facts, drawn.truth, language)
    response = parse_response(challenge, drawn.facts, right, language)
    if not mark(challenge, drawn.truth, response, language).right:
        yield ("kind",), f"the right answer is marked as wrong in {language}"
    if from_canonical(challenge, canonical(challenge, response)) != response:
        yield ("kind",), "the response cannot be read back from its statement"
    wrong = kind.wrong_form(challenge, drawn.facts, drawn.truth, language)
    try:
        response = parse_response(challenge, drawn.facts, wrong, language)
    except BadAnswer:
        return
    if mark(challenge, drawn.truth, response, language).right:
        yield ("kind",), f"a wrong answer is marked as right in {language}"


def _material_messages(challenge: Challenge, drawn: Drawn, language: str) -> Iterator[Message]:
    for name in materials(drawn.facts):
        if not render_material(challenge, drawn.facts, name, language).bytes:
            yield ("generator",), f"the file {name} is empty"
    place = drawn.facts.get("place")
    if place and place_page(challenge, drawn.facts, place.get("start", ""), {}, language).status != 200:
        yield ("generator",), "the place has no first page"
