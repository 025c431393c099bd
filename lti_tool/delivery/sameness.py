"""Whether the statement that an LRS holds is the one we sent (xAPI 1.0.3 Data §2.3.1, Statement comparison).

An LRS adds `stored`, `authority` and `version`, may leave out what only describes (names, definitions), may write a
lone context activity as a list and a moment with another offset: none of that makes another statement.
"""

from typing import Any

from xapi import times
from xapi.json_text import Json

_ADDED = frozenset({"stored", "authority", "version", "attachments"})


def same_statement(ours: Json, theirs: Json) -> bool:
    """True when both say the same; False also when one of them cannot be read as a statement."""
    try:
        return _essence(ours) == _essence(theirs)
    except (KeyError, TypeError, AttributeError, ValueError):
        return False


def _essence(statement: Json) -> Json:
    kept = {key: value for key, value in statement.items() if key not in _ADDED}
    kept["id"] = str(kept["id"]).lower()
    kept["timestamp"] = times.moment_of(kept["timestamp"])
    kept["verb"] = kept["verb"]["id"]
    kept["object"] = _activity(kept["object"])
    kept["actor"] = {key: value for key, value in kept["actor"].items() if key not in {"name", "objectType"}}
    if "context" in kept:
        kept["context"] = _context(kept["context"])
    if "result" in kept:
        kept["result"] = _result(kept["result"])
    return kept


def _activity(activity: Json) -> str:
    return str(activity["id"])


def _context(context: Json) -> Json:
    kept = dict(context)
    activities: dict[str, Any] = kept.pop("contextActivities", {})
    kept["activities"] = {
        kind: sorted(_activity(one) for one in (given if isinstance(given, list) else [given]))
        for kind, given in activities.items()
        if given
    }
    if "registration" in kept:
        kept["registration"] = str(kept["registration"]).lower()
    return kept


def _result(result: Json) -> Json:
    """The result with its duration as hundredths of a second, the precision that an LRS must keep (Data §4.6)."""
    kept = dict(result)
    if "duration" in kept:
        kept["duration"] = int(times.duration_of(kept["duration"]).total_seconds() * 100)
    return kept
