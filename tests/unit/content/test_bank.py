"""The bank is loaded whole or refused with file, line and field of everything that is wrong in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lti_tool.content import HOUSE, Bank, BankBroken, Problem, check_bank, load_bank
from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, generators
from lti_tool.engine import Item

Write = Callable[..., Path]
ONE = "      - id: one\n        kind: "
PAIR = '{proposals: {right: ["a"], wrong: ["b"]}}'
GOOD = """\
      - id: one
        kind: single
        proposals: {right: ["Yes"], wrong: ["A", "B", "C"]}
"""


def broken(name: str, facts: Callable[[Draw], dict[str, Any]], truth: dict[str, Any] | None = None) -> None:
    """Register a generator with one fault."""

    @generator(name, render=lambda facts, name, language: b"")
    def draw(choice: Draw, parameters: Any) -> Drawn:
        return Drawn({"values": {}, **facts(choice)}, truth or {"accept": ["x"]})


def failing() -> dict[str, Any]:
    raise LookupError("nothing there")


COUNT = iter(range(10_000))
FILE = [{"name": "answer", "file_name": "f.txt", "media_type": "text/plain"}]
THREE = [{"id": f"p{number}", "text": f"t{number}"} for number in (1, 2, 3)]
broken("test_same", lambda choice: {})
broken("test_unsteady", lambda choice: {"n": next(COUNT)})
broken("test_huge", lambda choice: {"n": choice.token(), "long": "x" * 70_000})
broken("test_tuple", lambda choice: {"n": (choice.token(), 1)})
broken("test_empty_file", lambda choice: {"n": choice.token(), "downloads": FILE})
broken(
    "test_lost_place", lambda choice: {"n": choice.token(), "place": {"name": "search", "start": "lost", "pages": []}}
)
broken("test_silent", lambda choice: {"n": choice.token()}, {"accept": [""]})
broken("test_failing", lambda choice: failing())
broken(
    "test_wordless",
    lambda choice: {"n": choice.token(), "proposals": [{"id": "p1", "text": ""}]},
    {"right": ["p1"]},
)
broken("test_two_right", lambda choice: {"n": choice.token(), "proposals": THREE}, {"right": ["p1", "p2"]})


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(BankBroken) as refused:
        load_bank(path)
    return refused.value.problems


def test_a_bank_names_everything_by_its_id(write: Write) -> None:
    bank = load_bank(write(GOOD))
    assert bank.items() == (Item("1.1.demo@3/one", "1.1.demo@3", "1.1.demo", "1.1", "1", 3, 4),)
    assert bank.topics["1.1.demo"].top_level == 3
    assert bank.skills["1.1.demo@3"].tip["fr"] == "Conseil"
    assert bank.competences["1.1"].area == "1"
    challenge = bank.challenges["1.1.demo@3/one"]
    assert (challenge.device, challenge.pool, challenge.needs_script, challenge.languages) == (
        "any",
        "open",
        False,
        ("en", "fr"),
    )


def test_the_version_follows_every_byte(write: Write) -> None:
    before = load_bank(write(GOOD)).version
    assert before.startswith("2026.11+")
    assert len(before) == 20
    assert load_bank(write(GOOD)).version == before
    assert load_bank(write(GOOD.replace("Yes", "Yes!"))).version != before


def test_a_draft_is_offered_in_no_language(write: Write) -> None:
    texts = """\
        texts:
          en: {status: draft, instruction: "Do", why: "So"}
          fr: {status: reviewed, instruction: "Do", why: "So"}
"""
    bank = load_bank(write(GOOD, texts=texts))
    assert bank.items() == ()
    assert bank.topics["1.1.demo"].top_level == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("kind: single", "kind: songle", 9, "skills.0.challenges.0.kind", "none of"),
        (
            "kind: single",
            "kind: single\n        generator: nowhere",
            10,
            "skills.0.challenges.0.generator",
            "no generator",
        ),
        ("kind: single", "kind: single\n        colour: red", 10, "skills.0.challenges.0.colour", "Extra inputs"),
        ("kind: single", "kind: single\n        options: many", 10, "skills.0.challenges.0.options", "valid integer"),
        ("kind: single", "kind: single\n        kind: text", 10, "skills.0.challenges.0.kind", "twice"),
        (
            "kind: single",
            "kind: single\n        parameters: {a: 1}",
            10,
            "skills.0.challenges.0.parameters.a",
            "no such parameter",
        ),
        (
            "kind: single",
            "kind: single\n        answer: {near: true}",
            10,
            "skills.0.challenges.0.answer",
            "no single answer",
        ),
        (
            "kind: single",
            "kind: single\n        fields: [{name: one}]",
            10,
            "skills.0.challenges.0.fields",
            "has no fields",
        ),
        ("kind: single", "kind: fields", 8, "skills.0.challenges.0.fields", "needs its inputs"),
        ("kind: single", "kind: text", 8, "skills.0.challenges.0.answer.accept", "missing"),
        (
            "kind: single",
            "kind: single\n        take: {total: 4, right: [2, 2]}",
            10,
            "skills.0.challenges.0.take",
            "one right",
        ),
        ("kind: single", "kind: single\n        take: {total: 9}", 11, "skills.0.challenges.0.proposals", "fewer"),
        ('right: ["Yes"]', 'right: [{fr: "Oui"}]', 10, "skills.0.challenges.0.proposals.right.0", "not said in en"),
        ('right: ["Yes"]', 'right: [{xx: "Oui"}]', 10, "skills.0.challenges.0.proposals.right.0", "languages"),
        ('["A", "B", "C"]', "&a [*a]", 10, "skills.0.challenges.0.proposals.wrong.0", "alias"),
        ("id: one", "id: One_1", 8, "skills.0.challenges.0.id", "pattern"),
        (
            "      - id: one",
            GOOD.rstrip() + "\n        texts: {}\n      - id: one",
            11,
            "skills.0.challenges.0.texts",
            "not said in fr",
        ),
    ],
)
def test_a_mistake_is_named_by_file_line_and_field(
    write: Write, old: str, new: str, line: int, field: str, message: str
) -> None:
    found = problems(write(GOOD.replace(old, new)))
    assert [
        one
        for one in found
        if one.file == "1.1/demo.yaml" and one.line == line and one.field.startswith(field) and message in one.message
    ], found
    assert str(found[0]).startswith("1.1/demo.yaml:")


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        (("level: 3", "level: 9"), "less than or equal to 8"),
        (("1.1.demo", "1.1.other"), "must be 1.1.demo"),
        ((', ar: "عرض"', ""), "not said in ar"),
        (('tip: {en: "Tip", fr: "Conseil"}', 'tip: {en: "Tip"}'), "not said in fr"),
        (("topic: 1.1.demo", "topic: ["), "expected"),
        (("skills:", "abilities:"), "skills: Field required"),
    ],
)
def test_a_topic_that_is_wrong_is_refused(write: Write, topic: tuple[str, str], message: str) -> None:
    assert any(message in str(one) for one in problems(write(GOOD, topic=topic)))


def test_the_same_id_or_level_twice_is_refused(write: Write) -> None:
    assert any("stands twice" in one.message for one in problems(write(GOOD, GOOD)))


def test_a_competence_that_the_framework_lacks_is_refused(write: Write) -> None:
    found = problems(write(GOOD, framework=('code: "1.1"', 'code: "1.2"')))
    assert any("no competence 1.1" in one.message for one in found)


def test_a_framework_missing_broken_or_not_text_is_refused(write: Write, tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere")[0].message == "missing"
    assert any("version" in one.field for one in problems(write(GOOD, framework=("2026.11", "soon"))))
    (tmp_path / "framework.yaml").write_bytes(b"\xff\xfe\x00")
    assert any("UTF-8" in one.message for one in problems(tmp_path))
    (tmp_path / "framework.yaml").write_text("", encoding="utf-8")
    assert any("empty" in one.message for one in problems(tmp_path))
    (tmp_path / "framework.yaml").write_text("#" * 1_000_001, encoding="utf-8")
    assert any("longer" in one.message for one in problems(tmp_path))


def test_a_text_like_a_date_stays_a_text(write: Write) -> None:
    bank = load_bank(
        write(
            '      - id: one\n        kind: text\n        answer: {accept: ["x"]}\n        values: {day: 2019-01-21}\n'
        )
    )
    assert bank.challenges["1.1.demo@3/one"].parameters["values"]["day"] == "2019-01-21"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (f'{ONE}text\n        answer: {{accept: ["?"]}}\n', "right answer is marked as wrong"),
        (f'{ONE}text\n        answer: {{accept: ["zzzz wrong zzzz"]}}\n', "a wrong answer is marked as right"),
        (f'{ONE}text\n        answer: {{format: date, date: "2019-02-31"}}\n', "ValueError"),
        (GOOD + '        shown: [{kind: paragraph, text: "{gone}"}]\n', "gone"),
        (GOOD + "        options: 3\n", "4 proposals are drawn"),
        (GOOD.replace('"B"', '"A"'), "read alike"),
        (GOOD.replace('"B"', '" "'), "a proposal is empty"),
        (f"{ONE}fields\n        generator: photo\n        fields: [{{name: one, format: date}}]\n", "KeyError"),
        (f"{ONE}multiple\n        generator: photo\n", "say how many answers"),
        (f"{ONE}text\n        generator: photo\n        values: {{a: 1}}\n", "not read beside a generator"),
        (f'{ONE}select\n        fields: [{{name: one, right: "x", wrong: ["x"]}}]\n', "read alike"),
        (f'{ONE}select\n        fields: [{{name: one, format: text, right: "x", wrong: ["y"]}}]\n', "is a select"),
        (f'{ONE}fields\n        fields: [{{name: three, accept: ["x"]}}]\n', "no label for three"),
        (f'{ONE}fields\n        fields: [{{name: one, accept: ["x"]}}, {{name: one, accept: ["y"]}}]\n', "taken"),
        (f"{ONE}multiple\n        variants: [{PAIR}, {PAIR}]\n", "say how many proposals"),
        (f"{ONE}single\n        variants: [{{values: {{a: 1}}}}]\n", "missing"),
        (f"{ONE}text\n        generator: test_same\n", "every seed draws the same"),
        (f"{ONE}text\n        generator: test_unsteady\n", "draws differently"),
        (f"{ONE}text\n        generator: test_huge\n", "longer than"),
        (f"{ONE}text\n        generator: test_tuple\n", "plain JSON"),
        (f"{ONE}text\n        generator: test_empty_file\n", "is empty"),
        (f"{ONE}text\n        generator: test_lost_place\n", "no first page"),
        (f"{ONE}text\n        generator: test_silent\n", "answer.empty"),
        (f"{ONE}text\n        generator: test_failing\n", "draw 0 fails: LookupError"),
        (f"{ONE}multiple\n        options: 2\n        generator: test_wordless\n", "the right answer has no text"),
        (f"{ONE}single\n        options: 3\n        generator: test_two_right\n", "exactly one"),
    ],
)
def test_the_check_draws_and_finds_what_reading_cannot(write: Write, lines: str, message: str) -> None:
    found = check_bank(write(lines))
    assert any(message in one.message for one in found), found
    assert all(one.file == "1.1/demo.yaml" and one.line >= 8 for one in found)


def test_a_good_bank_has_no_problem(write: Write) -> None:
    assert check_bank(write(GOOD)) == ()


def test_the_bank_of_the_house_is_read_once_and_covers_the_framework(house: Bank) -> None:
    assert load_bank() is house
    assert len(house.areas) == 5
    assert len(house.competences) == 16
    assert all(set(one.titles) >= {"fr", "en", "ar"} for one in (*house.areas.values(), *house.competences.values()))


@pytest.mark.parametrize("topic", ["1.1/wiki-pages.yaml", "1.2/file-properties.yaml"])
def test_our_own_topics_pass_the_whole_check(topic: str) -> None:
    assert [one for one in check_bank(HOUSE, draws=6) if one.file == topic] == []


def test_two_generators_cannot_share_a_name() -> None:
    assert "photo" in generators()
    with pytest.raises(ValueError, match="two generators"):
        broken("photo", lambda choice: {})
