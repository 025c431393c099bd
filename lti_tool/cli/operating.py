"""For whoever runs the tool: keys, database, and a doctor that says in words what is wrong."""

from pathlib import Path

import click

from lti_tool import clock
from lti_tool.cli.diagnosis import diagnose
from lti_tool.cli.output import as_json, leave, sentences, show, speech
from lti_tool.errors import Misconfigured
from lti_tool.lti.keys import load_keys
from lti_tool.models import open_database
from lti_tool.models.upgrading import upgrade
from lti_tool.settings import load_settings


@click.group()
def keys() -> None:
    """The tool's signing keys."""


@keys.command("list")
@as_json
@sentences
def keys_list(json_wanted: bool) -> None:
    """List the keys; the newest signs, all are published."""
    show(load_keys(load_settings().keys_dir, clock.now()).listing(), json_wanted=json_wanted)


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@sentences
def db_upgrade() -> None:
    """Make the tables, or bring them to this version."""
    settings = load_settings()
    if not settings.database_url:
        _make_folder(settings.instance_dir)
    upgrade(open_database(settings.database))
    click.echo("the database is up to date")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"{folder}: {error.strerror}"
        raise Misconfigured("settings.wrong", setting="PIX_LTI_INSTANCE_DIR", problem=problem) from error


@click.command()
@as_json
def doctor(json_wanted: bool) -> None:
    """Say in words what is wrong with this set-up; exit status 1 when anything is."""
    findings = diagnose()
    if json_wanted:
        show(findings, json_wanted=True)
    else:
        for finding in findings:
            sign = "ok " if finding.well else "!! "
            click.echo(sign + speech().t(finding.key, **finding.values))
    if not all(finding.well for finding in findings):
        leave(1)
