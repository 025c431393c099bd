"""What is kept in the repository: nothing of one machine, nothing secret, and documents that name what there is."""

import re
import shlex
import tomllib
from collections.abc import Iterator

import click
import pytest
from house_sources import ROOT, tracked_files

from lti_tool.cli import main
from lti_tool.settings import Settings

_MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|tmp|home/\w+)(?:/|\b(?![\w-]))")
_INDEX = re.compile(r"pypi\.org|pythonhosted|--(?:extra-)?index-url|find-links|https?://[^\s\"']*/simple\b")
_SECRETS = re.compile(
    r"-----BEGIN (?:RSA |EC )?PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{30}|AKIA[A-Z0-9]{16}|xox[bp]-\d+|"
    r"eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"
)
_FENCED = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
_DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_BANK = "lti_tool/content/"  # challenges about files and addresses show some


def _texts(*, bank: bool) -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        name = path.relative_to(ROOT).as_posix()
        if name == "tests/house/test_house_files.py" or (not bank and name.startswith(_BANK)):
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def _found(sign: re.Pattern[str], *, bank: bool = True) -> list[str]:
    return [f"{name}: {match[0]}" for name, text in _texts(bank=bank) for match in sign.finditer(text)]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert not _found(_MACHINE, bank=False)


def test_no_file_names_a_package_index() -> None:
    assert not _found(_INDEX)


def test_no_file_holds_a_secret() -> None:
    assert not _found(_SECRETS)


def test_no_private_key_and_no_database_is_kept() -> None:
    endings = {".pem", ".key", ".sqlite3", ".db", ".env", ".log"}
    assert not [path.name for path in tracked_files() if path.suffix in endings or path.name == ".env"]


def test_the_signs_are_known() -> None:
    assert _MACHINE.search("see /tmp/x")
    assert _MACHINE.search('"/root/.venv"')
    assert not _MACHINE.search("https://example.org/work/")
    assert _SECRETS.search("-----BEGIN PRIVATE " + "KEY-----")


def test_versions_are_pinned_without_an_address() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.!+-]+", line) for line in lines)


def test_every_dependency_has_a_pinned_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_plain(line.split("==")[0]) for line in lines if "==" in line}
    assert {_plain(re.split(r"[\[<>=!~; ]", one)[0]) for one in wanted} <= pinned


def test_the_readme_begins_with_the_two_commands_to_know() -> None:
    commands = [line for line in _commands(ROOT / "README.md") if line.startswith("make ")]
    assert commands[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_make_targets_that_exist(document: object) -> None:
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    named = {word for line in _commands(document) if line.startswith("make ") for word in line.split()[1:2]}
    assert named <= targets


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_commands_and_options_that_exist(document: object) -> None:
    wrong = [line for line in _commands(document) if line.startswith("pix-lti ") and not _is_command(line)]
    assert not wrong


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_settings_that_exist(document: object) -> None:
    known = {f"PIX_LTI_{name.upper()}" for name in Settings.model_fields} | {"PIX_LTI_CONFIG", "PIX_LTI_"}
    text = document.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert set(re.findall(r"PIX_LTI_[A-Z_]*", text)) <= known


def test_what_is_checked_here_is_what_the_readme_gives() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("make ")]
    assert commands == ["make check", "make test"]
    assert set(commands) <= set(_commands(ROOT / "README.md"))


def _commands(document: object) -> list[str]:
    """The lines of code of a document that begin with one of our commands, continued lines joined."""
    text = document.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    blocks = [block or inline for block, inline in _FENCED.findall(text)]
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line.split(" #")[0].strip() for line in lines if line.startswith(("make ", "pix-lti "))]


def _is_command(line: str) -> bool:
    """Whether the words after `pix-lti` lead to a command which knows every option that is given."""
    words = shlex.split(line.replace("…", "").replace("[", "").replace("]", ""))[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return False
        command = command.commands[words.pop(0)]
    known = {name for one in command.params for name in one.opts} | {"--help", "--version"}
    return all(word.split("=")[0] in known for word in words if word.startswith("--"))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
