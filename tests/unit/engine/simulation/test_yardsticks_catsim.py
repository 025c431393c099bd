"""What is given to catsim and taken from it; a stand-in with catsim's names plays it, so that no test needs it."""

import math
import sys
from types import ModuleType

import numpy as np
import pytest
from yardstick_worlds import people_of, world_of

from lti_tool.engine.scale import Reference
from lti_tool.engine.simulation.yardsticks.catsim_yardstick import CatsimMissing, catsim

TOPICS = {"a.x": [1, 3, 5], "a.y": [2, 4, 7]}


class _Bank:
    def __init__(self, matrix, *, validate):
        self.matrix = matrix
        _Bank.last = self

    def get_items(self, columns):
        return self.matrix[columns]


class _Nearest:
    def select(self, item_bank, administered_items, est_theta):
        off = np.abs(item_bank.matrix[:, 1] - est_theta)
        off[administered_items] = np.inf
        return np.argmin(off)


class _Up:
    def estimate(self, item_bank, administered_items, response_vector, est_theta):
        assert len(administered_items) == len(response_vector)
        return est_theta + (1.0 if response_vector[-1] else -1.0)


def _see(theta, items):
    return math.inf if len(items) == 1 else 0.5


@pytest.fixture
def stand_in(monkeypatch):
    parts = {
        "estimation": {"NumericalSearchEstimator": _Up},
        "selection": {"MaxInfoSelector": _Nearest},
        "item_bank": {"ItemBank": _Bank},
        "irt": {"see": _see},
    }
    monkeypatch.setitem(sys.modules, "catsim", ModuleType("catsim"))
    for name, content in parts.items():
        module = ModuleType(f"catsim.{name}")
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, f"catsim.{name}", module)


def test_without_catsim_it_says_that_catsim_is_not_installed(monkeypatch):
    for name in ("catsim", "catsim.estimation", "catsim.selection", "catsim.item_bank", "catsim.irt"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CatsimMissing, match="catsim is not installed"):
        catsim(people_of(world_of(TOPICS), lambda item: True), np.random.default_rng(1), 3)


def test_it_takes_one_competence_only(stand_in):
    with pytest.raises(ValueError, match="one competence"):
        catsim(people_of(world_of(TOPICS | {"b.x": [1]}), lambda item: True), np.random.default_rng(1), 3)


def test_items_are_given_with_their_curves_and_levels_less_the_mean(stand_in):
    world = world_of(TOPICS, options=4)
    catsim(people_of(world, lambda item: True), np.random.default_rng(2), 1)
    matrix = _Bank.last.matrix
    assert sorted(matrix[:, 1]) == pytest.approx([level - 0.5 - 2.7 for level in (1, 2, 3, 4, 5, 7)])
    assert set(matrix[:, 0]) == {world.sheet.curves.slope[0]}
    assert set(matrix[:, 2]) == {0.25}
    assert set(matrix[:, 3]) == {0.95}


def test_estimates_come_back_on_the_scale_with_an_error_no_wider_than_it(stand_in):
    cohort = people_of(world_of(TOPICS), lambda item: item.level < 4)
    tracks = catsim(cohort, np.random.default_rng(3), 4)
    levels = [cohort.world.items[row].level for row in tracks.asked[0]]
    assert levels == [3, 4, 2, 5]  # nearest to 2.7, 3.7, 2.7 and 3.7, none twice
    assert tracks.levels[0, :, 0] == pytest.approx([3.7, 2.7, 3.7, 2.7])
    assert tracks.errors[0, :, 0].tolist() == [8.0, 0.5, 0.5, 0.5]


def test_it_ends_with_the_bank_and_stays_within_0_and_the_cap(stand_in):
    world = world_of(TOPICS, caps={"a.y": 4})
    for right, level in ((True, 4.5), (False, 0.0)):
        tracks = catsim(people_of(world, lambda item, right=right: right, 2), np.random.default_rng(4), 9)
        assert tracks.lengths.tolist() == [5, 5]
        assert tracks.after(9).tolist() == [[level], [level]]


def test_another_mean_is_where_it_starts(stand_in):
    tracks = catsim(
        people_of(world_of(TOPICS), lambda item: True), np.random.default_rng(5), 1, population=Reference(mean=4.0)
    )
    assert tracks.after(1).tolist() == [[5.0]]
