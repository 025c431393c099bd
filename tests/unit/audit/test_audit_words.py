"""The report in words: a sentence for everything that can be wrong, in both languages, whatever an LRS holds."""

import json
from pathlib import Path

import pytest
from audit_tampering import context_of

from lti_tool.audit import Difference, Finding, Issue, Kind, verify
from lti_tool.audit.telling import (
    LIMITS,
    as_json,
    difference_sentence,
    finding_sentence,
    notes,
    printable,
    rows,
    summary,
)
from lti_tool.audit.verdict import Standing, Why
from lti_tool.content import Bank
from lti_tool.words import LANGUAGES, words
from xapi import chain, json_text, variants
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension

CATALOGUES = Path(verify.__code__.co_filename).parents[1] / "translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_differ_has_its_sentence(language: str) -> None:
    say = words(language)
    sentences = {difference_sentence(Difference(kind, 7, "id", "due", "met"), say) for kind in Kind}
    assert len(sentences) == len(Kind)
    found = {finding_sentence(Finding(issue, "iri", "Test", "person", "id", "due", "met"), say) for issue in Issue}
    assert len(found) == len(Issue)
    assert all("{" not in sentence for sentence in sentences | found)
    assert all(say.n(f"audit.why.{why}", 2, detail="x") for why in Why)
    assert all(say.t(f"audit.standing.{standing}") for standing in Standing)
    assert all(say.t(f"audit.limit.{limit}") for limit in LIMITS)


def test_every_way_in_which_a_chain_can_break_is_a_kind_of_difference() -> None:
    assert {str(one) for one in chain.Break} <= {str(one) for one in Kind}


def test_french_and_english_have_the_same_messages() -> None:
    texts = [(CATALOGUES / language / "audit.po").read_text("utf-8") for language in LANGUAGES]
    keys = [{line for line in text.splitlines() if line.startswith("msgid")} for text in texts]
    assert keys[0] == keys[1]


def test_french_has_no_breaking_space_before_high_punctuation() -> None:
    for line in (CATALOGUES / "fr" / "audit.po").read_text("utf-8").splitlines():
        if line.startswith("msgstr") and "Plural" not in line:
            assert not any(f" {sign}" in line for sign in ":;?!»"), line
            assert "'" not in line, line


def test_the_table_tells_told_and_recomputed_side_by_side(honest: list[Json], bank: Bank) -> None:
    grade = honest[-2]["result"]["score"]["raw"]
    honest[-2]["result"]["score"] |= {"raw": 99.5, "scaled": 0.995}
    (row,) = rows(verify(honest, bank), words("en"))
    assert (row["score told"], row["recomputed"], row["verdict"]) == ("99.5", str(grade), "DIFFERS")
    assert row["first difference"].endswith(f"the score told is 99.5; the answers give {grade}.")
    assert row["attempt"] == honest[0]["context"]["registration"][:8]


def test_an_altered_statement_is_named_by_its_own_number(honest: list[Json], bank: Bank) -> None:
    context_of(honest[3])[ContextExtension.DEVICE] = "fridge"
    (row,) = rows(verify(honest, bank), words("en"))
    assert row["first difference"].startswith("Statement 4 was altered")


def test_the_notes_say_why_outcomes_were_taken_as_given_and_what_cannot_be_shown(
    honest: list[Json], other_bank: Bank, bank: Bank
) -> None:
    said = notes(verify(honest, other_bank), words("en"))
    assert bank.version in said[0]
    assert sum(line.startswith("- ") for line in said) == len(LIMITS)
    reduced = [json_text.parse(variants.without_response(json_text.write(one))) for one in honest]
    assert "hashes only" in notes(verify(reduced, bank), words("en"))[0]
    assert notes(verify(honest[:5], bank), words("fr"))[0].startswith("1 tentative n’est pas terminée")


def test_the_notes_list_what_is_wrong_between_attempts_first(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.ATTEMPT_NUMBER] = 2
    assert notes(verify(honest, bank), words("en"))[0].startswith("Information, person ")


def test_the_summary_counts(honest: list[Json], bank: Bank) -> None:
    said = summary(verify(honest, bank), words("en"))
    assert said.startswith("1 attempt, 37 statements: 1 verified (1 marked again, 0 by their outcomes), 0 open")
    assert "nothing was verified" in summary(verify([], bank), words("en"))


def test_the_report_is_json(honest: list[Json], bank: Bank) -> None:
    honest[-2]["result"]["score"] |= {"raw": 99.5, "scaled": 0.995}
    told = json.loads(json.dumps(as_json(verify(honest, bank), words("en"))))
    assert told["agrees"] is False
    (attempt,) = told["attempts"]
    assert attempt["difference"]["kind"] == "grade"
    assert attempt["difference"]["sentence"].startswith("Statement 36")
    assert attempt["marking"] == {"grade": "A", "why": None, "detail": ""}
    assert attempt["recomputed"]["levels"].keys() == {"1.1", "1.2"}
    assert attempt["begun"].endswith("Z")
    assert set(told["cannot_show"]) == set(LIMITS)
    assert json.loads(json.dumps(as_json(verify(honest[1:], bank), words("en"))))["attempts"][0]["begun"] is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jname\nof\ttest\x07", "[2Jname of test"),
        ("a" * 500, "a" * 99 + "…"),
        ("\u202eevil", "evil"),
        ("é ش", "é ش"),
    ],
)
def test_what_an_lrs_holds_cannot_play_with_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_name_full_of_braces_and_control_characters_is_told_plainly(honest: list[Json], bank: Bank) -> None:
    honest[0]["object"]["definition"]["name"] = {"und": "{found}\x1b[31m"}
    (row,) = rows(verify(honest, bank), words("en"))
    assert row["test"] == "{found} [31m"
