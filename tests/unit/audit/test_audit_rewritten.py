"""Somebody changes the statements and mends the chain: what bank, seed and score still show."""

import pytest
from audit_tampering import answered_with, chained, challenge_of, context_of, place_of, result_of
from test_audit_attempt import differs

from lti_tool.audit import Kind, Marked, Standing, verify_attempt
from lti_tool.content import Bank
from xapi import chain, reading
from xapi.facts import Initialized
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension, ResultExtension, iri_of_challenge


def bound_again(statements: list[Json]) -> list[Json]:
    """Chain and commitment made anew: the whole first statement is a lie that holds together."""
    begun = reading.read(statements[0])
    assert isinstance(begun, Initialized)
    seed = result_of(statements[-2])[ResultExtension.SEED]
    context_of(statements[0])[ContextExtension.COMMITMENT] = chain.commitment(seed, begun.plan, begun.versions)
    return chained(statements)


def set_outcome(statement: Json, outcome: str) -> None:
    statement["result"]["success"] = outcome == "right"
    result_of(statement)[ResultExtension.OUTCOME] = outcome


def test_a_chain_mended_without_a_change_verifies(honest: list[Json], bank: Bank) -> None:
    assert chained(honest) == honest
    assert bound_again(honest) == honest


@pytest.mark.parametrize("kind", ["single", "multiple", "text", "number", "fields", "select"])
def test_a_flipped_outcome_is_found_by_marking_again(honest: list[Json], bank: Bank, kind: str) -> None:
    index = answered_with(bank, honest, kind)
    set_outcome(honest[index], "wrong")
    verdict = verify_attempt(chained(honest), bank)
    assert differs(verdict) == (Kind.OUTCOME, index + 1)
    assert verdict.difference is not None
    assert (verdict.difference.expected, verdict.difference.found) == ("right", "wrong")


def test_a_flipped_outcome_is_found_by_the_score_where_it_cannot_be_marked(
    honest: list[Json], bank: Bank, other_bank: Bank
) -> None:
    set_outcome(honest[answered_with(bank, honest, "text")], "wrong")
    verdict = verify_attempt(chained(honest), other_bank)
    assert differs(verdict) == (Kind.LEVELS, len(honest) - 1)
    assert verdict.marking.grade is Marked.AS_GIVEN


def test_a_right_response_put_in_place_of_a_wrong_one_is_found(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text", "wrong")
    result_of(honest[index])[ResultExtension.RESPONSE] = "yes"
    honest[index]["result"]["response"] = "yes"
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.OUTCOME, index + 1)


@pytest.mark.parametrize(
    ("kind", "given", "text"),
    [
        ("text", ["p1"], "p1"),
        ("number", {"one": "a"}, "one[.]a"),
        ("fields", "text", "text"),
        ("select", {"x": "p1"}, "x[.]p1"),
    ],
)
def test_a_response_of_another_kind_is_found(
    honest: list[Json], bank: Bank, kind: str, given: object, text: str
) -> None:
    index = answered_with(bank, honest, kind)
    result_of(honest[index])[ResultExtension.RESPONSE] = given
    honest[index]["result"]["response"] = text
    honest[index]["object"]["definition"]["interactionType"] = "other"
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.UNLIKE_KIND, index + 1)


def test_a_marked_answer_without_its_response_is_found(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text")
    del result_of(honest[index])[ResultExtension.RESPONSE], honest[index]["result"]["response"]
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.RESPONSE, index + 1)


def test_a_skipped_question_with_a_response_is_found(honest: list[Json], bank: Bank) -> None:
    index = answered_with(bank, honest, "text", "wrong")
    set_outcome(honest[index], "skipped")
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.RESPONSE, index + 1)


def test_a_seed_swapped_is_found_by_the_commitment(honest: list[Json], bank: Bank) -> None:
    result_of(honest[-2])[ResultExtension.SEED] = "0123456789abcdef" * 2
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.COMMITMENT, len(honest) - 1)


def test_a_commitment_swapped_is_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.COMMITMENT] = "ab" * 32
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.COMMITMENT, len(honest) - 1)


def test_a_lowered_cap_is_found_by_the_commitment(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN]["topics"][0]["cap"] = 2.0
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.COMMITMENT, len(honest) - 1)


def test_seed_and_commitment_swapped_together_are_found_by_drawing_again(honest: list[Json], bank: Bank) -> None:
    result_of(honest[-2])[ResultExtension.SEED] = "0123456789abcdef" * 2
    verdict = verify_attempt(bound_again(honest), bank)
    assert differs(verdict)[0] is Kind.OUTCOME


def test_a_lowered_cap_with_its_commitment_is_found_by_the_score(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN]["topics"][0]["cap"] = 2.0
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.LEVELS, len(honest) - 1)


@pytest.mark.parametrize(
    ("extension", "value", "kind"),
    [
        (ResultExtension.LEVELS, {"1.1": {"level": 8.0, "error": 0.1}, "1.2": {}}, Kind.LEVELS),
        (ResultExtension.LEVELS, {}, Kind.LEVELS),
        (ResultExtension.SHARE_OF_TARGET, 1.0, Kind.SHARE),
        (ResultExtension.SHARE_OF_TARGET, None, Kind.SHARE),
        (ResultExtension.SHARE_RIGHT, 1.0, Kind.SHARE),
        (ResultExtension.SCORE_SENT, 100.0, Kind.GRADE_SENT),
        (ResultExtension.ANSWERS, 31, Kind.MISCOUNTED),
    ],
)
def test_a_changed_result_is_found_by_the_replay(
    honest: list[Json], bank: Bank, extension: ResultExtension, value: object, kind: Kind
) -> None:
    result_of(honest[-2])[extension] = value
    if value is None:
        del result_of(honest[-2])[extension]
    assert differs(verify_attempt(chained(honest), bank)) == (kind, len(honest) - 1)


def test_a_difference_in_the_last_place_is_found(honest: list[Json], bank: Bank) -> None:
    result_of(honest[-2])[ResultExtension.SHARE_OF_TARGET] += 0.0001
    assert differs(verify_attempt(chained(honest), bank))[0] is Kind.SHARE


def test_an_answer_left_out_and_the_chain_mended_is_found_by_the_count(honest: list[Json], bank: Bank) -> None:
    del honest[place_of(honest, "answered", 3)]
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.MISCOUNTED, len(honest) - 1)


def test_an_answer_told_twice_is_found(honest: list[Json], bank: Bank) -> None:
    index = place_of(honest, "answered", 3)
    doubled = chained([*honest[: index + 1], *honest[index:]])
    assert differs(verify_attempt(doubled, bank)) == (Kind.ITEM_TWICE, index + 2)


def test_an_item_outside_the_plan_is_found(honest: list[Json], bank: Bank) -> None:
    index = place_of(honest, "answered", 3)
    context_of(honest[index])[ContextExtension.TOPIC] = "2.1.other"
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.OUTSIDE_PLAN, index + 1)


def test_more_answers_than_the_plan_allows_are_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN]["max_items"] = 8
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.TOO_MANY, place_of(honest, "answered", 8) + 1)


def test_a_result_below_the_minimum_is_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN] |= {"min_items": 33, "max_items": 40}
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.TOO_FEW, len(honest) - 1)


def test_a_topic_listed_twice_is_found(honest: list[Json], bank: Bank) -> None:
    topics = context_of(honest[0])[ContextExtension.PLAN]["topics"]
    topics.append(topics[0])
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.TOPIC_TWICE, 1)


def test_an_attempt_beyond_those_allowed_is_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN]["attempts"] = 2
    context_of(honest[0])[ContextExtension.ATTEMPT_NUMBER] = 3
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.BEYOND_ATTEMPTS, 1)


def test_an_event_where_none_may_stand_is_found(honest: list[Json], bank: Bank) -> None:
    index = place_of(honest, "suspended")
    del honest[index + 1]
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.MISPLACED, index + 2)


@pytest.mark.parametrize(
    ("extension", "value"),
    [
        (ContextExtension.DIFFICULTY, {"mean": 7.0, "variance": 0.5625}),
        (ContextExtension.OPTIONS, 9),
        (ContextExtension.TOPIC, "1.2.alpha"),
    ],
)
def test_item_numbers_that_are_not_the_banks_are_found(
    honest: list[Json], bank: Bank, extension: ContextExtension, value: object
) -> None:
    index = next(place for place, one in enumerate(honest) if context_of(one).get(ContextExtension.TOPIC) == "1.1.beta")
    context_of(honest[index])[extension] = value
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.NOT_OF_BANK, index + 1)


def test_an_item_that_the_bank_has_not_is_found(honest: list[Json], bank: Bank) -> None:
    index = place_of(honest, "answered")
    assert challenge_of(bank, honest[index])
    context_of(honest[index])[ContextExtension.ITEM] = "1.1.alpha@1/invented"
    honest[index]["object"]["id"] = iri_of_challenge("1.1.alpha@1/invented")
    assert differs(verify_attempt(chained(honest), bank)) == (Kind.NOT_OF_BANK, index + 1)


def test_a_topic_moved_to_another_competence_is_found(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.PLAN]["topics"][0]["competence"] = "1.2"
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.NOT_OF_BANK, 1)


@pytest.mark.parametrize(
    ("extension", "key", "value", "sequence"),
    [
        (ContextExtension.SCORING, None, "scoring/v9", 1),
        (ContextExtension.PRIOR, "sd_topic", 0.0, None),
        (ContextExtension.PRIOR, "sd_general", 1e12, None),
        (ContextExtension.PLAN, "grade_policy", "generous", None),
    ],
)
def test_rules_by_which_nothing_can_be_scored_are_found(
    honest: list[Json], other_bank: Bank, extension: ContextExtension, key: str | None, value: object, sequence: int
) -> None:
    holder = context_of(honest[0]) if key is None else context_of(honest[0])[extension]
    holder[key or extension] = value
    verdict = verify_attempt(bound_again(honest), other_bank)
    assert differs(verdict) == (Kind.UNSCORABLE, sequence or len(honest) - 1)
    assert verdict.recomputed is None


def test_a_rewriting_that_holds_together_in_everything_is_beyond_what_an_lrs_can_show(
    honest: list[Json], bank: Bank
) -> None:
    """The report says so: only the ledger of the tool shows it."""
    index = answered_with(bank, honest, "text", "wrong")
    result_of(honest[index])[ResultExtension.RESPONSE] = "no"
    honest[index]["result"]["response"] = "no"
    assert verify_attempt(chained(honest), bank).standing is Standing.VERIFIED
