"""The answer to a deep linking request, as a platform reads it."""

from dataclasses import replace
from typing import Any

import jwt
import pytest
from lti_world import LAUNCH_URL, NOW, World

from lti_tool.errors import BadInput
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.deep_linking import DeepLinkItem, cancel_jwt, error_jwt, response_jwt
from lti_tool.lti.message import DeepLinking

ASKED = DeepLinking(
    return_url="https://lms.example.org/back", data=None, accept_multiple=True, accept_line_item=None,
    accept_types=("ltiResourceLink",), targets=("iframe", "window"), title=None,
)  # fmt: skip
ITEM = DeepLinkItem(
    title="Évaluer l’information", text="16 questions", url=LAUNCH_URL, custom={"placement": "p1"},
    score_maximum=100.0, resource_id="p1", tag="score", icon_url="https://tests.example.org/static/icon.png",
)  # fmt: skip


def _read(world: World, token: str) -> dict[str, Any]:
    (key,) = jwt.PyJWKSet.from_dict(world.keyring.jwks()).keys
    options: Any = {"verify_exp": False, "verify_iat": False}
    return dict(jwt.decode(token, key, algorithms=["RS256"], audience=world.platform.issuer, options=options))


def _answer(world: World, asked: DeepLinking, *items: DeepLinkItem, message: str | None = None) -> dict[str, Any]:
    return _read(world, response_jwt(world.keyring, world.platform, "2", asked, items, NOW, message))


def test_the_answer_comes_from_our_client_for_the_platform_and_the_deployment(world: World) -> None:
    said = _answer(world, ASKED, ITEM, message="Ajouté")
    issued = int(NOW.timestamp())
    assert len(said.pop("nonce")) >= 32
    assert said == {
        "iss": "client-1",
        "aud": ["https://lms.example.org"],
        "iat": issued,
        "exp": issued + 300,
        lti.DEPLOYMENT_ID: "2",
        lti.MESSAGE_TYPE: "LtiDeepLinkingResponse",
        lti.VERSION_CLAIM: "1.3.0",
        lti.MESSAGE: "Ajouté",
        lti.CONTENT_ITEMS: [
            {
                "type": "ltiResourceLink",
                "title": "Évaluer l’information",
                "text": "16 questions",
                "url": LAUNCH_URL,
                "custom": {"placement": "p1"},
                "icon": {"url": "https://tests.example.org/static/icon.png", "width": 64, "height": 64},
                "lineItem": {
                    "label": "Évaluer l’information", "scoreMaximum": 100.0, "resourceId": "p1", "tag": "score",
                },
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize("data", ["", "opaque é \u2028 {}", "\ud800", "x" * 20_000])
def test_data_goes_back_exactly_as_it_came(world: World, data: str) -> None:
    assert _answer(world, replace(ASKED, data=data), ITEM)[lti.DATA] == data


def test_where_no_data_came_none_goes_back(world: World) -> None:
    assert lti.DATA not in _answer(world, ASKED, ITEM)


@pytest.mark.parametrize(("accepts", "sent"), [(True, True), (None, True), (False, False)])
def test_a_column_is_asked_for_unless_the_platform_refuses_it(
    world: World, accepts: bool | None, *, sent: bool
) -> None:
    (item,) = _answer(world, replace(ASKED, accept_line_item=accepts), ITEM)[lti.CONTENT_ITEMS]
    assert ("lineItem" in item) is sent


def test_an_activity_without_a_grade_asks_for_no_column(world: World) -> None:
    (item,) = _answer(world, ASKED, DeepLinkItem("A", "b", LAUNCH_URL))[lti.CONTENT_ITEMS]
    assert item == {"type": "ltiResourceLink", "title": "A", "text": "b", "url": LAUNCH_URL}


@pytest.mark.parametrize(
    ("target", "accepted", "sent"),
    [
        ("iframe", ("iframe",), {"iframe": {}}),
        ("window", ("iframe", "window"), {"window": {"targetName": "_blank"}}),
        ("window", ("iframe",), {}),
        ("iframe", (), {}),
        (None, ("iframe", "window"), {}),
    ],
)
def test_where_an_item_opens_is_said_only_where_it_is_accepted(
    world: World, target: str | None, accepted: tuple[str, ...], sent: dict[str, object]
) -> None:
    asked = replace(ASKED, targets=accepted)
    (item,) = _answer(world, asked, DeepLinkItem("A", "b", LAUNCH_URL, target=target))[lti.CONTENT_ITEMS]
    assert {name: item[name] for name in ("iframe", "window") if name in item} == sent


def test_several_items_go_only_where_several_are_accepted(world: World) -> None:
    assert len(_answer(world, ASKED, ITEM, ITEM)[lti.CONTENT_ITEMS]) == 2
    with pytest.raises(BadInput, match=r"launch\.one_item_only"):
        _answer(world, replace(ASKED, accept_multiple=False), ITEM, ITEM)


def test_choosing_nothing_is_an_answer_without_items_and_errors(world: World) -> None:
    asked = replace(ASKED, data="d")
    said = _read(world, cancel_jwt(world.keyring, world.platform, "2", asked, NOW))
    assert (said[lti.CONTENT_ITEMS], said[lti.DATA], lti.ERROR_MESSAGE in said) == ([], "d", False)


@pytest.mark.parametrize("log", [None, "no bank"])
def test_an_error_is_told_to_the_person_and_to_the_log(world: World, log: str | None) -> None:
    said = _read(world, error_jwt(world.keyring, world.platform, "2", ASKED, NOW, error="Rien à ajouter", log=log))
    assert (said[lti.ERROR_MESSAGE], said.get(lti.ERROR_LOG), said[lti.CONTENT_ITEMS]) == ("Rien à ajouter", log, [])
