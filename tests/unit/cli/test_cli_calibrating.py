"""Item parameters proposed from recorded answers, read, activated and retired by a person with a name."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from calibration_rows import DAY, QUESTIONS, add_room, add_sittings, challenges
from cli_shell import Shell
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lti_tool.content import load_bank
from lti_tool.engine.fit import quick_bound
from lti_tool.insights.pace import characters, known_pace
from lti_tool.models import ParameterSet, Phase, Placement, Stage

_NAMED = ("--by", "Amina Kaddour", "--reason", "300 sittings, two anchors")


@pytest.fixture
def proposed(shell: Shell) -> Shell:
    """A shell with one proposal from forty sittings."""
    add_sittings(shell, add_room(shell), 40)
    shell.good("calibrate", "propose")
    return shell


def stages(shell: Shell) -> dict[str, str]:
    return {row["version"]: row["stage"] for row in shell.json("calibrate", "list")}


def test_without_a_finished_attempt_nothing_is_proposed(shell: Shell) -> None:
    done = shell.run("calibrate", "propose")
    assert (done.exit_code, done.stdout) == (1, "no finished attempt to learn from\n")
    assert stages(shell) == {"judged/1": "active"}


def test_a_proposal_says_what_it_was_made_from_and_changes_nothing(shell: Shell) -> None:
    room = add_room(shell)
    add_sittings(shell, room, 40)
    told = shell.json("calibrate", "propose")
    assert (told["version"], told["stage"]) == ("calibrated/1", "proposed")
    assert (told["from_sittings"], told["from_answers"], told["from_rushed"]) == (40, 40 * QUESTIONS, 0)
    assert (told["from_first"], told["from_last"]) == ("2026-11-23T09:00:00.000Z",) * 2
    assert told["items"] == len(load_bank().items())
    assert told["calibrated"] == 0
    assert (told["shadow_sittings"], told["shadow_levels"]) == (40, 40)
    assert 0 <= told["shadow_levels_moved"] <= 1
    assert stages(shell) == {"judged/1": "active", "calibrated/1": "proposed"}
    with shell.database().reading() as session:
        kept = session.scalars(select(ParameterSet)).one()
        assert session.get_one(Placement, room.placement).parameters_version == "judged/1"
    assert set(kept.difficulties) == {item.id for item in load_bank().items()}
    assert any(kept.difficulties[one.id][0] != one.level - 0.5 for one in challenges())


def test_every_institution_teaches_but_only_finished_and_graded_attempts_that_are_no_training(shell: Shell) -> None:
    add_sittings(shell, add_room(shell), 10)
    other = add_room(shell, "J")
    add_sittings(shell, other, 7)
    add_sittings(shell, other, 5, graded=False)
    add_sittings(shell, other, 4, phase=Phase.ABANDONED)
    add_sittings(shell, add_room(shell, "K", rules={"purpose": "training"}), 6)
    assert shell.json("calibrate", "propose")["from_sittings"] == 17


def test_since_leaves_out_what_ended_before_that_day(shell: Shell) -> None:
    room = add_room(shell)
    add_sittings(shell, room, 6, ended=DAY - timedelta(days=1))
    add_sittings(shell, room, 9)
    told = shell.json("calibrate", "propose", "--since", "2026-11-23")
    assert (told["from_sittings"], told["from_first"]) == (9, "2026-11-23T09:00:00.000Z")
    assert shell.run("calibrate", "propose", "--since", "2026-11-24").exit_code == 1


def test_hasty_attempts_are_counted_and_teach_nothing(shell: Shell) -> None:
    room = add_room(shell)
    add_sittings(shell, room, 40, seconds=60.0)
    add_sittings(shell, room, 8, seconds=1.0, chance=0.0)
    with_hasty = shell.json("calibrate", "propose")
    assert (with_hasty["from_sittings"], with_hasty["from_rushed"]) == (48, 8)
    with shell.database().reading() as session:
        kept = session.scalars(select(ParameterSet)).one()
    assert sum(report["answers"] for report in kept.reports.values()) == pytest.approx(40 * QUESTIONS)


def test_an_anchor_does_not_move(shell: Shell) -> None:
    add_sittings(shell, add_room(shell), 60, chance=0.2, first=3)
    anchor, other = challenges()[0], challenges()[1]
    shell.good("calibrate", "propose", "--anchor", anchor.id)
    with shell.database().reading() as session:
        kept = session.scalars(select(ParameterSet)).one().difficulties
    assert kept[anchor.id][0] == anchor.level - 0.5
    assert kept[other.id][0] != other.level - 0.5


def test_what_is_misspelt_is_told_in_a_sentence_and_nothing_is_kept(shell: Shell) -> None:
    add_sittings(shell, add_room(shell), 5)
    assert "no-such-item" in shell.refused("calibrate", "propose", "--anchor", "no-such-item")
    assert "2026-11-23" in shell.refused("calibrate", "propose", "--since", "tomorrow")
    assert "calibrated/9" in shell.refused("calibrate", "show", "calibrated/9")
    assert "calibrated/9" in shell.refused("calibrate", "activate", "calibrated/9", *_NAMED)
    assert "calibrated/9" in shell.refused("calibrate", "retire", "calibrated/9", *_NAMED)
    assert list(stages(shell)) == ["judged/1"]


def test_the_item_report_is_a_table_json_and_csv(proposed: Shell, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    table = proposed.good("calibrate", "show", "calibrated/1", "--csv", str(file))
    assert "judged, not calibrated" in table
    assert "population_mean" in table
    told = proposed.json("calibrate", "show", "calibrated/1")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(told["reports"]) == told["items"]
    by_id = {row["item_id"]: row for row in told["reports"]}
    answered = next(row for row in rows if row["answers"] not in {"0", "0.0"})
    assert float(answered["difficulty"]) == by_id[answered["item_id"]]["difficulty"]
    assert {"facility", "median_seconds", "exposure", "misfit", "language_gap", "flags"} < set(answered)
    assert {row["status"] for row in rows} == {"judged, not calibrated"}


def test_a_report_that_cannot_be_written_is_told(proposed: Shell, tmp_path: Path) -> None:
    assert str(tmp_path) in proposed.refused("calibrate", "show", "calibrated/1", "--csv", str(tmp_path))


def test_from_two_hundred_answers_an_item_is_calibrated(shell: Shell) -> None:
    add_sittings(shell, add_room(shell), 200, first=2)
    shell.good("calibrate", "propose")
    reports = {row["item_id"]: row["status"] for row in shell.json("calibrate", "show", "calibrated/1")["reports"]}
    assert {item for item, status in reports.items() if status == "calibrated"} == {one.id for one in challenges()[:2]}


def test_a_named_person_puts_a_proposal_into_use_and_the_list_says_who_and_why(proposed: Shell) -> None:
    proposed.good("calibrate", "activate", "calibrated/1", *_NAMED)
    judged, ours = proposed.json("calibrate", "list")
    assert (judged["version"], judged["stage"]) == ("judged/1", "retired")
    assert (ours["stage"], ours["activated_by"], ours["reason"]) == ("active", _NAMED[1], _NAMED[3])
    assert ours["activated_at"] is not None
    assert "calibrated/1" in proposed.good("calibrate", "list")


def test_the_next_one_in_use_retires_the_one_before_and_both_decisions_are_kept(proposed: Shell) -> None:
    proposed.good("calibrate", "activate", "calibrated/1", *_NAMED)
    proposed.good("calibrate", "propose")
    proposed.good("calibrate", "activate", "calibrated/2", "--by", "Omar Naji", "--reason", "more answers")
    assert stages(proposed) == {"judged/1": "retired", "calibrated/1": "retired", "calibrated/2": "active"}
    history = proposed.json("calibrate", "show", "calibrated/1")["history"]
    assert [(one["stage"], one["by"]) for one in history] == [("active", "Amina Kaddour"), ("retired", "Omar Naji")]
    assert history[1]["reason"] == "calibrated/2: more answers"


def test_a_set_out_of_use_gives_way_to_the_judged_one_and_does_not_come_back(proposed: Shell) -> None:
    proposed.good("calibrate", "activate", "calibrated/1", *_NAMED)
    said = proposed.good("calibrate", "retire", "calibrated/1", "--by", "Omar Naji", "--reason", "a doubt")
    assert "judged/1" in said
    assert stages(proposed) == {"judged/1": "active", "calibrated/1": "retired"}
    assert "retired" in proposed.refused("calibrate", "activate", "calibrated/1", *_NAMED)
    assert "retired" in proposed.refused("calibrate", "retire", "calibrated/1", *_NAMED)


def test_a_proposal_may_be_taken_off_the_table(proposed: Shell) -> None:
    proposed.good("calibrate", "retire", "calibrated/1", *_NAMED)
    assert stages(proposed)["calibrated/1"] == "retired"


@pytest.mark.parametrize(("by", "reason"), [(" ", "x"), ("x" * 256, "x"), ("A", " \t"), ("A", "x" * 2001)])
def test_nobody_and_no_reason_put_nothing_into_use(proposed: Shell, by: str, reason: str) -> None:
    proposed.refused("calibrate", "activate", "calibrated/1", "--by", by, "--reason", reason)
    assert proposed.run("calibrate", "activate", "calibrated/1").exit_code == 2
    assert stages(proposed)["calibrated/1"] == "proposed"


def test_two_sets_are_never_in_use_at_once(proposed: Shell) -> None:
    proposed.good("calibrate", "activate", "calibrated/1", *_NAMED)
    proposed.good("calibrate", "propose")
    with pytest.raises(IntegrityError), proposed.database().transaction() as session:
        session.scalars(select(ParameterSet).where(ParameterSet.version == "calibrated/2")).one().stage = Stage.ACTIVE


def test_an_item_that_left_the_bank_is_passed_over(shell: Shell) -> None:
    room = add_room(shell)
    add_sittings(shell, room, 12)
    with shell.database().transaction() as session:
        plan = session.get_one(Placement, room.placement)
        plan.plan = {**plan.plan, "topics": {**plan.plan["topics"], "9.9.gone": 5.0}}
        session.connection().exec_driver_sql("UPDATE questions SET item_id = 'gone' WHERE ordinal = 1")
    told = shell.json("calibrate", "propose")
    assert (told["from_sittings"], told["from_answers"]) == (12, 12 * (QUESTIONS - 1))


def test_the_summary_of_a_proposal_is_plain_json(proposed: Shell) -> None:
    told = json.loads(proposed.good("calibrate", "propose", "--json"))
    assert told["version"] == "calibrated/2"
    assert all(isinstance(value, str | int | float | list) for value in told.values())


def test_the_set_in_use_says_how_long_an_item_takes_where_thirty_have_answered(shell: Shell) -> None:
    add_sittings(shell, add_room(shell), 30, seconds=30.0, first=1)
    shell.good("calibrate", "propose")
    bank, (often, *others) = load_bank(), challenges()
    with shell.database().reading() as session:
        by_text = known_pace(session, bank)
    shell.good("calibrate", "activate", "calibrated/1", *_NAMED)
    with shell.database().reading() as session:
        measured = known_pace(session, bank)
    assert by_text.bound(often.id, "fr") == quick_bound(None, characters(bank, often.id, "fr"))
    assert set(measured.medians) == {often.id}
    assert measured.bound(often.id, "fr") == pytest.approx(6.0)
    assert measured.bound(others[0].id, "fr") == by_text.bound(others[0].id, "fr")
    assert 1.5 < by_text.bound(often.id, "en") <= 10.0
    assert characters(bank, "an item that left the bank", "fr") == 0
