"""The family of errors that people may see."""

import inspect

import pytest

from lti_tool import errors
from lti_tool.content import BankBroken, Problem

_FAMILY = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.PixError)]


def test_each_has_a_code_of_its_own_and_a_status_of_an_error() -> None:
    assert len({one.code for one in _FAMILY}) == len(_FAMILY) > 8
    assert all(400 <= one.status <= 502 for one in _FAMILY)


def test_what_it_shows_is_its_code_its_key_and_its_values_in_order() -> None:
    assert str(errors.BadInput("place.length", most=9, least=4)) == "bad_input: place.length (least=4, most=9)"
    assert str(errors.Stale("attempt.over")) == "stale: attempt.over"


@pytest.mark.parametrize(
    ("error", "status"),
    [(errors.BadInput, 400), (errors.SignInNeeded, 401), (errors.NotAllowed, 403), (errors.NotFound, 404),
     (errors.Stale, 409), (errors.TooLarge, 413), (errors.Misconfigured, 500), (errors.Unreachable, 502)],
)  # fmt: skip
def test_its_status_is_what_http_says(error: type[errors.PixError], status: int) -> None:
    assert error("key").status == status


def test_a_broken_bank_is_a_wrong_set_up_that_names_its_first_problem() -> None:
    broken = BankBroken((Problem("a.yaml", 3, "kind", "unknown"), Problem("b.yaml", 1, "file", "empty")))
    assert isinstance(broken, errors.Misconfigured)
    assert broken.values == {"count": 2, "first": "a.yaml:3: kind: unknown"}
