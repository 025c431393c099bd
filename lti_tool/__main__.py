"""`python -m lti_tool` is `pix-lti`."""

from lti_tool.cli import main

main(prog_name="pix-lti")
