"""Every text exists in every language under the same key with the same placeholders, and every key is used."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from house_sources import ROOT, sources

from lti_tool.demo.texts import TEXTS as DEMO_TEXTS
from lti_tool.demo.texts_ar import ARABIC as DEMO_ARABIC
from lti_tool.words import LANGUAGES, words

_FOLDER = ROOT / "lti_tool" / "translations"
_TEMPLATE_CALL = re.compile(
    r"""(?<![\w.])(?:say\.|said\.)?(?P<call>[tn])\(\s*(?P<quote>["'])(?P<key>[^"']+)(?P=quote)(?P<more>\s*[~+])?"""
)
_KEY = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)+\.?", re.IGNORECASE)
_QUOTED = re.compile(r"""["']([a-z][\w.-]*\.[\w.-]+)["']""")
_FORMS = {"fr": 2, "en": 2, "ar": 6}
_SAID_IN_WORDS = {"fr": 1, "en": 1, "ar": 3}
"""How many forms may leave out the number: that of one; in Arabic those of none, one and two."""

_BUILT = (
    "audit.column.", "audit.difference.", "audit.issue.", "audit.limit.", "audit.standing.", "audit.why.", "band.",
    "begin.sent_grade.", "class.news.", "class.policy.", "mailbox.brand.", "mailbox.sender.address.", "outcome.",
    "phase.", "picker.grade.", "place.explorer.", "place.explorer.kind.", "place.explorer.unit.", "place.reader.",
    "place.search.filter.", "place.search.help.", "place.search.media.", "place.search.month.", "place.wiki.tab.",
    "person.extra_time.", "question.", "question.language.instead.", "report.category.", "report.help.",
    "results.news.", "rules.pick.attention.", "rules.pick.counts.", "rules.pick.purpose.", "rules.said.attention.",
    "rules.said.counts.", "rules.said.purpose.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the catalogue it stands in, its forms (more than one where it has a plural)."""

    catalogue: str
    forms: tuple[str, ...]
    plural: bool

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces, over all forms."""
        return frozenset(name for form in self.forms for _, name, _, _ in Formatter().parse(form) if name)


@cache
def messages(language: str) -> dict[str, Message]:
    """Every message of a language by its key."""
    found: dict[str, Message] = {}
    for path in sorted((_FOLDER / language).glob("*.po")):
        for key, message in _read(path).items():
            assert key not in found, f"{key} stands in {found[key].catalogue} and in {path.stem}"
            found[key] = message
    return found


def _read(path: Path) -> dict[str, Message]:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parent.name, abort_invalid=True)
    found = {}
    for one in catalogue:
        if not one.id:
            continue
        assert not one.fuzzy, f"{path.name}: {one.id} is fuzzy"
        key = one.id[0] if isinstance(one.id, tuple | list) else one.id
        if one.pluralizable:
            assert tuple(one.id) == (key, key + ".plural"), f"{path.name}: {one.id}"
        forms = one.string if isinstance(one.string, tuple | list) else (one.string,)
        found[key] = Message(path.stem, tuple(str(form) for form in forms), one.pluralizable)
    return found


@cache
def template_calls() -> tuple[tuple[str, str, str, bool], ...]:
    """What templates say: (template, t or n, key or its beginning, whether more is added to it)."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), call["call"], call["key"], bool(call["more"]))
        for path in sorted((ROOT / "templates").rglob("*.html")) if "demo" not in path.parts
        for call in _TEMPLATE_CALL.finditer(path.read_text(encoding="utf-8"))
    )  # fmt: skip


@cache
def template_texts() -> frozenset[str]:
    """Whatever stands between quotes in templates and looks like a key."""
    return frozenset(
        text for path in (ROOT / "templates").rglob("*.html") if "demo" not in path.parts
        for text in _QUOTED.findall(path.read_text(encoding="utf-8"))
    )  # fmt: skip


@cache
def code_texts() -> tuple[tuple[str, str], ...]:
    """Every constant text in our code: (file, text)."""
    return tuple(
        (source.path, node.value) for source in sources() if "/demo/" not in source.path
        for node in ast.walk(source.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )  # fmt: skip


@cache
def code_calls() -> tuple[tuple[str, str, str], ...]:
    """What code says or raises with a constant key: (file, name of what is called, key)."""
    found = []
    for source in sources():
        if "/demo/" in source.path:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name, key = _called(node.func), node.args[0].value
                if isinstance(key, str) and (name in {"t", "n"} or (name in _errors() and _KEY.fullmatch(key))):
                    found.append((source.path, name, key))
    return tuple(found)


@cache
def built_keys() -> frozenset[str]:
    """Beginnings of keys that code (f"audit.why.{why}") or templates ("outcome." ~ x) complete."""
    from_code = {
        node.values[0].value for source in sources() if "/demo/" not in source.path for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _called(node.func) in {"t", "n", *_errors()} and node.args
        for node in [node.args[0]] if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }  # fmt: skip
    return frozenset(from_code) | {key for _, _, key, more in template_calls() if more}


@cache
def _errors() -> set[str]:
    return {node.name for source in sources() for _, node in source.definitions() if isinstance(node, ast.ClassDef)
            and any(isinstance(base, ast.Name) and base.id in _FAMILY for base in node.bases)} | _FAMILY  # fmt: skip


_FAMILY = {"PixError", "BadInput", "TooLarge", "LaunchRefused", "SignInNeeded", "NotAllowed", "NotFound", "Stale",
           "Unreachable", "Misconfigured"}  # fmt: skip


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_every_language_has_the_same_catalogues() -> None:
    files = {language: {path.name for path in (_FOLDER / language).glob("*.po")} for language in LANGUAGES}
    assert all(names == files["en"] for names in files.values()), files
    assert {path.name for path in _FOLDER.iterdir() if path.is_dir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_in_the_same_catalogues(language: str) -> None:
    here, english = messages(language), messages("en")
    assert {key: one.catalogue for key, one in here.items()} == {key: one.catalogue for key, one in english.items()}
    assert {key for key, one in here.items() if one.plural} == {key for key, one in english.items() if one.plural}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_placeholders(language: str) -> None:
    english = messages("en")
    other = {key: (one.placeholders, english[key].placeholders) for key, one in messages(language).items()
             if key in english and one.placeholders != english[key].placeholders}  # fmt: skip
    assert not other


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_its_own_key(language: str) -> None:
    assert not [key for key, one in messages(language).items()
                if not all(form.strip() and form != key for form in one.forms)]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_its_forms_and_shows_its_number(language: str) -> None:
    say = words(language)
    for key, one in messages(language).items():
        if one.plural:
            values = dict.fromkeys(one.placeholders - {"count"}, "x")
            assert len(one.forms) == _FORMS[language], key
            assert all("{count}" in form for form in one.forms[_SAID_IN_WORDS[language] :]), key
            assert len({say.n(key, count, **values) for count in (1, 5, 11)}) == 3, key
            assert "1" not in say.n(key, 5, **values), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_asks_for_a_text_that_is_not_there(language: str) -> None:
    known = messages(language)
    missing = [call for call in template_calls() if not call[3] and (
        call[2] not in known or known[call[2]].plural != (call[1] == "n"))]  # fmt: skip
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_says_or_raises_a_text_that_is_not_there(language: str) -> None:
    known = messages(language)
    missing = [call for call in code_calls() if call[2] not in known or known[call[2]].plural != (call[1] == "n")]
    assert not missing


def test_keys_that_are_built_are_those_that_this_test_knows() -> None:
    assert sorted(built_keys()) == sorted(_BUILT)


def test_every_beginning_of_a_built_key_leads_somewhere() -> None:
    assert not [one for one in _BUILT if not any(key.startswith(one) for key in messages("en"))]


def test_no_text_is_left_over() -> None:
    said = {text for _, text in code_texts()} | template_texts()
    unused = [key for key in messages("en") if key not in said and not key.startswith(_BUILT)]
    assert not unused


def test_the_demonstrations_texts_are_in_every_language_with_the_same_placeholders() -> None:
    assert DEMO_TEXTS.keys() == DEMO_ARABIC.keys()
    for key, texts in DEMO_TEXTS.items():
        forms = (*texts, DEMO_ARABIC[key])
        placeholders = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in forms}
        assert len(placeholders) == 1, key
        assert all(text.strip() for text in forms), key


def test_the_scan_sees_what_it_should() -> None:
    assert len(template_calls()) > 100
    assert len(code_calls()) > 60
    assert ("lti_tool/cli/tenants.py", "BadInput", "cli.lrs_url") in code_calls()
    assert _TEMPLATE_CALL.search("""{{ t('outcome.' ~ one.outcome) }}""")["more"]  # type: ignore[index]
