"""Several attempts: numbers without a gap, one rule set for each test, and statements as an LRS streams them."""

from collections.abc import Callable, Iterator
from itertools import chain as joined
from itertools import zip_longest

import pytest
from audit_tampering import chained, context_of, copied, place_of, result_of
from audit_world import World, build, placement_of
from test_audit_rewritten import bound_again

from lti_tool.audit import Finding, Issue, Kind, Report, Standing, verify
from lti_tool.audit.gathering import Tally, attempts
from lti_tool.content import Bank
from lti_tool.models import Placement, open_database
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension, ResultExtension

STRANGERS: list[Json] = [
    {"verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"}},
    {"context": {"registration": "5f0ab9d4-5a43-4a3e-9c7e-0b6d7a9d4d11", "contextActivities": {"category": []}}},
    {"context": {"contextActivities": {"category": [{"id": "https://w3id.org/pix-lti/profile/v1"}]}}},
    {"context": ["not", "a", "context"], "actor": None},
]


def only(report: Report) -> Finding:
    """The one finding of a report whose attempts are all in order."""
    assert not report.agrees
    assert not report.count(Standing.DIFFERS)
    (finding,) = report.findings
    return finding


@pytest.fixture(scope="session")
def played_three(tmp_path_factory: pytest.TempPathFactory, bank: Bank) -> list[list[Json]]:
    """Three attempts of one person, each better than the one before, made once."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('three') / 'three.sqlite3'}")
    world = build(database, bank)
    made = [world.attempt("wwwr"), world.attempt("wr"), world.attempt("r")]
    database.engine.dispose()
    return made


@pytest.fixture
def three(played_three: list[list[Json]]) -> list[list[Json]]:
    """The three attempts, to be changed at will."""
    return [copied(one) for one in played_three]


def test_honest_attempts_of_several_people_agree(world: World, bank: Bank) -> None:
    played = [world.attempt("rw"), world.attempt("r"), world.attempt("wr", "ali"), world.abandoned("r", "nour")]
    report = verify(joined(*played), bank)
    assert report.agrees
    assert not report.findings
    assert (report.count(Standing.VERIFIED), report.statements) == (4, sum(map(len, played)))


def test_attempts_still_open_do_not_disagree(world: World, bank: Bank) -> None:
    report = verify(world.attempt("r", finish=False), bank)
    assert report.agrees
    assert report.count(Standing.OPEN) == 1


def test_nothing_to_verify_does_not_agree(bank: Bank) -> None:
    assert not verify([], bank).agrees
    report = verify(STRANGERS, bank)
    assert not report.agrees
    assert (report.statements, report.others) == (0, 4)


def test_statements_of_others_in_the_same_lrs_are_passed_by(three: list[list[Json]], bank: Bank) -> None:
    report = verify([*STRANGERS, *joined(*three), *STRANGERS], bank)
    assert report.agrees
    assert report.others == 8


def test_a_removed_attempt_shows_by_its_missing_number(three: list[list[Json]], bank: Bank) -> None:
    finding = only(verify([*three[0], *three[2]], bank))
    assert (finding.issue, finding.expected, finding.found) == (Issue.NUMBER_MISSING, "2", "3")
    assert finding.attempt == three[2][0]["context"]["registration"]


def test_a_removed_first_attempt_shows_too(three: list[list[Json]], bank: Bank) -> None:
    finding = only(verify(three[2], bank))
    assert (finding.issue, finding.expected) == (Issue.NUMBER_MISSING, "1-2")


def test_in_a_window_of_time_the_numbers_may_begin_later_but_not_leave_a_gap(
    three: list[list[Json]], bank: Bank
) -> None:
    assert verify([*three[1], *three[2]], bank, from_first=False).agrees
    assert only(verify([*three[0], *three[2]], bank, from_first=False)).issue is Issue.NUMBER_MISSING


def test_a_number_that_is_there_twice_is_found(three: list[list[Json]], bank: Bank) -> None:
    context_of(three[1][0])[ContextExtension.ATTEMPT_NUMBER] = 1
    found = verify([*three[0], *chained(three[1]), *three[2]], bank).findings
    assert [one.issue for one in found] == [Issue.NUMBER_TWICE, Issue.NUMBER_MISSING]


def test_attempts_are_numbered_for_each_person_and_test(make_world: Callable[..., World], bank: Bank) -> None:
    one, other = make_world(), make_world()
    assert verify(joined(one.attempt(), one.attempt(name="ali"), other.attempt()), bank).agrees


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda test: test.plan.update(max_items=8), "plan.max_items"),
        (lambda test: test.plan["topics"].update({"1.1.alpha": 3.0}), "plan.topics[0].cap"),
        (lambda test: test.plan["topics"].pop("1.1.alpha"), "plan.topics"),
        (lambda test: test.reference.update(sd_topic=0.9), "versions.prior.sd_topic"),
        (lambda test: test.rules.update(attempts=5), "plan.attempts"),
    ],
)
def test_another_rule_set_at_the_same_test_is_listed_with_its_first_difference(
    world: World, bank: Bank, change: Callable[[Placement], None], place: str
) -> None:
    def changed(test: Placement) -> None:
        test.plan, test.rules, test.reference = (
            {**test.plan, "topics": dict(test.plan["topics"])}, dict(test.rules), dict(test.reference)
        )  # fmt: skip
        change(test)

    first = world.attempt("w")
    placement_of(world, changed)
    finding = only(verify([*first, *world.attempt("r", "ali")], bank))
    assert finding.issue is Issue.RULES
    assert finding.found.startswith(f"{place}: ")
    assert finding.test_name == "Information"


def test_another_bank_at_the_same_test_is_no_other_rule_set(world: World, bank: Bank, other_bank: Bank) -> None:
    first = world.attempt("w")
    world.bank = other_bank
    report = verify([*first, *world.attempt("r")], bank)
    assert report.agrees
    assert [one.marking.grade for one in report.verdicts] == ["A", "B"]


def test_an_item_that_is_easier_for_one_than_for_another_is_found(world: World) -> None:
    played = [world.abandoned("rrrr", f"trainee {number}") for number in range(9)]  # 36 answers to 32 items
    met: set[str] = set()
    for eased in played:
        for one in eased[1:-1]:
            if (item := context_of(one)[ContextExtension.ITEM]) in met:
                context_of(one)[ContextExtension.DIFFICULTY]["mean"] -= 1
                finding = only(verify(joined(*map(chained, played))))
                assert finding.issue is Issue.PARAMETERS
                assert item in finding.found
                return
            met.add(item)
    pytest.fail("no item was met twice")


def test_a_lower_grade_told_after_a_higher_one_is_found_where_the_best_counts(world: World, bank: Bank) -> None:
    best, worse = world.attempt("r"), world.attempt("w")
    result = result_of(worse[place_of(worse, "completed")])
    assert ResultExtension.SCORE_SENT not in result
    result[ResultExtension.SCORE_SENT] = worse[-2]["result"]["score"]["raw"]
    finding = only(verify([*best, *chained(worse)], bank))
    assert (finding.issue, finding.expected) == (Issue.NOT_BEST, str(best[-2]["result"]["score"]["raw"]))


def test_a_tampered_attempt_sets_no_rules_for_the_honest_ones(three: list[list[Json]], bank: Bank) -> None:
    context_of(three[0][0])[ContextExtension.PLAN]["topics"][0]["cap"] = 2.0
    report = verify([*bound_again(three[0]), *three[1], *three[2]], bank)
    assert not report.findings
    assert [one.standing for one in report.verdicts] == [Standing.DIFFERS, Standing.VERIFIED, Standing.VERIFIED]


def test_attempts_that_interleave_are_told_apart(world: World, bank: Bank) -> None:
    pairs = zip_longest(world.attempt("rw"), world.attempt("wr", "ali"))
    assert verify((one for pair in pairs for one in pair if one), bank).agrees


def test_an_attempt_is_handed_on_as_soon_as_it_is_whole(three: list[list[Json]]) -> None:
    read = 0

    def stream() -> Iterator[Json]:
        nonlocal read
        for statement in joined(*three):
            read += 1
            yield statement

    first = next(attempts(stream(), Tally()))
    assert first[1] == three[0]
    assert read == len(three[0])


def test_an_end_that_an_lrs_gives_before_what_precedes_it_waits_for_it(three: list[list[Json]], bank: Bank) -> None:
    shuffled = [*three[0][:-2], three[0][-1], three[0][-2]]
    (first, statements), *_ = attempts([*shuffled, *three[1]], Tally())
    assert (first, len(statements)) == (three[0][0]["context"]["registration"], len(three[0]))
    assert verify([*shuffled, *three[1]], bank).agrees


def test_a_statement_that_comes_when_its_attempt_was_over_is_found(three: list[list[Json]], bank: Bank) -> None:
    late = copied(three[0][3:4])
    report = verify([*three[0], *three[1], *late, *three[2]], bank)
    assert not report.agrees
    difference = report.verdicts[0].difference
    assert difference is not None
    assert (difference.kind, difference.sequence, difference.statement) == (Kind.AFTER_END, 4, late[0]["id"])


@pytest.mark.parametrize("number", [None, "three", 2.5, True, float("inf"), {}])
def test_a_statement_without_a_number_is_refused_and_breaks_nothing(
    three: list[list[Json]], bank: Bank, number: object
) -> None:
    context_of(three[0][2])[ContextExtension.SEQUENCE] = number
    report = verify(joined(*three), bank)
    assert [one.standing for one in report.verdicts].count(Standing.DIFFERS) == 1
