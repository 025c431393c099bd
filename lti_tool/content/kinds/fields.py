"""Kinds text, number, fields and select: one or several named inputs, each marked, all needed."""

from typing import Any

from lti_tool.content.answers import BadAnswer, Form, guard_form, only
from lti_tool.content.challenge import Challenge, Facts, Field, Response, Truth
from lti_tool.content.filling import fill, say
from lti_tool.content.kinds.choice import in_languages
from lti_tool.content.kinds.formats import FORMATS
from lti_tool.content.kinds.kind import Components, Kind
from lti_tool.content.presentation import Input, NumberInput, Proposal, SelectInput, TextInput


def inputs(challenge: Challenge, facts: Facts, language: str) -> tuple[Input, ...]:
    """The inputs in the author's order, labels and hints filled."""
    return tuple(_input(challenge, field, facts, language) for field in challenge.fields)


def _input(challenge: Challenge, field: Field, facts: Facts, language: str) -> Input:
    texts, values = challenge.text(language), facts.get("values", {})
    label = fill(texts.labels.get(field.name, ""), values, language)
    hint = fill(texts.hints.get(field.name, ""), values, language)
    if field.format == "number":
        return NumberInput(field.name, label, texts.units.get(field.name, ""), hint)
    if field.format == "select":
        options = tuple(Proposal(one["id"], say(one["text"], language)) for one in facts["options"][field.name])
        return SelectInput(field.name, label, options, hint)
    return TextInput(field.name, label, hint, field.format)


def read(challenge: Challenge, facts: Facts, form: Form, language: str) -> Response:
    """Each input's text, normalised; BadAnswer when all are empty or one cannot be read."""
    guard_form(form, frozenset(field.name for field in challenge.fields))
    response = {field.name: _read_one(challenge, field, facts, form, language) for field in challenge.fields}
    if not any(response.values()):
        raise BadAnswer("answer.empty")
    return response


def _read_one(challenge: Challenge, field: Field, facts: Facts, form: Form, language: str) -> str:
    typed = only(form, field.name)
    if not typed.strip():
        return ""
    if field.format != "select":
        return FORMATS[field.format].read(challenge, field, typed, language)
    if typed not in {one["id"] for one in facts["options"][field.name]}:
        raise BadAnswer("answer.unknown_choice")
    return typed


def part_of(truth: Truth, field: Field) -> dict[str, Any]:
    """The part of the truth that concerns one input; a challenge with one input may hold it at the top."""
    part: dict[str, Any] = truth["fields"][field.name] if "fields" in truth else truth
    return part


def mark(challenge: Challenge, truth: Truth, response: Response) -> dict[str, bool]:
    """Each input by itself."""
    return {field.name: _accepts(field, part_of(truth, field), response.get(field.name, ""))
            for field in challenge.fields}  # fmt: skip


def _accepts(field: Field, part: dict[str, Any], given: str) -> bool:
    if not given:
        return False
    if field.format == "select":
        return bool(given == part["option"])
    return FORMATS[field.format].accepts(field, part, given)


def write(challenge: Challenge, response: Response) -> str:
    """`21[,]b` in the order of the inputs (xAPI 1.0.3 Data, response of a fill-in; one input: of a numeric too)."""
    return "[,]".join(response.get(field.name, "") for field in challenge.fields)


def unwrite(challenge: Challenge, text: str) -> Response:
    """The response of `21[,]b`; BadAnswer when it has another number of parts than the challenge has inputs."""
    parts = text.split("[,]")
    if len(parts) != len(challenge.fields):
        raise BadAnswer("answer.unreadable")
    return {field.name: part for field, part in zip(challenge.fields, parts, strict=True)}


def write_pairs(challenge: Challenge, response: Response) -> str:
    """`gap[.]p3[,]other[.]p5`: the chosen options only (xAPI 1.0.3 Data, response of a matching)."""
    chosen = ((field.name, response.get(field.name, "")) for field in challenge.fields)
    return "[,]".join(f"{name}[.]{option}" for name, option in chosen if option)


def unwrite_pairs(challenge: Challenge, text: str) -> Response:
    """The response of `gap[.]p3[,]other[.]p5`; gaps that are not named were left empty."""
    response = {field.name: "" for field in challenge.fields}
    for pair in text.split("[,]") if text else []:
        name, dot, option = pair.partition("[.]")
        if not dot or name not in response:
            raise BadAnswer("answer.unreadable")
        response[name] = option
    return response


def no_components(_challenge: Challenge, _facts: Facts) -> Components:
    """What is typed has no components."""
    return {}


def pairs(challenge: Challenge, facts: Facts) -> Components:
    """Gaps as sources, every option of every gap as targets."""
    labels = {field.name: {lang: texts.labels.get(field.name) or field.name for lang, texts in challenge.texts.items()}
              for field in challenge.fields}  # fmt: skip
    targets = [(one["id"], in_languages(challenge, one["text"]))
               for field in challenge.fields for one in facts["options"][field.name]]  # fmt: skip
    return {"source": list(labels.items()), "target": sorted(targets, key=lambda target: int(target[0][1:]))}


def right_answer(challenge: Challenge, facts: Facts, truth: Truth, language: str) -> str:
    """The right text of each input, with its label where there are several."""
    told = [(field, _tell(field, part_of(truth, field), facts, language)) for field in challenge.fields]
    units = challenge.text(language).units
    shown = [(field, f"{text}\u00a0{units[field.name]}" if field.name in units else text) for field, text in told]
    if len(shown) == 1:
        return shown[0][1]
    labels = {one.name: one.label for one in inputs(challenge, facts, language) if not isinstance(one, Proposal)}
    return "\n".join(_labelled(labels[field.name], text) for field, text in shown)


def _labelled(label: str, text: str) -> str:
    """The text after its label; an arrow parts them where the label does not end in a colon."""
    return f"{label} {text}" if label.endswith(":") else f"{label} → {text}" if label else text


def _tell(field: Field, part: dict[str, Any], facts: Facts, language: str) -> str:
    if field.format == "select":
        texts = {one["id"]: one["text"] for one in facts["options"][field.name]}
        return say(texts[part["option"]], language)
    return FORMATS[field.format].tells(part, language)


def right_form(challenge: Challenge, facts: Facts, truth: Truth, language: str) -> Form:
    """A form as a person who knows would fill it in."""
    return {field.name: [_right(field, part_of(truth, field), facts, language)] for field in challenge.fields}


def _right(field: Field, part: dict[str, Any], facts: Facts, language: str) -> str:
    return str(part["option"]) if field.format == "select" else _tell(field, part, facts, language)


def wrong_form(challenge: Challenge, facts: Facts, truth: Truth, language: str) -> Form:
    """A form whose last input is wrong and the others right."""
    form = dict(right_form(challenge, facts, truth, language))
    last = challenge.fields[-1]
    part = part_of(truth, last)
    if last.format == "select":
        wrong = next(one["id"] for one in facts["options"][last.name] if one["id"] != part["option"])
    else:
        wrong = FORMATS[last.format].wrong(part)
    return {**form, last.name: [wrong]}


def _typed(name: str, interaction: str) -> Kind:
    return Kind(name, interaction, inputs, read, mark, write, unwrite, no_components, right_answer, right_form,
                wrong_form)  # fmt: skip


KINDS = (
    _typed("text", "fill-in"),
    _typed("number", "numeric"),
    _typed("fields", "fill-in"),
    Kind("select", "matching", inputs, read, mark, write_pairs, unwrite_pairs, pairs, right_answer, right_form,
         wrong_form),
)  # fmt: skip
