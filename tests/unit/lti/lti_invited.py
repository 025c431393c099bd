"""An invitation, and a platform that tells its configuration: the start of a dynamic registration."""

from typing import Any

from lti_world import NOW, Said, World

from lti_tool.lti import vocabulary as lti
from lti_tool.lti.configuration import PlatformConfiguration, fetch_configuration
from lti_tool.lti.registration import find_invitation, invite
from lti_tool.models import Institution


def offer(world: World, uses: int = 1, host: str | None = None, institution: Institution | None = None) -> str:
    with world.database.transaction() as session:
        return invite(session, institution or world.institution, uses, 7, host, NOW)


def configuration(world: World, **changes: Any) -> dict[str, Any]:
    """What Moodle 4.2 says of itself, on this server."""
    url = world.server.url
    return {
        "issuer": url,
        "authorization_endpoint": url + "/auth",
        "token_endpoint": url + "/token",
        "jwks_uri": url + "/jwks",
        "registration_endpoint": url + "/register",
        "scopes_supported": [lti.SCOPE_SCORE, "openid"],
        lti.PLATFORM_CONFIGURATION: {"product_family_code": "moodle", "version": "4.2.3"},
    } | changes


def fetch(
    world: World, said: Any, *, host: str | None = None, token: str | None = None, address: str | None = None,
    allow_private: bool = True,
) -> PlatformConfiguration:  # fmt: skip
    world.server.on("GET", "/openid", said if isinstance(said, Said) else Said(body=said))
    secret = offer(world, host=host)
    with world.database.reading() as session:
        invitation = find_invitation(session, secret, NOW)
        return fetch_configuration(
            world.outbound, address or world.server.url + "/openid", token, invitation, allow_private=allow_private
        )
