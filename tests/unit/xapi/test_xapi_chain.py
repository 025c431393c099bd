import json
from dataclasses import replace

import pytest

from xapi import chain, statements
from xapi.chain import Break
from xapi.errors import UnreadableStatement

EXTENSION = "https://w3id.org/pix-lti/extension/"


def test_an_untouched_attempt_shows_no_difference(attempt):
    assert chain.check(attempt) is None
    assert chain.check([]) is None


def test_a_changed_outcome_is_found_at_the_statement_that_follows_it(attempt):
    attempt[2]["result"]["extensions"][EXTENSION + "outcome"] = "right"
    found = chain.check(attempt)
    assert (found.kind, found.sequence, found.statement) == (Break.ALTERED, 4, attempt[3]["id"])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("result", "success"), True),
        (("timestamp",), "2026-11-23T09:00:41.000Z"),
        (("object", "id"), "https://w3id.org/pix-lti/challenge/another"),
        (("id",), "11111111-2222-4333-8444-555555555555"),
        (("result", "extensions", EXTENSION + "response"), ["c"]),
        (("context", "extensions", EXTENSION + "difficulty", "mean"), 7.5),
        (("context", "extensions", EXTENSION + "added"), 1),
    ],
)
def test_whatever_a_statement_claims_cannot_be_changed_unseen(attempt, place, value):
    inner = attempt[2]
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    assert chain.check(attempt).kind is Break.ALTERED


def test_a_removed_statement_is_missing(attempt):
    del attempt[2]
    found = chain.check(attempt)
    assert (found.kind, found.sequence, found.found) == (Break.MISSING, 3, "4")


def test_a_statement_told_twice_is_doubled(attempt):
    attempt.insert(2, attempt[1])
    assert chain.check(attempt).kind is Break.DOUBLED


def test_two_answers_that_change_places_are_found(attempt):
    attempt[1], attempt[2] = attempt[2], attempt[1]
    assert chain.check(attempt).kind is Break.MISSING
    for sequence in (1, 2):
        attempt[sequence]["context"]["extensions"][EXTENSION + "sequence"] = sequence + 1
    assert chain.check(attempt).kind is Break.ALTERED


def test_a_statement_of_another_attempt_is_foreign(attempt):
    attempt[3]["context"]["extensions"][EXTENSION + "attempt"] = "another"
    assert chain.check(attempt).kind is Break.FOREIGN


def test_an_attempt_without_its_beginning_is_found(attempt, initialized, completed):
    assert chain.check(attempt[1:]).kind is Break.MISSING
    first = statements.build(replace(completed, link=initialized.link))
    assert chain.check([json.loads(first.text)]).kind is Break.NO_BEGINNING


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("id"),
        lambda one: one.update(id=7),
        lambda one: one.update(timestamp="yesterday"),
        lambda one: one.update(timestamp="2026-11-23T09:00:41.000"),
        lambda one: one.update(verb=None),
        lambda one: one.update(result=None),
        lambda one: one["context"].update(extensions=[]),
        lambda one: one["context"]["extensions"].update({EXTENSION + "options": 2**60}),
        lambda one: one["context"]["extensions"].update({EXTENSION + "options": _nested(5000)}),
    ],
)
def test_a_statement_that_cannot_be_hashed_is_unreadable(attempt, spoil):
    spoil(attempt[1])
    assert chain.check(attempt).kind is Break.UNREADABLE
    with pytest.raises(UnreadableStatement):
        chain.digest(attempt[1])


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_an_lrs_may_reorder_keys_and_rewrite_numbers_times_and_ids(attempt):
    for statement in attempt:
        before = chain.digest(statement)
        rewritten = _as_another_lrs_would_write(statement)
        rewritten["timestamp"] = statement["timestamp"].replace("Z", "000+00:00")
        rewritten["id"] = statement["id"].upper()
        rewritten |= {"stored": "2026-11-24T00:00:00Z", "authority": {"mbox": "mailto:lrs@example.org"}}
        assert chain.digest(rewritten) == before
        rewritten["timestamp"] = "2026-11-23T12:00:00.120+03:00"
        assert (chain.digest(rewritten) == before) is (statement["timestamp"] == "2026-11-23T09:00:00.120Z")


def _as_another_lrs_would_write(value):
    if isinstance(value, dict):
        return {key: _as_another_lrs_would_write(inner) for key, inner in reversed(value.items())}
    if isinstance(value, list):
        return [_as_another_lrs_would_write(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return int(value) if float(value).is_integer() else value


def test_extensions_of_others_do_not_count(attempt):
    before = chain.digest(attempt[1])
    attempt[1]["context"]["extensions"]["https://lrs.example/stamp"] = 5
    assert chain.digest(attempt[1]) == before


def test_the_hash_is_the_sha256_of_a_known_text(initialized):
    bare = {
        "id": "7B7C9F3E-5A43-4A3E-9C7E-0B6D7A9D4D11",
        "verb": {"id": "http://adlnet.gov/expapi/verbs/suspended", "display": {"en": "suspended"}},
        "object": {"id": "https://w3id.org/pix-lti/test/x"},
        "timestamp": "2026-11-23T10:00:00+01:00",
        "context": {"extensions": {EXTENSION + "sequence": 4.0}},
    }
    assert chain.canonical(bare) == (
        b'{"extensions":{"https://w3id.org/pix-lti/extension/sequence":4},"id":"7b7c9f3e-5a43-4a3e-9c7e-0b6d7a9d4d11",'
        b'"object":"https://w3id.org/pix-lti/test/x","timestamp":"2026-11-23T09:00:00.000Z",'
        b'"verb":"http://adlnet.gov/expapi/verbs/suspended"}'
    )


def test_a_commitment_binds_seed_plan_and_versions(plan, versions):
    told = chain.commitment("0f" * 16, plan, versions)
    assert len(told) == 64
    assert told == chain.commitment("0f" * 16, plan, versions)
    assert told != chain.commitment("1f" * 16, plan, versions)
    assert told != chain.commitment("0f" * 16, replace(plan, max_items=25), versions)
    assert told != chain.commitment("0f" * 16, plan, replace(versions, bank="2026.12"))


def test_what_an_lrs_stored_is_the_same_as_what_was_sent(texts):
    stored = _as_another_lrs_would_write(json.loads(texts[1])) | {"stored": "2026-11-24T00:00:00Z", "version": "1.0.0"}
    assert chain.same(texts[1], stored)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one["actor"]["account"].update(name="someone"),
        lambda one: one["result"].update(response="b"),
        lambda one: one["result"].update(success=False),
        lambda one: one["context"].pop("registration"),
        lambda one: one.pop("timestamp"),
    ],
)
def test_another_statement_under_the_same_id_is_not_the_same(texts, spoil):
    stored = json.loads(texts[1])
    spoil(stored)
    assert not chain.same(texts[1], stored)
