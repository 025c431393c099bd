"""From the shape of a topic file to its skills and challenges."""

from typing import Any

from lti_tool.content.answers import ANSWER
from lti_tool.content.challenge import Challenge, Field, Skill, Texts
from lti_tool.content.shapes import AnswerShape, ChallengeShape, FieldShape, SkillShape, TakeShape, TopicShape

GUESSES_AT_MOST = 16
_OF_THE_INPUT = {"format", "near", "strict", "units", "name"}
_FORMAT_OF_KIND = {"text": "text", "number": "number", "select": "select"}


def build_skill(topic: TopicShape, skill: SkillShape) -> Skill:
    """A skill of the topic."""
    return Skill(f"{topic.topic}@{skill.level}", topic.topic, skill.level, _texts(skill.can), _texts(skill.tip))


def build_challenge(topic: TopicShape, skill: SkillShape, shape: ChallengeShape) -> Challenge:
    """A challenge of the skill, complete: what the author left out follows from its kind."""
    area, competence = topic.topic[:1], topic.topic[:3]
    skill_id = f"{topic.topic}@{skill.level}"
    return Challenge(
        id=f"{skill_id}/{shape.id}",
        skill=skill_id,
        topic=topic.topic,
        competence=competence,
        area=area,
        level=skill.level,
        kind=shape.kind,
        options=_options(shape),
        device=shape.device,
        pool=shape.pool,
        needs_script=False,
        generator=generator_of(shape),
        parameters=_parameters(shape),
        texts={language: Texts(**texts.model_dump()) for language, texts in shape.texts.items()},
        languages=tuple(language for language, texts in shape.texts.items() if texts.status == "live"),
        tips=_texts(skill.tip),
        fields=tuple(_field(one, shape.kind) for one in inputs_of(shape)),
    )


def generator_of(shape: ChallengeShape) -> str:
    """The generator that the author named, else the one that draws what is listed."""
    return shape.generator or ("proposals" if shape.kind in {"single", "multiple"} else "fixed")


def inputs_of(shape: ChallengeShape) -> list[FieldShape]:
    """The inputs of a challenge that is not a choice: its fields, or its one answer."""
    if shape.kind in {"text", "number"}:
        answer = (shape.answer or AnswerShape()).model_dump(exclude_unset=True)
        return [FieldShape(name=ANSWER, **answer)]
    return shape.fields


def answers_of(shape: ChallengeShape) -> dict[str, dict[str, Any]]:
    """What the author lists as right, by input."""
    return {one.name: plain_answer(one) for one in inputs_of(shape)}


def plain_answer(answer: AnswerShape) -> dict[str, Any]:
    """The part of the truth that an author wrote beside an input."""
    return answer.model_dump(exclude_none=True, exclude=_OF_THE_INPUT)


def _field(shape: FieldShape, kind: str) -> Field:
    written = shape.format or _FORMAT_OF_KIND.get(kind, "text")
    return Field(shape.name, written, shape.near, frozenset(shape.strict), tuple(shape.units))


def _parameters(shape: ChallengeShape) -> dict[str, Any]:
    if shape.generator:
        return dict(shape.parameters)
    common = {"values": shape.values, "shown": shape.shown, "variants": [_variant(one) for one in shape.variants]}
    if shape.kind in {"single", "multiple"}:
        listed = shape.proposals.model_dump() if shape.proposals else {}
        return {**common, "proposals": listed, "take": take_of(shape).model_dump()}
    return {**common, "answers": answers_of(shape)}


def _variant(shape: Any) -> dict[str, Any]:
    written: dict[str, Any] = shape.model_dump(exclude_none=True, exclude={"answers"})
    if shape.answers is not None:
        written["answers"] = {name: plain_answer(answer) for name, answer in shape.answers.items()}
    return written


def take_of(shape: ChallengeShape) -> TakeShape:
    """How many proposals are drawn: as written, else one right and up to three wrong ones, or all for multiple."""
    lists = [one for one in (shape.proposals, *(variant.proposals for variant in shape.variants)) if one is not None]
    if shape.take or not lists:
        return shape.take or TakeShape(total=2)
    right, wrong = min(len(one.right) for one in lists), min(len(one.wrong) for one in lists)
    if shape.kind == "single":
        return TakeShape.model_construct(total=1 + min(3, wrong), right=[1, 1])
    return TakeShape.model_construct(total=right + wrong, right=[right, right])


def _options(shape: ChallengeShape) -> int:
    """How many answers a guess chooses from: 0 where the answer is free."""
    if shape.options is not None:
        return shape.options
    if shape.kind in {"single", "multiple"} and not shape.generator:
        total = take_of(shape).total
        return total if shape.kind == "single" else min(GUESSES_AT_MOST, 2**total)
    if shape.fields and not shape.generator and all(one.right is not None for one in shape.fields):
        guesses = 1
        for one in shape.fields:
            guesses *= 1 + len(one.wrong or ())
        return min(GUESSES_AT_MOST, guesses)
    return 0


def _texts(said: Any) -> dict[str, str]:
    return dict(said)
