"""A statement met in an LRS becomes facts again, whole or not at all.

What is said twice in a statement must agree: registration and attempt, object and item, outcome and success, response
and canonical response, scaled and raw score.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from xapi import decoding, responses, times, vocabulary
from xapi.cursor import Cursor
from xapi.facts import (
    Abandoned,
    Answered,
    Completed,
    Facts,
    Initialized,
    Link,
    Outcome,
    Resumed,
    Score,
    Setting,
    Suspended,
    Terminated,
    Withheld,
)
from xapi.rules import Versions
from xapi.vocabulary import ContextExtension, ResultExtension


def read(statement: Mapping[str, Any]) -> Facts:
    """The facts of a parsed statement of ours; UnreadableStatement names the place and the reason."""
    place = Cursor(statement if isinstance(statement, dict) else dict(statement))
    verb = place.at("verb").at("id")
    reader = _READERS.get(verb.text())
    return reader(place) if reader else verb.fail(f"is no verb of ours: {verb.text()}")


def _initialized(place: Cursor) -> Initialized:
    extensions = place.at("context").at("extensions")
    versions = Versions(
        bank=extensions.at(ContextExtension.BANK).word(),
        parameters=extensions.at(ContextExtension.PARAMETERS).word(),
        prior=decoding.prior(extensions.at(ContextExtension.PRIOR)),
        scoring=extensions.at(ContextExtension.SCORING).word(),
    )
    return Initialized(
        **_common(place),
        plan=decoding.plan(extensions.at(ContextExtension.PLAN)),
        versions=versions,
        commitment=extensions.at(ContextExtension.COMMITMENT).digits(64),
        exposure=extensions.at(ContextExtension.EXPOSURE).whole(),
        number=extensions.at(ContextExtension.ATTEMPT_NUMBER).whole(),
        pool=extensions.at(ContextExtension.POOL).word(),
    )


def _answered(place: Cursor) -> Answered:
    extensions, result = place.at("context").at("extensions"), place.at("result")
    difficulty = extensions.at(ContextExtension.DIFFICULTY)
    estimate = result.at("extensions").find(ResultExtension.ESTIMATE)
    facts = Answered(
        **_common(place),
        item=extensions.at(ContextExtension.ITEM).word(),
        topic=extensions.at(ContextExtension.TOPIC).word(),
        options=extensions.at(ContextExtension.OPTIONS).whole(),
        difficulty=difficulty.at("mean").number(),
        variance=difficulty.at("variance").number(),
        outcome=_outcome(result),
        interaction=decoding.interaction(place.at("object").at("definition")),
        device=extensions.at(ContextExtension.DEVICE).word(),
        language=extensions.at(ContextExtension.LANGUAGE).word(),
        presentation=extensions.at(ContextExtension.PRESENTATION).word(),
        duration=_duration(result),
        given=decoding.given(result.at("extensions")),
        estimate=decoding.measure(estimate) if estimate else None,
    )
    _check_agreement(place, facts)
    return facts


def _completed(place: Cursor) -> Completed:
    result = place.at("result")
    extensions = result.at("extensions")
    levels, score = extensions.find(ResultExtension.LEVELS), result.find("score")
    if not result.at("completion").truth():
        result.at("completion").fail("is false in a completed attempt")
    return Completed(
        **_common(place),
        answers=extensions.at(ResultExtension.ANSWERS).whole(),
        seed=extensions.at(ResultExtension.SEED).digits(32),
        duration=_duration(result),
        levels={code: decoding.measure(one) for code, one in levels.items()} if levels else {},
        share_right=_number(extensions, ResultExtension.SHARE_RIGHT),
        share_of_target=_number(extensions, ResultExtension.SHARE_OF_TARGET),
        score_sent=_number(extensions, ResultExtension.SCORE_SENT),
        score=_score(score) if score else None,
    )


def _abandoned(place: Cursor) -> Abandoned:
    extensions = place.at("result").at("extensions")
    return Abandoned(
        **_common(place),
        answers=extensions.at(ResultExtension.ANSWERS).whole(),
        seed=extensions.at(ResultExtension.SEED).digits(32),
    )


_READERS: dict[str, Callable[[Cursor], Facts]] = {
    vocabulary.INITIALIZED.iri: _initialized,
    vocabulary.ANSWERED.iri: _answered,
    vocabulary.COMPLETED.iri: _completed,
    vocabulary.ABANDONED.iri: _abandoned,
    vocabulary.SUSPENDED.iri: lambda place: Suspended(**_common(place)),
    vocabulary.RESUMED.iri: lambda place: Resumed(**_common(place)),
    vocabulary.TERMINATED.iri: lambda place: Terminated(**_common(place)),
}


def _common(place: Cursor) -> dict[str, Any]:
    """The arguments that every kind of facts takes."""
    setting = decoding.setting(place)
    return {"id": place.at("id").uuid(), "timestamp": _moment(place), "setting": setting, "link": _link(place, setting)}


def _link(place: Cursor, setting: Setting) -> Link:
    extensions = place.at("context").at("extensions")
    attempt = extensions.at(ContextExtension.ATTEMPT)
    if attempt.uuid() != setting.attempt:
        attempt.fail("is not the registration")
    sequence, previous = extensions.at(ContextExtension.SEQUENCE), extensions.find(ContextExtension.PREVIOUS)
    if sequence.whole() < 1 or (sequence.whole() == 1) is not (previous is None):
        sequence.fail("is not 1 for the first statement, or not above 1 for one that follows")
    return Link(sequence.whole(), previous.digits(64) if previous else None)


def _moment(place: Cursor) -> datetime:
    found = place.at("timestamp")
    try:
        return times.moment_of(found.text())
    except ValueError as error:
        found.fail(str(error))


def _duration(result: Cursor) -> timedelta:
    found = result.at("duration")
    try:
        return times.duration_of(found.text())
    except ValueError as error:
        found.fail(str(error))


def _outcome(result: Cursor) -> Outcome:
    found = result.at("extensions").at(ResultExtension.OUTCOME)
    if found.text() not in {str(one) for one in Outcome}:
        found.fail("is no outcome")
    if result.at("success").truth() is not (found.text() == Outcome.RIGHT):
        result.at("success").fail(f"contradicts the outcome {found.text()}")
    return Outcome(found.text())


def _number(extensions: Cursor, key: str) -> float | None:
    found = extensions.find(key)
    return found.number() if found else None


def _score(place: Cursor) -> Score:
    score = Score(place.at("raw").number(), place.at("min").number(), place.at("max").number())
    if score.maximum <= 0 or abs(place.at("scaled").number() - score.raw / score.maximum) > 1e-6:
        place.fail("has a scaled value that is not raw / max")
    return score


def _check_agreement(place: Cursor, facts: Answered) -> None:
    """What an answer says outside its extensions, which the chain does not cover, must be what they say."""
    target, response = place.at("object").at("id"), place.at("result").find("response")
    if target.text() != vocabulary.iri_of_challenge(facts.item):
        target.fail(f"is not the challenge {facts.item}")
    told = None if facts.given is None or isinstance(facts.given, Withheld) else facts.given
    expected = None if told is None else responses.as_text(facts.interaction.kind, told)
    if response is None and expected is None:
        return
    if response is None or response.text() != expected:
        place.at("result").fail("has a response that is not the canonical response")
