"""The command and its parts."""

import click

from lti_tool import __version__
from lti_tool.cli.auditing import audit
from lti_tool.cli.authoring import content
from lti_tool.cli.calibrating import calibrate
from lti_tool.cli.operating import db, doctor, keys
from lti_tool.cli.outbox import outbox
from lti_tool.cli.serving import serve, worker
from lti_tool.cli.simulating import simulate
from lti_tool.cli.tenants import institution, lrs, platform, registration_url


@click.group()
@click.version_option(__version__, prog_name="pix-lti")
def main() -> None:
    """Adaptive tests of digital competence for any LMS. Settings: config/default.toml, PIX_LTI_* variables."""


for part in (
    institution, registration_url, platform, lrs, outbox, audit, calibrate, content, keys, db, doctor, serve, simulate,
    worker,
):  # fmt: skip
    main.add_command(part)
