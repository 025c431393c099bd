"""Kinds single and multiple: one proposal, or exactly the right set of proposals."""

from functools import partial
from typing import Any

from lti_tool.content.answers import CHOICE, BadAnswer, Form, guard_form
from lti_tool.content.challenge import Challenge, Facts, Response, Truth
from lti_tool.content.filling import say
from lti_tool.content.kinds.kind import Components, Kind
from lti_tool.content.presentation import Input, Proposal


def inputs(_challenge: Challenge, facts: Facts, language: str) -> tuple[Input, ...]:
    """The proposals in drawn order."""
    return tuple(Proposal(one["id"], say(one["text"], language)) for one in facts["proposals"])


def read(_challenge: Challenge, facts: Facts, form: Form, _language: str, *, several: bool) -> Response:
    """The chosen ids in shown order; BadAnswer for none, for a stranger, for two where one is asked."""
    guard_form(form, frozenset({CHOICE}))
    chosen = {value for value in form.get(CHOICE, ()) if value}
    known = [one["id"] for one in facts["proposals"]]
    if not chosen:
        raise BadAnswer("answer.empty")
    if chosen - set(known):
        raise BadAnswer("answer.unknown_choice")
    if len(chosen) > 1 and not several:
        raise BadAnswer("answer.one_only")
    return {CHOICE: sorted(chosen, key=_place)}


def mark(_challenge: Challenge, truth: Truth, response: Response) -> dict[str, bool]:
    """Right when the chosen set is the right set."""
    return {CHOICE: set(response[CHOICE]) == set(truth["right"])}


def write(_challenge: Challenge, response: Response) -> str:
    """`p1[,]p3` (xAPI 1.0.3 Data, response of a choice)."""
    return "[,]".join(response[CHOICE])


def unwrite(_challenge: Challenge, text: str) -> Response:
    """The response of `p1[,]p3`."""
    return {CHOICE: text.split("[,]") if text else []}


def components(challenge: Challenge, facts: Facts) -> Components:
    """The proposals in every live language."""
    return {"choices": [(one["id"], in_languages(challenge, one["text"])) for one in _by_id(facts["proposals"])]}


def in_languages(challenge: Challenge, value: object) -> dict[str, str]:
    """A value as each language of the challenge says it."""
    return {language: say(value, language) for language in challenge.texts}


def right_answer(_challenge: Challenge, facts: Facts, truth: Truth, language: str) -> str:
    """The texts of the right proposals, in shown order, a line each."""
    texts = [say(one["text"], language) for one in facts["proposals"] if one["id"] in truth["right"]]
    return "\n".join(texts) if texts else "–"


def right_form(_challenge: Challenge, _facts: Facts, truth: Truth, _language: str) -> Form:
    """A form with the right proposals."""
    return {CHOICE: list(truth["right"])}


def wrong_form(_challenge: Challenge, facts: Facts, truth: Truth, _language: str) -> Form:
    """A form with the first wrong proposal only, or with one right proposal too few."""
    wrong = [one["id"] for one in facts["proposals"] if one["id"] not in truth["right"]]
    return {CHOICE: wrong[:1] or list(truth["right"])[1:]}


def _place(name: str) -> tuple[int, str]:
    return (int(name[1:]) if name[1:].isdecimal() else 0, name)


def _by_id(proposals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(proposals, key=lambda one: _place(one["id"]))


def _kind(name: str, *, several: bool) -> Kind:
    return Kind(name, "choice", inputs, partial(read, several=several), mark, write, unwrite, components, right_answer,
                right_form, wrong_form)  # fmt: skip


KINDS = (_kind("single", several=False), _kind("multiple", several=True))
