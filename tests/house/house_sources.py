"""What the house tests read: our own source files, as text and as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PACKAGES = ("lti_tool", "xapi")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of ours: its path from the root, its lines, its tree."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module

    def definitions(self) -> Iterator[tuple[str, Definition]]:
        """Every class and function, however deep, with its dotted name."""
        yield from _definitions(self.tree, "")


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the product: migrations apart, which Alembic writes."""
    found = [ROOT / "wsgi.py", *(path for package in _PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]
    return tuple(_read(path) for path in found if "migrations/versions" not in path.as_posix())


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep; without git, every file but those of tools."""
    try:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        paths = [ROOT / name for name in told.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return tuple(path for path in paths if path.is_file())


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), tuple(text.splitlines()), ast.parse(text))


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            yield prefix + child.name, child
            yield from _definitions(child, f"{prefix}{child.name}.")
        else:
            yield from _definitions(child, prefix)
