"""The bank: loaded whole or not at all, with a version that follows from every byte that decides a draw or a mark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from lti_tool.content.challenge import Area, Challenge, Competence, Skill, Topic
from lti_tool.content.fixed import FOLDER, FixedTest
from lti_tool.content.gathering import gather
from lti_tool.content.reading import Problem
from lti_tool.engine import Item
from lti_tool.errors import Misconfigured

HOUSE = Path(__file__).parent / "bank"
_DECIDING = ("chance.py", "kinds", "matching", "material")


class BankBroken(Misconfigured):
    """The bank has errors: the server does not start on it. `problems` names each with file, line and field."""

    code = "bank_broken"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("challenge.bank.broken", count=len(problems), first=str(problems[0]))
        self.problems = problems


@dataclass(frozen=True, slots=True, eq=False)  # one a process: told apart by identity, usable as a key
class Bank:
    """Framework, topics, skills, challenges and fixed tests by their ids.

    `version` names this state of them and of the draws; a fixed test has a version of its own.
    """

    version: str
    framework: str
    languages: tuple[str, ...]
    areas: Mapping[str, Area]
    competences: Mapping[str, Competence]
    topics: Mapping[str, Topic]
    skills: Mapping[str, Skill]
    challenges: Mapping[str, Challenge]
    tests: Mapping[str, FixedTest] = field(default_factory=dict)

    def items(self) -> tuple[Item, ...]:
        """Every challenge that is live in some language, as the engine knows it, in the order of the ids."""
        return tuple(
            Item(one.id, one.skill, one.topic, one.competence, one.area, one.level, one.options)
            for _, one in sorted(self.challenges.items()) if one.languages
        )  # fmt: skip


def load_bank(path: Path | None = None) -> Bank:
    """The bank in a folder (None: the bank of the house, read once); BankBroken when anything in it is wrong."""
    return _house() if path is None else _load(path)


@cache
def _house() -> Bank:
    return _load(HOUSE)


def _load(path: Path) -> Bank:
    found, problems = gather(path)
    if problems or found.framework is None:
        raise BankBroken(tuple(problems))
    framework = found.framework
    return Bank(
        version=f"{framework.version}+{_fingerprint(path)}",
        framework=framework.framework,
        languages=tuple(framework.languages),
        areas={one.code: Area(one.code, dict(one.titles)) for one in framework.areas},
        competences={one.code: Competence(one.code, one.area, dict(one.titles), tuple(one.digcomp))
                     for one in framework.competences},
        topics=found.topics,
        skills=found.skills,
        challenges=found.challenges,
        tests=found.tests,
    )  # fmt: skip


def _fingerprint(path: Path) -> str:
    """12 hexadecimal digits over the files of the bank and the sources that decide how they are drawn and marked."""
    total = sha256()
    deciding = (file for file in path.rglob("*.yaml") if file.parent != path / FOLDER)
    for root, files in ((path, deciding), (Path(__file__).parent, _sources())):
        for file in sorted(files):
            total.update(file.relative_to(root).as_posix().encode() + b"\0" + sha256(file.read_bytes()).digest())
    return total.hexdigest()[:12]


def _sources() -> list[Path]:
    roots = [Path(__file__).parent / name for name in _DECIDING]
    return [
        file for root in roots for kind in ("*.py", "*.yaml") for file in (root.rglob(kind) if root.is_dir() else [])
    ] + [root for root in roots if root.is_file()]
