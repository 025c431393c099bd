"""`python -m bench`: measures, prints a table, and writes bench/results.json."""

import argparse
import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from bench import slow_line
from bench.load import CLIENTS, Figures, answers, begin, launches, trainees
from bench.rig import Base, databases, rig
from bench.single import first_page, statements_of_an_answer
from lti_tool import __version__, clock

_RESULTS = Path(__file__).parent / "results.json"
_COLUMNS = ("p50_ms", "p99_ms", "rate", "cpu_ms", "database_cpu_ms", "bytes")


def main() -> None:
    """Three repetitions by default, of which the medians are told."""
    asked = _arguments()
    found: dict[str, Any] = {
        "version": __version__, "at": clock.iso(clock.now()), "python": platform.python_version(),
        "cores": os.cpu_count(), "clients": CLIENTS, "trainees": asked.trainees, "answers": asked.answers,
        "repetitions": asked.repetitions, "databases": {},
    }  # fmt: skip
    with databases() as bases:
        for base in bases:
            print(f"{base.name} …", flush=True)
            found["databases"][base.name] = _measure(base, asked)
    found["statements_of_an_answer"] = statements_of_an_answer()
    found["slow_line"] = slow_line.measure()
    _RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    _print(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="What a launch and an answer cost.")
    parser.add_argument("--trainees", type=int, default=40)
    parser.add_argument("--answers", type=int, default=240, help="in each repetition")
    parser.add_argument("--repetitions", type=int, default=3)
    return parser.parse_args()


def _measure(base: Base, asked: argparse.Namespace) -> dict[str, Any]:
    """Launches and answers, each repetition with a new test, so that every trainee begins afresh."""
    runs: dict[str, list[Figures]] = {"launch": [], "answer": []}
    length = max(12, min(40, 2 * asked.answers // asked.trainees))
    with rig(base, asked.trainees) as running:
        people = trainees(running)
        page: dict[str, object] = {}
        for _ in range(asked.repetitions):
            activity = running.add_test(length)
            runs["launch"].append(launches(running, people, activity))
            begin(people)
            page = page or first_page(people[0])
            runs["answer"].append(answers(running, people, asked.answers))
    medians = {name: _medians(figures) for name, figures in runs.items()}
    return {**medians, "first_page": page, "runs": {name: [asdict(one) for one in all_] for name, all_ in runs.items()}}


def _medians(figures: list[Figures]) -> dict[str, float | None]:
    columns = {name: [getattr(one, name) for one in figures] for name in _COLUMNS}
    return {name: None if None in values else round(median(values), 2) for name, values in columns.items()}


def _print(found: dict[str, Any]) -> None:
    print(f"\nPix LTI {found['version']}, {found['cores']} cores, {found['clients']} clients in a closed loop, "
          f"{found['trainees']} trainees, medians of {found['repetitions']}")  # fmt: skip
    print(f"\n{'':50}{'rate /s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'db CPU':>9}{'bytes':>9}")
    for name, one in found["databases"].items():
        for what, told in (("launch", "login, launch, start page"), ("answer", "answer, next page")):
            figures = one[what]
            cells = [figures[column] for column in ("rate", "p50_ms", "p99_ms", "cpu_ms", "database_cpu_ms", "bytes")]
            print(f"{name + ': ' + told:50}" + "".join(
                f"{'-' if cell is None else round(cell, 1):>9}" for cell in cells))  # fmt: skip
    page = next(iter(found["databases"].values()))["first_page"]
    print(f"\nfirst question page, cold: {page['bytes']} bytes")
    for part, told in page["parts"].items():
        print(f"  {part}: {told['bytes']} bytes, packed: {told['packed']}")
    slow_line.show(found["slow_line"])
    counts = found["statements_of_an_answer"]
    print("statements: " + ", ".join(f"{method} {count}" for method, count in counts.items()))
    print(f"written to {_RESULTS.relative_to(Path.cwd()) if _RESULTS.is_relative_to(Path.cwd()) else _RESULTS}")


if __name__ == "__main__":
    main()
