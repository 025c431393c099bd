"""How commands speak: a table for people, JSON for scripts, one sentence for an error."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from lti_tool.clock import iso
from lti_tool.errors import PixError, Unreachable
from lti_tool.words import Words, best_locale, words

P = ParamSpec("P")
R = TypeVar("R")

as_json = click.option("--json", "json_wanted", is_flag=True, help="JSON instead of a table.")


def speech() -> Words:
    """The words of the shell's locale (LC_ALL, LC_MESSAGES, LANG), else English."""
    wanted = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    return words(best_locale(wanted))


def sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Turns our errors into one sentence and exit status 2 (1 where another server did not answer)."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except PixError as error:
            click.echo(f"pix-lti: {speech().t(error.key, **error.values)}", err=True)
            leave(1 if isinstance(error, Unreachable) else 2)
        except SQLAlchemyError as error:
            tables_missing = isinstance(error, ProgrammingError) or "no such table" in str(error)
            key = "database.no_tables" if tables_missing else "doctor.database_away"
            click.echo(f"pix-lti: {speech().t(key, problem=type(error).__name__)}", err=True)
            leave(2 if tables_missing else 1)

    return told


def leave(status: int) -> NoReturn:
    """Ends the command."""
    sys.exit(status)


def show(rows: Sequence[Any], *, json_wanted: bool, empty: str = "none") -> None:
    """Rows of one dataclass or dictionary, as a table or as JSON."""
    plain = [_plain(asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row)) for row in rows]
    if json_wanted:
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    elif not plain:
        click.echo(empty)
    else:
        click.echo(_table([list(plain[0]), *([_cell(value) for value in row.values()] for row in plain)]))


def _table(lines: list[list[str]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: iso(value) if isinstance(value, datetime) else _simple(value) for name, value in row.items()}


def _simple(value: Any) -> Any:  # any field of a row, on its way to JSON
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return [_simple(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _cell(value: Any) -> str:  # any JSON value, on its way to a table
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(_cell(one) for one in value) if isinstance(value, list) else str(value)
