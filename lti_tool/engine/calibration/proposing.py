"""From sittings to a proposal."""

from collections.abc import Collection, Iterable

import numpy as np

from lti_tool.engine.answering import JUDGED_VARIANCE
from lti_tool.engine.calibration.difficulty import Hardness, Prior, prior_of
from lti_tool.engine.calibration.fit import fitted
from lti_tool.engine.calibration.languages import gaps, language_offsets
from lti_tool.engine.calibration.ledger import Ledger, laid_out
from lti_tool.engine.calibration.reports import reports
from lti_tool.engine.calibration.slopes import slopes
from lti_tool.engine.calibration.sums import summed
from lti_tool.engine.calibration.values import Proposal, Sitting
from lti_tool.engine.scale import Difficulties, Item, Reference

SUREST = 0.02
"""No difficulty is proposed with less variance: its slope and its ceiling are not known exactly either."""


def calibrate(
    items: Iterable[Item],
    sittings: Iterable[Sitting],
    parameters: Difficulties | None = None,
    reference: Reference | None = None,
    anchors: Collection[str] = (),
) -> Proposal:
    """Propose difficulties from all recorded answers; the same for any order of sittings and of items.

    Every difficulty starts from its judged level, never from an earlier calibration, whose answers would count twice:
    pass all sittings each time. parameters: read for the anchors alone, which stay where these put them (else where
    they were judged). reference: the population expected, which counts as 30 trainees.

    What holds the scale: anchors, as soon as they are answered, do not move and carry the rest. Without them the mean
    shift of all difficulties from the judged ones, weighted by answers, is held at 0, for answers alone cannot tell
    easier items from better people: both would drift together. A whole bank misjudged alike is seen by anchors only.

    sittings is read once and may be a stream. A rushed sitting counts towards exposure alone. An item that no answer
    touched, nor a variant of its skill, keeps its judged values. AnswerRefused: an answer to an unknown item, one
    outside its sitting's plan or given twice in it. ItemRefused: items that contradict each other, an unknown anchor.
    """
    ledger = laid_out(items, sittings)
    prior = prior_of(ledger.bank, anchors, parameters)
    fit = fitted(ledger, prior, reference or Reference())
    steep, between = slopes(ledger, fit), gaps(ledger, fit)
    proposed = _proposed(ledger, prior, Hardness(fit.hardness.mean, fit.hardness.variance + steep.doubt))
    numbers = zip(proposed.mean.tolist(), proposed.variance.tolist(), strict=True)
    return Proposal(
        difficulties=dict(zip(ledger.bank.rows, numbers, strict=True)),
        language_offsets=language_offsets(ledger, fit),
        item_language={ledger.bank.items[row].id: gap.offsets for row, gap in sorted(between.items())},
        population=fit.population.tiers,
        reports=reports(ledger, prior, proposed, steep, between),
    )


def _proposed(ledger: Ledger, prior: Prior, found: Hardness) -> Hardness:
    """Give what to propose: untouched items as judged, anchors as they were, no other surer than it can be."""
    skills = summed(prior.skill, summed(ledger.item, None, len(prior.skill)), prior.skills)
    moved = (skills[prior.skill] > 0) & ~prior.anchored
    return Hardness(
        np.where(moved | prior.anchored, found.mean, prior.judged),
        np.where(
            moved, np.maximum(found.variance, SUREST), np.where(prior.anchored, prior.at.variance, JUDGED_VARIANCE)
        ),
    )
