"""The trainee's way through a test: start, question, exit, finish."""

from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.absence import note_absence, wants_focus
from lti_tool.assessment.answer import Given, answer
from lti_tool.assessment.finish import finish_now
from lti_tool.assessment.language import shown_in, switch_language
from lti_tool.assessment.pause import pause
from lti_tool.assessment.report import CATEGORIES, report_problem
from lti_tool.assessment.show import show_question
from lti_tool.assessment.start import start_or_resume
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.timing import seconds_left
from lti_tool.assessment.visitor import own_attempt, own_question
from lti_tool.assessment.where import where
from lti_tool.content import present
from lti_tool.errors import BadInput, PixError, TooLarge
from lti_tool.insights.trainee import start_of, steps_of
from lti_tool.models import Question
from lti_tool.views.going import go, notice
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from lti_tool.views.session import TICKET, end_session, speak, visitor
from lti_tool.words import LANGUAGES, direction_of

attempts = Blueprint("attempts", __name__)
_NOT_INPUTS = frozenset({"action", TICKET})


@attempts.get("/tests/not-ready")
@open_to(Audience.TRAINEE)
def not_ready() -> str:
    """A trainee came to a link for which no test is chosen yet."""
    return render_template("attempts/not_ready.html")


@attempts.get("/tests/<uuid:placement_id>")
@open_to(Audience.TRAINEE)
def begin(placement_id: UUID) -> str:
    """What will happen: what is tested, how long, what is sent to whom; start, resume, or the last result."""
    page = start_of(db(), parts().bank, visitor(), placement_id, clock.now())
    return render_template("attempts/begin.html", start=page, languages=LANGUAGES)


@attempts.post("/tests/<uuid:placement_id>/start")
@open_to(Audience.TRAINEE)
def start(placement_id: UUID) -> Response:
    """Begins an attempt or goes on with the one that waits."""
    return go(start_or_resume(db(), parts().bank, visitor(), placement_id, clock.now()))


@attempts.get("/questions/<uuid:question_id>")
@open_to(Audience.TRAINEE, writes=True)
def question(question_id: UUID) -> Response | str:
    """The open question; one that has its answer leads to where the attempt stands."""
    asked = show_question(db(), parts().bank, visitor(), question_id, clock.now())
    return go(asked) if isinstance(asked, Step) else _question_page(asked)


@attempts.post("/questions/<uuid:question_id>/answer")
@open_to(Audience.TRAINEE)
def submit(question_id: UUID) -> Response | tuple[str, int]:
    """Validate or skip; an answer that cannot be read shows the question again, with what was typed."""
    try:
        return _led(answer(db(), parts().bank, visitor(), question_id, _given(), clock.now()))
    except (BadInput, TooLarge) as error:
        asked = show_question(db(), parts().bank, visitor(), question_id, clock.now())
        return _led(asked) if isinstance(asked, Step) else (_question_page(asked, error), error.status)


@attempts.get("/questions/<uuid:question_id>/answer")
@attempts.get("/questions/<uuid:question_id>/language")
@open_to(Audience.TRAINEE)
def back_to_question(question_id: UUID) -> Response:
    """The address of a form that was answered with a page, asked for by a reload: to the question itself."""
    return redirect(url_for("attempts.question", question_id=question_id), code=303)


@attempts.post("/questions/<uuid:question_id>/language")
@open_to(Audience.TRAINEE)
def language(question_id: UUID) -> Response | str:
    """Another language from here on; what was typed is in the form and stays there."""
    switch_language(db(), visitor(), question_id, request.form.get("to", ""))
    speak(request.form["to"])
    asked = show_question(db(), parts().bank, visitor(), question_id, clock.now())
    return go(asked) if isinstance(asked, Step) else _question_page(asked)


@attempts.get("/questions/<uuid:question_id>/clock")
@open_to(Audience.TRAINEE)
def time_left(question_id: UUID) -> Response:
    """For the page's script: the seconds that are left (null: no limit), and whether the session still lives."""
    return jsonify(left=seconds_left(own_question(db(), visitor(), question_id).attempt, clock.now()))


@attempts.post("/questions/<uuid:question_id>/absence")
@open_to(Audience.TRAINEE)
def absence(question_id: UUID) -> tuple[str, int]:
    """For the page's script: the trainee was away from a test that asks for focus."""
    try:
        seconds = float(request.form.get("seconds", ""))
    except ValueError:
        raise BadInput("error.bad_request") from None
    note_absence(db(), visitor(), question_id, seconds, clock.now())
    return "", 204


@attempts.route("/questions/<uuid:question_id>/report", methods=["GET", "POST"])
@open_to(Audience.TRAINEE)
def report(question_id: UUID) -> Response | str:
    """Report a problem: a category and, if wanted, a few words."""
    if request.method == "POST":
        told = request.form
        asked = report_problem(
            db(), visitor(), question_id, told.get("category", ""), told.get("text", ""), clock.now()
        )
        return go(where(db(), asked.attempt, "attempt.notice.reported"))
    asked = own_question(db(), visitor(), question_id)
    return render_template("attempts/report.html", question=asked, categories=CATEGORIES)


@attempts.get("/attempts/<uuid:attempt_id>")
@open_to(Audience.TRAINEE)
def go_on(attempt_id: UUID) -> Response:
    """To where the attempt stands."""
    return go(where(db(), own_attempt(db(), visitor(), attempt_id)))


@attempts.post("/attempts/<uuid:attempt_id>/exit")
@open_to(Audience.TRAINEE)
def leave(attempt_id: UUID) -> Response | str:
    """Exit: the attempt waits, the session ends."""
    step = pause(db(), parts().bank, visitor(), attempt_id, clock.now())
    page = render_template("attempts/left.html", over=step.page is Page.RESULTS)
    end_session()
    return page


@attempts.post("/attempts/<uuid:attempt_id>/finish")
@open_to(Audience.TRAINEE)
def finish(attempt_id: UUID) -> Response:
    """Finish now, once the minimum is reached."""
    return go(finish_now(db(), parts().bank, visitor(), attempt_id, clock.now()))


def _led(step: Step) -> Response:
    """To the page of a step: by 303, or, for a script that will go there itself, by its address."""
    answered = go(step)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(next=answered.location)
    return answered


def _given() -> Given:
    action = request.form.get("action")
    if action not in {"validate", "skip"}:
        raise BadInput("answer.no_action")
    form = {name: values for name, values in request.form.to_dict(flat=False).items() if name not in _NOT_INPUTS}
    return Given(form, skipped=action == "skip")


def _question_page(asked: Question, error: PixError | None = None) -> str:
    """The question with what the request brought for it, if anything: after a refusal, or in another language."""
    challenge, attempt = parts().bank.challenges[asked.item_id], asked.attempt
    spoken = shown_in(challenge, visitor().locale)
    return render_template(
        "attempts/question.html", question=asked, shown=present(challenge, asked.facts, spoken), spoken=spoken,
        spoken_dir=direction_of(spoken), languages=LANGUAGES, steps=steps_of(db(), attempt), error=error,
        typed=request.form, notice=notice(), left=seconds_left(attempt, clock.now()),
        focus=wants_focus(attempt.placement), area=challenge.area,
    )  # fmt: skip
