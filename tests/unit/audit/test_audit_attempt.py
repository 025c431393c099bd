"""One attempt: an honest one verifies, a tampered one differs and the first difference is named."""

from collections.abc import Callable

import pytest
from audit_tampering import answered_with, chained, context_of, copied, place_of, result_of, verbs
from audit_world import World

from lti_tool.audit import Kind, Marked, Standing, Verdict, verify_attempt
from lti_tool.audit.verdict import Why
from lti_tool.content import Bank
from lti_tool.models import GradePolicy
from xapi import json_text, variants
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension, ResultExtension


def differs(verdict: Verdict) -> tuple[Kind, int]:
    """Kind and sequence number of the first difference."""
    assert verdict.standing is Standing.DIFFERS
    assert verdict.difference is not None
    return verdict.difference.kind, verdict.difference.sequence


def test_an_honest_attempt_verifies_with_every_response_marked_again(honest: list[Json], bank: Bank) -> None:
    verdict = verify_attempt(honest, bank)
    assert (verdict.standing, verdict.difference) == (Standing.VERIFIED, None)
    assert (verdict.marking.grade, verdict.answers, verdict.number) == (Marked.AGAIN, 32, 1)
    assert verdict.told == verdict.recomputed
    assert verdict.told is not None
    assert verdict.told.grade == verdict.sent is not None


def test_every_kind_of_challenge_is_marked_again(honest: list[Json], bank: Bank) -> None:
    kinds = {
        bank.challenges[context_of(one)[ContextExtension.ITEM]].kind for one in honest if "answered" in verbs([one])
    }
    assert kinds == {"single", "multiple", "text", "number", "fields", "select"}


def test_statements_verify_in_whatever_order_the_lrs_gives_them(honest: list[Json], bank: Bank) -> None:
    assert verify_attempt(honest[::-1], bank) == verify_attempt(honest, bank)


def test_numbers_that_an_lrs_rewrote_change_nothing(honest: list[Json], bank: Bank) -> None:
    for topic in context_of(honest[0])[ContextExtension.PLAN]["topics"]:
        topic["cap"] = int(topic["cap"])
    context_of(honest[3])[ContextExtension.SEQUENCE] = 4.0
    honest[5]["timestamp"] = honest[5]["timestamp"].replace("Z", "+00:00")
    assert verify_attempt(honest, bank).standing is Standing.VERIFIED


def test_with_another_bank_the_outcomes_are_taken_as_given_and_verify(honest: list[Json], other_bank: Bank) -> None:
    verdict = verify_attempt(honest, other_bank)
    assert verdict.standing is Standing.VERIFIED
    assert (verdict.marking.grade, verdict.marking.why) == (Marked.AS_GIVEN, Why.OTHER_BANK)
    assert verdict.told == verdict.recomputed


def test_without_a_bank_the_outcomes_are_taken_as_given(honest: list[Json]) -> None:
    assert verify_attempt(honest).marking.why is Why.NO_BANK


def test_where_an_lrs_gets_responses_as_hashes_only_their_outcomes_are_taken_as_given(
    honest: list[Json], bank: Bank
) -> None:
    reduced = [json_text.parse(variants.without_response(json_text.write(one))) for one in honest]
    verdict = verify_attempt(reduced, bank)
    assert (verdict.standing, verdict.marking.grade) == (Standing.VERIFIED, Marked.AS_GIVEN)
    assert (verdict.marking.why, verdict.marking.detail) == (Why.WITHHELD, "31")


def test_an_attempt_that_is_not_over_is_open_and_agrees_so_far(honest: list[Json], bank: Bank) -> None:
    verdict = verify_attempt(honest[:9], bank)
    assert (verdict.standing, verdict.difference, verdict.told) == (Standing.OPEN, None, None)
    assert verdict.marking.grade is None  # its seed is still secret


def test_an_abandoned_attempt_verifies_and_its_responses_are_marked_again(world: World, bank: Bank) -> None:
    verdict = verify_attempt(world.abandoned("rws"), bank)
    assert (verdict.standing, verdict.marking.grade, verdict.answers) == (Standing.VERIFIED, Marked.AGAIN, 3)
    assert verdict.recomputed is None


@pytest.mark.parametrize("policy", list(GradePolicy))
def test_every_grade_policy_verifies(make_world: Callable[..., World], bank: Bank, policy: GradePolicy) -> None:
    verdict = verify_attempt(make_world(policy).attempt(), bank)
    assert verdict.standing is Standing.VERIFIED
    assert (verdict.sent is None) == (policy is GradePolicy.NONE)


def test_no_statements_are_no_attempt() -> None:
    with pytest.raises(ValueError, match="at least one"):
        verify_attempt([])


def test_any_statement_removed_before_the_end_is_found_where_it_is_missing(honest: list[Json], bank: Bank) -> None:
    for index in range(1, len(honest) - 1):
        assert differs(verify_attempt(honest[:index] + honest[index + 1 :], bank)) == (Kind.MISSING, index + 1)


def test_a_removed_beginning_is_found(honest: list[Json], bank: Bank) -> None:
    verdict = verify_attempt(honest[1:], bank)
    assert differs(verdict) == (Kind.MISSING, 1)
    assert verdict.attempt == honest[0]["context"]["registration"]
    assert verdict.person == honest[0]["actor"]["account"]["name"]


def test_a_beginning_of_another_kind_is_found(honest: list[Json]) -> None:
    assert differs(verify_attempt(chained(honest[1:]))) == (Kind.NO_BEGINNING, 1)


def test_a_removed_end_after_the_result_is_found(honest: list[Json], bank: Bank) -> None:
    assert differs(verify_attempt(honest[:-1], bank)) == (Kind.NO_END, len(honest) - 1)


def test_any_two_statements_that_changed_places_are_found(honest: list[Json], bank: Bank) -> None:
    for index in range(1, len(honest) - 1):
        swapped = copied(honest)
        first, second = context_of(swapped[index]), context_of(swapped[index + 1])
        first[ContextExtension.SEQUENCE], second[ContextExtension.SEQUENCE] = index + 2, index + 1
        assert differs(verify_attempt(swapped, bank)) == (Kind.ALTERED, index + 1)


def test_an_outcome_flipped_is_found_at_the_statement_that_follows(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text", "wrong")
    honest[index]["result"]["success"] = True
    result_of(honest[index])[ResultExtension.OUTCOME] = "right"
    assert differs(verify_attempt(honest, bank)) == (Kind.ALTERED, index + 2)


def test_an_outcome_that_contradicts_success_is_unreadable(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text", "wrong")
    result_of(honest[index])[ResultExtension.OUTCOME] = "right"
    verdict = verify_attempt(honest, bank)
    assert differs(verdict) == (Kind.UNREADABLE, index + 1)
    assert verdict.difference is not None
    assert "contradicts" in verdict.difference.found


def test_a_changed_response_is_found(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text", "wrong")
    result_of(honest[index])[ResultExtension.RESPONSE] = "yes"
    honest[index]["result"]["response"] = "yes"
    assert differs(verify_attempt(honest, bank)) == (Kind.ALTERED, index + 2)


@pytest.mark.parametrize("extension", [ResultExtension.LEVELS, ResultExtension.SHARE_OF_TARGET, ResultExtension.SEED])
def test_a_changed_result_is_found(honest: list[Json], bank: Bank, extension: ResultExtension) -> None:
    changed = {
        ResultExtension.LEVELS: {"1.1": {"level": 7.9, "error": 0.1}, "1.2": {"level": 7.9, "error": 0.1}},
        ResultExtension.SHARE_OF_TARGET: 1.0,
        ResultExtension.SEED: "0" * 32,
    }
    result_of(honest[-2])[extension] = changed[extension]
    verdict = verify_attempt(honest, bank)
    assert differs(verdict) == (Kind.ALTERED, len(honest))
    assert verdict.recomputed is not None
    assert verdict.recomputed.grade == verdict.sent, "the honest result is shown beside what is told"


def test_a_changed_score_is_found_though_the_chain_does_not_cover_it(honest: list[Json], bank: Bank) -> None:
    honest[-2]["result"]["score"] |= {"raw": 99.0, "scaled": 0.99}
    verdict = verify_attempt(honest, bank)
    assert differs(verdict) == (Kind.GRADE, len(honest) - 1)
    assert verdict.difference is not None
    assert (verdict.difference.found, verdict.difference.expected) == ("99.0", str(verdict.sent))


def test_a_score_on_another_scale_is_found(honest: list[Json], bank: Bank) -> None:
    score = honest[-2]["result"]["score"]
    score |= {"max": 200.0, "scaled": score["raw"] / 200}
    assert differs(verify_attempt(honest, bank)) == (Kind.GRADE, len(honest) - 1)


def test_a_score_taken_away_is_found(honest: list[Json], bank: Bank) -> None:
    del honest[-2]["result"]["score"]
    assert differs(verify_attempt(honest, bank)) == (Kind.GRADE, len(honest) - 1)


@pytest.mark.parametrize("extension", [ContextExtension.COMMITMENT, ContextExtension.PLAN, ContextExtension.BANK])
def test_changed_rules_are_found(honest: list[Json], bank: Bank, extension: ContextExtension) -> None:
    rules = context_of(honest[0])
    if extension is ContextExtension.PLAN:
        rules[extension]["topics"][0]["cap"] = 2.0
    else:
        rules[extension] = "0" * 64
    assert differs(verify_attempt(honest, bank)) == (Kind.ALTERED, 2)


def test_a_statement_added_in_the_middle_is_found(honest: list[Json], bank: Bank) -> None:
    added = copied(honest[4:5])[0] | {"id": "0c0ffee0-0000-4000-8000-000000000000"}
    assert differs(verify_attempt([*honest, added], bank))[0] is Kind.DOUBLED


def test_a_statement_added_after_the_end_is_found(honest: list[Json], bank: Bank) -> None:
    longer = chained([*honest, honest[4]])
    assert differs(verify_attempt(longer, bank)) == (Kind.AFTER_END, len(longer))


def test_an_attempt_given_to_another_person_in_part_is_found(honest: list[Json], bank: Bank) -> None:
    honest[7]["actor"]["account"]["name"] = "somebody-else"
    assert differs(verify_attempt(honest, bank)) == (Kind.OTHER_PERSON, 8)


def test_a_statement_about_another_test_is_found(honest: list[Json], bank: Bank) -> None:
    index = place_of(honest, "answered", 2)
    honest[index]["context"]["contextActivities"]["parent"][0]["id"] = "https://w3id.org/pix-lti/test/other"
    assert differs(verify_attempt(honest, bank)) == (Kind.OTHER_TEST, index + 1)


def test_a_statement_moved_to_another_attempt_is_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[6])[ContextExtension.ATTEMPT] = "0c0ffee0-0000-4000-8000-000000000000"
    assert differs(verify_attempt(honest, bank)) == (Kind.FOREIGN, 7)
