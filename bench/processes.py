"""Processor time of a process and all below it, as the kernel counts it (proc(5))."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Processes:
    """A process and its descendants."""

    root: int

    def seconds(self) -> float:
        """User and system time so far, also of children that have ended and were waited for."""
        table = dict(_table())
        wanted = {self.root}
        while more := {pid for pid, fields in table.items() if int(fields[1]) in wanted} - wanted:
            wanted |= more
        return sum(int(tick) for pid in wanted & set(table) for tick in table[pid][11:15]) / _TICKS


def _table() -> list[tuple[int, list[str]]]:
    """The fields of every process after its name: state, parent, …"""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((int(folder.name), (folder / "stat").read_text().rsplit(")", 1)[1].split()))
        except OSError:
            continue
    return found
