"""The comparison of ways of testing, on worlds small enough for a test."""

import json
from html.parser import HTMLParser

import numpy as np
import pytest
from click.testing import CliRunner

from lti_tool.cli.main import main
from lti_tool.engine.simulation import measures
from lti_tool.engine.simulation.compare import JOINT, ONE, RECORD, compare
from lti_tool.engine.simulation.ours import Setting, sit
from lti_tool.engine.simulation.plots import accuracy
from lti_tool.engine.simulation.tracks import Tracks
from lti_tool.engine.simulation.world import NATURES, again, cohort, of_one_competence, world

BY_NAME = {nature.name: nature for nature in NATURES}


def people_of(name, people, seed=1, competences=16):
    draws = np.random.default_rng(seed)
    return cohort(world(BY_NAME[name], draws, competences), draws, people)


@pytest.fixture(scope="module")
def one():
    return compare(BY_NAME["guessing"], ONE, 48, 3)


def test_a_seed_gives_the_same_world_people_and_luck():
    first, second, other = people_of("guessing", 5), people_of("guessing", 5), people_of("guessing", 5, seed=2)
    assert first.world.items == second.world.items
    assert np.array_equal(first.theta, second.theta)
    assert np.array_equal(first.right, second.right)
    assert not np.array_equal(first.theta, other.theta)


def test_worlds_are_what_they_are_called():
    for nature in NATURES:
        people = people_of(nature.name, 400)
        held = people.world.sheet
        assert len(held.competences) == 16
        assert len(held.areas) == 5
        wrong = people.world.difficulty - (held.curves.level - 0.5)
        assert wrong.std() == pytest.approx(nature.judged_wrong, rel=0.15)
        assert (people.world.guess.max() > 0) == nature.guessing
        if nature.specialist:
            assert np.sort(people.levels, axis=1)[:, -1].mean() == pytest.approx(5.0, abs=0.3)
            assert np.sort(people.levels, axis=1)[:, :-1].mean() == pytest.approx(2.0, abs=0.1)
        else:
            assert people.theta.mean() == pytest.approx(nature.population.mean, abs=0.3)


def test_the_same_people_come_again_with_other_luck():
    people = people_of("guessing", 40)
    later = again(people, np.random.default_rng(9))
    assert later.theta is people.theta
    assert 0.1 < (later.right != people.right).mean() < 0.6


def test_one_competence_of_a_world_keeps_its_people_items_and_luck():
    people = people_of("guessing", 10)
    part = of_one_competence(people, 4)
    rows = [people.world.items.index(item) for item in part.world.items]
    assert {item.competence for item in part.world.items} == {"04"}
    assert np.array_equal(part.right, people.right[:, rows])
    assert np.array_equal(part.levels[:, 0], people.levels[:, 4])


def test_our_sittings_ask_each_item_once_and_keep_what_was_reported():
    people = of_one_competence(people_of("guessing", 6), 2)
    sitting = sit(people, np.random.default_rng(1), Setting(12, target_error=0.9), marks=(4, 12))
    for person, asked in enumerate(sitting.joint.asked):
        rows = asked[asked >= 0]
        assert len(set(rows.tolist())) == len(rows)
        assert np.all(sitting.joint.levels[person, len(rows) - 1 :] == sitting.joint.levels[person, len(rows) - 1])
    assert (sitting.joint.lengths < 12).any(), "someone is measured well enough before the longest length"
    assert np.isnan(sitting.record[12][0][sitting.joint.lengths < 12]).all()
    assert ((sitting.called >= 0) & (sitting.called <= 1) & (sitting.right <= 1)).all()


def test_every_way_of_testing_is_measured_on_the_same_people(one):
    methods = [line.method for line in one.lines]
    assert methods[:3] == [JOINT, RECORD, "Pix's rules"]
    assert {"maximum information", "random choice", "fixed linear test"} <= set(methods)
    assert one.line("fixed linear test").use.overlap == pytest.approx(1.0)
    assert one.line("random choice").use.largest < 1
    assert one.line(JOINT).end.rmse < one.line("random choice").end.rmse
    assert 6 < one.found["questions of Pix's rules"] < 16
    assert 5 < one.found["questions when it stops by itself"] < 30
    assert 0 < one.found["overlap of 30 who start at once"] < 1


def test_a_comparison_can_be_drawn(one):
    words = []
    reader = HTMLParser()
    reader.handle_data = words.append
    reader.feed(accuracy(one))
    assert {line.method for line in one.lines} <= set(words)
    assert "NaN" not in accuracy(one)


def test_the_command_tells_a_comparison_in_words_json_and_pictures(tmp_path):
    asked = ["simulate", "--world", "no guessing", "--kind", "one", "--people", "12", "--svg", str(tmp_path)]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    assert "ours, of record" in told.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["one-competence---no-guessing.svg"]
    plain = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert plain[0]["world"] == "no guessing"
    assert plain[0]["lines"][0]["marks"][-1]["questions"] == 20


def test_an_unknown_world_is_refused():
    assert CliRunner().invoke(main, ["simulate", "--world", "flatland"]).exit_code == 2


def test_the_measures_are_what_they_say():
    truth = np.array([[1.0, 2.0, 4.0], [5.0, 3.0, 1.0]])
    told = np.array([[1.5, 2.0, 3.0], [5.0, np.nan, 2.0]])
    assert measures.rmse(told, truth) == pytest.approx(((0.25 + 1 + 1) / 5) ** 0.5)
    assert measures.bias(told, truth) == pytest.approx(0.1)
    held = measures.covered(told, np.full_like(told, 0.3), truth)
    assert np.array_equal(held, [[1, 1, 0], [1, np.nan, 0]], equal_nan=True)
    assert measures.rank_correlation(told[:1], truth[:1]) == pytest.approx(1.0)
    assert measures.rank_correlation(np.full((1, 3), 2.0), truth[:1]) == 0.0
    assert measures.same_band(truth, truth + 0.6) == pytest.approx(4 / 6)
    bands = {band.low: band for band in measures.by_level(told, None, truth)}
    assert (bands[0.5].cases, bands[0.5].bias, bands[0.5].coverage) == (2, pytest.approx(0.75), None)


def test_the_use_of_a_bank_counts_people_not_questions():
    use = measures.use(np.array([[0, 1, -1], [1, 2, 3]]), items=6, questions=3)
    assert (use.largest, use.overlap, use.unused) == (1.0, pytest.approx(1 / 2.5), pytest.approx(2 / 6))


def test_the_questions_that_an_error_needs_are_counted_from_one():
    levels = np.array([[[3.0], [2.5], [2.1]]])
    tracks = Tracks(np.array([[0, 1, 2]]), levels)
    assert measures.questions_until(tracks, np.array([[2.0]]), 0.5) == 2
    assert measures.questions_until(tracks, np.array([[2.0]]), 0.01) is None
