"""Arabic as it is printed: its own letters and signs, code isolated, six forms of the plural, pages that mirror."""

import re
from string import Formatter

import pytest
from house_sources import ROOT
from test_house_catalogues import messages

from lti_tool.content import load_bank
from lti_tool.demo.texts_ar import ARABIC as DEMO_TEXTS

_LETTER = re.compile("[\u0621-\u064a]")
_CODE = re.compile("\u2066[^\u2066\u2069]+\u2069")
_LATIN_WORD = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?")
_LATIN_ALONE = frozenset({
    "PDF", "https", "JSON", "JWKS", "LRS", "Moodle", "QR", "RSA", "xAPI", "client_id", "initialized", "completed",
    "terminated", "registration", "deep", "linking", "B",
})  # fmt: skip
_RULES = {
    "a Latin comma, semicolon or question mark": re.compile(r"[,;?](?=\s|$)"),
    "a sentence that is not Arabic": re.compile(r"[A-Za-z]+(?: +[A-Za-z]+){2,}"),
    "an isolation that is not closed": re.compile("[\u2066\u2069]"),
    "a direction set by hand (values are isolated by themselves)": re.compile("[\u2068\u200e\u200f\u202a-\u202e]"),
    "a space before a sign, or two": re.compile(r"\s[،؛؟.:!]|  |«\s|\s»"),
    "letters of another keyboard": re.compile("[\u06a9\u06cc]"),
    "digits, which are the region's business": re.compile("[٠-٩]"),
    "a vowel sign without its letter": re.compile("(?<![\u0621-\u0652])[\u064b-\u0652]"),
}
_ARROWS = re.compile("[←→⇐⇒‹›▶◀►◄]")
_PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right)\b|(?<![\w.-])(?:left|right)\s*:|float:\s*(?:left|right)"
)


def plain(text: str) -> str:
    """A text with a 0 in the place of values and of code (which is isolated)."""
    return _CODE.sub("0", "".join(piece + ("0" if name else "") for piece, name, _, _ in Formatter().parse(text)))


def texts() -> list[tuple[str, str]]:
    """Every Arabic text of the tool and of its demonstration, each form of a plural."""
    said = [(key, form) for key, one in messages("ar").items() for form in one.forms]
    return said + list(DEMO_TEXTS.items())


def wrong(text: str) -> list[str]:
    """What is wrong with an Arabic text, in words; nothing where it is well."""
    bare = plain(text)
    strange = set(_LATIN_WORD.findall(bare)) - _LATIN_ALONE
    return [rule for rule, pattern in _RULES.items() if pattern.search(bare)] + sorted(strange)


def test_every_text_is_arabic() -> None:
    said = {key: plain(text) for key, text in texts()}
    assert not [key for key, text in said.items() if re.search(r"[A-Za-z]{3}", text) and not _LETTER.search(text)
                and set(_LATIN_WORD.findall(text)) - _LATIN_ALONE]  # fmt: skip
    assert sum(bool(_LETTER.search(text)) for text in said.values()) > 0.97 * len(said)


def test_every_text_keeps_to_the_rules_of_arabic_print() -> None:
    assert not {key: (text, wrong(text)) for key, text in texts() if wrong(text)}


@pytest.mark.parametrize(
    "text",
    ["نعم, لا", "نعم; لا", "كيف?", "This is not Arabic", "يُرجى تنفيذ chmod", "\u2066chmod 600", "نعم ، لا", "نعم  لا",
     "\u200fنعم", "٣ أسئلة", "کتاب", "نعم \u064eلا"],
)  # fmt: skip
def test_the_rules_see_what_is_wrong(text: str) -> None:
    assert wrong(text)


def test_terms_are_the_same_everywhere() -> None:
    """One word for one thing (the glossary in docs/arabic.md)."""
    elsewhere = {"مساق", "كورس", "امتحانات", "مهمة", "مقياس", "تيوب", "مهارات رقمية", "لينك", "ستيب"}
    assert not [(key, word) for key, text in texts() for word in elsewhere if word in text]


def test_every_plural_says_none_one_and_two_in_words_and_differs_from_three_on() -> None:
    for key, one in messages("ar").items():
        if one.plural:
            none, single, pair, few, many, _ = one.forms
            assert len({none, single, pair, few}) >= 3, key
            assert all("{count}" in form for form in (few, many)), key


def test_titles_of_the_bank_are_arabic() -> None:
    bank = load_bank()
    titles = [one.titles["ar"] for group in (bank.topics, bank.competences, bank.areas) for one in group.values()]
    assert titles
    assert not [title for title in titles if not _LETTER.search(title) or wrong(title)]


def test_no_template_points_left_or_right_by_itself() -> None:
    ours = [path for path in (ROOT / "templates").rglob("*.html") if not {"places", "demo"} & set(path.parts)]
    assert len(ours) > 15
    assert not [path.name for path in ours if _ARROWS.search(path.read_text(encoding="utf-8"))]


def test_the_stylesheet_of_the_pages_is_written_with_logical_properties() -> None:
    styles = (ROOT / "lti_tool" / "static" / "pix.css").read_text(encoding="utf-8")
    assert not _PHYSICAL.findall(styles)


def test_every_page_says_its_language_and_its_direction() -> None:
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "<html" in path.read_text(encoding="utf-8")]
    assert len(pages) >= 4
    for path in pages:
        opening = path.read_text(encoding="utf-8").split("<html", 1)[1].split(">", 1)[0]
        assert 'lang="{{' in opening, path
        assert 'dir="{{' in opening, path
