"""Launches that are well signed and say something that must not be believed."""

from datetime import timedelta

from lti_forgery import ISSUED, Forgery, attribute, claim, posted, without
from lti_world import NOW, Coming

from lti_tool.lti import vocabulary as lti

SETTINGS = lti.DEEP_LINKING_SETTINGS
RETURN_URL = "https://lms.example.org/"
ADMINISTRATOR = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
REFUSAL = {"error": "x", "error_description": "ring 0800"}


def hint_for_another_deployment(launch: Coming) -> None:
    login = launch.world.begin(lti_deployment_id="7")
    launch.login, launch.claims["nonce"] = login, login.nonce


def an_error_afterwards(launch: Coming) -> None:
    launch.open()
    launch.form.update(REFUSAL)


def an_error_too_late(launch: Coming) -> None:
    launch.now = NOW + timedelta(minutes=10)
    launch.form.update(REFUSAL)


def an_error_elsewhere(launch: Coming) -> None:
    launch.browser = "the-secret-of-another-browser-012345"
    launch.form.update(REFUSAL)


FALSE_CLAIMS = [
    # whose and for whom
    Forgery("another issuer", claim("iss", "https://other.example"), "launch.wrong_issuer"),
    Forgery("no issuer", without("iss"), "launch.claim_missing"),
    Forgery("an issuer that is a list", claim("iss", ["https://lms.example.org"]), "launch.wrong_issuer"),
    Forgery("for another client", claim("aud", "client-2"), "launch.audience"),
    Forgery("no audience", without("aud"), "launch.claim_missing"),
    Forgery("an empty list of audiences", claim("aud", []), "launch.audience"),
    Forgery("an audience that is an object", claim("aud", {"client-1": 1}), "launch.audience"),
    Forgery("a second audience without azp", claim("aud", ["client-1", "client-2"]), "launch.audience"),
    Forgery(
        "a second audience, the other as azp",
        lambda it: it.claims.update(aud=["client-1", "client-2"], azp="client-2"),
        "launch.audience",
    ),
    Forgery("another azp", claim("azp", "client-2"), "launch.audience"),
    Forgery("an azp that is a list", claim("azp", ["client-1"]), "launch.audience"),
    # when
    Forgery("expired", lambda it: it.claims.update(iat=ISSUED - 30, exp=ISSUED - 61), "launch.token_expired"),
    Forgery("no exp", without("exp"), "launch.claim_missing"),
    Forgery("exp is null", claim("exp", None), "launch.claim_missing"),
    Forgery("exp is a text", claim("exp", "soon"), "launch.malformed"),
    Forgery("exp is true", claim("exp", True), "launch.malformed"),
    Forgery("exp is infinite", claim("exp", float("inf")), "launch.malformed"),
    Forgery("exp is no number", claim("exp", float("nan")), "launch.malformed"),
    Forgery("exp beyond all calendars", claim("exp", 10**30), "launch.malformed"),
    Forgery("no iat", without("iat"), "launch.claim_missing"),
    Forgery("iat is a list", claim("iat", [ISSUED]), "launch.malformed"),
    Forgery("made in two hours", claim("iat", ISSUED + 7200), "launch.token_early"),
    Forgery("made 61 seconds ahead", claim("iat", ISSUED + 61), "launch.token_early"),
    Forgery("made before the login began", claim("iat", ISSUED - 61), "launch.token_old"),
    Forgery("not valid before an hour", claim("nbf", ISSUED + 3600), "launch.token_early"),
    Forgery("nbf is an object", claim("nbf", {}), "launch.malformed"),
    Forgery("after the way in has expired", attribute("now", NOW + timedelta(minutes=10)), "launch.expired"),
    # what
    Forgery("LTI 1.1", claim(lti.VERSION_CLAIM, "LTI-1p0"), "launch.version"),
    Forgery("no version", without(lti.VERSION_CLAIM), "launch.version"),
    Forgery("no message type", without(lti.MESSAGE_TYPE), "launch.message_type"),
    Forgery("an unknown message type", claim(lti.MESSAGE_TYPE, "LtiStartProctoring"), "launch.message_type"),
    Forgery("a message type that is a list", claim(lti.MESSAGE_TYPE, [lti.RESOURCE_LAUNCH]), "launch.message_type"),
    Forgery("the response as a request", claim(lti.MESSAGE_TYPE, lti.DEEP_LINKING_RESPONSE), "launch.message_type"),
    Forgery("a submission review", claim(lti.MESSAGE_TYPE, lti.REVIEW_LAUNCH), "launch.review_not_offered"),
    Forgery(
        "a target elsewhere", claim(lti.TARGET_LINK_URI, "https://evil.example/lti/launch"), "launch.foreign_target"
    ),
    Forgery(
        "a target that only looks ours",
        claim(lti.TARGET_LINK_URI, "https://tests.example.org@evil.example/"),
        "launch.foreign_target",
    ),
    Forgery(
        "a target on another port",
        claim(lti.TARGET_LINK_URI, "https://tests.example.org:444/"),
        "launch.foreign_target",
    ),
    Forgery("a target by plain http", claim(lti.TARGET_LINK_URI, "http://tests.example.org/"), "launch.foreign_target"),
    Forgery("a target that is a script", claim(lti.TARGET_LINK_URI, "javascript:alert(1)"), "launch.foreign_target"),
    Forgery("no target", without(lti.TARGET_LINK_URI), "launch.foreign_target"),
    Forgery("no resource link", without(lti.RESOURCE_LINK), "launch.claim_missing"),
    Forgery("a resource link that is null", claim(lti.RESOURCE_LINK, None), "launch.claim_missing"),
    Forgery("a resource link without an id", claim(lti.RESOURCE_LINK, {"title": "x"}), "launch.claim_missing"),
    Forgery("a resource link id that is a number", claim(lti.RESOURCE_LINK, {"id": 1}), "launch.malformed"),
    Forgery("a resource link id of 300 characters", claim(lti.RESOURCE_LINK, {"id": "i" * 300}), "launch.malformed"),
    Forgery("a context id with a null character", claim(lti.CONTEXT, {"id": "a\0b"}), "launch.malformed"),
    # who
    Forgery("anonymous", without("sub"), "launch.anonymous"),
    Forgery("a sub that is null", claim("sub", None), "launch.anonymous"),
    Forgery("a sub of blanks", claim("sub", "  "), "launch.anonymous"),
    Forgery("a sub that is a number", claim("sub", 4), "launch.malformed"),
    Forgery("a sub of 256 characters", claim("sub", "4" * 256), "launch.malformed"),
    Forgery("a sub with a null character", claim("sub", "4\0"), "launch.malformed"),
    Forgery("a sub with half a surrogate pair", claim("sub", "\ud83d"), "launch.malformed"),
    # from which deployment
    Forgery(
        "an unknown deployment",
        lambda it: (it.login, it.claims.update({lti.DEPLOYMENT_ID: "9"})),
        "launch.deployment_differs",
    ),
    Forgery("another deployment than announced", hint_for_another_deployment, "launch.deployment_differs"),
    Forgery("no deployment", without(lti.DEPLOYMENT_ID), "launch.claim_missing"),
    Forgery("a deployment that is a number", claim(lti.DEPLOYMENT_ID, 2), "launch.malformed"),
    Forgery("a deployment of 300 characters", claim(lti.DEPLOYMENT_ID, "2" * 300), "launch.malformed"),
    # deep linking
    Forgery("a learner who would add tests", claim(lti.ROLES, ["Learner"]), "launch.not_author", "deep_linking"),
    Forgery(
        "an administrator of the institution only",
        claim(lti.ROLES, [ADMINISTRATOR]),
        "launch.not_author",
        "deep_linking",
    ),
    Forgery("a request without settings", without(SETTINGS), "launch.malformed", "deep_linking"),
    Forgery("settings that are a list", claim(SETTINGS, []), "launch.malformed", "deep_linking"),
    Forgery(
        "a return address by plain http",
        claim(SETTINGS, {"deep_link_return_url": "http://lms.example.org/"}),
        "launch.malformed",
        "deep_linking",
    ),
    Forgery(
        "a return address that is a script",
        claim(SETTINGS, {"deep_link_return_url": "javascript:alert(1)"}),
        "launch.malformed",
        "deep_linking",
    ),
    Forgery(
        "only files accepted",
        claim(SETTINGS, {"deep_link_return_url": RETURN_URL, "accept_types": ["file"]}),
        "launch.no_links_accepted",
        "deep_linking",
    ),
    Forgery(
        "data that is an object",
        claim(SETTINGS, {"deep_link_return_url": RETURN_URL, "data": {}}),
        "launch.malformed",
        "deep_linking",
    ),
    # the platform's own refusals
    Forgery(
        "an error of the platform", posted(error="invalid_request", error_description="no"), "launch.platform_error"
    ),
    Forgery(
        "an error in answer to nothing",
        posted(**REFUSAL, state="y"),
        "launch.platform_refused",
    ),
    Forgery("an error without a state", posted(**REFUSAL, state=""), "launch.platform_refused"),
    Forgery("an error after the way in was used", an_error_afterwards, "launch.platform_refused"),
    Forgery("an error after the way in has expired", an_error_too_late, "launch.platform_refused"),
    Forgery("an error that another browser brings", an_error_elsewhere, "launch.platform_refused"),
]
