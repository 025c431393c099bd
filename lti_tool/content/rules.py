"""The rules for a challenge that can be checked without drawing it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from lti_tool.content.building import generator_of, inputs_of, take_of
from lti_tool.content.generators import generators
from lti_tool.content.kinds import KINDS
from lti_tool.content.reading import Document, Problem, Where
from lti_tool.content.shapes import AnswerShape, ChallengeShape, FieldShape, ProposalsShape

_CHOICES = ("single", "multiple")
_NEEDED = {"text": "accept", "number": "value", "date": "date", "time": "time", "select": "right"}
Tell = Callable[[tuple[str | int, ...], str], None]


def language_problems(
    document: Document, where: Where, said: Mapping[Any, object], languages: Collection[str]
) -> list[Problem]:
    """A problem for each declared language in which something is not said."""
    return [document.problem(where, f"not said in {language}") for language in languages if language not in said]


def challenge_problems(
    document: Document, where: Where, shape: ChallengeShape, languages: tuple[str, ...]
) -> list[Problem]:
    """Everything wrong in a challenge as it is written."""
    problems = language_problems(document, (*where, "texts"), shape.texts, languages)

    def tell(part: tuple[str | int, ...], message: str) -> None:
        problems.append(document.problem((*where, *part), message))

    if shape.kind not in KINDS:
        tell(("kind",), f"{shape.kind} is none of {', '.join(KINDS)}")
        return problems
    _generator_rules(shape, tell)
    _input_rules(shape, tell)
    if not shape.generator:
        _listed_rules(shape, tell, languages)
    return problems


def _generator_rules(shape: ChallengeShape, tell: Tell) -> None:
    known = generators().get(generator_of(shape))
    if known is None:
        tell(("generator",), f"no generator is called {shape.generator}")
        return
    for name in shape.parameters:
        if name not in known.takes or not shape.generator:
            tell(("parameters", name), f"the generator {known.name} takes no such parameter")
    if shape.generator:
        listed = {"proposals": shape.proposals, "take": shape.take, "shown": shape.shown, "values": shape.values,
                  "variants": shape.variants}  # fmt: skip
        for name, written in listed.items():
            if written:
                tell((name,), "not read beside a generator")
        if shape.options is None and shape.kind in (*_CHOICES, "select"):
            tell(("options",), "say how many answers a guess chooses from")


def _input_rules(shape: ChallengeShape, tell: Tell) -> None:
    if shape.kind in {"fields", "select"} and not shape.fields:
        tell(("fields",), f"the kind {shape.kind} needs its inputs here")
    if shape.kind not in {"fields", "select"} and shape.fields:
        tell(("fields",), f"the kind {shape.kind} has no fields")
    if shape.kind not in {"text", "number"} and shape.answer:
        tell(("answer",), f"the kind {shape.kind} has no single answer")
    _field_rules(shape, tell)


def _field_rules(shape: ChallengeShape, tell: Tell) -> None:
    names = [one.name for one in shape.fields]
    for place, one in enumerate(shape.fields):
        if one.name in names[:place] or one.name in {"action", "ticket", "question", "choice"}:
            tell(("fields", place, "name"), "taken")
        if shape.kind == "select" and one.format not in {None, "select"}:
            tell(("fields", place, "format"), "every input of this kind is a select")
    for language, texts in shape.texts.items():
        for name in names:
            if name not in texts.labels:
                tell(("texts", language, "labels"), f"no label for {name}")
            if shape.kind == "select" and texts.sentence and f"[[{name}]]" not in texts.sentence:
                tell(("texts", language, "sentence"), f"no gap [[{name}]]")


def _listed_rules(shape: ChallengeShape, tell: Tell, languages: tuple[str, ...]) -> None:
    if shape.kind in _CHOICES:
        _proposal_rules(shape, tell)
    else:
        for place, one in enumerate(inputs_of(shape)):
            at = ("fields", place) if shape.fields else ("answer",)
            _answer_rules(shape, one, at, tell)
    for part, said in _listed_texts(shape):
        for language in languages:
            if isinstance(said, Mapping) and language not in said:
                tell(part, f"not said in {language}")


def _proposal_rules(shape: ChallengeShape, tell: Tell) -> None:
    lists = [one for one in (shape.proposals, *(variant.proposals for variant in shape.variants)) if one is not None]
    if not lists or (shape.proposals is None and len(lists) < len(shape.variants)):
        tell(("proposals",), "missing")
        return
    if shape.kind == "multiple" and shape.take is None and len(lists) > 1:
        tell(("take",), "say how many proposals are drawn, as the variants differ")
    take = take_of(shape)
    low, high = take.right
    if not 0 < low <= high < take.total or (shape.kind == "single" and high > 1):
        tell(("take",), "at least one right and one wrong proposal must be drawn; of kind single, one right")
    if any(len(one.right) < high or len(one.wrong) < take.total - low for one in lists):
        tell(("proposals",), "fewer than may be drawn")


def _answer_rules(shape: ChallengeShape, one: FieldShape, at: tuple[str | int, ...], tell: Tell) -> None:
    written = one.format or (shape.kind if shape.kind in _NEEDED else "text")
    needed = _NEEDED[written]
    varied = bool(shape.variants) and all((variant.answers or {}).get(one.name) for variant in shape.variants)
    answers: list[AnswerShape] = [variant.answers[one.name] for variant in shape.variants
                                  if variant.answers and one.name in variant.answers]  # fmt: skip
    for answer in [*answers, *([] if varied else [one])]:
        if getattr(answer, needed) in (None, [], {}):
            tell((*at, needed), "missing: what is right here?")


def _listed_texts(shape: ChallengeShape) -> Iterable[tuple[tuple[str | int, ...], Any]]:
    lists: list[tuple[tuple[str | int, ...], ProposalsShape | None]] = [(("proposals",), shape.proposals)]
    lists += [(("variants", place, "proposals"), one.proposals) for place, one in enumerate(shape.variants)]
    for at, listed in lists:
        for side in ("right", "wrong") if listed else ():
            yield from (((*at, side, place), text) for place, text in enumerate(getattr(listed, side)))
    for place, one in enumerate(inputs_of(shape)):
        for side, text in (("right", one.right), *((("wrong", text)) for text in one.wrong or ())):
            yield ("fields", place, side), text
