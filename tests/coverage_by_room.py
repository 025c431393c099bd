"""Says how much of each room the tests cover, and fails where one of the rooms that must be sure is under 95 %."""

import sys
from pathlib import Path

import coverage

ROOMS = ("lti_tool/lti", "lti_tool/assessment", "lti_tool/engine", "lti_tool/content", "xapi", "lti_tool/delivery")
LEAST = 95.0


def main() -> int:
    """Prints a line a room; 1 when one falls short."""
    measured = coverage.Coverage()
    measured.load()
    short = []
    for room in ROOMS:
        share = share_of(measured, room)
        print(f"{room:22} {share:6.1f} %")
        if share < LEAST:
            short.append(room)
    if short:
        print(f"under {LEAST:.0f} %: {', '.join(short)}")
    return 1 if short else 0


def share_of(measured: coverage.Coverage, room: str) -> float:
    """Covered lines of a room, in per cent of its lines."""
    lines = missing = 0
    for file in sorted(Path(room).rglob("*.py")):
        _, statements, _, absent, _ = measured.analysis2(str(file.resolve()))
        lines, missing = lines + len(statements), missing + len(absent)
    return 100.0 * (lines - missing) / max(lines, 1)


if __name__ == "__main__":
    sys.exit(main())
