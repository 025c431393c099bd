"""Answered questions, told: what was asked, what was answered, how it went, what is right and why."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.assessment.language import shown_in
from lti_tool.content import Bank, Explanation, Presentation, explain, present
from lti_tool.content.filling import day_in_words, number_in_words
from lti_tool.content.presentation import NumberInput, Proposal, SelectInput, TextInput
from lti_tool.insights.trainee.steps import RECORDED, answers_are_told
from lti_tool.models import Answer, Attempt, Question
from lti_tool.words import direction_of, words

_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")  # a whole number stays as it was typed: a year, a code
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Told:
    """One answered question in the reader's language, or the nearest that it is written in.

    `given` is empty for a skipped one; `explanation` is None where nothing more is told than that it was recorded, or
    where the bank no longer holds the challenge (then `instruction` is empty too).
    """

    ordinal: int
    item_id: str
    area: str
    language: str
    direction: str
    instruction: str
    given: str
    outcome: str
    explanation: Explanation | None
    reason: Mapping[str, Any] = field(default_factory=dict, hash=False)


def told_of(
    session: Session, bank: Bank, attempt: Attempt, locale: str, since: int = 0, *, openly: bool | None = None
) -> tuple[Told, ...]:
    """The answers after the first `since`, in order; `openly` with what is right (None: by the test's purpose)."""
    query = (
        select(Question, Answer)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.attempt_id == attempt.id, Question.ordinal > since)
        .order_by(Question.ordinal)
    )
    tells = answers_are_told(attempt.placement) if openly is None else openly
    told = (_told(bank, question, answer, locale) for question, answer in session.execute(query))
    return tuple(one if tells else replace(one, outcome=RECORDED, explanation=None) for one in told)


def _told(bank: Bank, question: Question, answer: Answer, locale: str) -> Told:
    challenge = bank.challenges.get(question.item_id)
    if challenge is None:
        say = words(locale)
        return Told(
            question.ordinal, question.item_id, "", say.language, say.direction, "", "", answer.outcome, None
        )  # fmt: skip
    language = shown_in(challenge, locale)
    shown = present(challenge, question.facts, language)
    return Told(
        ordinal=question.ordinal,
        item_id=question.item_id,
        area=challenge.area,
        language=language,
        direction=direction_of(language),
        instruction=shown.instruction,
        given=given_in_words(shown, answer.response),
        outcome=answer.outcome,
        explanation=explain(challenge, question.facts, question.truth, language),
        reason=question.reason,
    )


def given_in_words(shown: Presentation, response: Mapping[str, Any] | None) -> str:
    """The response as the challenge's language writes it, a line for each part; empty where nothing was given."""
    if response is None:
        return ""
    texts = {one.id: one.text for one in shown.inputs if isinstance(one, Proposal)}
    if texts:
        return "\n".join(texts.get(chosen, chosen) for chosen in response.get("choice", ()))
    fields = [one for one in shown.inputs if not isinstance(one, Proposal)]
    values = [_value(one, str(response.get(one.name, "")), shown.language) for one in fields]
    if len(fields) == 1:
        return values[0]
    return "\n".join(_labelled(one.label, value) for one, value in zip(fields, values, strict=True))


def _value(one: TextInput | NumberInput | SelectInput, given: str, language: str) -> str:
    if not given:
        return "–"
    match one:
        case SelectInput():
            return next((option.text for option in one.options if option.id == given), given)
        case NumberInput():
            number = number_in_words(float(given), language) if _DECIMAL.fullmatch(given) else given
            return f"{number}\u00a0{one.unit}" if one.unit else number
        case _:
            return _day(given, language) if one.format == "date" else given


def _day(given: str, language: str) -> str:
    """The day in words; what is no day stays as it was typed."""
    with suppress(ValueError):
        return day_in_words(date.fromisoformat(given), language) if _DAY.fullmatch(given) else given
    return given


def _labelled(label: str, text: str) -> str:
    """The value after its label; an arrow parts them where the label does not end in a colon."""
    return f"{label} {text}" if label.endswith(":") else f"{label} → {text}" if label else text
