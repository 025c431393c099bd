"""What an instructor chose: the picker's form becomes a test, or the sentence that says what is wrong in it."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from lti_tool.assessment.place import TestChoice, highest_levels
from lti_tool.assessment.rules import chosen_rules, whole_of
from lti_tool.content import Bank
from lti_tool.errors import BadInput
from lti_tool.lti.reading import shown_text
from lti_tool.models import GradePolicy
from lti_tool.words import Words, in_language

Form = MultiDict[str, str]
ADAPTIVE = "adaptive"
CAP = "cap-"
RARE = ("attention", "attempts", "delay", "best_or_last", "minutes")
"""The fields that stand in the part of the form that is opened by whoever wants them."""


@dataclass(frozen=True, slots=True)
class OfferedCompetence:
    """A competence that can be ticked: how many challenges it has, and the highest level that can be asked."""

    code: str
    title: str
    challenges: int
    top: int


def choice_of(form: Form, bank: Bank, say: Words) -> TestChoice:
    """The test that the form asks for; BadInput says what makes none."""
    fixed = form.get("test", ADAPTIVE)
    codes = tuple(form.getlist("competence")) if fixed == ADAPTIVE else ()
    try:
        length = int(form["length"]) if form.get("length", "").strip() else None
    except ValueError:
        raise BadInput("place.unreadable") from None
    try:
        policy = GradePolicy(form.get("grade", GradePolicy.SCORE))
    except ValueError:
        raise BadInput("place.policy") from None
    return TestChoice(
        competences=codes,
        title=shown_text(form.get("title")) or _title(bank, codes, fixed, say),
        max_items=length,
        grade_policy=policy,
        rules=chosen_rules(form),
        caps=_caps(form, bank, codes),
        fixed=None if fixed == ADAPTIVE else fixed,
    )


def offered_by_area(bank: Bank, say: Words) -> list[tuple[str, str, list[OfferedCompetence]]]:
    """The areas that have something to offer: code, title and competences of each."""
    tops = highest_levels(bank)
    areas = []
    for area in bank.areas.values():
        codes = [code for code in tops if bank.competences[code].area == area.code]
        held = [_offer(bank, code, tops[code], say) for code in codes]
        if held:
            areas.append((area.code, in_language(area.titles, say.locale), held))
    return areas


def _offer(bank: Bank, code: str, top: int, say: Words) -> OfferedCompetence:
    challenges = sum(one.competence == code for one in bank.challenges.values())
    return OfferedCompetence(code, in_language(bank.competences[code].titles, say.locale), challenges, top)


def _caps(form: Form, bank: Bank, codes: tuple[str, ...]) -> dict[str, int]:
    """The levels at which the ticked competences are capped; none for one that goes to its top."""
    tops = highest_levels(bank)
    chosen = {code: whole_of(form, CAP + code, tops[code], "rules.cap") for code in codes if code in tops}
    return {code: cap for code, cap in chosen.items() if cap}


def _title(bank: Bank, codes: tuple[str, ...], fixed: str, say: Words) -> str:
    if fixed in bank.tests:
        return in_language(bank.tests[fixed].titles, say.locale)
    titles = [in_language(bank.competences[code].titles, say.locale) for code in codes if code in bank.competences]
    return " · ".join(titles) if len(titles) < 3 else say.t("picker.many", count=len(titles))
