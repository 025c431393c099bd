"""The LTI endpoints: login, launch, the proof of the browser, keys."""

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lti_tool import clock
from lti_tool.assessment.arrive import Arrival, arrive
from lti_tool.errors import LaunchRefused
from lti_tool.lti.launch import Arriving, Launch, Proof, enter, verify_launch
from lti_tool.lti.login import begin_login
from lti_tool.lti.pending import hold_for_choice, hold_for_proof, take_proven
from lti_tool.models import Platform, Role
from lti_tool.views.browser import browser_of, give_session, name_browser, new_secret
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.headers import origin_of
from lti_tool.views.parts import db, parts
from lti_tool.views.session import open_session
from lti_tool.words import best_locale, words

launches = Blueprint("launches", __name__, url_prefix="/lti")


@launches.route("/login", methods=["GET", "POST"])
@open_to(Audience.ANYONE, writes=True)
def login() -> AnyResponse:
    """Third-party-initiated login (1EdTech Security 1.0 §5.1.1): on to the platform's sign-in."""
    settings = parts().settings
    browser = browser_of(request) or new_secret()
    onward = begin_login(
        db(), request.values.to_dict(), browser=browser, redirect_uri=f"{settings.public_url}/lti/launch",
        public_url=settings.public_url, now=clock.now(), minutes=settings.launch_minutes,
    )  # fmt: skip
    if onward.storage_target:
        response = make_response(render_template("launch/store.html", onward=onward))
    else:
        response = make_response(redirect(onward.url, code=303))
    name_browser(response, browser)
    return response


@launches.get("/launch")
@open_to(Audience.ANYONE)
def sniffed() -> str:
    """A plain page for whoever fetches the address without a message (Moodle 4.2 does on saving an activity)."""
    return render_template("launch/nothing.html")


@launches.post("/launch")
@open_to(Audience.ANYONE)
def launch() -> AnyResponse:
    """The platform's message: verified, then bound to this browser, then answered by 303 (reload and Back work)."""
    settings = parts().settings
    browser = browser_of(request)
    with parts().database.reading() as session:  # the platform's keys may have to be fetched: no lock is held
        arriving = verify_launch(
            session, parts().keysets, request.form.to_dict(), browser=browser, public_url=settings.public_url,
            now=clock.now(), leeway=settings.clock_leeway_seconds,
        )  # fmt: skip
    enter(db(), arriving, clock.now())
    if arriving.proof is Proof.COOKIE:
        return _enter(arriving.launch, browser)
    return _ask_for_proof(arriving, request.form["state"])


@launches.post("/continue")
@open_to(Audience.ANYONE)
def proceed() -> AnyResponse:
    """The one POST by which a browser without cookies is proven: by the platform's storage, or by the person.

    Only our own page may post it: else a stranger could lead a browser into a session of their own (login CSRF).
    """
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise LaunchRefused("launch.proof_unknown")
    proven = take_proven(db(), request.form.get("proof", ""), request.form.get("stored"), clock.now())
    return _enter(proven, browser_of(request))


@launches.get("/jwks")
@open_to(Audience.ANYONE)
def jwks() -> Response:
    """Our public keys."""
    answer = jsonify(parts().keyring.jwks())
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _ask_for_proof(arriving: Arriving, state: str) -> Response:
    """No cookie came back: the platform's storage answers, or the person does."""
    message = arriving.launch
    now, minutes = clock.now(), parts().settings.launch_minutes
    proof = hold_for_proof(db(), message, arriving.state.stored_sha256, now, minutes)
    storage = arriving.state.storage_target if arriving.proof is Proof.STORAGE else None
    say = words(_locale_of(message))
    g.frame_origins = _origins_of(message, arriving.state.platform)
    page = render_template(
        "launch/continue.html", launch=message, proof=proof, state=state, storage_target=storage,
        platform_origin=origin_of(arriving.state.platform.auth_url), say=say, t=say.t, lang=say.language,
        dir=say.direction,
    )  # fmt: skip
    return make_response(page)


def _enter(message: Launch, browser: str | None) -> AnyResponse:
    """Opens the session of a proven browser and sends it to where the message leads."""
    arrival = arrive(db(), message, clock.now())
    deployment = arrival.course.deployment
    origins = _origins_of(message, deployment.platform)
    secret = open_session(arrival.person, deployment, _locale_of(message), browser, origins)
    answer = make_response(redirect(_destination(message, arrival), code=303))
    if secret is not None:
        give_session(answer, secret)
    return answer


def _locale_of(message: Launch) -> str:
    """What the platform says of the person, with what their browser adds to it."""
    return best_locale(message.locale, request.headers.get("Accept-Language"))


def _origins_of(message: Launch, platform: Platform) -> list[str]:
    """The sites of the platform that may show our pages in a frame."""
    named = [platform.issuer, platform.auth_url, message.return_url]
    if message.deep_linking is not None:
        named.append(message.deep_linking.return_url)
    return sorted({origin for origin in map(origin_of, named) if origin})


def _destination(message: Launch, arrival: Arrival) -> str:
    """The picker where a test is to be chosen, else the class for its instructor, the start page for a trainee."""
    teaches = arrival.role is Role.INSTRUCTOR
    if message.deep_linking is not None and not teaches:
        raise LaunchRefused("launch.not_author")
    if arrival.placement is None and teaches:
        minutes = parts().settings.picker_minutes
        waiting = hold_for_choice(db(), message, arrival.person.id, clock.now(), minutes)
        return url_for("picker.choose", launch_id=waiting)
    if arrival.placement is None:
        return url_for("attempts.not_ready")
    return url_for("classes.show" if teaches else "attempts.begin", placement_id=arrival.placement.id)
