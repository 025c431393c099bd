"""The doctor says of each thing whether it is well, and in words what is not."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cli_rows import add_delivery, add_lrs
from cli_shell import Shell

from lti_tool.cli import diagnosis
from lti_tool.content import BankBroken, Problem
from lti_tool.demo.serving import Server
from lti_tool.models import DeliveryState

_MOODLE = ("platform", "add", "--institution", "I", "--name", "moodle", "--issuer", "https://lms.example",
           "--client-id", "abc", "--auth-url", "https://lms.example/auth", "--token-url", "https://lms.example/token",
           "--jwks-url", "https://lms.example/jwks", "--deployment", "1")  # fmt: skip


def _answering(body: bytes, status: str = "200 OK") -> Server:
    def app(environ: object, start: object) -> list[bytes]:
        start(status, [("Content-Type", "text/plain")])  # type: ignore[operator]
        return [body]

    return Server(app)  # type: ignore[arg-type]


@pytest.fixture
def well(shell: Shell) -> Iterator[Shell]:
    """A set-up in which nothing is wrong: institution, platform, LRS, and an answer at the public address."""
    add_lrs(shell)
    shell.good(*_MOODLE)
    with _answering(b"ok\n") as server:
        shell.env["PIX_LTI_PUBLIC_URL"] = f"http://localhost:{server.port}"
        yield shell


def _findings(shell: Shell, *, status: int, **more: str) -> dict[str, bool]:
    """What the doctor finds, by key; its exit status is looked at."""
    done = shell.run("doctor", "--json", **more)
    assert done.exit_code == status, done.output
    rows = json.loads(done.stdout)
    assert all(set(row) == {"well", "key", "values"} for row in rows)
    told = shell.run("doctor", **more)
    assert told.exit_code == status
    assert [line[:3] for line in told.stdout.splitlines()] == ["ok " if row["well"] else "!! " for row in rows]
    return {row["key"]: row["well"] for row in rows}


def test_all_is_well(well: Shell) -> None:
    found = _findings(well, status=0)
    assert list(found) == ["doctor.settings", "doctor.bank", "doctor.keys", "doctor.database", "doctor.platforms",
                           "doctor.lrss", "doctor.outbox", "doctor.reached"]  # fmt: skip
    assert all(found.values())


def test_the_doctor_speaks_french(well: Shell) -> None:
    assert "Les réglages sont complets" in well.run("doctor", LANG="fr_FR.UTF-8").stdout


def test_a_wrong_setting_is_all_that_is_told(well: Shell) -> None:
    assert _findings(well, status=1, PIX_LTI_THREADS="0") == {"settings.wrong": False}


def test_a_broken_bank_is_told(well: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise BankBroken((Problem("1.1/x.yaml", 3, "kind", "unknown"),))

    monkeypatch.setattr(diagnosis, "load_bank", broken)
    assert _findings(well, status=1)["bank.broken"] is False
    assert "1.1/x.yaml:3" in well.run("doctor").stdout


def test_a_key_that_others_may_read_is_told(well: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "open-keys"
    well.good("keys", "list", PIX_LTI_KEYS_DIR=str(folder))
    next(folder.glob("*.pem")).chmod(0o640)
    found = _findings(well, status=1, PIX_LTI_KEYS_DIR=str(folder))
    assert "doctor.keys" not in found
    assert ".pem" in well.run("doctor", PIX_LTI_KEYS_DIR=str(folder)).stdout


def test_a_keys_folder_that_cannot_be_made_is_told(well: Shell) -> None:
    assert "doctor.keys" not in _findings(well, status=1, PIX_LTI_KEYS_DIR="/proc/pix-lti")


def test_missing_tables_are_told_and_what_rests_on_them_is_left_out(well: Shell, tmp_path: Path) -> None:
    found = _findings(well, status=1, PIX_LTI_DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert found["database.no_tables"] is False
    assert not {"doctor.platforms", "doctor.no_platform", "doctor.outbox"} & set(found)


def test_a_database_server_that_is_away_is_told_without_its_password(well: Shell) -> None:
    address = "postgresql+psycopg://user:the-password@127.0.0.1:1/name"
    assert _findings(well, status=1, PIX_LTI_DATABASE_URL=address)["doctor.database_away"] is False
    assert "the-password" not in well.run("doctor", PIX_LTI_DATABASE_URL=address).output


def test_a_tool_without_platform_and_lrs_is_told(shell: Shell) -> None:
    found = _findings(shell, status=1)
    assert found["doctor.no_platform"] is False
    assert found["doctor.no_lrs"] is False


def test_dead_deliveries_are_told(well: Shell) -> None:
    add_delivery(well, DeliveryState.DEAD)
    assert _findings(well, status=1)["doctor.dead"] is False


@pytest.mark.parametrize(
    ("age", "key"), [(timedelta(minutes=11), "doctor.waiting"), (timedelta(minutes=1), "doctor.outbox")]
)
def test_deliveries_that_wait_for_long_are_told(well: Shell, age: timedelta, key: str) -> None:
    add_delivery(well, DeliveryState.DUE, age)
    assert key in _findings(well, status=int(key == "doctor.waiting"))


def test_a_tool_that_does_not_answer_is_told(shell: Shell) -> None:
    assert _findings(shell, status=1)["doctor.unreached"] is False


@pytest.mark.parametrize(("body", "status"), [(b"<html>nginx", "200 OK"), (b"ok", "502 Bad Gateway")])
def test_something_else_at_the_public_address_is_told(shell: Shell, body: bytes, status: str) -> None:
    with _answering(body, status) as server:
        found = _findings(shell, status=1, PIX_LTI_PUBLIC_URL=f"http://localhost:{server.port}")
    assert found["doctor.strange"] is False
