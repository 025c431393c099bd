"""What a person sends as an answer, and how it is refused before anything is marked."""

from collections.abc import Mapping, Sequence

from lti_tool.errors import BadInput, TooLarge

LONGEST = 10_000
CHOICE = "choice"
ANSWER = "answer"
Form = Mapping[str, Sequence[str]]
_OF_THE_PAGE = frozenset({"action", "ticket", "question"})


class BadAnswer(BadInput):
    """An answer that cannot be taken as one: the person is told why and answers again."""

    code = "bad_answer"


def guard_form(form: Form, names: frozenset[str]) -> None:
    """Refuse a form that is too long (TooLarge) or has a field that the question does not (BadAnswer)."""
    if sum(len(value) for values in form.values() for value in values) > LONGEST:
        raise TooLarge("answer.too_long", limit=LONGEST)
    if unknown := sorted(set(form) - names - _OF_THE_PAGE):
        raise BadAnswer("answer.unknown_field", field=unknown[0][:40])


def only(form: Form, name: str) -> str:
    """The one value of a field, or nothing; BadAnswer when it was sent twice."""
    values = form.get(name, ())
    if len(values) > 1:
        raise BadAnswer("answer.twice")
    return values[0] if values else ""
