"""The trainee's pages: start, question, checkpoint, results."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.answer import Given, answer
from lti_tool.assessment.finish import finish_now, minimum_reached
from lti_tool.assessment.pause import pause
from lti_tool.assessment.report import CATEGORIES, report_problem
from lti_tool.assessment.show import show_question
from lti_tool.assessment.start import RUNNING, start_or_resume
from lti_tool.assessment.step import Page, Step
from lti_tool.assessment.visitor import own_attempt, own_question
from lti_tool.assessment.where import where
from lti_tool.content import present
from lti_tool.errors import BadInput, PixError, TooLarge
from lti_tool.insights.trainee import checkpoint_of, result_of, start_of, steps_of
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts
from lti_tool.views.session import TICKET, end_session, texts, visitor

attempts = Blueprint("attempts", __name__)
_NOT_INPUTS = frozenset({"action", TICKET})
_NOTICES = frozenset({"attempt.notice.already_answered", "attempt.notice.reported"})


@attempts.get("/tests/not-ready")
@open_to(Audience.TRAINEE)
def not_ready() -> str:
    """A trainee came to a link for which no test is chosen yet."""
    return render_template("attempts/not_ready.html")


@attempts.get("/tests/<uuid:placement_id>")
@open_to(Audience.TRAINEE)
def begin(placement_id: UUID) -> str:
    """What will happen: what is tested, how long, what is sent to whom; start, resume, or the last result."""
    return render_template("attempts/begin.html", start=start_of(db(), parts().bank, visitor(), placement_id))


@attempts.post("/tests/<uuid:placement_id>/start")
@open_to(Audience.TRAINEE)
def start(placement_id: UUID) -> Response:
    """Begins an attempt or goes on with the one that waits."""
    return _go(start_or_resume(db(), parts().bank, visitor(), placement_id, clock.now()))


@attempts.get("/questions/<uuid:question_id>")
@open_to(Audience.TRAINEE, writes=True)
def question(question_id: UUID) -> Response | str:
    """The open question; one that has its answer leads to where the attempt stands."""
    if show_question(db(), visitor(), question_id, clock.now()) is None:
        return _go_on_from_answered(question_id)
    return _question_page(question_id, None)


@attempts.post("/questions/<uuid:question_id>/answer")
@open_to(Audience.TRAINEE)
def submit(question_id: UUID) -> Response | tuple[str, int]:
    """Validate or skip; an answer that cannot be read shows the question again, with what was typed."""
    try:
        return _go(answer(db(), parts().bank, visitor(), question_id, _given(), clock.now()))
    except (BadInput, TooLarge) as error:
        if show_question(db(), visitor(), question_id, clock.now()) is None:
            return _go_on_from_answered(question_id)
        return _question_page(question_id, error), error.status


@attempts.route("/questions/<uuid:question_id>/report", methods=["GET", "POST"])
@open_to(Audience.TRAINEE)
def report(question_id: UUID) -> Response | str:
    """Report a problem: a category and, if wanted, a few words."""
    if request.method == "POST":
        told = request.form
        asked = report_problem(
            db(), visitor(), question_id, told.get("category", ""), told.get("text", ""), clock.now()
        )
        return _go(where(db(), asked.attempt, "attempt.notice.reported"))
    asked = own_question(db(), visitor(), question_id)
    return render_template("attempts/report.html", question=asked, categories=CATEGORIES)


@attempts.get("/attempts/<uuid:attempt_id>/checkpoint")
@open_to(Audience.TRAINEE)
def checkpoint(attempt_id: UUID) -> Response | str:
    """After every five answers: how each went, the right answer and why, a tip for next time."""
    attempt = own_attempt(db(), visitor(), attempt_id)
    page = checkpoint_of(db(), parts().bank, attempt, visitor().language)
    if page is None:
        return _go(where(db(), attempt))
    can_finish = attempt.phase in RUNNING and minimum_reached(db(), parts().bank, attempt)
    return render_template("attempts/checkpoint.html", attempt=attempt, page=page, can_finish=can_finish)


@attempts.get("/attempts/<uuid:attempt_id>")
@open_to(Audience.TRAINEE)
def go_on(attempt_id: UUID) -> Response:
    """To where the attempt stands."""
    return _go(where(db(), own_attempt(db(), visitor(), attempt_id)))


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
    return _go(finish_now(db(), parts().bank, visitor(), attempt_id, clock.now()))


@attempts.get("/attempts/<uuid:attempt_id>/results")
@open_to(Audience.TRAINEE)
def results(attempt_id: UUID) -> Response | str:
    """What one can do, with its margin, and what to work on."""
    attempt = own_attempt(db(), visitor(), attempt_id)
    step = where(db(), attempt)
    if step.page is not Page.RESULTS:
        return _go(step)
    result = result_of(db(), parts().bank, attempt, visitor().language)
    return render_template("attempts/results.html", attempt=attempt, result=result, notice=_notice())


def _go_on_from_answered(question_id: UUID) -> Response:
    """From a question that has its answer, or whose attempt is over, to where the attempt stands."""
    return _go(where(db(), own_question(db(), visitor(), question_id).attempt, "attempt.notice.already_answered"))


def _given() -> Given:
    action = request.form.get("action")
    if action not in {"validate", "skip"}:
        raise BadInput("answer.no_action")
    form = {name: values for name, values in request.form.to_dict(flat=False).items() if name not in _NOT_INPUTS}
    return Given(form, skipped=action == "skip")


def _question_page(question_id: UUID, error: PixError | None) -> str:
    asked = own_question(db(), visitor(), question_id)
    challenge = parts().bank.challenges[asked.item_id]
    shown = present(challenge, asked.facts, visitor().language)
    typed = request.form if error is not None else {}
    return render_template(
        "attempts/question.html", question=asked, shown=shown, steps=steps_of(db(), asked.attempt), error=error,
        typed=typed, notice=_notice(), said=texts(),
    )  # fmt: skip


def _go(step: Step) -> Response:
    """303 to the page of a step."""
    if step.page is Page.QUESTION and step.question_id is not None:
        return redirect(url_for("attempts.question", question_id=step.question_id, notice=step.notice), code=303)
    page = {Page.CHECKPOINT: "attempts.checkpoint", Page.RESULTS: "attempts.results"}.get(step.page, "attempts.go_on")
    return redirect(url_for(page, attempt_id=step.attempt_id, notice=step.notice), code=303)


def _notice() -> str | None:
    notice = request.args.get("notice")
    return notice if notice in _NOTICES else None
