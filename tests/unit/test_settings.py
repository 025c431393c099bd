"""Settings as values: what follows from them, and where the house finds its folders."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lti_tool import settings as module
from lti_tool.errors import Misconfigured
from lti_tool.settings import Settings, house_folder, load_settings


def _settings(**given: object) -> Settings:
    return load_settings(
        **{"public_url": "https://tests.example.org", "secret_key": "k" * 40, "database_url": "", **given}
    )


def test_sqlite_lies_in_the_instance_folder_unless_another_database_is_named(tmp_path: Path) -> None:
    assert _settings(instance_dir=tmp_path).database == f"sqlite:///{tmp_path / 'pix-lti.sqlite3'}"
    assert _settings(instance_dir="somewhere").database == f"sqlite:///{Path.cwd() / 'somewhere' / 'pix-lti.sqlite3'}"
    address = "postgresql+psycopg://user@host/name"
    assert _settings(database_url=address).database == address


def test_a_public_address_loses_its_last_slash() -> None:
    assert _settings(public_url="https://tests.example.org/").public_url == "https://tests.example.org"


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_http_is_for_loopback(url: str) -> None:
    assert not _settings(public_url=url).secure


@pytest.mark.parametrize(
    "url", ["http://tests.example.org", "http://127.0.0.1.example.org", "http://localhost.example"]
)
def test_http_is_for_nothing_else(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        _settings(public_url=url)
    assert refused.value.values["setting"] == "PIX_LTI_PUBLIC_URL"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        _settings().workers = 3  # type: ignore[misc]


def test_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(Misconfigured) as refused:
        _settings(worker=3)
    assert refused.value.values["setting"] == "PIX_LTI_WORKER"


def test_folders_are_found_beside_the_package_in_a_checkout() -> None:
    assert (house_folder("templates") / "base.html").is_file()
    assert (house_folder("config") / "default.toml").is_file()


def test_folders_are_found_inside_the_package_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HERE", tmp_path / "site-packages" / "lti_tool")
    assert house_folder("config") == tmp_path / "site-packages" / "lti_tool" / "_root" / "config"
