"""Access tokens: asked for with a fresh assertion, kept, renewed in time, refused in words."""

import jwt
import pytest
from lti_world import NOW, Said, World, later

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.refusals import TokenRefused
from lti_tool.lti.tokens import AccessTokens

SCORE = (lti.SCOPE_SCORE,)


@pytest.fixture
def tokens(world: World) -> AccessTokens:
    return AccessTokens(world.outbound, world.keyring)


def _numbered(world: World, **more: object) -> None:
    world.server.on(
        "POST", "/token",
        lambda _asked: Said(body={"access_token": f"token-{world.server.count('/token')}", **more}),
    )  # fmt: skip


def test_the_assertion_names_us_the_platforms_address_and_itself(world: World, tokens: AccessTokens) -> None:
    assert tokens.get(world.platform, SCORE, NOW) == "opened"
    (asked,) = world.server.asked
    form = asked.form()
    (key,) = jwt.PyJWKSet.from_dict(world.keyring.jwks()).keys
    options = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
    claims = jwt.decode(form["client_assertion"], key, algorithms=["RS256"], options=options)
    issued = int(NOW.timestamp())
    jti = claims.pop("jti")
    assert len(jti) >= 32
    assert claims == {
        "iss": "client-1", "sub": "client-1", "aud": world.platform.token_url, "iat": issued, "exp": issued + 60,
    }  # fmt: skip
    assert form["grant_type"] == "client_credentials"
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assert form["scope"] == lti.SCOPE_SCORE


def test_no_two_assertions_are_alike(world: World, tokens: AccessTokens) -> None:
    for scope in (lti.SCOPE_SCORE, lti.SCOPE_RESULT, lti.SCOPE_ROSTER):
        tokens.get(world.platform, (scope,), NOW)
    assert len({asked.form()["client_assertion"] for asked in world.server.asked}) == 3


def test_a_token_is_kept_by_scopes_until_a_minute_before_its_end(world: World, tokens: AccessTokens) -> None:
    _numbered(world, expires_in=3600)
    assert [tokens.get(world.platform, SCORE, later(seconds)) for seconds in (0, 60, 3539)] == ["token-1"] * 3
    assert tokens.get(world.platform, (lti.SCOPE_RESULT,), NOW) == "token-2"
    assert tokens.get(world.platform, SCORE, later(3540)) == "token-3"


def test_the_order_of_scopes_does_not_matter(world: World, tokens: AccessTokens) -> None:
    both = (lti.SCOPE_SCORE, lti.SCOPE_RESULT)
    assert tokens.get(world.platform, both, NOW) == tokens.get(world.platform, both[::-1], NOW)
    assert world.server.count("/token") == 1


def test_a_forgotten_token_is_asked_for_again(world: World, tokens: AccessTokens) -> None:
    _numbered(world, expires_in=3600)
    tokens.get(world.platform, SCORE, NOW)
    tokens.forget(world.platform, SCORE)
    tokens.forget(world.platform, SCORE)
    assert tokens.get(world.platform, SCORE, NOW) == "token-2"


@pytest.mark.parametrize(
    ("expires_in", "kept"),
    [("3600", 3539), (None, 239), ("soon", 239), (10**9, 86_339), (float("inf"), 86_339), ({}, 239)],
)
def test_a_life_that_is_a_text_missing_or_absurd_is_bounded(
    world: World, tokens: AccessTokens, expires_in: object, kept: int
) -> None:
    _numbered(world, expires_in=expires_in)
    tokens.get(world.platform, SCORE, NOW)
    assert tokens.get(world.platform, SCORE, later(kept)) == "token-1"
    assert tokens.get(world.platform, SCORE, later(kept + 1)) == "token-2"


def test_a_token_that_is_over_at_once_is_used_and_not_kept(world: World, tokens: AccessTokens) -> None:
    _numbered(world, expires_in=-5)
    assert [tokens.get(world.platform, SCORE, NOW) for _ in range(2)] == ["token-1", "token-2"]


@pytest.mark.parametrize("status", [400, 401, 403, 301])
def test_a_refusal_carries_the_platforms_words_bounded(world: World, tokens: AccessTokens, status: int) -> None:
    world.server.on("POST", "/token", Said(status, b"invalid_client\n" + b"x" * 10_000))
    with pytest.raises(TokenRefused) as refusal:
        tokens.get(world.platform, SCORE, NOW)
    assert refusal.value.values["status"] == status
    words = str(refusal.value.values["words"])
    assert words.startswith("invalid_client x")
    assert len(words) == 300


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_platform_in_trouble_is_unreachable_and_not_a_refusal(
    world: World, tokens: AccessTokens, status: int
) -> None:
    world.server.on("POST", "/token", Said(status))
    with pytest.raises(Unreachable, match=r"services\.token_unreachable") as failure:
        tokens.get(world.platform, SCORE, NOW)
    assert not isinstance(failure.value, TokenRefused)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[" * 100_000, [], {}, {"access_token": ""}, {"access_token": 5}, {"access_token": "a\r\nX: y"},
     {"access_token": "é"}, {"access_token": "a" * 20_000}],
)  # fmt: skip
def test_an_answer_without_a_usable_token_is_unreadable(world: World, tokens: AccessTokens, body: object) -> None:
    world.server.on("POST", "/token", Said(body=body))
    with pytest.raises(Unreachable, match=r"services\.token_unreadable"):
        tokens.get(world.platform, SCORE, NOW)


def test_a_platform_that_is_not_there_is_unreachable(world: World, tokens: AccessTokens) -> None:
    world.platform.token_url = "http://127.0.0.1:1/token"
    with pytest.raises(Unreachable, match=r"services\.token_unreachable"):
        tokens.get(world.platform, SCORE, NOW)
