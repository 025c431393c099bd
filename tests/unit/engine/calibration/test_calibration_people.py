"""The belief about people, against the same belief worked out by plain linear algebra."""

import numpy as np
import pytest

from lti_tool.engine import Item, Reference
from lti_tool.engine.calibration.people import Belief, Learnt, believed, tree_of
from lti_tool.engine.prior import reference_prior
from lti_tool.engine.sheet import Bank, bank

PEOPLE = Reference(3.1, 1.2, 0.5, 0.7, 0.4)
PLACES = [("1.1", "1"), ("1.1", "1"), ("1.2", "1"), ("2.1", "2"), ("2.1", "2"), ("2.2", "2"), ("2.2", "2")]


@pytest.fixture(scope="module")
def held() -> Bank:
    return bank([Item(f"i{n}", f"s{n}", f"t{n}", c, a, 3) for n, (c, a) in enumerate(PLACES)], None)


@pytest.fixture(scope="module")
def evidence() -> Belief:
    """Three people; some topics without a word, some with much."""
    precision = np.random.default_rng(1).gamma(0.5, 2.0, (3, len(PLACES)))
    precision[0, ::2] = 0.0
    return Belief(precision, precision * np.random.default_rng(2).normal(3, 1.5, precision.shape))


def _dense(evidence: Belief, person: int, mean: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    areas, competences = (sorted({place[tier] for place in PLACES}) for tier in (1, 0))
    area_of = np.array([areas.index(area) for _, area in PLACES])
    competence_of = np.array([competences.index(name) for name, _ in PLACES])
    _, prior = reference_prior(PEOPLE, competence_of, area_of)
    after = np.linalg.inv(np.linalg.inv(prior) + np.diag(evidence.precision[person]))
    return prior, after, after @ (np.linalg.solve(prior, np.full(len(PLACES), mean)) + evidence.linear[person])


def _believed(held: Bank, evidence: Belief, share: tuple[float, ...] = (1, 1, 1)) -> tuple[Belief, Learnt]:
    return believed(tree_of(held), PEOPLE, np.array([3.1, 2.0, 4.0]), np.array(share, dtype=float), evidence)


def test_the_belief_about_topics_is_the_exact_one(held, evidence):
    belief, _ = _believed(held, evidence)
    for person, mean in enumerate((3.1, 2.0, 4.0)):
        _, after, levels = _dense(evidence, person, mean)
        assert 1 / belief.precision[person] == pytest.approx(np.diagonal(after), abs=1e-10)
        assert belief.linear[person] / belief.precision[person] == pytest.approx(levels, abs=1e-10)


def test_what_people_tell_of_each_tier_is_the_exact_effect_and_its_certainty(held, evidence):
    _, learnt = _believed(held, evidence)
    squares, told = np.zeros(4), np.zeros(4)
    for person, mean in enumerate((3.1, 2.0, 4.0)):
        prior, after, levels = _dense(evidence, person, mean)
        pull = np.linalg.solve(prior, levels - mean)
        known = np.linalg.solve(prior, prior - after) @ np.linalg.inv(prior)
        for tier, (spread, groups) in enumerate(_tiers()):
            squares[tier] += ((spread**2 * groups @ pull) ** 2).sum()
            told[tier] += spread**2 * np.trace(groups @ known @ groups.T)
    assert learnt.squares == pytest.approx(squares, abs=1e-10)
    assert learnt.told == pytest.approx(told, abs=1e-10)


def test_a_sitting_counts_its_share_in_what_people_tell(held, evidence):
    whole = _believed(held, evidence, (1, 1, 0.5))[1]
    alone = [_believed(held, evidence, share)[1] for share in ((1, 1, 0), (0, 0, 1))]
    assert whole.squares == pytest.approx(alone[0].squares + alone[1].squares / 2)


def test_what_nobody_was_asked_stays_at_the_population(held):
    nothing = Belief(np.zeros((3, len(PLACES))), np.zeros((3, len(PLACES))))
    belief, learnt = _believed(held, nothing)
    assert belief.linear[1] / belief.precision[1] == pytest.approx(np.full(len(PLACES), 2.0))
    assert 1 / belief.precision[1] == pytest.approx(np.full(len(PLACES), 1.2**2 + 0.5**2 + 0.7**2 + 0.4**2))
    assert not learnt.told.any()
    assert not learnt.weight.any()


def _tiers() -> list[tuple[float, np.ndarray]]:
    """Spread of each tier, and which topics each of its nodes holds."""
    found = [(PEOPLE.sd_general, np.ones((1, len(PLACES))))]
    for tier, spread in ((1, PEOPLE.sd_area), (0, PEOPLE.sd_competence)):
        names = sorted({place[tier] for place in PLACES})
        found.append((spread, np.array([[float(place[tier] == name) for place in PLACES] for name in names])))
    return [*found, (PEOPLE.sd_topic, np.eye(len(PLACES)))]
