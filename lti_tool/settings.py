"""Settings: `config/default.toml`, then the file of PIX_LTI_CONFIG, then PIX_LTI_* of the environment."""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from lti_tool.errors import Misconfigured

_HERE = Path(__file__).parent
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:(?P<port>\d{1,5}))?/?", re.IGNORECASE)


def house_folder(name: str) -> Path:
    """`templates` or `config`: beside the package in a checkout, inside it in a wheel."""
    checkout = _HERE.parent / name
    return checkout if (_HERE.parent / "pyproject.toml").exists() else _HERE / "_root" / name


def _origin(value: str) -> str:
    match = _ORIGIN.fullmatch(value)
    if match is None or not 0 < int(match["port"] or 443) < 65536:
        msg = "must be like https://tests.example.org, without a path"
        raise ValueError(msg)
    return value.rstrip("/")


def _address(value: str) -> str:
    _, _, port = value.rpartition(":")
    if int(port) > 65535:
        msg = "the port must be below 65536"
        raise ValueError(msg)
    return value


def _database(value: str) -> str:
    try:
        known = not value or make_url(value).drivername in {"sqlite", "postgresql+psycopg"}
    except ArgumentError:
        known = False
    if not known:
        msg = "must be empty or like postgresql+psycopg://user:password@host/name"
        raise ValueError(msg)
    return value


def _folder(value: Path) -> Path:
    for place in (value, *value.parents):
        if place.exists():
            if not place.is_dir():
                msg = f"{place} is no folder"
                raise ValueError(msg)
            break
    return value


def _certificates(value: str) -> str:
    if value and not Path(value).is_file():
        msg = f"there is no file {value}"
        raise ValueError(msg)
    return value


def _secret(value: str) -> str:
    if len(value) < 32:
        msg = "must be a secret of at least 32 characters"
        raise ValueError(msg)
    return value


class Settings(BaseSettings):
    """All that an institution may set; `config/default.toml` says what each is for."""

    model_config = SettingsConfigDict(env_prefix="PIX_LTI_", extra="forbid", frozen=True)

    public_url: Annotated[str, AfterValidator(_origin)]
    secret_key: Annotated[str, AfterValidator(_secret)] = Field(repr=False)
    instance_dir: Annotated[Path, AfterValidator(_folder)]
    database_url: Annotated[str, AfterValidator(_database)] = Field(repr=False)
    keys_dir: Annotated[Path, AfterValidator(_folder)]
    allow_private_hosts: bool
    trusted_proxies: int = Field(ge=0, le=5)
    bind: Annotated[str, AfterValidator(_address)] = Field(pattern=r"^.+:\d{1,5}$")
    workers: int = Field(ge=1, le=64)
    threads: int = Field(ge=1, le=64)
    product_name: str = Field(min_length=1, max_length=60)
    unit_name: str = Field(min_length=1, max_length=20)
    clock_leeway_seconds: int = Field(ge=0, le=300)
    launch_minutes: int = Field(ge=1, le=60)
    picker_minutes: int = Field(ge=5, le=24 * 60)
    session_idle_minutes: int = Field(ge=1, le=24 * 60)
    attempt_days: int = Field(ge=1, le=3650)
    outbound_timeout_seconds: float = Field(gt=0, le=120)
    ca_file: Annotated[str, AfterValidator(_certificates)]
    worker_pause_seconds: float = Field(gt=0, le=60)
    metrics_token: str = Field(repr=False)
    privacy_contact: str
    log_level: str = Field(pattern="^(debug|info|warning|error)$")

    @property
    def database(self) -> str:
        """The database's address, SQLite in the instance folder unless another was set."""
        return self.database_url or f"sqlite:///{self.instance_dir.absolute() / 'pix-lti.sqlite3'}"

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https; only a loopback address may do without."""
        return self.public_url.startswith("https://")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given in code, the environment, the named file, the defaults: the first that says something wins."""
        del dotenv_settings, file_secret_settings  # the library hands them; the house does not use them
        named = os.environ.get("PIX_LTI_CONFIG")
        files = [Path(named)] if named else []
        sources = [TomlConfigSettingsSource(settings_cls, path) for path in (*files, default_file())]
        return (init_settings, env_settings, *sources)


def default_file() -> Path:
    """The file that documents every setting."""
    return house_folder("config") / "default.toml"


def load_settings(**given: Any) -> Settings:
    """The settings in force; Misconfigured with one sentence that names the first wrong one."""
    named = os.environ.get("PIX_LTI_CONFIG")
    if named and not Path(named).is_file():
        raise Misconfigured("settings.no_file", setting="PIX_LTI_CONFIG", problem=f"no file {named}")
    try:
        settings = Settings(**given)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured("settings.no_file", setting="PIX_LTI_CONFIG", problem=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = "PIX_LTI_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Misconfigured("settings.wrong", setting=name, problem=str(first["msg"])) from error
    _check_scheme(settings)
    return settings


def _check_scheme(settings: Settings) -> None:
    host = urlsplit(settings.public_url).hostname or ""
    loopback = host in {"localhost", "127.0.0.1", "::1"}
    if not settings.secure and not loopback:
        problem = "must begin with https:// (http is for loopback addresses only)"
        raise Misconfigured("settings.wrong", setting="PIX_LTI_PUBLIC_URL", problem=problem)
