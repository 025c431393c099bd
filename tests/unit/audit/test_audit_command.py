"""`pix-lti audit verify` against an LRS over HTTP, page by page."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from audit_bank import write_bank
from audit_tampering import copied, result_of
from audit_world import World
from click.testing import CliRunner, Result

from lti_tool.cli.main import main
from lti_tool.content import load_bank
from lti_tool.demo.lrs import LrsConfig, create_lrs
from lti_tool.demo.serving import Server, serving
from xapi import json_text
from xapi.json_text import Json
from xapi.vocabulary import ResultExtension

PASSWORD = "correct horse"


@dataclass
class Clock:
    """The time of storing, for `--since` and `--until`."""

    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lrs(clock: Clock) -> Iterator[Server]:
    def make(url: str) -> object:
        return create_lrs(LrsConfig(password=PASSWORD, public_url=url, page_size=7, clock=clock))

    with serving(make) as server:  # type: ignore[arg-type]  # a Flask application is a WSGI application
        yield server


@pytest.fixture
def store(lrs: Server) -> Callable[[list[Json]], None]:
    def stored(statements: list[Json]) -> None:
        body = f"[{','.join(json_text.write(one) for one in statements)}]".encode()
        headers = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
        answer = requests.post(f"{lrs.url}/statements", data=body, headers=headers, auth=("pix", PASSWORD), timeout=10)
        assert answer.status_code == 200, answer.text

    return stored


@pytest.fixture
def command(lrs: Server, bank_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command with the options that are always needed; later ones replace them."""
    password = tmp_path / "password"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PIX_LTI_PUBLIC_URL", "PIX_LTI_SECRET_KEY", "PIX_LTI_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIX_LTI_ALLOW_PRIVATE_HOSTS", "true")

    def run(*options: str) -> Result:
        always = ["--lrs", lrs.url, "--username", "pix", "--password-file", str(password), "--bank", str(bank_folder)]
        return CliRunner().invoke(main, ["audit", "verify", *always, *options])

    return run


def test_honest_attempts_verify_from_the_lrs_alone(
    world: World, bank_folder: Path, store: Callable[[list[Json]], None], command: Callable[..., Result]
) -> None:
    world.bank = load_bank(bank_folder)  # of this moment, as the command will load it
    played = [world.attempt("rw"), world.attempt("r"), world.attempt("wrs", "ali", finish=False)]
    for statements in played:
        store(statements)
    done = command()
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].split() == ["attempt", "person", "test", "answers", "marked", "score", "told", "recomputed",
                                "verdict", "first", "difference"]  # fmt: skip
    assert lines[2].startswith(played[0][0]["context"]["registration"][:8])
    assert lines[-1].startswith(f"3 attempts, {sum(map(len, played))} statements: 2 verified (2 marked again")


def test_an_attempt_that_differs_is_named_and_ends_in_exit_status_1(
    world: World, store: Callable[[list[Json]], None], command: Callable[..., Result]
) -> None:
    honest, tampered = world.attempt("rw"), copied(world.attempt("rw", "ali"))
    result_of(tampered[-2])[ResultExtension.SCORE_SENT] = 100.0
    store(honest)
    store(tampered)
    done = command()
    assert done.exit_code == 1
    assert f"Statement {len(tampered) - 1} was altered" in done.output
    told = json.loads(command("--json").output)
    assert [one["standing"] for one in told["attempts"]] == ["verified", "differs"]
    assert command("--json").exit_code == 1


def test_the_report_speaks_the_language_of_the_shell(
    honest: list[Json], store: Callable[[list[Json]], None], command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    store(honest)
    monkeypatch.setenv("LANG", "fr_TN.UTF-8")
    assert "vérifiée" in command().output


def test_an_empty_lrs_verifies_nothing(command: Callable[..., Result]) -> None:
    done = command()
    assert (done.exit_code, "nothing was verified" in done.output) == (1, True)


def test_without_the_bank_of_the_attempts_their_outcomes_are_taken_as_given(
    honest: list[Json], store: Callable[[list[Json]], None], command: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "newer").mkdir()
    store(honest)
    done = command("--bank", str(write_bank(tmp_path / "newer", why="Because.")))
    assert done.exit_code == 0
    assert "(0 marked again, 1 by their outcomes)" in done.output


def test_a_window_takes_attempts_that_something_happened_in_and_reads_them_whole(
    world: World, store: Callable[[list[Json]], None], command: Callable[..., Result], clock: Clock
) -> None:
    early, across, late = world.attempt("rw"), world.attempt("wr"), world.attempt("r")
    store(early)
    store(across[:5])
    clock.now += timedelta(days=1)
    store(across[5:])
    clock.now += timedelta(days=1)
    store(late)

    def attempts(*options: str) -> list[str]:
        done = command("--json", *options)
        assert done.exit_code == 0, done.output
        told = json.loads(done.output)["attempts"]
        assert {one["standing"] for one in told} == {"verified"}
        return [one["attempt"] for one in told]

    first, second, third = (one[0]["context"]["registration"] for one in (early, across, late))
    assert attempts() == [first, second, third]
    assert attempts("--since", "2026-11-24") == [second, third]
    assert attempts("--until", "2026-11-23") == [first, second]
    assert attempts("--since", "2026-11-24", "--until", "2026-11-24") == [second]
    assert attempts("--since", "2026-11-25T13:00:00+01:00") == [third]
    assert attempts("--until", "2026-11-23T12:00:00Z") == [first]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "yesterday"), "“yesterday” is neither a day"),
        (("--until", "2026-13-01"), "is neither a day"),
        (("--since", "2026-11-23T10:00:00"), "time zone"),
        (("--since", "0001-01-01"), "is neither a day"),
        (("--lrs", "ftp://lrs.example"), "--lrs must be"),
        (("--lrs", "https://"), "--lrs must be"),
        (("--password-file", "/nowhere"), "/nowhere"),
        (("--bank", "/nowhere"), "/nowhere"),
    ],
)
def test_wrong_use_is_said_in_a_sentence_and_ends_in_exit_status_2(
    command: Callable[..., Result], options: tuple[str, str], said: str
) -> None:
    done = command(*options)
    assert done.exit_code == 2
    assert said in done.output


def test_an_lrs_that_lets_nobody_in_is_named_with_its_words(command: Callable[..., Result], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("guess", encoding="utf-8")
    done = command("--password-file", str(wrong))
    assert done.exit_code == 1
    assert "401" in done.output
    assert "wrong user name or password" in done.output
    assert "Traceback" not in done.output


def test_an_address_without_an_lrs_is_said_in_a_sentence(command: Callable[..., Result]) -> None:
    done = command("--lrs", "http://127.0.0.1:9/xapi")
    assert (done.exit_code, "nothing was verified" in done.output) == (1, True)


def test_an_lrs_that_fails_half_way_verifies_nothing(
    honest: list[Json], lrs: Server, store: Callable[[list[Json]], None], command: Callable[..., Result]
) -> None:
    store(honest)
    requests.post(f"{lrs.url}/faults", json={"outage": True}, timeout=10).raise_for_status()
    done = command()
    assert done.exit_code == 1
    assert "nothing was verified" in done.output


def test_private_addresses_are_refused_unless_allowed(
    honest: list[Json], store: Callable[[list[Json]], None], command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    store(honest)
    monkeypatch.delenv("PIX_LTI_ALLOW_PRIVATE_HOSTS")
    assert command().exit_code == 1
    assert command("--allow-private").exit_code == 0
    monkeypatch.setenv("PIX_LTI_ALLOW_PRIVATE_HOSTS", "")
    assert command().exit_code == 1


def test_the_address_may_name_the_statements_themselves(
    honest: list[Json], lrs: Server, store: Callable[[list[Json]], None], command: Callable[..., Result]
) -> None:
    store(honest)
    assert command("--lrs", f"{lrs.url}/statements/").exit_code == 0
