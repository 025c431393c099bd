"""Grade A: with the revealed seed each question is drawn again from the same bank, and its response marked again."""

from lti_tool.assessment.ask import question_seed
from lti_tool.assessment.parameters import JUDGED
from lti_tool.assessment.state import JUDGED_VARIANCE
from lti_tool.audit.course import Told, differ
from lti_tool.audit.verdict import Kind, Marked, Marking, Why
from lti_tool.content import Bank, Challenge, draw, mark
from lti_tool.content.answers import CHOICE
from lti_tool.content.challenge import Response
from xapi.chain import commitment
from xapi.facts import Abandoned, Answered, Completed, Given, Initialized, Outcome, Withheld

_CLOSE = 1e-9


def check_commitment(told: Told, ending: Completed | Abandoned) -> None:
    """The seed revealed at the end, with plan and versions, is what the beginning was bound to."""
    begun = told.begun
    found = commitment(ending.seed, begun.plan, begun.versions)
    if found != begun.commitment:
        raise differ(Kind.COMMITMENT, ending, begun.commitment, found)


def mark_again(told: Told, ending: Completed | Abandoned, bank: Bank | None) -> Marking:
    """How the outcomes could be checked; Differs where bank and statements, or outcome and response, disagree."""
    version = told.begun.versions.bank
    if bank is None:
        return Marking(Marked.AS_GIVEN, Why.NO_BANK, version)
    if bank.version != version:
        return Marking(Marked.AS_GIVEN, Why.OTHER_BANK, version)
    _check_plan(told.begun, bank)
    for answer in told.answers:
        _check_answer(told.begun, answer, bank, bytes.fromhex(ending.seed))
    withheld = sum(isinstance(answer.given, Withheld) for answer in told.answers)
    return Marking(Marked.AS_GIVEN, Why.WITHHELD, str(withheld)) if withheld else Marking(Marked.AGAIN)


def _check_plan(begun: Initialized, bank: Bank) -> None:
    for one in begun.plan.topics:
        topic = bank.topics.get(one.topic)
        competence = topic and bank.competences.get(topic.competence)
        expected = (competence.code, competence.area) if competence else None
        if expected != (one.competence, one.area):
            raise differ(Kind.NOT_OF_BANK, begun, expected or "", f"{one.topic}: {one.competence}, {one.area}")


def _check_answer(begun: Initialized, answer: Answered, bank: Bank, seed: bytes) -> None:
    challenge = bank.challenges.get(answer.item)
    if challenge is None:
        raise differ(Kind.NOT_OF_BANK, answer, "", answer.item)
    if (answer.topic, answer.options) != (challenge.topic, challenge.options):
        expected, found = (f"{one.topic}, {one.options}" for one in (challenge, answer))
        raise differ(Kind.NOT_OF_BANK, answer, expected, found)
    judged = (challenge.level - 0.5, JUDGED_VARIANCE)
    if begun.versions.parameters == JUDGED and not _close(judged, (answer.difficulty, answer.variance)):
        raise differ(Kind.NOT_OF_BANK, answer, judged, (answer.difficulty, answer.variance))
    if answer.outcome in {Outcome.RIGHT, Outcome.WRONG} and not isinstance(answer.given, Withheld | None):
        _check_outcome(challenge, answer, answer.given, question_seed(seed, answer.item))


def _check_outcome(challenge: Challenge, answer: Answered, given: Given, seed: bytes) -> None:
    try:
        truth = draw(challenge, seed).truth
        right = mark(challenge, truth, response_of(challenge, given), answer.language).right
    except (LookupError, ValueError, TypeError, ArithmeticError) as error:  # a response that nobody can have given
        raise differ(Kind.UNLIKE_KIND, answer, challenge.kind, f"{type(error).__name__} {error}") from error
    outcome = Outcome.RIGHT if right else Outcome.WRONG
    if outcome is not answer.outcome:
        raise differ(Kind.OUTCOME, answer, outcome, answer.outcome)


def response_of(challenge: Challenge, given: Given) -> Response:
    """The response that a statement's canonical response was written from; ValueError where it can be none."""
    names = [field.name for field in challenge.fields]
    if isinstance(given, tuple) and not names:
        return {CHOICE: list(given)}
    if isinstance(given, str) and len(names) == 1:
        return {names[0]: given}
    if isinstance(given, str | tuple) or set(given) - set(names):
        raise ValueError(f"no response to {challenge.id}")
    return dict(given)


def _close(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(mine - yours) <= _CLOSE for mine, yours in zip(one, other, strict=True))
