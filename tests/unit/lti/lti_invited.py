"""An invitation, a platform that tells its configuration, and its yes: a dynamic registration from end to end."""

from typing import Any

from lti_world import NOW, PUBLIC_URL, Answering, Said, World

from lti_tool.lti import vocabulary as lti
from lti_tool.lti.configuration import PlatformConfiguration, fetch_configuration
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.lti.registration import ToolDescription, find_invitation, invite, register
from lti_tool.models import Institution, Platform

TOOL = ToolDescription(PUBLIC_URL, "Pix LTI", PUBLIC_URL + "/static/icon.png")


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


def register_at(world: World, secret: str, answer: Said | Answering, **changes: Any) -> Platform:
    world.server.on("POST", "/register", answer)
    said = fetch(world, configuration(world, **changes))
    return register(world.database, world.outbound, secret, said, "their-token", TOOL, NOW)


def yes(client_id: str = "new-client", deployment: object = "3") -> Said:
    return Said(body={"client_id": client_id, lti.TOOL_CONFIGURATION: {"deployment_id": deployment}})


def uses_left(world: World, secret: str) -> int:
    with world.database.reading() as session:
        try:
            return find_invitation(session, secret, NOW).uses_left
        except RegistrationRefused:
            return 0
