"""Signing in by a click, signing out, and the choice of language."""

from dataclasses import replace

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.records import Part
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import check_sesskey, page, person_here, sign_in, signed_in
from lti_tool.demo.lms.state import this_lms
from lti_tool.words import best_language

people = Blueprint("people", __name__)
people.before_request(check_sesskey)


@people.get("/")
def home() -> ResponseReturnValue:
    """Where each person begins."""
    person = signed_in()
    if person is None:
        return redirect(url_for("people.choose"), code=303)
    return redirect(url_for("admin.tools" if person.part is Part.ADMIN else "courses.every"), code=303)


@people.get("/sign-in")
def choose() -> ResponseReturnValue:
    """Everyone with an account, to be clicked."""
    return page("sign_in", people=this_lms().people.values())


@people.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Signs in whom the form names; there are no passwords here."""
    person = this_lms().people.get(request.form.get("person", ""))
    if person is None:
        raise Refused(400, "error.not_found")
    sign_in(person)
    return redirect(url_for("people.home"), code=303)


@people.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Ends the session."""
    session.clear()
    return redirect(url_for("people.choose"), code=303)


@people.post("/language")
def switch_language() -> ResponseReturnValue:
    """Sets the language of the person, or of the visitor; launches carry it as their locale."""
    chosen = best_language(request.form.get("language"))
    if signed_in() is None:
        session["language"] = chosen
        return redirect(url_for("people.choose"), code=303)
    lms, person = this_lms(), person_here()
    with lms.lock:
        lms.people[person.id] = replace(person, language=chosen)
    back = request.form.get("back", "")
    return redirect(back if back.startswith("/") and not back.startswith("//") else "/", code=303)
