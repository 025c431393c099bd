"""What is on its way to LMSs and LRSs."""

import time

import click

from lti_tool.cli.output import as_json, leave, sentences, show
from lti_tool.delivery.status import nothing_due, outbox_status
from lti_tool.models import open_database
from lti_tool.settings import load_settings

_PAUSE = 0.2  # seconds between two looks


@click.group()
def outbox() -> None:
    """Deliveries: statements and grades on their way."""


@outbox.command("status")
@click.option("--wait", "seconds", default=0.0, type=click.FloatRange(0, 86400), help="Wait till nothing is due.")
@as_json
@sentences
def status(seconds: float, json_wanted: bool) -> None:
    """Show deliveries by receiver; exit status 1 when --wait ran out or something is dead."""
    database = open_database(load_settings().database)
    until = time.monotonic() + seconds
    while True:
        with database.reading() as session:
            done = nothing_due(session)
        if done or time.monotonic() >= until:
            break
        time.sleep(_PAUSE)
    with database.reading() as session:
        lines = outbox_status(session)
    show(lines, json_wanted=json_wanted, empty="no receiver is known")
    if (seconds and not done) or any(line.dead for line in lines):
        leave(1)
