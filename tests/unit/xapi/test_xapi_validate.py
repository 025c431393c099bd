import copy
import json

import pytest

from xapi import validate
from xapi.errors import InvalidStatement

GROUPING = ("context", "contextActivities", "grouping")
DEFINITION = ("object", "definition")
BAD_ANSWERS = [
    (("id",), None, "$"),
    (("id",), "7B7C9F3E-5A43-4A3E-9C7E-0B6D7A9D4D11", "$.id"),
    (("id",), 7, "$.id"),
    (("extra",), 1, "$"),
    (("actor", "name"), "Lina", "$.actor"),
    (("actor", "mbox"), "mailto:lina@example.org", "$.actor"),
    (("actor", "mbox_sha1sum"), "ab" * 20, "$.actor"),
    (("actor", "openid"), "https://lina.example", "$.actor"),
    (("actor", "account", "email"), "lina@example.org", "$.actor.account"),
    (("actor", "account"), None, "$.actor"),
    (("actor", "account", "name"), "", "$.actor.account.name"),
    (("actor", "account", "homePage"), "pix.example", "$.actor.account.homePage"),
    (("actor", "objectType"), "Group", "$.actor.objectType"),
    (("verb", "id"), "answered", "$.verb.id"),
    (("verb", "id"), "http:///answered", "$.verb.id"),
    (("verb", "id"), "http://[answered", "$.verb.id"),
    (("verb", "id"), "http://example.org/a b", "$.verb.id"),
    (("verb", "id"), "http://example.org/%zz", "$.verb.id"),
    (("verb", "display"), None, "$.verb"),
    (("verb", "display"), {}, "$.verb.display"),
    (("verb", "display"), {"not a tag": "x"}, "$.verb.display['not a tag']"),
    (("verb", "display"), {"fr": ""}, "$.verb.display.fr"),
    (("object",), [], "$.object"),
    (("object", "objectType"), "StatementRef", "$.object.objectType"),
    (("object", "id"), "challenge", "$.object.id"),
    ((*DEFINITION, "correctResponsesPattern"), ["a"], "$.object.definition"),
    ((*DEFINITION, "type"), "http://adlnet.gov/expapi/activities/assessment", "$.object.definition"),
    ((*DEFINITION, "interactionType"), "quiz", "$.object.definition.interactionType"),
    ((*DEFINITION, "interactionType"), None, "$.object.definition"),
    ((*DEFINITION, "name"), "Which?", "$.object.definition.name"),
    ((*DEFINITION, "extensions"), {}, "$.object.definition.extensions"),
    ((*DEFINITION, "steps"), [{"id": "x", "description": {"fr": "x"}}], "$.object.definition"),
    ((*DEFINITION, "choices"), [], "$.object.definition.choices"),
    ((*DEFINITION, "choices", 0, "id"), "b", "$.object.definition.choices[1].id"),
    ((*DEFINITION, "choices", 0, "id"), "a b", "$.object.definition.choices[0].id"),
    ((*DEFINITION, "choices", 0, "id"), "a[,]b", "$.object.definition.choices[0].id"),
    ((*DEFINITION, "choices", 0, "description"), "x", "$.object.definition.choices[0].description"),
    (("timestamp",), "2026-11-23T09:00:00Z", "$.timestamp"),
    (("timestamp",), "2026-11-23T09:00:00.000+00:00", "$.timestamp"),
    (("timestamp",), "2026-11-31T09:00:00.000Z", "$.timestamp"),
    (("timestamp",), 1763888400, "$.timestamp"),
    (("result",), {}, "$.result"),
    (("result", "success"), "yes", "$.result.success"),
    (("result", "response"), "a[,]z", "$.result.response"),
    (("result", "response"), 3, "$.result.response"),
    (("result", "duration"), "39 s", "$.result.duration"),
    (("result", "duration"), "PT", "$.result.duration"),
    (("result", "extensions"), {"outcome": "right"}, "$.result.extensions.outcome"),
    (("result", "extensions"), {}, "$.result.extensions"),
    (("result", "score"), {"raw": 5}, "$.result.score"),
    (("result", "score"), {"scaled": 5}, "$.result.score.scaled"),
    (("result", "score"), {"scaled": -1.01}, "$.result.score.scaled"),
    (("result", "score"), {"scaled": True}, "$.result.score.scaled"),
    (("result", "score"), {"scaled": 0.5, "raw": 101, "max": 100}, "$.result.score.raw"),
    (("result", "score"), {"scaled": 0.5, "raw": -1, "min": 0}, "$.result.score.raw"),
    (("result", "score"), {"scaled": 0.5, "min": 5, "max": 5}, "$.result.score"),
    (("context", "registration"), "7", "$.context.registration"),
    (("context", "instructor"), {"account": {}}, "$.context"),
    (("context", "language"), "french!", "$.context.language"),
    (("context", "platform"), " ", "$.context.platform"),
    (("context", "contextActivities", "other"), [], "$.context.contextActivities"),
    ((*GROUPING,), {}, "$.context.contextActivities.grouping"),
    ((*GROUPING, 0, "definition", "name"), {"fr": 1}, "$.context.contextActivities.grouping[0].definition.name.fr"),
    (("context", "extensions", "https://example.org/x"), None, None),
    (("context", "extensions", "https://example.org/x"), float("inf"), "$.context.extensions['https://example.org/x']"),
    (("context", "extensions", "https://example.org/x"), 2**53, "$.context.extensions['https://example.org/x']"),
    (("context", "extensions", "https://example.org/x"), {1, 2}, "$.context.extensions['https://example.org/x']"),
    (("context", "extensions", "https://example.org/x"), {1: 2}, "$.context.extensions['https://example.org/x']"),
    (("context", "extensions", "https://example.org/x"), "\x00", "$.context.extensions['https://example.org/x']"),
    (("context", "extensions", "https://example.org/x"), "\ud800", "$.context.extensions['https://example.org/x']"),
]


def _changed(statement, path, value):
    changed = copy.deepcopy(statement)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    if value is None and path[-1] in inner:
        del inner[path[-1]]
    elif value is not None:
        inner[path[-1]] = value
    return changed


@pytest.mark.parametrize(("path", "value", "place"), BAD_ANSWERS)
def test_a_bad_statement_is_refused_with_the_place(attempt, path, value, place):
    changed = _changed(attempt[1], path, value)
    if place is None:
        validate.check(changed)
        return
    with pytest.raises(InvalidStatement) as refusal:
        validate.check(changed)
    assert refusal.value.path == place
    assert refusal.value.reason


def test_the_statements_of_an_attempt_are_good(attempt):
    for statement in attempt:
        validate.check(statement)


def test_a_null_anywhere_is_refused(attempt):
    attempt[1]["context"]["extensions"]["https://example.org/x"] = None
    with pytest.raises(InvalidStatement, match="not a number"):
        validate.check(attempt[1])


def test_a_statement_nested_too_deep_is_refused(attempt):
    attempt[1]["context"]["extensions"]["https://example.org/x"] = json.loads("[" * 40 + "]" * 40)
    with pytest.raises(InvalidStatement, match="deep"):
        validate.check(attempt[1])


def test_an_activity_listed_twice_is_refused(attempt):
    grouping = attempt[1]["context"]["contextActivities"]["grouping"]
    grouping.append(grouping[0])
    with pytest.raises(InvalidStatement, match="twice"):
        validate.check(attempt[1])


def test_what_is_no_statement_at_all_is_refused():
    for value in (None, [], "x", 5):
        with pytest.raises(InvalidStatement):
            validate.check(value)


SHOWN = [{"id": one, "description": {"fr": one}} for one in ("x", "y")]
RESPONSES = [
    ({"interactionType": "true-false"}, "true", "yes"),
    ({"interactionType": "numeric"}, "-2.5e3", "2,5"),
    ({"interactionType": "likert", "scale": SHOWN}, "x", "z"),
    ({"interactionType": "sequencing", "choices": SHOWN}, "y[,]x", "y[.]x"),
    ({"interactionType": "matching", "source": SHOWN, "target": SHOWN}, "x[.]y[,]y[.]x", "x[.]z"),
    ({"interactionType": "performance", "steps": SHOWN}, "x[.]anything", "z[.]anything"),
    ({"interactionType": "matching", "source": SHOWN, "target": SHOWN}, "x[.]y", "x"),
]


@pytest.mark.parametrize(("definition", "good", "bad"), RESPONSES)
def test_a_response_has_the_form_of_its_interaction(attempt, definition, good, bad):
    statement = attempt[1]
    statement["object"]["definition"] = {"type": "http://adlnet.gov/expapi/activities/cmi.interaction", **definition}
    statement["result"]["response"] = good
    validate.check(statement)
    statement["result"]["response"] = bad
    with pytest.raises(InvalidStatement) as refusal:
        validate.check(statement)
    assert refusal.value.path == "$.result.response"
