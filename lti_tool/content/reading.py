"""Reading YAML with the line of every value, strictly: no aliases, no doubled keys, no dates made of texts."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000
Where = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the bank that must be mended: file, line (from 1, 0 where it is the whole file), field, message."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its values and the line on which each stands, by path."""

    file: str
    tree: Any
    lines: dict[Where, int]

    def problem(self, where: Where, message: str) -> Problem:
        """A problem at a path of this file, on the line of the nearest value that has one."""
        known = where
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(self.file, self.lines.get(known, 1), ".".join(str(part) for part in where) or "file", message)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader where libyaml is
    """Safe values only, and a date stays the text that was written."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: Path, file: str) -> tuple[Document, list[Problem]]:
    """The document of a file with what is wrong in its writing; its tree is None when it cannot be read at all."""
    if path.stat().st_size > LARGEST:
        return Document(file, None, {}), [Problem(file, 0, "file", f"longer than {LARGEST} bytes")]
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        lines: dict[Where, int] = {}
        problems = _walk(node, (), lines, set(), file)
        if problems:
            return Document(file, None, lines), problems
        return Document(file, loader.construct_document(node), lines), []
    except UnicodeDecodeError:
        return Document(file, None, {}), [Problem(file, 0, "file", "not UTF-8")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = " ".join(str(getattr(error, "problem", None) or error).split())
        return Document(file, None, {}), [Problem(file, mark.line + 1 if mark else 0, "file", message)]


def _walk(node: yaml.Node | None, where: Where, lines: dict[Where, int], seen: set[int], file: str) -> list[Problem]:
    if node is None:
        return [Problem(file, 0, "file", "empty")]
    line = node.start_mark.line + 1
    if id(node) in seen:
        return [Problem(file, line, ".".join(map(str, where)), "an alias (*) is not read here: write it out")]
    seen.add(id(node))
    lines[where] = line
    if isinstance(node, yaml.SequenceNode):
        return [problem for place, item in enumerate(node.value)
                for problem in _walk(item, (*where, place), lines, seen, file)]  # fmt: skip
    if isinstance(node, yaml.MappingNode):
        return _walk_mapping(node, where, lines, seen, file)
    return []


def _walk_mapping(
    node: yaml.MappingNode, where: Where, lines: dict[Where, int], seen: set[int], file: str
) -> list[Problem]:
    problems = []
    for key, value in node.value:
        name = (*where, key.value if isinstance(key, yaml.ScalarNode) else "?")
        if name in lines:
            problems.append(Problem(file, key.start_mark.line + 1, ".".join(map(str, name)), "written twice"))
            continue
        problems += _walk(value, name, lines, seen, file)
        lines[name] = key.start_mark.line + 1
    return problems
