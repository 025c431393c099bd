"""Every file of a bank's folder, read and brought together, with every problem that can be seen without drawing."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from lti_tool.content.building import build_challenge, build_skill
from lti_tool.content.challenge import Challenge, Skill, Topic
from lti_tool.content.fixed import FOLDER, FixedTest, FixedTestShape, build_fixed_test, fixed_test_problems
from lti_tool.content.reading import Document, Problem, Where, read_document
from lti_tool.content.rules import challenge_problems, language_problems
from lti_tool.content.shapes import FrameworkShape, TopicShape

FRAMEWORK = "framework.yaml"
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(slots=True)
class Found:
    """What the files of a bank hold; `places` tells where a challenge is written."""

    framework: FrameworkShape | None = None
    topics: dict[str, Topic] = field(default_factory=dict)
    skills: dict[str, Skill] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    places: dict[str, tuple[Document, Where]] = field(default_factory=dict)
    tests: dict[str, FixedTest] = field(default_factory=dict)


def gather(path: Path) -> tuple[Found, list[Problem]]:
    """Read the framework, every topic and every fixed test below `path`; a file with problems adds nothing else."""
    found = Found()
    if not (path / FRAMEWORK).is_file():
        return found, [Problem(FRAMEWORK, 0, "file", "missing")]
    document, problems = read_document(path / FRAMEWORK, FRAMEWORK)
    found.framework, wrong = _shaped(document, FrameworkShape)
    problems += wrong
    if found.framework is None:
        return found, problems
    files = sorted(path.glob("*/*.yaml"))
    for file in (one for one in files if one.parent.name != FOLDER):
        problems += _gather_topic(found, file, file.relative_to(path).as_posix())
    for file in (one for one in files if one.parent.name == FOLDER):
        problems += _gather_test(found, file, file.relative_to(path).as_posix())
    return found, problems


def _shaped(document: Document, shape: type[Shape]) -> tuple[Shape | None, list[Problem]]:
    if document.tree is None:
        return None, []
    try:
        return shape.model_validate(document.tree), []
    except ValidationError as error:
        return None, [document.problem(_place_of(one["loc"]), one["msg"]) for one in error.errors(include_url=False)]


def _place_of(found: Where) -> Where:
    """Where pydantic found it, without the names that it gives to the alternatives of a value."""
    return tuple(part for part in found if isinstance(part, int) or not re.search(r"[-\[]|^(int|float)$", str(part)))


def _gather_topic(found: Found, path: Path, file: str) -> list[Problem]:
    document, problems = read_document(path, file)
    topic, wrong = _shaped(document, TopicShape)
    problems += wrong
    if topic is None or found.framework is None:
        return problems
    problems += _topic_problems(found, document, topic, path)
    for place, skill in enumerate(topic.skills):
        here: Where = ("skills", place)
        built = build_skill(topic, skill)
        if built.id in found.skills:
            problems.append(document.problem((*here, "level"), f"the level {skill.level} stands twice"))
        found.skills[built.id] = built
        for number, shape in enumerate(skill.challenges):
            there = (*here, "challenges", number)
            wrong = challenge_problems(document, there, shape, tuple(found.framework.languages))
            if not wrong:
                wrong = _add(found, document, there, build_challenge(topic, skill, shape))
            problems += wrong
    live = [one.level for one in found.challenges.values() if one.topic == topic.topic and one.languages]
    found.topics[topic.topic] = Topic(topic.topic, topic.topic[:3], dict(topic.titles), max(live, default=0))
    return problems


def _gather_test(found: Found, path: Path, file: str) -> list[Problem]:
    document, problems = read_document(path, file)
    shape, wrong = _shaped(document, FixedTestShape)
    problems += wrong
    if shape is None or found.framework is None:
        return problems
    wrong = fixed_test_problems(document, shape, path.stem, found.challenges, tuple(found.framework.languages))
    if not wrong:
        built = build_fixed_test(shape)
        found.tests[built.id] = built
    return problems + wrong


def _add(found: Found, document: Document, where: Where, challenge: Challenge) -> list[Problem]:
    if challenge.id in found.challenges:
        return [document.problem((*where, "id"), f"{challenge.id} stands twice")]
    found.challenges[challenge.id] = challenge
    found.places[challenge.id] = (document, where)
    return []


def _topic_problems(found: Found, document: Document, topic: TopicShape, path: Path) -> list[Problem]:
    problems = []
    if found.framework and topic.topic[:3] not in {one.code for one in found.framework.competences}:
        problems.append(document.problem(("topic",), f"the framework has no competence {topic.topic[:3]}"))
    if topic.topic != f"{path.parent.name}.{path.stem}":
        problems.append(document.problem(("topic",), f"must be {path.parent.name}.{path.stem}, as the file is called"))
    languages = tuple(found.framework.languages) if found.framework else ()
    problems += language_problems(document, ("titles",), topic.titles, (*languages, "ar"))
    for place, skill in enumerate(topic.skills):
        problems += language_problems(document, ("skills", place, "can"), skill.can, languages)
        problems += language_problems(document, ("skills", place, "tip"), skill.tip, languages)
    return problems
