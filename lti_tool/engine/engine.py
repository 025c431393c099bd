"""The engine of a bank: starts tests, chooses questions, takes answers in, and says what it believes meanwhile."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lti_tool.engine import choose as choosing
from lti_tool.engine import scoring
from lti_tool.engine.answering import Floats
from lti_tool.engine.posterior import reported
from lti_tool.engine.prior import cautious, reference_prior, steered
from lti_tool.engine.scale import Choice, Difficulties, Estimate, Item, Outcome, Plan, Reference, Score, Stop
from lti_tool.engine.sheet import bank, sheet
from lti_tool.engine.skills import Frontier, frontier, mastery
from lti_tool.engine.state import Seed, State, frozen, recorded
from lti_tool.engine.stop import stopped


@dataclass(frozen=True, slots=True)
class Summary:
    """Areas and the whole as sums over their competences, joint belief: guidance."""

    areas: dict[str, Estimate] = field(hash=False)
    whole: Estimate


class Engine:
    """Items with their difficulties and a reference population, laid out once and shared by every test on them.

    parameters: {item id: (mean, variance) of its difficulty}, by default (level - 0.5, 0.75^2). reference: what scores
    are read against. population: who comes, as far as is known, for choosing alone (None: the reference).
    scoring_version: the name of the scoring that a target error is measured by. Threads may share an engine: it never
    changes.
    """

    def __init__(
        self,
        items: Iterable[Item],
        parameters: Difficulties | None = None,
        reference: Reference | None = None,
        scoring_version: str = scoring.CURRENT,
        population: Reference | None = None,
    ) -> None:
        self._bank = bank(items, parameters)
        self._parameters = parameters
        self._reference = reference
        self._population = population or reference or Reference()
        if scoring_version not in scoring.versions:
            raise ValueError(f"no scoring version is called {scoring_version!r}")
        self._score = scoring.versions[scoring_version]

    def start(
        self,
        plan: Plan,
        seed: Seed,
        exposure: Mapping[str, float] | None = None,
        available: Collection[str] | None = None,
        selection_prior: Mapping[str, Estimate] | None = None,
    ) -> State:
        """Begin a test; PlanRefused where the items cannot carry the plan.

        exposure: {item id: shown / could have been}. available: ids that may be asked (None: all). selection_prior: an
        earlier level and error per topic (see `topics` and `widened`), which steers the questions, never the score.
        """
        if not all(0 <= rate < math.inf for rate in (exposure or {}).values()):
            raise ValueError("an exposure is a share, never negative")
        held = sheet(self._bank, plan)
        prior = reference_prior(cautious(self._population), held.competence_of, held.area_of)
        mean, covariance = frozen(*steered(*prior, held.topics, selection_prior or {}))
        open_items = None if available is None else frozenset(available)
        return State(plan, seed, dict(exposure or {}), open_items, (), mean, covariance, held)

    def choose(self, state: State, barred: Collection[str] = frozenset(), aim: float | None = None) -> Choice | Stop:
        """Give the next item, never an answered, unavailable or barred one, or the reason to stop.

        aim: for training, the chance of success to choose near (0 < aim < 1), in place of what would tell most.
        """
        stop = stopped(state, lambda: self.score(state))
        if stop:
            return stop
        free = choosing.candidates(state, frozenset(barred))
        if not len(free):
            return Stop("nothing_left")
        return choosing.pick(state, free) if aim is None else choosing.practise(state, free, aim)

    def record(self, state: State, item_id: str, outcome: Outcome, language: str | None = None) -> State:
        """Take an answer in; AnswerRefused for an item outside the plan or answered before."""
        return recorded(state, item_id, outcome, language)

    def score(self, state: State) -> Score:
        """Give the score of record of the answers so far."""
        return self._score(state.plan, state.sheet.items, state.answers, self._reference, self._parameters)

    def estimate(self, state: State) -> dict[str, Estimate]:
        """Give the joint belief about each competence of the plan: guidance."""
        return dict(zip(state.sheet.competences, _combined(state, state.sheet.weights), strict=True))

    def topics(self, state: State) -> dict[str, Estimate]:
        """Give the belief about each topic, unclipped: what a later test may take as its selection prior."""
        errors = np.sqrt(np.diagonal(state.covariance))
        pairs = zip(state.sheet.topics, state.mean.tolist(), errors.tolist(), strict=True)
        return {topic: Estimate(level, error) for topic, level, error in pairs}

    def summary(self, state: State) -> Summary:
        """Give the joint belief about the areas and the whole, sums of competence levels: guidance."""
        by_area = state.sheet.area_sums @ state.sheet.weights
        areas = dict(zip(state.sheet.areas, _combined(state, by_area), strict=True))
        return Summary(areas, _combined(state, by_area.sum(axis=0, keepdims=True))[0])

    def skills(self, state: State) -> dict[str, float]:
        """Give the probability that each skill of the plan is mastered: guidance."""
        return mastery(state)

    def frontier(self, state: State) -> Frontier:
        """Give the mastered skills and the next to learn in each topic: guidance."""
        return frontier(state)


def _combined(state: State, weights: Floats) -> list[Estimate]:
    """Give the estimates of weighted sums of the clipped topic levels, one per row of weights."""
    levels, joint, _ = reported(state.mean, state.covariance, state.sheet.caps)
    variances = np.einsum("ct,ts,cs->c", weights, joint, weights)
    return [
        Estimate(level, error)
        for level, error in zip((weights @ levels).tolist(), np.sqrt(variances).tolist(), strict=True)
    ]
