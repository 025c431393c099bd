"""`python -m lti_tool.demo`: runs the demonstration until it is stopped; `--check` plays it through by itself."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from lti_tool.demo.check import check_house
from lti_tool.demo.house import House, Ports, open_house
from lti_tool.demo.seeding import seed_activity

_GUIDE = """
Everything runs on this machine. Open in a browser:

  {lms}   the course (LMS): choose who you are on its first page
      Nadia administers   tools, and registration by address
      Tara teaches        adds a test ("{title}" is there already), reads the gradebook
      Samia (fr), Lina (en) and ten others learn: they open the test from the course
  {lrs}   the statements (LRS), as they arrive
  {tool}   the tool itself, opened from the course

To register the tool once more, give Nadia this address:
  {address}

Stop with Ctrl-C. Nothing is kept: the next start is fresh.
"""


def main() -> int:
    """The command; exit status 0 or, for a check that failed, 1."""
    parser = argparse.ArgumentParser(prog="python -m lti_tool.demo", description="Tool, small LMS and small LRS.")
    parser.add_argument("--check", action="store_true", help="play the whole way through and print what was checked")
    parser.add_argument("--folder", type=Path, default=Path("demo-instance"), help="emptied and used")
    parser.add_argument("--port", type=int, default=8000, help="of the tool; LMS and LRS take the next two")
    asked = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _end)  # also where a shell started it in the background, deaf to Ctrl-C
    ports = Ports(asked.port, asked.port + 1, asked.port + 2)
    try:
        with open_house(asked.folder, ports) as house:
            return check_house(house) if asked.check else _stay(house)
    except KeyboardInterrupt:
        return 0
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"The demonstration cannot run: {error}\n")
        return 1


def _end(_sign: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _stay(house: House) -> int:
    title = seed_activity(house)
    sys.stdout.write(
        _GUIDE.format(lms=house.lms, lrs=house.lrs, tool=house.tool, address=house.registration_address, title=title)
    )
    sys.stdout.flush()
    threading.Event().wait()
    return 0


sys.exit(main())
