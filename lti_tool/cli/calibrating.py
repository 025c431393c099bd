"""For an institution's statistician: item parameters from recorded answers, proposed, read, activated, retired."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.assessment.activate import activate, retire, set_named
from lti_tool.assessment.calibrate import draft, propose
from lti_tool.assessment.parameters import JUDGED, difficulties_of, in_use
from lti_tool.cli.output import as_json, leave, sentences, show
from lti_tool.content import Bank, load_bank
from lti_tool.errors import BadInput
from lti_tool.insights.items import recorded_sittings
from lti_tool.models import Database, ParameterSet, Stage, open_database
from lti_tool.settings import load_settings

_RESCORED = 2000
_COLUMNS = (
    "item_id", "status", "answers", "facility", "median_seconds", "exposure", "judged", "difficulty", "error", "moved",
    "misfit", "language_gap", "language_gap_error", "flags",
)  # fmt: skip
_BY = click.option("--by", required=True, help="The person who decides, by name.")
_REASON = click.option("--reason", required=True, help="Why, in a sentence.")


@click.group()
def calibrate() -> None:
    """Item difficulties from recorded answers. They serve new placements only, once a named person activates them."""


@calibrate.command("propose")
@click.option("--since", default=None, help="Only attempts that ended from this day on (UTC), such as 2026-11-23.")
@click.option("--anchor", "anchors", multiple=True, metavar="ITEM", help="A challenge whose difficulty must not move.")
@as_json
@sentences
def propose_command(since: str | None, anchors: tuple[str, ...], json_wanted: bool) -> None:
    """Propose parameters from every finished attempt; exit status 1 when there is none to learn from."""
    bank, start = load_bank(), _day(since)
    with _database() as database:
        kept = _propose(database, bank, start, anchors)
    if kept is None:
        click.echo("no finished attempt to learn from")
        leave(1)
    _tell(kept, json_wanted=json_wanted)


def _propose(database: Database, bank: Bank, start: datetime | None, anchors: tuple[str, ...]) -> ParameterSet | None:
    """Reads and computes without holding a writer up, then keeps what came of it; None without any attempt."""
    with database.reading() as session:
        sittings = recorded_sittings(session, bank, start)
        if not sittings.seats:
            return None
        active = in_use(session)
        before = None if active is None else difficulties_of(active)
        made = draft(bank, sittings, sittings.latest(_RESCORED), before, anchors)
        span = sittings.span
    with database.transaction() as session:
        return propose(session, bank, made, span, clock.now())


@calibrate.command("list")
@as_json
@sentences
def list_command(json_wanted: bool) -> None:
    """List the sets of parameters; the first is what the authors judged."""
    with _database() as database, database.reading() as session:
        rows = list(_rows(session))
    show(rows, json_wanted=json_wanted)


@calibrate.command("show")
@click.argument("version")
@click.option("--csv", "file", default=None, type=click.Path(path_type=Path), help="Write the item report there.")
@as_json
@sentences
def show_command(version: str, file: Path | None, json_wanted: bool) -> None:
    """Show what a set was made from, whose level it would have moved, and the report of every item."""
    with _database() as database, database.reading() as session:
        kept = set_named(session, version)
    items = [_item(report) for _, report in sorted(kept.reports.items())]
    if file is not None:
        _write(file, items)
    _tell(kept, json_wanted=json_wanted, items=items)


@calibrate.command("activate")
@click.argument("version")
@_BY
@_REASON
@sentences
def activate_command(version: str, by: str, reason: str) -> None:
    """Put a proposal into use for the placements made from now on; those that exist keep theirs."""
    with _database() as database, database.transaction() as session:
        activate(session, version, by, reason, clock.now())
    click.echo(f"{version} is in use for new placements")


@calibrate.command("retire")
@click.argument("version")
@_BY
@_REASON
@sentences
def retire_command(version: str, by: str, reason: str) -> None:
    """Take a set out of use, or a proposal off the table; placements that froze it keep it."""
    with _database() as database, database.transaction() as session:
        retire(session, version, by, reason, clock.now())
        left = in_use(session)
    click.echo(f"{version} is retired; new placements take {JUDGED if left is None else left.version}")


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    """One line a set, the judged one first."""
    judged = Stage.RETIRED if in_use(session) else Stage.ACTIVE
    yield _line(JUDGED, judged, None)
    for one in session.scalars(select(ParameterSet).order_by(ParameterSet.made_at, ParameterSet.version)):
        yield _line(one.version, one.stage, one)


def _line(version: str, stage: str, kept: ParameterSet | None) -> dict[str, Any]:
    return {
        "version": version, "stage": str(stage), "made_at": kept and kept.made_at, "bank": kept and kept.bank_version,
        "sittings": kept and kept.made_from["sittings"], "answers": kept and kept.made_from["answers"],
        "activated_by": kept and kept.activated_by, "activated_at": kept and kept.activated_at,
        "reason": kept and kept.reason,
    }  # fmt: skip


def _item(report: dict[str, Any]) -> dict[str, Any]:
    """A report's line; under 200 answers it says so."""
    rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in report.items()}
    status = {"judged": "judged, not calibrated"}.get(report["status"], report["status"])
    return {**{name: rounded[name] for name in _COLUMNS}, "status": status, "flags": list(report["flags"])}


def _tell(kept: ParameterSet, *, json_wanted: bool, items: list[dict[str, Any]] | None = None) -> None:
    """What a set is; with `items` also the report of each."""
    reports = list(kept.reports.values())
    told: dict[str, Any] = {
        "version": kept.version, "stage": kept.stage, "bank": kept.bank_version, "made_at": clock.iso(kept.made_at),
        **{f"from_{name}": value for name, value in kept.made_from.items()},
        "items": len(reports), "calibrated": sum(one["status"] == "calibrated" for one in reports),
        **{f"flagged_{flag}": sum(flag in one["flags"] for one in reports) for flag in ("moved", "misfit", "language")},
        **{f"language_{name}": round(value, 3) for name, value in sorted(kept.language_offsets.items())},
        **{f"population_{name}": round(value, 3) for name, value in kept.population.items()},
        **{f"shadow_{name}": value for name, value in kept.shadow.items()},
    }  # fmt: skip
    if json_wanted:
        whole = {**told, "history": kept.history} | ({} if items is None else {"reports": items})
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    show([{"what": name, "value": value} for name, value in told.items()], json_wanted=False)
    for one in kept.history:
        click.echo(f"{one['at']} {one['stage']} by {one['by']}: {one['reason']}")
    if items is not None:
        click.echo()
        show(items, json_wanted=False)


def _write(file: Path, items: list[dict[str, Any]]) -> None:
    try:
        with file.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.DictWriter(stream, _COLUMNS)
            lines.writeheader()
            lines.writerows({**one, "flags": " ".join(one["flags"])} for one in items)
    except OSError as error:
        raise BadInput("calibrate.file", file=str(file), problem=error.strerror) from error


def _day(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.combine(date.fromisoformat(text), time.min, UTC)
    except ValueError:
        raise BadInput("calibrate.since", value=text) from None


@contextmanager
def _database() -> Iterator[Database]:
    """The database of the settings, its connections closed at the end."""
    database = open_database(load_settings().database)
    try:
        yield database
    finally:
        database.engine.dispose()
