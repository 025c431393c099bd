"""The fit itself: what it finds about the judges, when it ends, and what an unknown slope leaves in doubt."""

import numpy as np
import pytest
from calibration_sittings import seat, staircase

from lti_tool.engine import Reference
from lti_tool.engine.calibration import fit as fitting
from lti_tool.engine.calibration.difficulty import Doubt, prior_of
from lti_tool.engine.calibration.fit import Fit, fitted
from lti_tool.engine.calibration.ledger import Ledger, laid_out
from lti_tool.engine.calibration.slopes import SLOPES_APART, slopes
from lti_tool.engine.simulation.world import NATURES, world


def _fitted(items, sittings) -> tuple[Ledger, Fit]:
    ledger = laid_out(items, sittings)
    return ledger, fitted(ledger, prior_of(ledger.bank, (), None), Reference())


def test_judges_who_were_nearly_right_are_found_to_be(known):
    well = world(NATURES[1], np.random.default_rng(8), competences=3, max_items=24)
    _, good = _fitted(well.items, staircase(well, np.random.default_rng(9), 400))
    _, bad = _fitted(known.world.items, known.sittings)
    assert good.doubt.shared + good.doubt.own < 0.6 * (Doubt().shared + Doubt().own)
    assert good.doubt.own < 0.7 * Doubt().own
    assert 0.4 < bad.doubt.shared + bad.doubt.own < 0.95


def test_no_answer_leaves_the_doubt_as_it_was_judged(items):
    ledger, fit = _fitted(items, [])
    assert fit.doubt == Doubt()
    assert fit.passes == 0
    assert len(ledger.item) == 0


def test_the_passes_end_where_more_of_them_change_little(known, monkeypatch):
    _, once = _fitted(known.world.items, known.sittings)
    assert once.passes < fitting.MOST_PASSES
    monkeypatch.setattr(fitting, "SETTLED", 1e-8)
    _, longer = _fitted(known.world.items, known.sittings)
    assert longer.hardness.mean == pytest.approx(once.hardness.mean, abs=5e-3)
    assert longer.population.tiers.mean == pytest.approx(once.population.tiers.mean, abs=5e-3)


def test_the_size_of_a_block_changes_nothing(known, monkeypatch):
    _, once = _fitted(known.world.items, known.sittings[:150])
    monkeypatch.setattr(fitting, "BLOCK", 7)
    _, small = _fitted(known.world.items, known.sittings[:150])
    assert small.hardness.mean == pytest.approx(once.hardness.mean, abs=1e-9)


def test_an_item_that_met_people_far_from_it_is_less_sure_than_its_answers_say(items):
    marks = ("RRRRRRRWRRWRRWRW", "RRRRRRWRRRRRRRWR", "RRRRWRRWRWRRRRRR", "RWRWRRWRRRRRRRRW")
    ledger, fit = _fitted(items, [seat(f"p{n}", items, marks[n % 4]) for n in range(400)])
    gap, found = abs(fit.population.tiers.mean - fit.hardness.mean), slopes(ledger, fit).doubt
    far, near = int(gap.argmax()), int(gap.argmin())
    assert gap[far] > 4
    assert gap[near] < 0.5
    assert found[far] > fit.hardness.variance[far]
    assert found[near] < 0.02
    judged = fit.doubt.shared + fit.doubt.own
    assert (found + fit.hardness.variance <= judged + 1e-9).all(), "never less sure than judged levels are"
    assert found[2] < (SLOPES_APART * 1.5 * gap[2]) ** 2


def test_an_unasked_item_owes_nothing_to_its_slope(items):
    ledger, fit = _fitted(items, [seat("p", items[:4], "RRWW")])
    assert not slopes(ledger, fit).doubt[8:].any()
