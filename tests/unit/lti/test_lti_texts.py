"""Every message that the room raises has its sentence in both languages, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import lti_tool.lti
from lti_tool.words import LANGUAGES

ROOM = Path(lti_tool.lti.__file__).parent
CATALOGUES = ROOM.parent / "translations"
RAISED = re.compile(r'"((?:launch|services|keys|registration)\.[a-z_]+)"')
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "launch.po").open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def _texts(language: str) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in _catalogue(language) if message.id}


def _raised() -> set[str]:
    return {key for path in ROOM.glob("*.py") for key in RAISED.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_raised_has_a_sentence(language: str) -> None:
    assert len(_raised()) > 40
    assert _raised() - set(_texts(language)) == set()
    assert all(_texts(language).values())


def test_the_languages_have_the_same_keys_and_placeholders() -> None:
    french, english = _texts("fr"), _texts("en")
    assert french.keys() == english.keys()
    for key, text in french.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english[key])), key


def test_french_puts_a_space_that_does_not_break_before_high_punctuation() -> None:
    wrong = [text for text in _texts("fr").values() if re.search(r"[^\u00a0»][;?!]| [:;?!»]|« |'", text)]
    assert wrong == []
