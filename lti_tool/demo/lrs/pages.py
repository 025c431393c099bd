"""The page on which a person reads the statements, newest first; open on this machine only, without a password."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.faults import answer_switch, require_loopback
from lti_tool.demo.lrs.statements import here
from lti_tool.demo.lrs.store import Stored, Wanted
from lti_tool.demo.texts import text
from lti_tool.words import NAMES, best_language, best_locale, direction_of, in_language

pages = Blueprint("pages", __name__)
pages.before_request(require_loopback)
_ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One statement in words."""

    id: str
    time: str
    actor: str
    verb: str
    object: str
    result: str
    attempt: str
    json: str


@pages.get("/")
def read() -> ResponseReturnValue:
    """A page of statements, of one attempt with `attempt`, from before number `before`."""
    store = here().store
    language = best_language(best_locale(request.args.get("lang"), request.headers.get("Accept-Language")))
    attempt, before = request.args.get("attempt", "").strip(), request.args.get("before", "")
    found, more = store.find(
        Wanted(registration=attempt or None),
        ascending=False,
        after=int(before) if before.isdecimal() else None,
        limit=_ROWS,
    )
    older = "/?" + urlencode({"attempt": attempt, "lang": language, "before": found[-1].number}) if more else ""
    return render_template(
        "demo/lrs/statements.html",
        t=lambda key, **values: text(key, language, **values),
        language=language,
        dir=direction_of(language),
        names=NAMES,
        rows=[row(stored, language) for stored in found],
        total=len(store),
        attempt=attempt,
        older=older,
    )


@pages.route("/faults", methods=["GET", "POST"])
def faults() -> ResponseReturnValue:
    """How this LRS fails, and how it is to fail."""
    return answer_switch(here().faults)


def row(stored: Stored, language: str) -> Row:
    """A statement as a line of the table."""
    statement: dict[str, Any] = json.loads(stored.text)
    return Row(
        stored.id,
        statement["timestamp"],
        stored.actor.rsplit(" ", 1)[-1],
        _named(statement["verb"].get("display"), stored.verb, language),
        _named(statement["object"].get("definition", {}).get("name"), stored.object_id, language),
        _result(statement.get("result", {})),
        stored.registration or "",
        json.dumps(statement, ensure_ascii=False, indent=2),
    )


def _named(names: Mapping[str, str] | None, iri: str, language: str) -> str:
    return in_language(names, language) if names else iri.rstrip("/").rsplit("/", 1)[-1]


def _result(result: Mapping[str, Any]) -> str:
    """Success, score, response and duration, as far as there are any."""
    score = result.get("score", {})
    parts = [
        ("✓" if result["success"] else "✗") if "success" in result else "",
        f"{score['raw']:g} / {score.get('max', '?')}" if "raw" in score else "",
        str(result.get("response", ""))[:80],
        str(result.get("duration", "")),
    ]
    return " · ".join(part for part in parts if part)
