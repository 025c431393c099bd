"""Who is signed in, in which language, and the key that guards their forms."""

import secrets
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms.records import Activity, Course, Part, Person, Tool
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.state import this_lms
from lti_tool.demo.texts import text
from lti_tool.words import NAMES, best_language, best_of_header, direction_of


def signed_in() -> Person | None:
    """The person of this browser, if any."""
    return this_lms().people.get(session.get("person", ""))


def sign_in(person: Person) -> None:
    """Makes the person the one of this browser, with a new session key."""
    session.clear()
    session["person"] = person.id
    sesskey()


def language() -> str:
    """The person's language; before signing in, what the visitor chose or their browser asks for."""
    person = signed_in()
    if person is not None:
        return best_language(person.language)
    return session.get("language") or best_of_header(request.headers.get("Accept-Language"))


def sesskey() -> str:
    """The key that every form of this session carries."""
    if "sesskey" not in session:
        session["sesskey"] = secrets.token_urlsafe(8)
    return str(session["sesskey"])


def check_sesskey() -> None:
    """Refuses a POST that does not come from one of our own forms."""
    if request.method == "POST" and not secrets.compare_digest(request.form.get("sesskey", ""), sesskey()):
        raise Refused(400, "error.form")


def person_here() -> Person:
    """The person signed in; Refused sends others to the sign-in page."""
    person = signed_in()
    if person is None:
        raise Refused(401, "error.sign_in")
    return person


def require(*parts: Part) -> Person:
    """The person signed in, who must be one of `parts`."""
    person = person_here()
    if person.part not in parts:
        raise Refused(403, "error.not_yours")
    return person


def course_here(course_id: str) -> tuple[Person, Course]:
    """The person and a course that they may enter."""
    person = person_here()
    course = this_lms().courses.get(course_id)
    if course is None:
        raise Refused(404, "error.not_found")
    if person.part is not Part.ADMIN and person.id not in course.members:
        raise Refused(403, "error.not_yours")
    return person, course


def teaches(person: Person) -> bool:
    """Whether the person may author and grade."""
    return person.part in {Part.INSTRUCTOR, Part.ADMIN}


def activity_here(activity_id: str) -> tuple[Person, Course, Activity]:
    """The person, and an activity of a course that they may enter."""
    activity = this_lms().activities.get(activity_id)
    if activity is None:
        raise Refused(404, "error.not_found")
    person, course = course_here(activity.course_id)
    return person, course, activity


def tool_here(tool_id: str) -> Tool:
    """An active tool."""
    tool = this_lms().tools.get(tool_id)
    if tool is None or not tool.active:
        raise Refused(404, "error.not_found")
    return tool


def page(template: str, **values: object) -> str:
    """A page of this LMS in the visitor's language."""
    return render_template(f"demo/lms/{template}.html", **values)


def page_words() -> dict[str, Any]:
    """What every template may use."""
    now_in = language()
    return {
        "t": lambda key, **values: text(key, now_in, **values),
        "language": now_in,
        "dir": direction_of(now_in),
        "names": NAMES,
        "best_language": best_language,
        "person": signed_in(),
        "teaches": teaches,
        "sesskey": sesskey,
        "lms": this_lms(),
        "Part": Part,
    }


def refusal_page(refused: Refused) -> ResponseReturnValue:
    """The page of a Refused; who is not signed in and only wants to see a page is sent to the sign-in page."""
    if refused.status == 401 and request.method == "GET":
        return redirect(url_for("people.choose"), code=303)
    return page("error", sentence=text(refused.key, language(), **refused.values)), refused.status
