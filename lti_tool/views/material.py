"""Files to download and simulated places: served at signed addresses, since a sandboxed frame brings no session."""

from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from itsdangerous import BadSignature

from lti_tool.assessment.language import shown_in
from lti_tool.content import place_link, place_page, render_material
from lti_tool.errors import NotFound
from lti_tool.models import Question
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import parts
from lti_tool.views.session import visitor
from lti_tool.words import words

material = Blueprint("material", __name__)


def address_of(question: Question, name: str) -> str:
    """The address of one file of a question; it names neither truth nor seed and opens nothing else."""
    token = _sign(question, "file")
    return url_for("material.file", token=token, name=name)


def place_address(question: Question, start: str) -> str:
    """The address at which the simulated place of a question begins."""
    return url_for("material.place", token=_sign(question, "place"), path=start)


@material.get("/files/<token>/<name>")
@open_to(Audience.BEARER)
def file(token: str, name: str) -> Response:
    """A generated file, made at request."""
    question, language = _read(token, "file")
    challenge = parts().bank.challenges[question.item_id]
    made = render_material(challenge, question.facts, name, language)
    answer = make_response(made.bytes)
    answer.headers["Content-Type"] = made.media_type
    shown = made.media_type.startswith("image/") and "download" not in request.args
    disposition = "inline" if shown else "attachment"
    answer.headers.set("Content-Disposition", disposition, filename=made.file_name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@material.get("/places/<token>/", defaults={"path": ""})
@material.get("/places/<token>/<path:path>")
@open_to(Audience.BEARER)
def place(token: str, path: str) -> Response:
    """A page of a simulated place."""
    question, language = _read(token, "place")
    challenge = parts().bank.challenges[question.item_id]
    page = place_page(challenge, question.facts, path, request.args.to_dict(), language)
    say = words(language)
    shown = render_template(
        page.template, title=page.title, lang=language, dir=say.direction, t=say.t, link=place_link(path),
        stylesheet=url_for("static", filename="places.css"), values=page.values,
    )  # fmt: skip
    answer = make_response(shown, page.status)
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
    )
    return answer


def _sign(question: Question, use: str) -> str:
    spoken = shown_in(parts().bank.challenges[question.item_id], visitor().locale)
    return parts().signer.dumps([use, question.id.hex, spoken])


def _read(token: str, use: str) -> tuple[Question, str]:
    try:
        named, question_id, language = parts().signer.loads(token)
        known = UUID(hex=question_id) if named == use else None
    except (BadSignature, ValueError, TypeError, AttributeError):
        known = None
    with parts().database.reading() as session:  # closed again before anything is rendered
        question = session.get(Question, known) if known is not None else None
    if question is None:
        raise NotFound("material.unknown")
    return question, str(language)
