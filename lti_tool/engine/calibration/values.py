"""What calibration takes and gives."""

from dataclasses import dataclass, field

from lti_tool.engine.scale import Answer, AnswerRefused, Plan, Reference


@dataclass(frozen=True, slots=True)
class Sitting:
    """One finished attempt.

    person: an opaque key, the same for every attempt of one person. seconds: the time each answer took, in the order
    of the answers. rushed: flagged by haste; its answers do not calibrate.
    """

    person: str
    plan: Plan
    answers: tuple[Answer, ...]
    seconds: tuple[float, ...]
    rushed: bool = False

    def __post_init__(self) -> None:
        """Refuse (AnswerRefused) times that do not belong to the answers."""
        if len(self.answers) != len(self.seconds):
            raise AnswerRefused(f"{len(self.answers)} answers and {len(self.seconds)} times are no sitting")


@dataclass(frozen=True, slots=True)
class ItemReport:
    """What the answers say about one item; difficulties and errors in levels, None where nothing can be said.

    answers: by how many people the numbers rest on; a person who met the item twice counts once, each answer by its
    share. facility: share right among them. exposure: shown / sittings whose plan reaches the item, rushed ones too.
    error: standard error of difficulty. moved: difficulty - judged.

    misfit: z of a score test of the slope, each answer weighed against the belief about its topic without it. Far below
    0, chance decides more than level (random answers, a wrong key, a clue); above, level decides more than foreseen.
    language_gap: largest difference of difficulty between two languages, beyond what sets the languages apart as a
    whole. status: "judged" (under 200 answers) or "calibrated". flags: of "moved", "misfit" and "language".
    """

    item_id: str
    answers: int
    facility: float | None
    median_seconds: float | None
    exposure: float
    judged: float
    difficulty: float
    error: float
    moved: float
    misfit: float | None
    language_gap: float | None
    language_gap_error: float | None
    status: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What calibration proposes; it changes nothing until a named person activates it.

    difficulties: item id to mean and variance of b (levels), of every item of the bank. language_offsets: how much
    harder (levels) all items are in a language than in the others, weighted mean 0: reported only, for answers alone
    cannot tell a harder translation from weaker people. item_language: item to language to offset (weighted mean 0)
    beyond that, where 200 answers stand in each of two languages or more. population: for choosing alone, never for a
    score. reports: one per item, in the order of their ids.
    """

    difficulties: dict[str, tuple[float, float]] = field(hash=False)
    language_offsets: dict[str, float] = field(hash=False)
    item_language: dict[str, dict[str, float]] = field(hash=False)
    population: Reference
    reports: tuple[ItemReport, ...]
