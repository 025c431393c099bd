import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from xapi import chain, statements
from xapi.errors import InvalidStatement
from xapi.facts import Actor, Answered, Completed, Component, Initialized, Interaction, Outcome, Score, Withheld

EXTENSION = "https://w3id.org/pix-lti/extension/"


def _built(facts):
    return json.loads(statements.build(facts).text)


def test_an_answer_says_what_was_asked_given_and_how_it_ended(answered):
    statement = _built(answered)
    assert statement["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert statement["object"]["id"] == "https://w3id.org/pix-lti/challenge/1.1.search.3%2F%C3%A9%231"
    assert statement["object"]["definition"]["choices"][0] == {
        "id": "a",
        "description": {"en": "Option a", "fr": "Choix a"},
    }
    assert statement["result"]["response"] == "a[,]c"
    assert statement["result"]["success"] is True
    assert statement["result"]["duration"] == "PT39.25S"
    assert statement["result"]["extensions"][EXTENSION + "outcome"] == "right"
    assert statement["result"]["extensions"][EXTENSION + "response"] == ["a", "c"]
    assert statement["result"]["extensions"][EXTENSION + "estimate"] == {"level": 3.0, "error": 0.91}
    assert statement["context"]["extensions"][EXTENSION + "difficulty"] == {"mean": 2.5, "variance": 0.5625}
    assert statement["context"]["extensions"][EXTENSION + "options"] == 3


def test_the_correct_responses_are_never_told(every_kind):
    for facts in every_kind:
        assert "correctResponsesPattern" not in statements.build(facts).text


def test_an_answer_names_its_test_as_parent_and_only_its_own_competence(answered):
    around = _built(answered)["context"]["contextActivities"]
    assert [one["id"] for one in around["parent"]] == [answered.setting.test.iri]
    types = [one["definition"]["type"].rsplit("/", 1)[1] for one in around["grouping"]]
    assert types == ["course", "objective", "programme"]
    assert around["grouping"][1]["id"] == "https://w3id.org/pix-lti/competence/1.1"
    assert [one["id"] for one in around["category"]] == ["https://w3id.org/pix-lti/profile/v1"]


def test_a_test_is_not_its_own_parent(initialized):
    assert "parent" not in _built(initialized)["context"]["contextActivities"]


def test_a_setting_without_course_programme_and_competences_has_no_grouping(initialized):
    setting = replace(initialized.setting, course=None, programme=None, competences=())
    assert "grouping" not in _built(replace(initialized, setting=setting))["context"]["contextActivities"]


def test_the_registration_is_the_attempt(every_kind):
    for facts in every_kind:
        statement = _built(facts)
        assert statement["context"]["registration"] == str(facts.setting.attempt)
        assert statement["context"]["extensions"][EXTENSION + "attempt"] == str(facts.setting.attempt)


def test_an_attempt_begins_with_its_rules(initialized):
    extensions = _built(initialized)["context"]["extensions"]
    assert extensions[EXTENSION + "plan"] == {
        "topics": [
            {"topic": "1.1.search", "competence": "1.1", "area": "1", "cap": 5.0},
            {"topic": "1.2.files", "competence": "1.2", "area": "1", "cap": 8.0},
        ],
        "min_items": 8,
        "max_items": 24,
        "min_per_competence": 4,
        "attempts": 3,
        "counts": "best",
        "grade_policy": "score",
        "purpose": "training",
    }
    assert extensions[EXTENSION + "prior"]["sd_general"] == 1.25
    assert extensions[EXTENSION + "scoring"] == "scoring/v1"
    assert extensions[EXTENSION + "commitment"] == "c0" * 32
    assert extensions[EXTENSION + "exposure"] == 17
    assert extensions[EXTENSION + "attempt-number"] == 2
    assert EXTENSION + "previous" not in extensions


def test_what_is_absent_is_left_out_because_an_lrs_may_drop_a_null(every_kind):
    for facts in every_kind:
        assert "null" not in statements.build(facts).text


def test_a_completed_attempt_gives_levels_score_and_seed(completed):
    statement = _built(completed)
    assert statement["result"]["score"] == {"scaled": 0.734, "raw": 73.4, "min": 0.0, "max": 100.0}
    assert statement["result"]["completion"] is True
    assert statement["result"]["duration"] == "PT1200S"
    levels = statement["result"]["extensions"][EXTENSION + "levels"]
    assert levels == {"1.1": {"level": 3.2, "error": 0.6}, "1.2": {}}
    assert statement["result"]["extensions"][EXTENSION + "seed"] == "0f" * 16


def test_the_moment_is_utc_with_milliseconds_whatever_zone_it_is_told_in(initialized):
    paris = datetime(2026, 11, 23, 10, 0, 0, 5_999, tzinfo=timezone(timedelta(hours=1)))
    built = statements.build(replace(initialized, timestamp=paris))
    assert json.loads(built.text)["timestamp"] == "2026-11-23T09:00:00.005Z"
    assert built.timestamp == datetime.fromisoformat("2026-11-23T09:00:00.005+00:00")


def test_a_skipped_question_has_no_response_and_no_success(answered):
    result = _built(replace(answered, outcome=Outcome.SKIPPED, given=None))["result"]
    assert result["success"] is False
    assert "response" not in result
    assert EXTENSION + "response" not in result["extensions"]


def test_a_withheld_response_is_told_by_its_hash(answered):
    result = _built(replace(answered, given=Withheld("9a" * 32)))["result"]
    assert "response" not in result
    assert result["extensions"][EXTENSION + "response-sha256"] == "9a" * 32


def test_the_actor_is_an_account_and_nothing_else(every_kind):
    for facts in every_kind:
        account = {"homePage": "https://pix.example/people", "name": "q7xk2m"}
        assert _built(facts)["actor"] == {"objectType": "Agent", "account": account}


def test_the_text_stands_as_it_is_stored_and_is_the_same_for_the_same_facts(every_kind):
    for facts in every_kind:
        built = statements.build(facts)
        assert built == statements.build(facts)
        assert built.hash == chain.digest(json.loads(built.text))
        assert built.id == facts.id
        assert "version" not in json.loads(built.text)


_COMPONENTS = (Component("k1", {"fr": "Un"}), Component("k2", {"fr": "Deux"}))
INTERACTIONS = [
    (Interaction("fill-in", {"fr": "Mot"}), "21 janvier", "21 janvier"),
    (Interaction("long-fill-in", {"fr": "Texte"}), "un\ntexte", "un\ntexte"),
    (Interaction("numeric", {"fr": "Nombre"}), "-3.5", "-3.5"),
    (Interaction("numeric", {"fr": "Nombre"}), "trois", None),
    (Interaction("sequencing", {"fr": "Ordre"}, choices=_COMPONENTS), ("k2", "k1"), "k2[,]k1"),
    (
        Interaction("performance", {"fr": "Champs"}, steps=_COMPONENTS),
        {"k2": "x", "k1": "a[,]b"},
        "k1[.]a[ , ]b[,]k2[.]x",
    ),
    (Interaction("performance", {"fr": "Champs"}, steps=_COMPONENTS), {"k1": "", "k2": ""}, None),
    (
        Interaction("matching", {"fr": "Paires"}, source=_COMPONENTS, target=_COMPONENTS),
        {"k1": "k2", "k2": ""},
        "k1[.]k2",
    ),
    (Interaction("choice", {"fr": "Choix"}, choices=_COMPONENTS), "k2", "k2"),
    (Interaction("choice", {"fr": "Choix"}, choices=_COMPONENTS), (), None),
    (Interaction("other", {"fr": "Autre"}), {"tri": "ok"}, "tri[.]ok"),
]


@pytest.mark.parametrize(("interaction", "given", "response"), INTERACTIONS)
def test_each_kind_of_challenge_writes_its_response_as_the_specification_says(answered, interaction, given, response):
    result = _built(replace(answered, interaction=interaction, given=given))["result"]
    assert result.get("response") == response
    assert EXTENSION + "response" in result["extensions"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"item": ""}, "item"),
        ({"duration": timedelta(seconds=-1)}, None),
        ({"given": ("nowhere",)}, "$.result.response"),
        ({"interaction": Interaction("guess", {"fr": "?"})}, "$"),
        ({"interaction": Interaction("fill-in", {"fr": "?"}, choices=_COMPONENTS)}, "$.object.definition"),
        ({"difficulty": float("nan")}, "difficulty"),
        ({"given": "\x00", "interaction": Interaction("fill-in", {"fr": "?"})}, "$.result.response"),
        ({"options": -1}, "options"),
    ],
)
def test_facts_that_would_make_a_bad_answer_are_refused(answered: Answered, change, path):
    with pytest.raises((InvalidStatement, ValueError)) as refusal:
        statements.build(replace(answered, **change))
    if path:
        assert path in refusal.value.path


@pytest.mark.parametrize(
    "change", [{"seed": "secret"}, {"score": Score(120.0)}, {"score": Score(0.0, 0.0, 0.0)}, {"answers": -3}]
)
def test_facts_that_would_make_a_bad_completion_are_refused(completed: Completed, change):
    with pytest.raises(InvalidStatement):
        statements.build(replace(completed, **change))


def test_an_actor_whose_home_page_is_no_address_is_refused(initialized: Initialized):
    setting = replace(initialized.setting, actor=Actor("campus", "q7xk2m"))
    with pytest.raises(InvalidStatement, match="homePage"):
        statements.build(replace(initialized, setting=setting))


def test_building_leaves_the_facts_as_they_were(every_kind):
    before = repr(every_kind)
    for facts in every_kind:
        statements.build(facts)
    assert repr(every_kind) == before
