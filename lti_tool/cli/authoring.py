"""The challenge bank, for its authors."""

from pathlib import Path

import click

from lti_tool.cli.output import as_json, leave, sentences, show
from lti_tool.content import HOUSE, check_bank


@click.group()
def content() -> None:
    """The bank of challenges."""


@content.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
@sentences
def check(folder: Path | None, json_wanted: bool) -> None:
    """Check a bank (the house's by default): every problem with its file, line and field; exit status 1 if any."""
    problems = check_bank(folder or HOUSE)
    show(problems, json_wanted=json_wanted, empty="the bank is sound")
    if problems:
        leave(1)
