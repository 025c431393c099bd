"""For an instructor who adds a test to a course: the choice, and the answer to the LMS."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool import clock
from lti_tool.assessment.arrive import bind, bound, check_author
from lti_tool.assessment.fixed import is_fixed
from lti_tool.assessment.place import advised_length, custom_of, place, placement_address
from lti_tool.assessment.rules import Attention, Counts, Purpose
from lti_tool.errors import BadInput
from lti_tool.lti.deep_linking import DeepLinkItem, cancel_jwt, response_jwt
from lti_tool.lti.launch import DeepLinking, Launch
from lti_tool.lti.pending import waiting_for_choice
from lti_tool.models import GradePolicy, PendingLaunch, Person, Placement
from lti_tool.views.choosing import ADAPTIVE, CAP, RARE, choice_of, offered_by_area
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.headers import origin_of
from lti_tool.views.parts import db, parts
from lti_tool.views.session import texts, visitor
from lti_tool.words import in_language

PURPOSES = (Purpose.POSITIONING, Purpose.TRAINING, Purpose.EXAM)
"""In the order in which they are offered."""

picker = Blueprint("picker", __name__, url_prefix="/picker")


@picker.get("/<uuid:launch_id>")
@open_to(Audience.INSTRUCTOR)
def choose(launch_id: UUID) -> str:
    """The page on which an instructor picks competences, a length, and what the LMS gets."""
    return _page(_waiting(launch_id))


@picker.post("/<uuid:launch_id>")
@open_to(Audience.INSTRUCTOR)
def chosen(launch_id: UUID) -> Response | str | tuple[str, int]:
    """Makes the placement and hands it to the LMS, or binds it to the very link that was launched."""
    waiting = _waiting(launch_id)
    message = Launch.from_json(waiting.message)
    if message.deep_linking is not None and request.form.get("action") == "cancel":
        return _answer_lms(waiting, message.deep_linking, None)
    chosen_before = bound(db(), message) if message.deep_linking is None else None
    if chosen_before is not None:
        return redirect(url_for("classes.show", placement_id=chosen_before.id), code=303)
    try:
        placement = _place(waiting)
    except BadInput as error:
        return _page(waiting, error), error.status
    if message.deep_linking is not None:
        return _answer_lms(waiting, message.deep_linking, _item(placement))
    return _bind(message, placement)


def _waiting(launch_id: UUID) -> PendingLaunch:
    """The visitor's own launch that waits, while they teach its course."""
    waiting = waiting_for_choice(db(), launch_id, visitor().person_id, clock.now())
    check_author(db(), Launch.from_json(waiting.message), visitor().person_id)
    return waiting


def _place(waiting: PendingLaunch) -> Placement:
    person = db().get_one(Person, visitor().person_id)
    choice = choice_of(request.form, parts().bank, texts())
    return place(db(), parts().bank, person, waiting.deployment, choice, clock.now())


def _item(placement: Placement) -> DeepLinkItem:
    graded = placement.grade_policy != GradePolicy.NONE
    public_url = parts().settings.public_url
    return DeepLinkItem(
        title=placement.title,
        text=_said_of(placement),
        url=placement_address(public_url),
        custom=custom_of(placement.id),
        score_maximum=100.0 if graded else None,
        resource_id=str(placement.id),
        tag="score",
        icon_url=f"{public_url}{url_for('static', filename='icon.png')}",
    )


def _said_of(placement: Placement) -> str:
    length = int(placement.plan["max_items"])
    return texts().n("rules.item_text", length) if is_fixed(placement) else texts().t("picker.item_text", count=length)


def _answer_lms(waiting: PendingLaunch, asked: DeepLinking, item: DeepLinkItem | None) -> str:
    """The page whose form carries the signed answer to the LMS (Deep Linking 2.0 §4); no item: nothing was chosen."""
    keyring, platform, named = parts().keyring, waiting.deployment.platform, waiting.deployment.deployment_id
    if item is None:
        signed = cancel_jwt(keyring, platform, named, asked, clock.now())
    else:
        signed = response_jwt(keyring, platform, named, asked, [item], clock.now())
    g.form_origins = [origin_of(asked.return_url)]
    return render_template("picker/return.html", address=asked.return_url, jwt=signed)


def _bind(message: Launch, placement: Placement) -> Response:
    """A link that was launched before anything was chosen gets its test at once."""
    bind(db(), message, placement)
    return redirect(url_for("classes.show", placement_id=placement.id), code=303)


def _page(waiting: PendingLaunch, error: BadInput | None = None) -> str:
    bank, say, typed = parts().bank, texts(), request.form
    message = Launch.from_json(waiting.message)
    lists = [(test, in_language(test.titles, say.locale), in_language(test.purpose, say.locale))
             for test in bank.tests.values()]  # fmt: skip
    return render_template(
        "picker/choose.html", areas=offered_by_area(bank, say), lists=lists, adaptive=ADAPTIVE, launch_id=waiting.id,
        course=message.context_title, cancellable=message.deep_linking is not None, advised=advised_length(1),
        policies=list(GradePolicy), purposes=PURPOSES, counts=list(Counts), attentions=list(Attention),
        error=error, typed=typed, rules_open=any(typed.get(name) for name in RARE),
        caps_open=any(value for name, value in typed.items() if name.startswith(CAP)),
    )  # fmt: skip
