"""Fixed tests as data: a list is loaded whole or refused with file, line and field."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lti_tool.content import HOUSE, Bank, BankBroken, check_bank, load_bank

Write = Callable[..., Path]
CHALLENGE = """\
      - id: {name}
        kind: single
        proposals: {{right: ["Yes"], wrong: ["A", "B", "C"]}}
"""
LIST = """\
id: first-steps
version: 2
titles: {en: "First steps", fr: "Premiers pas", ar: "الخطوات الأولى"}
purpose: {en: "To begin.", fr: "Pour commencer.", ar: "للبداية."}
minutes: 3
challenges: [1.1.demo@3/two, 1.1.demo@3/one]
"""


@pytest.fixture
def folder(write: Write) -> Path:
    """A bank of four challenges: two that anybody can be asked, one sealed, one for a computer."""
    sealed = CHALLENGE.format(name="sealed") + "        pool: sealed\n"
    heavy = CHALLENGE.format(name="heavy") + "        device: computer\n"
    return write(CHALLENGE.format(name="one"), CHALLENGE.format(name="two"), sealed, heavy)


def listed(folder: Path, old: str = "", new: str = "", stem: str = "first-steps") -> Path:
    """The bank with a list of which one part is another."""
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "tests" / f"{stem}.yaml").write_text(LIST.replace(old, new) if old else LIST, encoding="utf-8")
    return folder


def test_a_list_is_named_by_its_id_and_version_and_keeps_its_order(folder: Path) -> None:
    (test,) = load_bank(listed(folder)).tests.values()
    assert (test.id, test.minutes) == ("first-steps/2", 3)
    assert test.challenges == ("1.1.demo@3/two", "1.1.demo@3/one")
    assert test.titles["fr"] == "Premiers pas"


def test_a_bank_without_lists_offers_none(folder: Path) -> None:
    assert load_bank(folder).tests == {}


def test_a_list_leaves_the_version_of_the_bank_alone_since_it_decides_no_mark(folder: Path) -> None:
    before = load_bank(folder).version
    assert load_bank(listed(folder)).version == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1.1.demo@3/two", "1.1.demo@3/gone", "tests/first-steps.yaml:6: challenges.0: no challenge is called"),
        ("1.1.demo@3/two", "1.1.demo@3/one", "challenges.1: 1.1.demo@3/one stands twice"),
        ("1.1.demo@3/two", "1.1.demo@3/sealed", "challenges.0: 1.1.demo@3/sealed is sealed"),
        ("1.1.demo@3/two", "1.1.demo@3/heavy", "challenges.0: 1.1.demo@3/heavy needs a computer"),
        ("[1.1.demo@3/two, 1.1.demo@3/one]", "[]", "challenges: List should have at least 1 item"),
        (', ar: "للبداية."', "", "tests/first-steps.yaml:4: purpose: not said in ar"),
        ('fr: "Premiers pas", ', "", "titles: not said in fr"),
        ("version: 2", "version: 0", "version: Input should be greater than or equal to 1"),
        ("minutes: 3", "minutes: soon", "minutes: Input should be a valid integer"),
        ("minutes: 3", "minutes: 3\nmusic: loud", "music: Extra inputs are not permitted"),
        ("id: first-steps", "id: last-steps", "id: must be first-steps, as the file is called"),
    ],
)
def test_a_mistake_in_a_list_is_named_by_file_line_and_field(folder: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(BankBroken) as broken:
        load_bank(listed(folder, old, new))
    assert any(message in str(problem) for problem in broken.value.problems), broken.value.problems
    assert any(message in str(problem) for problem in check_bank(folder, draws=1))


def test_a_challenge_that_is_a_draft_in_one_language_stands_in_no_list(write: Write) -> None:
    draft = """\
        texts:
          en: {status: live, instruction: Do it, why: So}
          fr: {status: draft, instruction: Faites, why: Voir}
"""
    folder = write(CHALLENGE.format(name="one"), CHALLENGE.format(name="two"), texts=draft)
    with pytest.raises(BankBroken) as broken:
        load_bank(listed(folder))
    assert "is not live in fr" in str(broken.value.problems[0])


def test_the_discovery_test_asks_eight_challenges_of_every_competence_that_is_there(house: Bank) -> None:
    test = house.tests["discovery/1"]
    assert len(test.challenges) == 8
    assert 5 <= test.minutes <= 15
    competences = [house.challenges[item].competence for item in test.challenges]
    assert set(competences) == {one.competence for one in house.topics.values() if one.top_level}
    levels = [house.challenges[item].level for item in test.challenges]
    assert levels[0] == min(levels)
    assert not [problem for problem in check_bank(HOUSE, draws=1) if problem.file.startswith("tests/")]
