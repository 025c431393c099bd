"""When a statement that an LRS holds is ours."""

import copy
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from delivery_rows import statement_json

from lti_tool.delivery.sameness import same_statement

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def ours() -> dict[str, Any]:
    return statement_json(uuid4(), uuid4(), 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(stored="2026-11-23T12:00:00Z", version="1.0.3", authority={"mbox": "mailto:a@b.example"}),
        lambda s: s.update(id=s["id"].upper()),
        lambda s: s.update(timestamp="2026-11-23T13:00:01+01:00"),
        lambda s: s["verb"].pop("display"),
        lambda s: s["object"].update(definition={"name": {"en": "another name"}}),
        lambda s: s["object"].pop("objectType"),
        lambda s: s["actor"].update(name="p"),
        lambda s: s["actor"].pop("objectType"),
        lambda s: s["result"].update(duration="PT12.50S"),
        lambda s: s["context"].update(contextActivities={"parent": {"id": "https://a.example/t"}, "other": []}),
        lambda s: s["context"].update(registration=s["context"]["registration"].upper()),
    ],
)
def test_what_an_lrs_may_change_makes_no_other_statement(ours: dict[str, Any], change: Change) -> None:
    theirs = copy.deepcopy(ours)
    change(theirs)
    assert theirs != ours
    assert same_statement(ours, theirs)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(id=str(uuid4())),
        lambda s: s.update(timestamp="2026-11-23T13:00:01Z"),
        lambda s: s.pop("timestamp"),
        lambda s: s["verb"].update(id="http://adlnet.gov/expapi/verbs/passed"),
        lambda s: s["object"].update(id="https://w3id.org/pix-lti/challenge/2"),
        lambda s: s["actor"]["account"].update(name="q"),
        lambda s: s["result"].update(success=False),
        lambda s: s["result"].update(response="other"),
        lambda s: s["result"].update(duration="PT13S"),
        lambda s: s["result"].update(duration="soon"),
        lambda s: s.pop("result"),
        lambda s: s["context"].update(registration=str(uuid4())),
        lambda s: s["context"].update(contextActivities={"parent": [{"id": "https://a.example/u"}]}),
        lambda s: s.update(context="none"),
        lambda s: s.update(verb=None),
        lambda s: s.update(actor=[]),
    ],
)
def test_another_claim_is_another_statement(ours: dict[str, Any], change: Change) -> None:
    theirs = copy.deepcopy(ours)
    change(theirs)
    assert not same_statement(ours, theirs)


def test_a_statement_without_result_and_context_is_compared_too(ours: dict[str, Any]) -> None:
    ours.pop("result")
    ours.pop("context")
    assert same_statement(ours, copy.deepcopy(ours))
