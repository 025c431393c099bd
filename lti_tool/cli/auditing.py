"""For the auditor: recomputes every grade from the LRS alone."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from lti_tool import clock
from lti_tool.audit import Report, Window, read, verify
from lti_tool.audit.telling import as_json as report_as_json
from lti_tool.audit.telling import notes, rows, summary
from lti_tool.cli.output import as_json, leave, sentences, show, speech
from lti_tool.cli.tenants import read_password
from lti_tool.content import load_bank
from lti_tool.delivery.lrs import GuardedSession
from lti_tool.errors import BadInput, Unreachable
from lti_tool.outbound import Outbound
from xapi import client
from xapi.json_text import Json

_TIMEOUT = 30.0  # seconds
_MOST_PAGES = 1_000_000
_INSTANT = timedelta(milliseconds=1)


@click.group()
def audit() -> None:
    """Check grades against the statements in an LRS."""


@audit.command("verify")
@click.option("--lrs", "url", required=True, help="The xAPI endpoint, without /statements.")
@click.option("--username", required=True, help="User of its basic authentication.")
@click.option("--password-file", required=True, type=click.Path(path_type=Path), help="File with the password.")
@click.option("--version", default="1.0.3", show_default=True, help="X-Experience-API-Version to send.")
@click.option("--since", default=None, help="Only attempts with a statement stored from this day or moment on (UTC).")
@click.option("--until", default=None, help="Only attempts with a statement stored up to this day or moment (UTC).")
@click.option(
    "--bank", "folder", default=None, type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Bank to mark with; by default the tool's own.",
)  # fmt: skip
@click.option(
    "--allow-private", is_flag=True, envvar="PIX_LTI_ALLOW_PRIVATE_HOSTS",
    help="Allow http and addresses that are not public.",
)  # fmt: skip
@click.option(
    "--ca-file", default=None, envvar="PIX_LTI_CA_FILE", help="Authorities to trust (PEM), not the public ones."
)
@as_json
@sentences
def verify_command(
    *, url: str, username: str, password_file: Path, version: str, since: str | None, until: str | None,
    folder: Path | None, allow_private: bool, ca_file: str | None, json_wanted: bool,
) -> None:  # fmt: skip
    """Recompute every grade from the statements in an LRS; exit status 1 when anything differs or nothing is there.

    Needs neither the tool's database nor its settings: the LRS and the bank of challenges are enough.
    """
    window = Window(_moment(since), _moment(until, end=True))
    store = client.Store(_endpoint(url), version)
    outbound = Outbound(allow_private=allow_private, timeout=_TIMEOUT, ca_bundle=ca_file or None)
    session = GuardedSession(outbound, (username, read_password(password_file)))
    bank = load_bank(folder)

    def walk(query: Mapping[str, str]) -> Iterator[Json]:
        return client.walk(session, store, query, _MOST_PAGES)

    try:
        report = verify(read(walk, window), bank, from_first=window.since is None)
    except client.WalkStopped as stopped:
        raise Unreachable("audit.unreadable", lrs=store.statements, words=_words(stopped.trouble)) from stopped
    _print(report, json_wanted=json_wanted)
    if not report.agrees:
        leave(1)


def _print(report: Report, *, json_wanted: bool) -> None:
    say = speech()
    if json_wanted:
        click.echo(json.dumps(report_as_json(report, say), ensure_ascii=False, indent=2))
        return
    if report.verdicts:
        show(rows(report, say), json_wanted=False)
        click.echo()
        for note in notes(report, say):
            click.echo(note)
    click.echo(summary(report, say))


def _endpoint(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput("audit.lrs_url")
    return url.rstrip("/").removesuffix("/statements")


def _moment(text: str | None, *, end: bool = False) -> datetime | None:
    """The bound that a day (UTC) or a moment names: a day is meant whole, and an LRS leaves out `since` itself."""
    if text is None:
        return None
    try:
        day = datetime.combine(date.fromisoformat(text), time.min, UTC) if len(text) == len("2026-11-23") else None
        if end:
            return day + timedelta(days=1) - _INSTANT if day else clock.parse(text)
        return (day or clock.parse(text)) - _INSTANT
    except (ValueError, OverflowError):
        raise BadInput("audit.moment", value=text) from None


def _words(trouble: client.Trouble) -> str:
    """What the LRS said, in its own words, with the status where it gave one."""
    status = "" if isinstance(trouble, client.Unknown) else f"{trouble.status} "
    return f"{status}{trouble.words}"
