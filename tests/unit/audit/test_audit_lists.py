"""Fixed lists, practice and waits: what their statements promise, and what an audit makes of lies about them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from audit_bank import LISTED
from audit_tampering import chained, context_of, place_of, result_of, verbs
from audit_world import World
from test_audit_across import only
from test_audit_attempt import differs
from test_audit_rewritten import bound_again, set_outcome

from lti_tool.assessment.rules import Purpose, Rules
from lti_tool.audit import Issue, Kind, Marked, Standing, verify, verify_attempt
from lti_tool.content import Bank
from lti_tool.errors import NotAllowed
from lti_tool.models import GradePolicy
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension, ResultExtension

PATTERN = "rwsrr"


@pytest.fixture
def listed(make_world: Callable[..., World]) -> World:
    return make_world(fixed="five/1")


@pytest.fixture
def five(listed: World) -> list[Json]:
    """An honest attempt at the list: three of five right."""
    return listed.attempt(PATTERN)


def plan_of(statements: list[Json]) -> Json:
    plan: Json = context_of(statements[0])[ContextExtension.PLAN]
    return plan


def test_an_honest_list_verifies_with_its_share(five: list[Json], bank: Bank) -> None:
    verdict = verify_attempt(five, bank)
    assert (verdict.standing, verdict.marking.grade) == (Standing.VERIFIED, Marked.AGAIN)
    assert verdict.recomputed is not None
    assert (verdict.recomputed.share_right, verdict.recomputed.grade, verdict.sent) == (0.6, 60.0, 60.0)
    assert plan_of(five)["items"] == list(LISTED)


def test_a_list_left_alone_is_abandoned_and_verifies(listed: World, bank: Bank) -> None:
    statements = listed.abandoned("rrrr")
    assert verbs(statements)[-1] == "abandoned"
    assert verify_attempt(statements, bank).standing is Standing.VERIFIED


def test_a_list_out_of_order_is_found(five: list[Json], bank: Bank) -> None:
    first, second = place_of(five, "answered", 0), place_of(five, "answered", 1)
    five[first], five[second] = five[second], five[first]
    assert differs(verify_attempt(chained(five), bank)) == (Kind.OUT_OF_TURN, 2)


def test_a_challenge_beyond_the_list_is_found(five: list[Json], bank: Bank) -> None:
    plan_of(five)["items"].pop()
    assert differs(verify_attempt(bound_again(five), bank)) == (Kind.OUT_OF_TURN, place_of(five, "answered", 4) + 1)


def test_a_flipped_outcome_in_a_list_is_found_by_marking_and_by_the_share(
    five: list[Json], bank: Bank, other_bank: Bank
) -> None:
    index = place_of(five, "answered", 1)
    set_outcome(five[index], "right")
    assert differs(verify_attempt(chained(five), bank)) == (Kind.OUTCOME, index + 1)
    assert differs(verify_attempt(chained(five), other_bank)) == (Kind.SHARE, len(five) - 1)


@pytest.mark.parametrize(
    ("extension", "value", "kind"),
    [
        (ResultExtension.SHARE_RIGHT, 1.0, Kind.SHARE),
        (ResultExtension.SHARE_RIGHT, None, Kind.SHARE),
        (ResultExtension.SHARE_OF_TARGET, 0.6, Kind.SHARE),
        (ResultExtension.LEVELS, {"1.1": {"level": 4.0, "error": 0.1}}, Kind.LEVELS),
        (ResultExtension.SCORE_SENT, 100.0, Kind.GRADE_SENT),
        (ResultExtension.ANSWERS, 4, Kind.MISCOUNTED),
    ],
)
def test_a_changed_result_of_a_list_is_found(
    five: list[Json], bank: Bank, extension: ResultExtension, value: object, kind: Kind
) -> None:
    result_of(five[-2])[extension] = value
    if value is None:
        del result_of(five[-2])[extension]
    assert differs(verify_attempt(chained(five), bank)) == (kind, len(five) - 1)


def test_a_result_of_a_list_cut_short_is_found(five: list[Json], bank: Bank) -> None:
    del five[place_of(five, "answered", 4)]
    result_of(five[-2])[ResultExtension.ANSWERS] = 4
    assert differs(verify_attempt(chained(five), bank)) == (Kind.TOO_FEW, len(five) - 1)


@pytest.mark.parametrize("scoring", ["scoring/v1", "fixed/v2", ""])
def test_a_list_is_scored_as_a_list_and_nothing_else(five: list[Json], bank: Bank, scoring: str) -> None:
    context_of(five[0])[ContextExtension.SCORING] = scoring or "?"
    assert differs(verify_attempt(bound_again(five), bank)) == (Kind.UNSCORABLE, 1)


def test_an_adaptive_test_is_not_scored_as_a_list(honest: list[Json], bank: Bank) -> None:
    context_of(honest[0])[ContextExtension.SCORING] = "fixed/v1"
    assert differs(verify_attempt(bound_again(honest), bank)) == (Kind.UNSCORABLE, 1)


def test_a_list_with_a_policy_that_is_none_is_refused_and_breaks_nothing(five: list[Json], bank: Bank) -> None:
    plan_of(five)["grade_policy"] = "bribe"
    assert differs(verify_attempt(bound_again(five), bank))[0] is Kind.UNSCORABLE


def test_full_marks_for_a_list_are_told_as_such(make_world: Callable[..., World], bank: Bank) -> None:
    verdict = verify_attempt(make_world(GradePolicy.COMPLETION, fixed="five/1").attempt(PATTERN), bank)
    assert (verdict.standing, verdict.sent) == (Standing.VERIFIED, 100.0)


# --- practice


def test_practice_verifies_and_a_grade_told_of_it_is_found(make_world: Callable[..., World], bank: Bank) -> None:
    statements = make_world(max_items=32, rules=Rules(purpose=Purpose.TRAINING)).attempt("rw")
    assert verify_attempt(statements, bank).standing is Standing.VERIFIED
    assert ResultExtension.SCORE_SENT not in result_of(statements[-2])
    plan_of(statements)["grade_policy"] = "score"
    result_of(statements[-2])[ResultExtension.SCORE_SENT] = statements[-2]["result"]["score"]["raw"]
    assert differs(verify_attempt(bound_again(statements), bank)) == (Kind.GRADE_SENT, len(statements) - 1)


# --- waits


def test_attempts_that_wait_as_ruled_agree(make_world: Callable[..., World], bank: Bank) -> None:
    world = make_world(rules=Rules(delay=24))
    first = world.attempt("r")
    with pytest.raises(NotAllowed):
        world.attempt("r")
    world.now += timedelta(hours=24)
    assert verify([*first, *world.attempt("r")], bank).agrees


def test_an_attempt_that_did_not_wait_is_found(make_world: Callable[..., World], bank: Bank) -> None:
    world = make_world()
    played = [world.attempt("r"), world.attempt("r")]
    for one in played:
        plan_of(one)["delay"] = 24
    finding = only(verify([*bound_again(played[0]), *bound_again(played[1])], bank))
    assert (finding.issue, finding.expected, finding.found) == (Issue.TOO_SOON, "24", "0.0")


def test_a_wait_beyond_all_time_breaks_nothing(make_world: Callable[..., World], bank: Bank) -> None:
    world = make_world()
    played = [world.attempt("r"), world.attempt("r")]
    for one in played:
        plan_of(one)["delay"] = 2**52
    assert only(verify([*bound_again(played[0]), *bound_again(played[1])], bank)).issue is Issue.TOO_SOON
