"""Values as each language writes them."""

import pytest

from lti_tool.content.filling import fill, names_in, say


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (2019, "2019", "2019"),
        (1234.5, "1\u202f234,5", "1,234.5"),
        ({"number": 12345}, "12\u202f345", "12,345"),
        ({"date": "2019-01-21"}, "21 janvier 2019", "21 January 2019"),
        ({"date": "2025-12-01"}, "1er décembre 2025", "1 December 2025"),
        ({"date": "2025-12-11"}, "11 décembre 2025", "11 December 2025"),
        ({"list": ["a", "b", {"fr": "chat", "en": "cat"}]}, "a, b et chat", "a, b, and cat"),
        ({"en": "only"}, "only", "only"),
    ],
)
def test_a_value_is_said_in_the_language(value: object, french: str, english: str) -> None:
    assert (say(value, "fr"), say(value, "en")) == (french, english)


def test_names_in_braces_are_filled_and_other_braces_stay() -> None:
    assert fill("{day} in {Town} { x } {a.b} {}", {"day": 3}, "en") == "3 in {Town} { x } {a.b} {}"
    assert names_in("{one} {two_2} {Three}") == {"one", "two_2"}


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="gone"):
        fill("{gone}", {}, "en")
