"""For the auditor: recomputes every grade from the LRS alone."""

import click


@click.group()
def audit() -> None:
    """Check grades against the statements in an LRS."""
