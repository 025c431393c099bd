"""A small bank with every kind of challenge, so that these tests hang on nobody's texts."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COMPETENCES = ("1.1", "1.2")
FRAMEWORK = {
    "framework": "audited",
    "version": "2026.11",
    "languages": ["fr", "en"],
    "areas": [{"code": "1", "titles": {"en": "Area", "fr": "Domaine", "ar": "مجال"}}],
    "competences": [
        {"code": code, "area": "1", "titles": {"en": "Skill", "fr": "Compétence", "ar": "كفاءة"}, "digcomp": []}
        for code in COMPETENCES
    ],
}
_LABELS = {"one": "One", "two": "Two"}
_TEXTS = {
    language: {"status": "live", "instruction": "Answer.", "why": "So it is.", "labels": _LABELS}
    for language in ("en", "fr")
}
_PROPOSED = {"right": ["good", "fine"], "wrong": ["bad", "worse", "poor", "sad"]}
_FIRST = {"name": "one", "accept": ["a"]}
LISTED = (
    "1.1.alpha@1/item-1", "1.2.beta@5/item-2", "1.1.beta@2/item-1", "1.2.alpha@3/item-2", "1.1.alpha@5/item-1",
)  # fmt: skip
CHALLENGES: tuple[dict[str, Any], ...] = (
    {"kind": "single", "proposals": _PROPOSED},
    {"kind": "multiple", "proposals": _PROPOSED, "take": {"total": 4, "right": [1, 2]}},
    {"kind": "text", "answer": {"accept": ["yes"]}},
    {"kind": "number", "answer": {"value": 12, "tolerance": 1}},
    {"kind": "fields", "fields": [_FIRST, {"name": "two", "format": "date", "date": "2019-01-21"}]},
    {"kind": "select", "fields": [{"name": name, "right": "up", "wrong": ["down", "left"]} for name in ("one", "two")]},
)  # fmt: skip


def write_bank(folder: Path, why: str = "So it is.") -> Path:
    """Two competences of two topics, four levels each, two challenges a level, a sealed topic, and a list of five.

    Another `why` makes another version.
    """
    (folder / "framework.yaml").write_text(json.dumps(FRAMEWORK), encoding="utf-8")
    kinds = _endless()
    for competence in COMPETENCES:
        (folder / competence).mkdir(exist_ok=True)
        for name in ("alpha", "beta"):
            _write_topic(folder, f"{competence}.{name}", [_skill(level, kinds, why) for level in (1, 2, 3, 5)])
    sealed = _skill(4, kinds, why)
    for challenge in sealed["challenges"]:
        challenge["pool"] = "sealed"
    _write_topic(folder, "1.1.sealed", [sealed])
    said = {"en": "Five", "fr": "Cinq", "ar": "خمسة"}
    listed = {"id": "five", "version": 1, "titles": said, "purpose": said, "minutes": 5, "challenges": list(LISTED)}
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "tests" / "five.yaml").write_text(json.dumps(listed), encoding="utf-8")
    return folder


def _write_topic(folder: Path, name: str, skills: list[dict[str, Any]]) -> None:
    topic = {"topic": name, "titles": {"en": name, "fr": name, "ar": name}, "skills": skills}
    (folder / name[:3] / f"{name[4:]}.yaml").write_text(json.dumps(topic), encoding="utf-8")


def _endless() -> Iterator[dict[str, Any]]:
    while True:
        yield from CHALLENGES


def _skill(level: int, kinds: Iterator[dict[str, Any]], why: str) -> dict[str, Any]:
    texts = {language: {**said, "why": why} for language, said in _TEXTS.items()}
    said = {"en": "Can do it", "fr": "Sait le faire"}
    challenges = [{"id": f"item-{number}", "texts": texts, **next(kinds)} for number in (1, 2)]
    return {"level": level, "can": said, "tip": said, "challenges": copy.deepcopy(challenges)}
