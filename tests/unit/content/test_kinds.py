"""Every kind of challenge: what it shows, what it takes for an answer, what it refuses, how it marks."""

from collections.abc import Callable

import pytest

from lti_tool.content import (
    BadAnswer,
    Bank,
    Challenge,
    Drawn,
    canonical,
    describe,
    draw,
    explain,
    from_canonical,
    mark,
    parse_response,
    present,
)
from lti_tool.errors import TooLarge
from lti_tool.words import words

Make = Callable[..., Bank]
SEED = b"0123456789abcdef"
SINGLE = """\
      - id: one
        kind: single
        proposals: {right: [{en: "Yes", fr: "Oui"}], wrong: ["A", "B", "C", "D"]}
"""
MULTIPLE = """\
      - id: some
        kind: multiple
        take: {total: 4, right: [2, 2]}
        proposals: {right: ["R1", "R2", "R3"], wrong: ["W1", "W2", "W3"]}
"""
TEXT = """\
      - id: text
        kind: text
        answer: {accept: {en: ["Folder"], fr: ["Dossier"]}, near: true}
"""
NUMBER = """\
      - id: number
        kind: number
        answer: {value: 12.5, tolerance: 0.5, units: [kB]}
"""
FIELDS = """\
      - id: fields
        kind: fields
        fields:
          - {name: one, format: date, date: "2019-01-21"}
          - {name: two, format: time, time: "14:05", tolerance: 1}
"""
SELECT = """\
      - id: select
        kind: select
        fields:
          - {name: one, right: "x", wrong: ["y", "z"]}
          - {name: two, right: {en: "blue", fr: "bleu"}, wrong: [{en: "red", fr: "rouge"}]}
"""


def only(bank: Bank) -> tuple[Challenge, Drawn]:
    challenge = next(iter(bank.challenges.values()))
    return challenge, draw(challenge, SEED)


def answered(challenge: Challenge, drawn: Drawn, form: dict[str, list[str]], language: str = "fr") -> bool:
    return mark(challenge, drawn.truth, parse_response(challenge, drawn.facts, form, language), language).right


def test_a_single_choice_is_right_only_for_the_right_proposal(make: Make) -> None:
    challenge, drawn = only(make(SINGLE))
    shown = present(challenge, drawn.facts, "fr")
    assert challenge.options == 4 == len(shown.inputs)
    results = {one.text: answered(challenge, drawn, {"choice": [one.id]}) for one in shown.inputs}
    assert [text for text, right in results.items() if right] == ["Oui"]


def test_two_choices_where_one_is_asked_are_refused(make: Make) -> None:
    challenge, drawn = only(make(SINGLE))
    with pytest.raises(BadAnswer) as refused:
        parse_response(challenge, drawn.facts, {"choice": ["p1", "p2"]}, "fr")
    assert refused.value.key == "answer.one_only"


def test_a_multiple_choice_needs_exactly_the_right_set(make: Make) -> None:
    challenge, drawn = only(make(MULTIPLE))
    right = drawn.truth["right"]
    assert challenge.options == 16
    assert len(right) == 2
    assert answered(challenge, drawn, {"choice": right[::-1], "action": ["validate"], "ticket": ["t"]})
    assert not answered(challenge, drawn, {"choice": right[:1]})
    assert not answered(challenge, drawn, {"choice": ["p1", "p2", "p3", "p4"]})


@pytest.mark.parametrize("form", [{}, {"choice": []}, {"choice": [""]}, {"action": ["validate"]}])
def test_an_empty_answer_is_told_to_choose_or_skip(make: Make, form: dict[str, list[str]]) -> None:
    challenge, drawn = only(make(SINGLE))
    with pytest.raises(BadAnswer) as refused:
        parse_response(challenge, drawn.facts, form, "en")
    assert refused.value.key == "answer.empty"


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"choice": ["p99"]}, "answer.unknown_choice"),
        ({"choice": ["p1"], "score": ["1"]}, "answer.unknown_field"),
    ],
)
def test_strange_choices_and_fields_are_refused(make: Make, form: dict[str, list[str]], key: str) -> None:
    challenge, drawn = only(make(SINGLE))
    with pytest.raises(BadAnswer) as refused:
        parse_response(challenge, drawn.facts, form, "en")
    assert refused.value.key == key
    assert words("fr").t(key, **refused.value.values)


def test_more_than_ten_thousand_characters_are_refused(make: Make) -> None:
    challenge, drawn = only(make(TEXT))
    parse_response(challenge, drawn.facts, {"answer": ["x" * 10_000]}, "fr")
    with pytest.raises(TooLarge):
        parse_response(challenge, drawn.facts, {"answer": ["x" * 10_001]}, "fr")


def test_a_text_is_accepted_in_the_words_of_any_language_and_near(make: Make) -> None:
    challenge, drawn = only(make(TEXT))
    assert all(answered(challenge, drawn, {"answer": [typed]}) for typed in ("dossier", "FOLDER", "dosier"))
    assert not answered(challenge, drawn, {"answer": ["file"]})
    assert explain(challenge, drawn.facts, drawn.truth, "fr").right_answer == "Dossier"
    assert explain(challenge, drawn.facts, drawn.truth, "en").right_answer == "Folder"


def test_a_field_sent_twice_is_refused(make: Make) -> None:
    challenge, drawn = only(make(TEXT))
    with pytest.raises(BadAnswer):
        parse_response(challenge, drawn.facts, {"answer": ["a", "b"]}, "fr")


def test_a_number_is_read_with_its_unit_and_marked_with_its_tolerance(make: Make) -> None:
    challenge, drawn = only(make(NUMBER))
    assert all(answered(challenge, drawn, {"answer": [typed]}) for typed in ("12,5", "13", "12 kB", "١٢٫٥"))
    assert not answered(challenge, drawn, {"answer": ["13,1"]})
    for typed, key in (("douze", "answer.not_a_number"), ("12 MB", "answer.other_unit")):
        with pytest.raises(BadAnswer) as refused:
            parse_response(challenge, drawn.facts, {"answer": [typed]}, "fr")
        assert refused.value.key == key


def test_every_field_is_marked_and_all_are_needed(make: Make) -> None:
    challenge, drawn = only(make(FIELDS))
    response = parse_response(challenge, drawn.facts, {"one": ["21 janvier 2019"], "two": ["15h00"]}, "fr")
    marked = mark(challenge, drawn.truth, response, "fr")
    assert (marked.right, marked.parts) == (False, {"one": True, "two": False})
    assert answered(challenge, drawn, {"one": ["21/01/2019"], "two": ["2:06 pm"]})
    assert not answered(challenge, drawn, {"one": ["21/01/2019"], "two": [""]})
    assert explain(challenge, drawn.facts, drawn.truth, "fr").right_answer == "Un → 21 janvier 2019\nDeux → 14:05"


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"one": ["hier"]}, "answer.not_a_date"),
        ({"two": ["midi"]}, "answer.not_a_time"),
        ({"one": [" "], "two": [""]}, "answer.empty"),
    ],
)
def test_a_field_that_cannot_be_read_is_told_so(make: Make, form: dict[str, list[str]], key: str) -> None:
    challenge, drawn = only(make(FIELDS))
    with pytest.raises(BadAnswer) as refused:
        parse_response(challenge, drawn.facts, form, "fr")
    assert refused.value.key == key


def test_gaps_are_chosen_from_lists_without_twin_ids(make: Make) -> None:
    challenge, drawn = only(make(SELECT))
    ids = [option["id"] for options in drawn.facts["options"].values() for option in options]
    assert sorted(ids) == ["p1", "p2", "p3", "p4", "p5"]
    assert challenge.options == 6
    right = {name: [part["option"]] for name, part in drawn.truth["fields"].items()}
    assert answered(challenge, drawn, right)
    with pytest.raises(BadAnswer):
        answered(challenge, drawn, {"one": right["two"]})
    response = parse_response(challenge, drawn.facts, {"one": right["one"]}, "fr")
    assert from_canonical(challenge, canonical(challenge, response)) == response
    assert explain(challenge, drawn.facts, drawn.truth, "en").right_answer == "One → x\nTwo → blue"


def test_a_sentence_with_gaps_comes_in_pieces(make: Make) -> None:
    texts = """\
        texts:
          en: {status: live, instruction: D, why: S, labels: {one: "1", two: "2"}, sentence: "A [[one]] and [[two]]."}
          fr: {status: live, instruction: D, why: S, labels: {one: "1", two: "2"}, sentence: "[[two]] et [[one]]"}
"""
    challenge, drawn = only(make(SELECT, texts=texts))
    english = [(piece.text, piece.gap) for piece in present(challenge, drawn.facts, "en").sentence]
    assert english == [("A ", "one"), (" and ", "two"), (".", "")]
    french = [(piece.text, piece.gap) for piece in present(challenge, drawn.facts, "fr").sentence]
    assert french == [("", "two"), (" et ", "one")]


@pytest.mark.parametrize(
    ("lines", "kind", "written"),
    [
        (SINGLE, "choice", None),
        (TEXT, "fill-in", "a b"),
        (NUMBER, "numeric", "12.50"),
        (FIELDS, "fill-in", "2019-01-21[,]14:05"),
        (SELECT, "matching", None),
    ],
)
def test_the_statement_names_the_interaction_and_no_truth(
    make: Make, lines: str, kind: str, written: str | None
) -> None:
    challenge, drawn = only(make(lines))
    told = describe(challenge, drawn.facts)
    assert told.type == kind
    assert set(told.description) == {"fr", "en"}
    assert "right" not in repr(told)
    if written is not None:
        assert canonical(challenge, from_canonical(challenge, written)) == written


@pytest.mark.parametrize(
    ("lines", "text"), [(FIELDS, "only one"), (SELECT, "nonsense"), (SELECT, "three[.]p1"), (TEXT, "a[,]b")]
)
def test_a_statement_that_no_response_wrote_is_refused(make: Make, lines: str, text: str) -> None:
    challenge, _ = only(make(lines))
    with pytest.raises(BadAnswer):
        from_canonical(challenge, text)


@pytest.mark.parametrize("lines", [NUMBER, FIELDS, SINGLE])
def test_a_forged_statement_is_marked_wrong_and_never_fails(make: Make, lines: str) -> None:
    challenge, drawn = only(make(lines))
    text = "[,]".join("x:y" for _ in challenge.fields) or "zz"
    assert not mark(challenge, drawn.truth, from_canonical(challenge, text), "fr").right
    assert from_canonical(challenge, canonical(challenge, from_canonical(challenge, text))) == from_canonical(
        challenge, text
    )


def test_variants_replace_what_they_name(make: Make) -> None:
    challenge, _ = only(
        make("""\
      - id: varied
        kind: text
        values: {common: "c"}
        variants:
          - {values: {host: "a.example"}, answers: {answer: {accept: ["a"]}}}
          - {values: {host: "b.example"}, answers: {answer: {accept: ["b"]}}}
        shown:
          - {kind: address, text: "https://{host}/"}
          - {kind: paragraph, text: {en: "See {common}", fr: "Voir {common}"}}
          - {kind: code, text: "x", label: "L"}
          - {kind: listing, items: ["{host}"]}
          - {kind: table, caption: "T", head: ["H"], rows: [["{host}", 3]]}
""")
    )
    drawn = [draw(challenge, bytes([number]) * 16) for number in range(12)]
    assert {one.truth["fields"]["answer"]["accept"][0] for one in drawn} == {"a", "b"}
    for one in drawn:
        host = one.facts["values"]["host"]
        address, paragraph, code, listing, table = present(challenge, one.facts, "fr").shown
        assert (address.kind, address.text) == ("address", f"https://{host}/")
        assert (paragraph.kind, paragraph.text) == ("paragraph", "Voir c")
        assert (code.kind, listing.items, table.rows) == ("code", (host,), ((host, "3"),))


def test_a_challenge_for_computers_says_so(make: Make) -> None:
    challenge, drawn = only(make(SINGLE.replace("kind: single", "kind: single\n        device: computer")))
    assert "ordinateur" in present(challenge, drawn.facts, "fr").device_note
