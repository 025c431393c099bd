"""Good launches: what comes of them, how the browser is proven, and that each enters once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from threading import Barrier

import pytest
from lti_world import BROWSER, NOW, Coming, World, coming, ec_key, jwk_of, later, rsa_key
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import LaunchRefused
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.launch import Arriving, Launch, Proof, enter, verify_launch
from lti_tool.models import LoginState, Role, open_database


def _as_moodle_sends_it(world: World) -> Launch:
    return Launch(
        deployment_id=world.deployment.id,
        platform_id=world.platform.id,
        institution_id=world.institution.id,
        message_type="LtiResourceLinkRequest",
        subject="4",
        name="Samia Ben Ali",
        given_name="Samia",
        roles=frozenset({"https://purl.imsglobal.org/vocab/lis/v2/membership#Learner"}),
        role=Role.TRAINEE,
        locale="en",
        context_id="2",
        context_label="DIGI101",
        context_title="Digital competence 101",
        resource_link_id="1",
        resource_link_title="Breakout easy mode!",
        custom={
            "difficulty": "easy",
            "context_memberships_url": "https://lms.test:8443/mod/lti/services.php/CourseSection/2/bindings/2/memberships",
        },
        line_item_url="https://lms.test:8443/mod/lti/services.php/2/lineitems/2/lineitem?type_id=2",
        line_items_url="https://lms.test:8443/mod/lti/services.php/2/lineitems?type_id=2",
        ags_scopes=frozenset(
            {lti.SCOPE_LINE_ITEM, lti.SCOPE_LINE_ITEM + ".readonly", lti.SCOPE_RESULT, lti.SCOPE_SCORE}
        ),
        memberships_url="https://lms.test:8443/mod/lti/services.php/CourseSection/2/bindings/2/memberships",
        deep_linking=None,
        return_url="https://lms.test:8443/mod/lti/return.php?course=2&launch_container=3&instanceid=1&sesskey=W9pugEBjsM",
        document_target="iframe",
        platform_name="LMS",
        target_link_uri="https://tests.example.org/lti/launch",
    )  # fmt: skip


def test_a_trainees_launch_as_moodle_sends_it_is_read_whole(world: World) -> None:
    launch = coming(world).open().launch
    assert launch == _as_moodle_sends_it(world)
    assert Launch.from_json(launch.to_json()) == launch


def test_a_deep_linking_request_tells_how_the_items_are_wanted(world: World) -> None:
    launch = coming(world, "deep_linking").open().launch
    asked = launch.deep_linking
    assert asked is not None
    assert asked.return_url.startswith("https://lms.test:8443/mod/lti/contentitem_return.php?")
    assert (asked.data, asked.accept_multiple, asked.accept_line_item) == (None, True, None)
    assert (asked.accept_types, asked.targets) == (("ltiResourceLink",), ("frame", "iframe", "window"))
    assert (launch.role, launch.resource_link_id) == (Role.INSTRUCTOR, None)
    assert Launch.from_json(launch.to_json()) == launch


def test_with_a_loopback_address_of_ours_deep_linking_may_return_by_http(world: World) -> None:
    ours = "http://localhost:8000"
    launch = coming(world, "deep_linking")
    launch.claims[lti.DEEP_LINKING_SETTINGS] = {"deep_link_return_url": "http://localhost:8001/back", "data": ""}
    launch.claims[lti.TARGET_LINK_URI], launch.public_url = ours + "/lti/launch", ours
    asked = launch.open().launch.deep_linking
    assert asked is not None
    assert (asked.return_url, asked.data, asked.accept_multiple) == ("http://localhost:8001/back", "", False)


def test_the_browsers_own_cookie_is_the_best_proof(world: World) -> None:
    assert coming(world).open().proof is Proof.COOKIE


@pytest.mark.parametrize("cookie", [None, ""])
def test_without_a_cookie_the_platforms_storage_or_the_person_must_prove_it(world: World, cookie: str | None) -> None:
    asked = coming(world, login=world.begin(lti_storage_target="_parent"))
    asked.browser = cookie
    assert asked.open().proof is Proof.STORAGE
    unasked = coming(world)
    unasked.browser = cookie
    assert unasked.open().proof is Proof.NONE


@pytest.mark.parametrize("audience", ["client-1", ["client-1"], ["client-1", "client-1"]])
def test_the_audience_may_be_a_text_or_a_list(world: World, audience: object) -> None:
    launch = coming(world)
    launch.claims["aud"] = audience
    assert launch.open().launch.subject == "4"


def test_several_audiences_are_accepted_where_we_are_the_authorised_party(world: World) -> None:
    launch = coming(world)
    launch.claims |= {"aud": ["other", "client-1"], "azp": "client-1", "nbf": NOW.timestamp() - 0.5}
    assert launch.open().launch.subject == "4"


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256", "PS512"])
def test_every_asymmetric_algorithm_is_taken_from_a_key_that_names_none(world: World, algorithm: str) -> None:
    world.jwks[:] = [jwk_of(rsa_key(), "platform-key")]
    launch = coming(world)
    launch.algorithm = algorithm
    assert launch.open().launch.subject == "4"


@pytest.mark.parametrize(("algorithm", "curve"), [("ES256", "P-256"), ("ES384", "P-384"), ("ES512", "P-521")])
def test_an_elliptic_key_may_stand_beside_an_rsa_key(world: World, algorithm: str, curve: str) -> None:
    world.jwks.append(jwk_of(ec_key(curve), "elliptic"))
    launch = coming(world)
    launch.key, launch.algorithm, launch.header = ec_key(curve), algorithm, {"kid": "elliptic"}
    assert launch.open().launch.subject == "4"


def test_an_elliptic_key_of_another_curve_than_the_algorithms_is_refused(world: World) -> None:
    world.jwks.append(jwk_of(ec_key("P-384"), "elliptic"))
    launch = coming(world)
    launch.key, launch.algorithm, launch.header = ec_key("P-256"), "ES256", {"kid": "elliptic"}
    with pytest.raises(LaunchRefused, match=r"launch\.algorithm"):
        launch.open()


def test_personal_data_context_and_services_may_be_missing(world: World) -> None:
    launch = coming(world)
    keep = {"iss", "aud", "sub", "nonce", "iat", "exp", lti.VERSION_CLAIM, lti.MESSAGE_TYPE, lti.DEPLOYMENT_ID}
    keep |= {lti.TARGET_LINK_URI, lti.RESOURCE_LINK}
    launch.claims = {name: value for name, value in launch.claims.items() if name in keep}
    read = launch.open().launch
    assert (read.name, read.context_id, read.locale, read.return_url, read.document_target) == (None,) * 5
    assert (read.role, read.roles, dict(read.custom), read.platform_name) == (Role.TRAINEE, frozenset(), {}, "Moodle")


def test_what_is_malformed_and_not_needed_counts_as_absent(world: World) -> None:
    launch = coming(world)
    launch.claims |= {
        lti.ROLES: {"a": 1}, lti.CONTEXT: "course 2", lti.CUSTOM: None, lti.TOOL_PLATFORM: [1], "name": 5,
        "given_name": "Zo\u00eb\x00 \ud800 " + "x" * 300,
        lti.LAUNCH_PRESENTATION: {"locale": "<fr>", "return_url": "javascript:x"},
        lti.AGS_ENDPOINT: {"lineitem": "ftp://x/", "lineitems": 7, "scope": "one"}, lti.NRPS_ENDPOINT: "none",
    }  # fmt: skip
    read = launch.open().launch
    assert (read.roles, read.context_id, dict(read.custom), read.name) == (frozenset(), None, {}, None)
    assert (read.locale, read.return_url, read.line_item_url, read.line_items_url) == (None,) * 4
    assert (read.ags_scopes, read.memberships_url, read.platform_name) == (frozenset({"one"}), None, "Moodle")
    assert read.given_name is not None
    assert read.given_name.startswith("Zoë x")
    assert len(read.given_name) == 255


def test_custom_parameters_are_kept_as_texts_and_unreadable_ones_dropped(world: World) -> None:
    launch = coming(world)
    launch.claims[lti.CUSTOM] = {"a": "x;y=z", "b": 5, "c": True, "d": None, "e": [1], "f": "", "g": "a\0", "": "x"}
    assert launch.open().launch.custom == {"a": "x;y=z", "b": "5", "c": "true", "f": ""}


@pytest.mark.parametrize(
    ("sent", "read"), [("fr_CA", "fr_CA"), ("ar-TN", "ar-TN"), ("", None), ("x" * 40, None), (7, None)]
)
def test_a_locale_is_taken_when_it_is_one(world: World, sent: object, read: str | None) -> None:
    launch = coming(world)
    launch.claims[lti.LAUNCH_PRESENTATION] = {"locale": sent}
    assert launch.open().launch.locale == read


def _tried(launch: Coming, gate: Barrier, *, verified_first: bool) -> str:
    """One request in a worker of its own: a database handle of its own, so that no lock of this process helps."""
    database = open_database(str(launch.world.database.engine.url))
    try:
        with database.reading() if verified_first else nullcontext() as reader:
            arriving = _verified(reader, launch) if reader is not None else None
        gate.wait()
        with database.transaction() as session:
            enter(session, arriving or _verified(session, launch), NOW)
    except LaunchRefused as refusal:
        return refusal.key
    finally:
        database.engine.dispose()
    return "entered"


def _verified(session: Session, launch: Coming) -> Arriving:
    return verify_launch(
        session, launch.world.keysets, launch.posted(),
        browser=BROWSER, public_url=launch.public_url, now=NOW, leeway=60,
    )  # fmt: skip


@pytest.mark.parametrize("verified_first", [True, False])
def test_of_eight_simultaneous_replays_exactly_one_enters(world: World, *, verified_first: bool) -> None:
    for _round in range(3):
        try_it = partial(_tried, coming(world), Barrier(8), verified_first=verified_first)
        with ThreadPoolExecutor(8) as pool:
            became = [future.result() for future in [pool.submit(try_it) for _ in range(8)]]
        assert sorted(became) == ["entered"] + ["launch.replayed"] * 7


def test_of_two_that_were_verified_before_either_entered_exactly_one_enters(world: World) -> None:
    launch = coming(world)
    arriving = []
    for _ in range(2):
        with world.database.reading() as session:
            arriving.append(_verified(session, launch))
    with world.database.transaction() as session:
        enter(session, arriving[0], NOW)
    with world.database.transaction() as session, pytest.raises(LaunchRefused, match=r"launch\.replayed"):
        enter(session, arriving[1], NOW)


def test_a_launch_that_was_verified_in_time_and_enters_too_late_is_refused(world: World) -> None:
    launch = coming(world)
    with world.database.reading() as session:
        arriving = _verified(session, launch)
    with world.database.transaction() as session, pytest.raises(LaunchRefused):
        enter(session, arriving, later(601))


def test_entering_marks_the_state_as_used(world: World) -> None:
    launch = coming(world)
    launch.open()
    with world.database.reading() as session:
        assert session.scalars(select(LoginState.used_at)).one() == NOW
