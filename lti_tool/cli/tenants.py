"""Institutions, the platforms they launch from, and their LRSs."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.cli.output import as_json, sentences, show
from lti_tool.errors import BadInput
from lti_tool.lti.platforms import add_platform, list_platforms, show_platform
from lti_tool.lti.registration import invite
from lti_tool.models import Database, Institution, Lrs, open_database
from lti_tool.models.sealing import seal
from lti_tool.settings import load_settings

_INSTITUTION = click.option("--institution", "institution_name", required=True, help="The institution's name.")


@click.group()
def institution() -> None:
    """Institutions: who owns deployments and LRSs."""


@institution.command("add")
@click.argument("name")
@sentences
def institution_add(name: str) -> None:
    """Add an institution."""
    if not name.strip() or len(name) > 255:
        raise BadInput("cli.institution_name")
    with _database().transaction() as session:
        if session.scalar(select(Institution.id).where(Institution.name == name)):
            raise BadInput("cli.institution_known", name=name)
        session.add(Institution(name=name, created_at=clock.now()))
    click.echo(f"institution {name}")


@click.command("registration-url")
@_INSTITUTION
@click.option("--uses", default=1, show_default=True, type=click.IntRange(1, 100), help="Registrations it allows.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 365), help="Days it is good for.")
@click.option("--issuer", "issuer_host", default=None, help="Only this LMS, by its host name.")
@sentences
def registration_url(institution_name: str, uses: int, days: int, issuer_host: str | None) -> None:
    """Print an address with which an LMS administrator registers the tool."""
    settings = load_settings()
    with open_database(settings.database).transaction() as session:
        owner = _institution(session, institution_name)
        token = invite(session, owner, uses, days, issuer_host, clock.now())
    click.echo(f"{settings.public_url}/lti/register?{urlencode({'invitation': token})}")


@click.group()
def platform() -> None:
    """Platforms: the registered LMSs."""


@platform.command("add")
@_INSTITUTION
@click.option("--name", required=True, help="How you call it.")
@click.option("--issuer", required=True, help="Issuer, also called platform id.")
@click.option("--client-id", required=True, help="Client id that the LMS gave the tool.")
@click.option("--auth-url", required=True, help="Authentication request address.")
@click.option("--token-url", required=True, help="Access token address.")
@click.option("--jwks-url", required=True, help="Public keyset address.")
@click.option("--deployment", required=True, help="Deployment id.")
@sentences
def platform_add(
    institution_name: str, name: str, issuer: str, client_id: str, auth_url: str, token_url: str, jwks_url: str,
    deployment: str,
) -> None:  # fmt: skip
    """Register an LMS by hand, with what it shows after adding the tool."""
    with _database().transaction() as session:
        owner = _institution(session, institution_name)
        add_platform(
            session, owner, name, issuer, client_id, auth_url, token_url, jwks_url, deployment, clock.now()
        )  # fmt: skip
    click.echo(f"platform {name}")


@platform.command("list")
@as_json
@sentences
def platform_list(json_wanted: bool) -> None:
    """List the registered LMSs."""
    with _database().reading() as session:
        show(list_platforms(session), json_wanted=json_wanted, empty="no platform is registered")


@platform.command("show")
@click.argument("name")
@as_json
@sentences
def platform_show(name: str, json_wanted: bool) -> None:
    """Show one LMS: its addresses and deployments."""
    with _database().reading() as session:
        sheet = show_platform(session, name)
    show([sheet], json_wanted=True) if json_wanted else _show_lines(sheet)


@click.group()
def lrs() -> None:
    """Learning record stores of institutions."""


@lrs.command("add")
@_INSTITUTION
@click.option("--url", required=True, help="The xAPI endpoint, without /statements.")
@click.option("--username", required=True, help="User of its basic authentication.")
@click.option("--password-file", required=True, type=click.Path(path_type=Path), help="File with the password.")
@click.option("--name", default=None, help="How you call it; by default its host.")
@click.option("--version", default="1.0.3", show_default=True, help="X-Experience-API-Version to send.")
@sentences
def lrs_add(
    institution_name: str, url: str, username: str, password_file: Path, name: str | None, version: str
) -> None:  # fmt: skip
    """Add an LRS; statements made from now on go to it."""
    settings = load_settings()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput("cli.lrs_url")
    name = name or parts.netloc
    with open_database(settings.database).transaction() as session:
        owner = _institution(session, institution_name)
        if session.scalar(select(Lrs.id).where(Lrs.institution_id == owner.id, Lrs.name == name)):
            raise BadInput("cli.lrs_known", name=name)
        session.add(
            Lrs(institution_id=owner.id, name=name, url=url.rstrip("/").removesuffix("/statements"),
                username=username, sealed_password=seal(settings.secret_key, read_password(password_file)),
                version=version, created_at=clock.now())
        )  # fmt: skip
    click.echo(f"lrs {name}")


@lrs.command("list")
@as_json
@sentences
def lrs_list(json_wanted: bool) -> None:
    """List the LRSs."""
    with _database().reading() as session:
        rows = [
            {"name": one.name, "institution": one.institution.name, "url": one.url, "username": one.username,
             "version": one.version}
            for one in session.scalars(select(Lrs).order_by(Lrs.name))
        ]  # fmt: skip
    show(rows, json_wanted=json_wanted, empty="no LRS is known")


def read_password(file: Path) -> str:
    """The first line of a file; BadInput when it cannot be read or is empty."""
    try:
        password = file.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        raise BadInput("cli.password_file", file=str(file)) from None
    if not password:
        raise BadInput("cli.password_file", file=str(file))
    return password


def _database() -> Database:
    return open_database(load_settings().database)


def _institution(session: Session, name: str) -> Institution:
    found = session.scalar(select(Institution).where(Institution.name == name))
    if found is None:
        raise BadInput("cli.no_institution", name=name)
    return found


def _show_lines(sheet: object) -> None:
    for name in sheet.__dataclass_fields__:  # type: ignore[attr-defined]  # a dataclass by its caller
        value = getattr(sheet, name)
        click.echo(f"{name:15} {value}")
