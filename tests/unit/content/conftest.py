"""Small banks written for a test, and the bank of the house."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lti_tool.content import Bank, load_bank

FRAMEWORK = """\
framework: test
version: "2026.11"
languages: [fr, en]
areas: [{code: "1", titles: {en: "A", fr: "A", ar: "A"}}]
competences: [{code: "1.1", area: "1", titles: {en: "C", fr: "C", ar: "C"}, digcomp: ["1.1"]}]
"""
TOPIC = """\
topic: 1.1.demo
titles: {en: "Demo", fr: "Démo", ar: "عرض"}
skills:
  - level: 3
    can: {en: "Can", fr: "Peut"}
    tip: {en: "Tip", fr: "Conseil"}
    challenges:
"""
TEXTS = """\
        texts:
          en: {status: live, instruction: Do it, why: So, labels: {answer: A, place: P, one: One, two: Two}}
          fr: {status: live, instruction: Faites, why: Voir, labels: {answer: R, place: L, one: Un, two: Deux}}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a bank of one topic file from the lines of its challenges; returns its folder.

    `topic` and `framework` are (old, new) replacements in the rest of the files.
    """

    def written(
        *challenges: str, texts: str = TEXTS, topic: tuple[str, str] = ("", ""), framework: tuple[str, str] = ("", "")
    ) -> Path:
        (tmp_path / "1.1").mkdir(exist_ok=True)
        (tmp_path / "framework.yaml").write_text(FRAMEWORK.replace(*framework), encoding="utf-8")
        body = "".join(f"{challenge.rstrip()}\n{texts}" for challenge in challenges)
        (tmp_path / "1.1" / "demo.yaml").write_text(TOPIC.replace(*topic) + body, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def make(write: Write) -> Callable[..., Bank]:
    """Load a bank of one topic from the lines of its challenges."""
    return lambda *challenges, **parts: load_bank(write(*challenges, **parts))


@pytest.fixture(scope="session")
def house() -> Bank:
    """The bank of the house."""
    return load_bank()
