"""Sizes, docstrings, names and exceptions to the linters' rules: the habits of the house."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from house_sources import ROOT, Definition, Source, sources

_LONGEST_FILE = 250
_LONGEST_FUNCTION = 40
_MOST_EXCEPTIONS = 20
_NOT_NAMES = {"util", "helper", "manager", "handler", "data", "info", "process"}
_MEANT = {
    "process_bind_param", "process_result_value",  # SQLAlchemy's TypeDecorator asks for them
    "handle_data",  # html.parser asks for it
    "web_open_data",  # open data is what the challenge is about
}  # fmt: skip
_EXCEPTION = re.compile(r"noqa|type:\s*ignore")
_WITH_REASON = re.compile(r"#\s*(?:noqa:\s*[A-Z0-9, ]+?|type:\s*ignore\[[\w, -]+\])[\s#–—:-]+(?P<reason>\w.{9,})")


def test_files_are_short() -> None:
    long = {source.path: len(source.lines) for source in sources() if len(source.lines) > _LONGEST_FILE}
    assert not long


def test_functions_are_short() -> None:
    long = {f"{source.path}: {name}": _length(node) for source, name, node in _definitions()
            if not isinstance(node, ast.ClassDef) and _length(node) > _LONGEST_FUNCTION}  # fmt: skip
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    assert not [source.path for source in sources() if not ast.get_docstring(source.tree)]


def test_every_class_and_public_function_says_what_it_is_for() -> None:
    silent = [f"{source.path}: {name}" for source, name, node in _definitions()
              if _is_public(name, node) and not ast.get_docstring(node)]  # fmt: skip
    assert not silent


def test_no_name_says_nothing() -> None:
    modules = [(source.path, part.removesuffix(".py")) for source in sources() for part in source.path.split("/")]
    named = modules + [(source.path, node.name) for source, _, node in _definitions()]
    assert not {f"{path}: {name}" for path, name in named if _parts(name) & _NOT_NAMES and name not in _MEANT}


def test_exceptions_to_the_linters_are_few_and_each_gives_its_reason() -> None:
    found = [(source.path, text) for source in sources() for text in _comments(source) if _EXCEPTION.search(text)]
    silent = [one for one in found if not _WITH_REASON.search(one[1])]
    assert not silent
    assert len(found) < _MOST_EXCEPTIONS, "\n".join(f"{path}: {text}" for path, text in found)


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    assert not [source.path for source in sources() if any(words.search(line) for line in source.lines)]


def test_a_name_is_split_where_a_reader_would() -> None:
    assert _parts("FileManager") == {"file", "manager"}
    assert _parts("_form_data") == {"form", "data"}
    assert _parts("utils") == {"util"}
    assert _parts("database") == {"database"}


def test_the_house_is_read_whole() -> None:
    paths = {source.path for source in sources()}
    assert {"wsgi.py", "lti_tool/app.py", "lti_tool/content/material/town.py", "xapi/client.py"} <= paths
    assert len(paths) > 150
    assert (ROOT / "pyproject.toml").is_file()


def _definitions() -> Iterator[tuple[Source, str, Definition]]:
    for source in sources():
        for name, node in source.definitions():
            yield source, name, node


def _length(node: Definition) -> int:
    """Lines from `def` to the end; what decorates a command is a declaration, not its body."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_public(name: str, node: Definition) -> bool:
    """Classes, also private ones; functions and methods whose name and whose class are public, and not inner ones."""
    if isinstance(node, ast.ClassDef):
        return True
    if any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list):
        return False  # a signature only: the function that follows has the sentence
    return not any(part.startswith("_") for part in name.split(".")) and all(
        part[:1].isupper() for part in name.split(".")[:-1]
    )


def _parts(name: str) -> set[str]:
    found = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]
    return {word if word == "process" else word.removesuffix("s") for word in found}


def _comments(source: Source) -> list[str]:
    stream = io.StringIO("\n".join(source.lines) + "\n").readline
    return [token.string for token in tokenize.generate_tokens(stream) if token.type == tokenize.COMMENT]
