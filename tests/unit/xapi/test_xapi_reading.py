import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from xapi import reading, statements
from xapi.errors import UnreadableStatement
from xapi.facts import Interaction

EXTENSION = "https://w3id.org/pix-lti/extension/"


def _json(facts):
    return json.loads(statements.build(facts).text)


def test_every_kind_of_facts_comes_back_as_it_went(every_kind):
    for facts in every_kind:
        assert reading.read(_json(facts)) == facts


def test_an_lrs_may_rewrite_whole_numbers_moments_and_durations(answered, completed):
    statement = _json(answered)
    statement["context"]["extensions"][EXTENSION + "sequence"] = 2.0
    statement["result"]["extensions"][EXTENSION + "estimate"]["level"] = 3
    statement["timestamp"] = "2026-11-23T10:00:40.12+01:00"
    assert reading.read(statement) == answered
    statement = _json(completed)
    statement["result"]["duration"] = "PT20M"
    assert reading.read(statement) == completed


def test_an_lrs_may_reorder_the_fields_of_a_response(answered):
    steps = answered.interaction.choices
    facts = replace(
        answered, interaction=Interaction("performance", {"fr": "?"}, steps=steps), given={"b": "2", "a": "1"}
    )
    statement = _json(facts)
    statement["result"]["extensions"][EXTENSION + "response"] = {"a": "1", "b": "2"}
    assert reading.read(statement) == facts


def test_definitions_that_an_lrs_left_out_only_cost_the_names(initialized):
    statement = _json(initialized)
    del statement["object"]["definition"]
    del statement["context"]["contextActivities"]["grouping"]
    setting = reading.read(statement).setting
    assert (setting.test.names, setting.course, setting.competences) == ({}, None, ())


def test_any_mapping_can_be_read(initialized):
    assert reading.read(MappingProxyType(_json(initialized))) == initialized


def _spoilt(statement, path, value):
    inner = statement
    for key in path[:-1]:
        inner = inner[key]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return statement


CONTEXT, RESULT = ("context", "extensions"), ("result", "extensions")
SPOILT_ANSWERS = [
    (("id",), "7", "$.id"),
    (("verb", "id"), "http://adlnet.gov/expapi/verbs/voided", "$.verb.id"),
    (("verb",), "answered", "$.verb"),
    (("timestamp",), "2026-11-23T09:00:40", "$.timestamp"),
    (("timestamp",), "0001-01-01T00:00:00+05:00", "$.timestamp"),
    (("actor", "account"), None, "$.actor"),
    (("actor", "account", "name"), 7, "$.actor.account.name"),
    (("context", "registration"), "11111111-2222-4333-8444-555555555555", "attempt"),
    ((*CONTEXT, EXTENSION + "sequence"), "2", "sequence"),
    ((*CONTEXT, EXTENSION + "sequence"), 2.5, "sequence"),
    ((*CONTEXT, EXTENSION + "sequence"), -2, "sequence"),
    ((*CONTEXT, EXTENSION + "sequence"), True, "sequence"),
    ((*CONTEXT, EXTENSION + "sequence"), 1, "sequence"),
    ((*CONTEXT, EXTENSION + "sequence"), 0, "sequence"),
    ((*CONTEXT, EXTENSION + "previous"), None, "sequence"),
    ((*CONTEXT, EXTENSION + "options"), 10**400, "options"),
    ((*CONTEXT, EXTENSION + "previous"), "zz", "previous"),
    ((*CONTEXT, EXTENSION + "item"), "another", "$.object.id"),
    (("object", "id"), "https://w3id.org/pix-lti/challenge/another", "$.object.id"),
    (("object", "definition", "choices"), {}, "choices"),
    (("object", "definition", "name"), ["x"], "name"),
    (("context", "contextActivities", "parent"), 1, "parent"),
    (("context", "contextActivities", "grouping", 1, "id"), "https://example.org/x", "grouping[1].id"),
    (("result", "success"), False, "$.result.success"),
    (("result", "success"), 1, "$.result.success"),
    (("result", "response"), "b", "$.result"),
    (("result", "response"), None, "$.result"),
    (("result", "duration"), "P1Y", "$.result.duration"),
    (("result", "duration"), f"P{'9' * 400}D", "$.result.duration"),
    ((*RESULT, EXTENSION + "outcome"), "passed", "outcome"),
    ((*RESULT, EXTENSION + "response"), 7, "response"),
    ((*RESULT, EXTENSION + "response-sha256"), "ab" * 32, "response-sha256"),
    ((*RESULT, EXTENSION + "estimate"), {"level": 2.0}, "estimate"),
    ((*RESULT,), [], "$.result.extensions"),
]


@pytest.mark.parametrize(("path", "value", "place"), SPOILT_ANSWERS)
def test_an_answer_that_does_not_say_what_it_promises_is_unreadable(answered, path, value, place):
    with pytest.raises(UnreadableStatement) as refusal:
        reading.read(_spoilt(_json(answered), path, value))
    assert place in refusal.value.path
    assert refusal.value.reason in str(refusal.value)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("result", "completion"), False, "$.result.completion"),
        (("result", "score", "scaled"), 0.9, "$.result.score"),
        (("result", "score", "max"), 0, "$.result.score"),
        ((*RESULT, EXTENSION + "seed"), "0F" * 16, "seed"),
        ((*RESULT, EXTENSION + "levels"), [], "levels"),
    ],
)
def test_a_completion_that_does_not_say_what_it_promises_is_unreadable(completed, path, value, place):
    with pytest.raises(UnreadableStatement) as refusal:
        reading.read(_spoilt(_json(completed), path, value))
    assert place in refusal.value.path
