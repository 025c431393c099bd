"""French as it is printed: the apostrophe is ’, and no sign that takes a space before it is left to wrap alone."""

import ast
import re
from collections.abc import Iterator

import yaml
from house_sources import ROOT, sources
from test_house_catalogues import messages

from lti_tool.demo.texts import TEXTS as DEMO_TEXTS

_STRAIGHT = re.compile(r"\w'\w")
_PLAIN_SPACE = re.compile(r"\w['»)”]? [:;?!%»](?=[\s.,)»]|$)|« ")
_NO_SPACE = re.compile(r"\w[;?!](?=\s|$)")


def _wrong(text: str) -> bool:
    return bool(_STRAIGHT.search(text) or _PLAIN_SPACE.search(text) or _NO_SPACE.search(text))


def _french_of_yaml(node: object) -> Iterator[str]:
    """Every text below a key `fr`."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value) if key == "fr" else _french_of_yaml(value)
    elif isinstance(node, list):
        for value in node:
            yield from _french_of_yaml(value)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _texts(value)


def test_the_tools_texts() -> None:
    assert not {key: one.forms for key, one in messages("fr").items() if any(map(_wrong, one.forms))}


def test_the_demonstrations_texts() -> None:
    assert not {key: french for key, (french, _) in DEMO_TEXTS.items() if _wrong(french)}


def test_the_texts_of_the_bank() -> None:
    wrong = []
    for path in sorted((ROOT / "lti_tool" / "content").rglob("*.yaml")):
        texts = _french_of_yaml(yaml.safe_load(path.read_text(encoding="utf-8")))
        wrong += [f"{path.name}: {text}" for text in texts if _wrong(text)]
    assert not wrong


def test_what_generators_say() -> None:
    wrong = []
    for source in sources():
        if source.path.startswith("lti_tool/content/"):
            wrong += [f"{source.path}: {text}" for text in _french_of_code(source.tree) if _wrong(text)]
    assert not wrong


def test_the_signs_are_known() -> None:
    assert all(map(_wrong, ("l'outil", "Vraiment ?", "Ainsi : oui", "« oui »", "Vraiment?")))
    assert not any(map(_wrong, ("l’outil", "Vraiment\u00a0?", "Ainsi\u00a0: oui", "«\u00a0oui\u00a0»", "à 10:30")))


def _french_of_code(tree: ast.AST) -> Iterator[str]:
    """Texts under "fr" in a dictionary that is written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "fr":
                    yield from (part.value for part in ast.walk(value)
                                if isinstance(part, ast.Constant) and isinstance(part.value, str))  # fmt: skip
