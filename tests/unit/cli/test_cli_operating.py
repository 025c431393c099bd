"""Keys, database, bank, outbox and the doctor."""

import json
import shutil
import time
from pathlib import Path

import pytest
from cli_rows import add_delivery, add_lrs
from cli_shell import Shell

from lti_tool import clock
from lti_tool.content import HOUSE
from lti_tool.lti.keys import rotate
from lti_tool.models import DeliveryState

_TOPIC = "1.1/wiki-pages.yaml"


def test_keys_are_made_at_the_first_look_and_the_newest_signs(shell: Shell) -> None:
    folder = shell.folder / "keys"
    (first,) = json.loads(shell.good("keys", "list", "--json", PIX_LTI_KEYS_DIR=str(folder)))
    assert (first["bits"], first["signs"]) == (3072, True)
    rotate(folder, clock.now())
    rows = json.loads(shell.good("keys", "list", "--json", PIX_LTI_KEYS_DIR=str(folder)))
    assert [row["signs"] for row in rows] == [True, False]
    assert rows[1]["kid"] == first["kid"]
    table = shell.good("keys", "list", PIX_LTI_KEYS_DIR=str(folder))
    assert table.splitlines()[0].split() == ["kid", "made_at", "bits", "signs"]
    assert "PRIVATE" not in table


def test_a_key_that_others_may_read_is_refused(shell: Shell) -> None:
    folder = shell.folder / "keys"
    shell.good("keys", "list", PIX_LTI_KEYS_DIR=str(folder))
    for file in folder.glob("*.pem"):
        file.chmod(0o644)
    assert ".pem" in shell.refused("keys", "list", PIX_LTI_KEYS_DIR=str(folder))


def test_the_database_is_made_where_the_settings_say_and_upgraded_again_without_harm(shell: Shell) -> None:
    address = f"sqlite:///{shell.folder / 'other.sqlite3'}"
    shell.good("institution", "add", "Kept")
    shell.good("db", "upgrade", PIX_LTI_DATABASE_URL=address)
    shell.good("db", "upgrade")
    assert (shell.folder / "other.sqlite3").is_file()
    assert "Kept" in shell.refused("institution", "add", "Kept")


def test_an_instance_folder_that_cannot_be_made_is_named(shell: Shell) -> None:
    assert "PIX_LTI_INSTANCE_DIR" in shell.refused("db", "upgrade", PIX_LTI_INSTANCE_DIR="/proc/pix-lti")


def test_a_sound_bank_is_told_in_a_line(shell: Shell) -> None:
    folder = str(_small_bank(shell.folder))
    assert len(shell.good("content", "check", folder).splitlines()) == 1
    assert shell.json("content", "check", folder) == []


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [("kind: text", "kind: guess", "kind"), ("- level: 1", "- level: 9", "level"),
     ("status: live", "status: alive", "status"), ("generator: wiki_fact", "generator: nothing", "generator"),
     ("instruction:", "instuction:", "instuction")],
)  # fmt: skip
def test_a_broken_bank_is_told_with_file_line_and_field(shell: Shell, before: str, after: str, field: str) -> None:
    folder, line = _broken_bank(shell.folder, before, after)
    done = shell.run("content", "check", str(folder))
    assert done.exit_code == 1
    told = shell.run("content", "check", str(folder), "--json")
    assert told.exit_code == 1
    problems = json.loads(told.stdout)
    assert set(problems[0]) == {"file", "line", "field", "message"}
    assert any(one["file"].endswith("wiki-pages.yaml") and one["line"] == line and field in one["field"]
               for one in problems), problems  # fmt: skip
    assert str(line) in done.stdout


def test_a_bank_that_is_no_yaml_is_told(shell: Shell) -> None:
    folder, _ = _broken_bank(shell.folder, "topic:", "topic: [")
    assert "wiki-pages.yaml" in shell.run("content", "check", str(folder)).stdout


def test_a_bank_folder_that_is_not_there_is_wrong_use(shell: Shell) -> None:
    assert shell.run("content", "check", str(shell.folder / "nothing")).exit_code == 2


def test_an_empty_folder_is_no_sound_bank(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()
    assert shell.run("content", "check", str(shell.folder / "empty")).exit_code == 1


def test_the_outbox_lists_receivers_and_their_counts(shell: Shell) -> None:
    add_lrs(shell)
    add_delivery(shell, DeliveryState.SENT)
    (row,) = shell.json("outbox", "status")
    assert (row["name"], row["kind"], row["sent"], row["waiting"], row["dead"]) == ("store", "lrs", 1, 0, 0)
    assert row["oldest_due"] is None


def test_waiting_for_the_outbox_ends_at_once_when_nothing_is_due(shell: Shell) -> None:
    begun = time.monotonic()
    shell.good("outbox", "status", "--wait", "30")
    assert time.monotonic() - begun < 5


def test_waiting_for_the_outbox_runs_out_with_status_1(shell: Shell) -> None:
    add_lrs(shell)
    add_delivery(shell, DeliveryState.DUE)
    begun = time.monotonic()
    done = shell.run("outbox", "status", "--wait", "0.5")
    assert done.exit_code == 1
    assert 0.5 <= time.monotonic() - begun < 5
    assert shell.good("outbox", "status")


def test_a_dead_delivery_makes_the_outbox_status_1(shell: Shell) -> None:
    add_lrs(shell)
    add_delivery(shell, DeliveryState.DEAD)
    assert shell.run("outbox", "status").exit_code == 1


@pytest.mark.parametrize("seconds", ["-1", "long"])
def test_waiting_a_negative_time_is_wrong_use(shell: Shell, seconds: str) -> None:
    assert shell.run("outbox", "status", "--wait", seconds).exit_code == 2


def test_the_version_and_the_help_need_no_settings(shell: Shell) -> None:
    bare = {name: "" for name in shell.env if name.startswith("PIX_LTI_")}
    assert shell.good("--version", **bare).startswith("pix-lti, version ")
    for command in ([], ["platform"], ["serve"], ["audit", "verify"], ["lrs", "add"]):
        assert "Usage:" in shell.good(*command, "--help", **bare)


def test_an_unknown_command_or_option_is_wrong_use(shell: Shell) -> None:
    assert shell.run("dance").exit_code == 2
    assert shell.run("keys", "list", "--loud").exit_code == 2


def _small_bank(folder: Path) -> Path:
    """The framework and one topic of the house's bank."""
    (folder / "bank" / "1.1").mkdir(parents=True)
    for name in ("framework.yaml", _TOPIC):
        shutil.copy(HOUSE / name, folder / "bank" / name)
    return folder / "bank"


def _broken_bank(folder: Path, before: str, after: str) -> tuple[Path, int]:
    """The small bank with one text changed; the line on which that is."""
    file = _small_bank(folder) / _TOPIC
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder / "bank", text[: text.index(before)].count("\n") + 1
