"""What was typed for a date is told back, also where it is no date."""

import pytest

from lti_tool.insights.trainee.told import _day


@pytest.mark.parametrize(
    ("given", "told"), [("2024-02-29", "29 février 2024"), ("2024-02-30", "2024-02-30"), ("demain", "demain")]
)
def test_a_day_is_told_in_words_and_anything_else_as_it_was_typed(given, told):
    assert _day(given, "fr") == told
