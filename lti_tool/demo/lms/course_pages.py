"""The pages of a course: activities, participants, gradebook."""

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import iso
from lti_tool.demo.lms.records import Column, Course, Grade, Part, Person
from lti_tool.demo.lms.refusals import Refused
from lti_tool.demo.lms.session import check_sesskey, course_here, page, person_here, teaches
from lti_tool.demo.lms.state import Lms, this_lms

courses = Blueprint("courses", __name__)
courses.before_request(check_sesskey)


@courses.get("/courses")
def every() -> ResponseReturnValue:
    """The courses of the person."""
    person = person_here()
    mine = [c for c in this_lms().courses.values() if person.part is Part.ADMIN or person.id in c.members]
    return page("courses", courses=mine)


@courses.get("/courses/<course_id>")
def one(course_id: str) -> ResponseReturnValue:
    """What the course holds; who teaches may add to it."""
    person, course = course_here(course_id)
    lms = this_lms()
    listed = [a for a in lms.activities.values() if a.course_id == course.id]
    own = {a.id: (column, _grade(lms, column, person)) for a in listed if (column := lms.column_of(a)) is not None}
    tools = [tool for tool in lms.tools.values() if tool.active]
    return page("course", course=course, activities=listed, own=own, tools=tools)


@courses.get("/courses/<course_id>/participants")
def participants(course_id: str) -> ResponseReturnValue:
    """Who is in the course."""
    _, course = _taught(course_id)
    return page("participants", course=course, members=members(this_lms(), course))


@courses.get("/courses/<course_id>/gradebook")
def gradebook(course_id: str) -> ResponseReturnValue:
    """Trainees by columns."""
    _, course = _taught(course_id)
    lms = this_lms()
    return page(
        "gradebook",
        course=course,
        columns=columns_of(lms, course),
        trainees=[p for p in members(lms, course) if p.part is Part.TRAINEE],
        grades=lms.grades,
    )


@courses.get("/courses/<course_id>/gradebook.json")
def gradebook_json(course_id: str) -> ResponseReturnValue:
    """The same for a program: per column its label, maximum and grades by user name; erased grades are left out."""
    _, course = _taught(course_id)
    lms = this_lms()
    return jsonify(
        [
            {
                "id": column.id,
                "label": column.label,
                "maximum": column.maximum,
                "activity": column.activity_id,
                "resource_id": column.resource_id,
                "tag": column.tag,
                "grades": {
                    person.username: _cell(grade)
                    for person in members(lms, course)
                    if (grade := _grade(lms, column, person)) is not None
                },
            }
            for column in columns_of(lms, course)
        ]
    )


@courses.get("/courses/<course_id>/return")
def come_back(course_id: str) -> ResponseReturnValue:
    """Where a tool sends people when they leave it; it may bring a message (LTI 1.3 §5.4.6)."""
    _, course = course_here(course_id)
    for name in ("lti_errormsg", "lti_msg"):
        if request.args.get(name):
            flash(request.args[name][:500])
    return page("back", course=course, target=url_for("courses.one", course_id=course.id))


@courses.post("/courses/<course_id>/columns/<column_id>/delete")
def drop_column(course_id: str, column_id: str) -> ResponseReturnValue:
    """Deletes a column and its grades, as a teacher may behind the tool's back."""
    _taught(course_id)
    lms = this_lms()
    with lms.lock:
        lms.columns.pop(column_id, None)
        lms.grades = {key: grade for key, grade in lms.grades.items() if key[0] != column_id}
    return redirect(url_for("courses.gradebook", course_id=course_id), code=303)


def columns_of(lms: Lms, course: Course) -> list[Column]:
    """The columns of a course in the order they were made."""
    return [column for column in lms.columns.values() if column.course_id == course.id]


def members(lms: Lms, course: Course) -> list[Person]:
    """The people of a course by family name, as Moodle lists them."""
    found = [lms.people[member] for member in course.members]
    return sorted(found, key=lambda person: (person.family_name, person.given_name))


def _taught(course_id: str) -> tuple[Person, Course]:
    person, course = course_here(course_id)
    if not teaches(person):
        raise Refused(403, "error.not_yours")
    return person, course


def _grade(lms: Lms, column: Column, person: Person) -> Grade | None:
    grade = lms.grades.get((column.id, person.id))
    return grade if grade is not None and grade.score is not None else None


def _cell(grade: Grade) -> dict[str, object]:
    return {"score": grade.score, "comment": grade.comment, "timestamp": iso(grade.at)}
