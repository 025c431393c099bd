"""Whatever a well-signed message says, it is a launch or a refusal, and a launch can be kept and read back."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.errors import LaunchRefused
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.claims import read_launch
from lti_tool.lti.message import DeepLinking, Launch
from lti_tool.lti.reading import LONGEST_ADDRESS, LONGEST_ID, origin, shown_text, web_address
from lti_tool.lti.roles import role_of
from lti_tool.lti.services import next_page
from lti_tool.models import Deployment, Role

OURS = "https://tests.example.org"
DEPLOYMENT = Deployment(
    id=uuid4(), platform_id=uuid4(), institution_id=uuid4(), deployment_id="2", created_at=datetime.now(UTC)
)
GOOD: dict[str, Any] = {
    "sub": "4",
    "name": "Samia Ben Ali",
    "given_name": "Samia",
    "locale": "fr",
    lti.VERSION_CLAIM: "1.3.0",
    lti.MESSAGE_TYPE: lti.RESOURCE_LAUNCH,
    lti.TARGET_LINK_URI: OURS + "/lti/launch",
    lti.ROLES: ["Instructor"],
    lti.CONTEXT: {"id": "2", "label": "D", "title": "Digital"},
    lti.RESOURCE_LINK: {"id": "1", "title": "T"},
    lti.CUSTOM: {"placement": "x"},
    lti.LAUNCH_PRESENTATION: {"locale": "fr", "document_target": "iframe", "return_url": "https://lms.example/"},
    lti.TOOL_PLATFORM: {"name": "Moodle"},
    lti.AGS_ENDPOINT: {"scope": [lti.SCOPE_SCORE], "lineitem": "https://lms.example/1"},
    lti.NRPS_ENDPOINT: {"context_memberships_url": "https://lms.example/m"},
    lti.DEEP_LINKING_SETTINGS: {
        "deep_link_return_url": "https://lms.example/back", "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"], "accept_multiple": True, "data": "d",
    },
}  # fmt: skip
TEXTS = st.text(st.characters(), max_size=40) | st.sampled_from(["", "true", "https://lms.example/", "a\0b", "\ud800"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.builds(lambda: "x" * 5000)
JUNK = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
INNER = {(claim, field) for claim, value in GOOD.items() if isinstance(value, dict) for field in value}


@settings(max_examples=400)
@given(
    st.sampled_from([lti.RESOURCE_LAUNCH, lti.DEEP_LINKING_LAUNCH]),
    st.dictionaries(st.sampled_from(sorted(GOOD)), JUNK, max_size=5),
    st.dictionaries(st.sampled_from(sorted(INNER)), JUNK, max_size=5),
    st.sets(st.sampled_from(sorted(GOOD)), max_size=4),
)
def test_any_json_in_any_claim_is_a_launch_or_a_refusal(
    kind: str, whole: dict[str, Any], inner: dict[tuple[str, str], Any], missing: set[str]
) -> None:
    claims = GOOD | {lti.MESSAGE_TYPE: kind}
    for (claim, field), value in inner.items():
        claims = claims | {claim: claims[claim] | {field: value}}
    claims = {name: value for name, value in (claims | whole).items() if name not in missing}
    try:
        launch = read_launch(claims, DEPLOYMENT, "LMS", OURS)
    except LaunchRefused as refusal:
        assert 400 <= refusal.status < 500  # noqa: PT017 a refusal is one of the two good ends
        return
    _can_be_kept(launch)


def _can_be_kept(launch: Launch) -> None:
    written = json.dumps(launch.to_json(), allow_nan=False)
    assert Launch.from_json(json.loads(written)) == launch
    short = (launch.subject, launch.name, launch.context_id, launch.context_title, launch.resource_link_id)
    for text in filter(None, short):
        assert 0 < len(text) <= LONGEST_ID
        assert "\0" not in text.encode().decode()
    for address in filter(None, (launch.line_item_url, launch.memberships_url, launch.return_url)):
        assert address.startswith(("https://", "http://"))
        assert len(address.encode()) <= 4 * LONGEST_ADDRESS


IDS = st.none() | st.text(max_size=20)
LAUNCHES = st.builds(
    Launch,
    deployment_id=st.uuids(), platform_id=st.uuids(), institution_id=st.uuids(), message_type=st.text(max_size=9),
    subject=st.text(max_size=9), name=IDS, given_name=IDS, roles=st.frozensets(st.text(max_size=9)),
    role=st.none() | st.sampled_from(Role), locale=IDS, context_id=IDS, context_label=IDS, context_title=IDS,
    resource_link_id=IDS, resource_link_title=IDS, custom=st.dictionaries(st.text(max_size=9), st.text(max_size=9)),
    line_item_url=IDS, line_items_url=IDS, ags_scopes=st.frozensets(st.text(max_size=9)), memberships_url=IDS,
    deep_linking=st.none() | st.builds(
        DeepLinking, return_url=st.text(max_size=9), data=IDS, accept_multiple=st.booleans(),
        accept_line_item=st.none() | st.booleans(), accept_types=st.lists(st.text(max_size=5)).map(tuple),
        targets=st.lists(st.text(max_size=5)).map(tuple), title=IDS,
    ),
    return_url=IDS, document_target=IDS, platform_name=st.text(max_size=9), target_link_uri=st.text(max_size=9),
)  # fmt: skip


@given(LAUNCHES)
def test_a_launch_and_its_json_say_the_same(launch: Launch) -> None:
    assert Launch.from_json(json.loads(json.dumps(launch.to_json()))) == launch


@given(st.lists(TEXTS, max_size=6))
def test_roles_never_fail_and_strange_ones_never_make_an_instructor(roles: list[str]) -> None:
    assert role_of(roles) in {Role.TRAINEE, Role.INSTRUCTOR, None}
    if not any("Instructor" in role or "ContentDeveloper" in role or "Administrator" in role for role in roles):
        assert role_of(roles) is not Role.INSTRUCTOR


@given(text=st.text(st.characters(), max_size=80), plain_http=st.booleans())
def test_an_address_is_kept_as_it_was_written_or_not_at_all(text: str, *, plain_http: bool) -> None:
    for candidate in (text, "https://" + text, "http://lms.example/" + text):
        found = web_address(candidate, plain_http=plain_http)
        assert found in {candidate, None}
        if found is not None:
            assert origin(found) is not None
            assert plain_http or found.startswith("https://")


@given(st.text(st.characters(), max_size=500), st.integers(min_value=1, max_value=60))
def test_a_shown_text_is_clean_and_short_and_stays_as_it_is_when_read_again(text: str, limit: int) -> None:
    shown = shown_text(text, limit)
    if shown is not None:
        assert 0 < len(shown) <= limit
        assert shown.encode()
        assert shown_text(shown, limit) == shown


@given(st.text(st.sampled_from('<>;,"= relnextREL?p=1/:\u201c'), max_size=60))
def test_a_link_header_is_read_or_ignored(header: str) -> None:
    following = next_page(header, "https://lms.example/m")
    assert following is None or isinstance(following, str)


@given(st.text(st.characters(), max_size=40))
def test_an_origin_is_found_or_not_and_never_fails(text: str) -> None:
    assert origin(text) is None or origin(str(origin(text))) == origin(text)
