"""Every setting stands in config/default.toml with its default and a sentence; a wrong one is named in a sentence."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from lti_tool.cli import main
from lti_tool.errors import Misconfigured
from lti_tool.settings import Settings, default_file, load_settings
from lti_tool.words import words

_MUST_BE_SET = ("public_url", "secret_key")
_ANY_TEXT = {"metrics_token", "privacy_contact"}
_WRONG = {
    "public_url": ("", "tests.example.org", "ftp://tests.example.org", "https://tests.example.org/tool",
                   "https://tests.example.org?a=1", "https://tests.example.org#a", "https://a b.example.org",
                   "https://user:word@tests.example.org", "https://tests.example.org:99999", "http://[::1",
                   "http://tests.example.org"),
    "secret_key": ("", "short", "x" * 31),
    "instance_dir": ("{file}", "{file}/below"),
    "database_url": ("nonsense", "postgresql+nothing://user@host/name", "mysql://user@host/name"),
    "keys_dir": ("{file}", "{file}/below"),
    "allow_private_hosts": ("perhaps", ""),
    "trusted_proxies": ("-1", "6", "all", "1.5"),
    "bind": ("", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:port", "127.0.0.1:99999"),
    "workers": ("0", "65", "two"),
    "threads": ("0", "65", "four"),
    "product_name": ("", "x" * 61),
    "unit_name": ("", "x" * 21),
    "clock_leeway_seconds": ("-1", "301", "soon"),
    "launch_minutes": ("0", "61"),
    "picker_minutes": ("4", "1441"),
    "session_idle_minutes": ("0", "1441"),
    "attempt_days": ("0", "3651"),
    "outbound_timeout_seconds": ("0", "-1", "121", "nan"),
    "ca_file": ("{file}/below", "{folder}"),
    "worker_pause_seconds": ("0", "61", "nan"),
    "log_level": ("", "loud", "INFO and more"),
}  # fmt: skip
_CASES = [pytest.param(name, value, id=f"{name}={value[:30]}") for name, values in _WRONG.items() for value in values]


@pytest.fixture(autouse=True)
def _good_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which nothing is wrong."""
    for name in [name for name in os.environ if name.startswith("PIX_LTI_") and "TEST" not in name]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIX_LTI_PUBLIC_URL", "https://tests.example.org")
    monkeypatch.setenv("PIX_LTI_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("PIX_LTI_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("PIX_LTI_KEYS_DIR", str(tmp_path / "keys"))
    (tmp_path / "file").write_text("no folder", encoding="utf-8")


@pytest.fixture
def wrong(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The wrong value of a case, with the paths of this test."""
    return str(request.param).format(file=tmp_path / "file", folder=tmp_path)


def _documented() -> dict[str, object]:
    return tomllib.loads(default_file().read_text(encoding="utf-8"))


def test_the_default_file_holds_every_setting_and_no_other() -> None:
    assert list(_documented()) == list(Settings.model_fields)


def test_every_setting_has_a_sentence_above_it() -> None:
    blocks = default_file().read_text(encoding="utf-8").strip().split("\n\n")[1:]
    assert len(blocks) == len(Settings.model_fields)
    for block in blocks:
        *comment, line = block.splitlines()
        assert re.match(r"\w+ = ", line), block
        assert comment, block
        assert all(one.startswith("# ") for one in comment), block
        assert re.search(r"[.]|//", comment[-1]), block
        assert len(" ".join(comment)) > 20, block


def test_the_defaults_are_good_once_what_must_be_set_is_set() -> None:
    settings, documented = load_settings(), _documented()
    for name in set(Settings.model_fields) - {*_MUST_BE_SET, "instance_dir", "keys_dir"}:
        assert getattr(settings, name) == documented[name], name


def test_no_setting_hides_a_default_of_its_own() -> None:
    assert all(field.is_required() for field in Settings.model_fields.values())


def test_every_setting_has_a_wrong_value_here_or_takes_any_text() -> None:
    assert set(_WRONG) | _ANY_TEXT == set(Settings.model_fields)
    assert set(_WRONG).isdisjoint(_ANY_TEXT)


@pytest.mark.parametrize("name", _MUST_BE_SET)
def test_a_missing_setting_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = f"PIX_LTI_{name.upper()}"
    monkeypatch.delenv(variable)
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert refused.value.values["setting"] == variable


@pytest.mark.parametrize(("name", "wrong"), _CASES, indirect=["wrong"])
def test_a_wrong_setting_is_named_and_no_command_goes_on(
    name: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"PIX_LTI_{name.upper()}"
    monkeypatch.setenv(variable, wrong)
    done = CliRunner().invoke(main, ["serve", "--no-worker"] if name in {"keys_dir", "bind"} else ["db", "upgrade"])
    assert done.exit_code == 2, done.exception
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sentence_about_a_wrong_setting_is_one_sentence_in_each_language(language: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        load_settings(trusted_proxies="many")
    told = words(language).t(refused.value.key, **refused.value.values)
    assert "PIX_LTI_TRUSTED_PROXIES" in told
    assert told.endswith(".")
    assert "\n" not in told


def test_no_sentence_about_a_wrong_setting_shows_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIX_LTI_SECRET_KEY", "too-short-secret")
    monkeypatch.setenv("PIX_LTI_DATABASE_URL", "postgresql+psycopg://user:password-of-the-database@127.0.0.1:1/name")
    done = CliRunner().invoke(main, ["db", "upgrade"])
    monkeypatch.setenv("PIX_LTI_SECRET_KEY", "k" * 40)
    away = CliRunner().invoke(main, ["db", "upgrade"])
    assert "too-short-secret" not in done.output
    assert "password-of-the-database" not in away.output
    assert "password-of-the-database" not in repr(load_settings())
    assert "k" * 40 not in repr(load_settings())


def test_a_settings_file_wins_over_the_defaults_and_the_environment_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text('workers = 3\nthreads = 5\nunit_name = "points"\n', encoding="utf-8")
    monkeypatch.setenv("PIX_LTI_CONFIG", str(tmp_path / "own.toml"))
    monkeypatch.setenv("PIX_LTI_THREADS", "6")
    settings = load_settings()
    assert (settings.workers, settings.threads, settings.unit_name) == (3, 6, "points")


@pytest.mark.parametrize(
    ("text", "named"),
    [("nonsense = 1", "NONSENSE"), ('workers = "two"', "PIX_LTI_WORKERS"), ("workers =", "PIX_LTI_CONFIG"),
     ("é".encode("latin-1"), "PIX_LTI_CONFIG"), (None, "PIX_LTI_CONFIG")],
)  # fmt: skip
def test_a_wrong_settings_file_is_named(
    text: str | bytes | None, named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setenv("PIX_LTI_CONFIG", str(file))
    done = CliRunner().invoke(main, ["db", "upgrade"])
    assert done.exit_code == 2, done.exception
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
