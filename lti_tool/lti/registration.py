"""Dynamic registration: we tell a platform what we are, and keep what it calls us (LTI Dynamic Registration 1.0).

An invitation names the institution; the platform's configuration is fetched and checked; then one POST registers the
tool. Nothing is stored, and no use of the invitation is taken, unless the platform said yes.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import BadInput, Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.configuration import PlatformConfiguration, bearer, fetch_configuration, read_object
from lti_tool.lti.invitations import find_invitation, invite, take_use
from lti_tool.lti.platforms import bind_deployment, find_platform, free_name
from lti_tool.lti.reading import identifier, record
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.lti.tokens import words_of
from lti_tool.models import Deployment, Institution, Platform, RegistrationInvitation
from lti_tool.outbound import Outbound
from lti_tool.words import FALLBACK, LANGUAGES, words

__all__ = [
    "PlatformConfiguration",
    "ToolDescription",
    "fetch_configuration",
    "find_invitation",
    "invite",
    "register",
    "tool_registration",
]

SCOPES: Final = (lti.SCOPE_LINE_ITEM, lti.SCOPE_RESULT, lti.SCOPE_SCORE, lti.SCOPE_ROSTER)
CLAIMS: Final = ("sub", "iss", "name", "given_name", "family_name")


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """What a platform is told of us: our public address, the product's name, the address of an icon."""

    public_url: str
    product_name: str
    logo_url: str | None = None


@dataclass(frozen=True, slots=True)
class _Registered:
    """What the platform's answer says: our client id, and the deployment when there is one already."""

    client_id: str
    deployment_id: str | None


def tool_registration(tool: ToolDescription) -> dict[str, Any]:
    """The JSON that registers the tool (LTI Dynamic Registration 1.0 §3.5.1)."""
    launch = tool.public_url + lti.LAUNCH_PATH
    registration = {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": tool.public_url + lti.LOGIN_PATH,
        "redirect_uris": [launch],
        "jwks_uri": tool.public_url + lti.JWKS_PATH,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(SCOPES),
        lti.TOOL_CONFIGURATION: {
            "domain": urlsplit(tool.public_url).netloc,  # with the port: Moodle 4.2 compares it with the link's
            "target_link_uri": launch,
            "claims": list(CLAIMS),
            "messages": [
                {"type": lti.RESOURCE_LAUNCH, "target_link_uri": launch},
                {"type": lti.DEEP_LINKING_LAUNCH, "target_link_uri": launch, "label": tool.product_name},
            ],
            **_in_languages("description", {name: words(name).t("registration.description") for name in LANGUAGES}),
        },
        **_in_languages("client_name", dict.fromkeys(LANGUAGES, tool.product_name)),
    }
    return registration | ({"logo_uri": tool.logo_url} if tool.logo_url else {})


def register(
    session: Session,
    outbound: Outbound,
    invitation_token: str,
    configuration: PlatformConfiguration,
    registration_token: str | None,
    tool: ToolDescription,
    now: datetime,
) -> Platform:
    """Registers the tool and stores platform and deployment; raises, and changes nothing, when the platform refuses.

    The use of the invitation is taken first, so that its row is held while the platform is asked: the caller's
    transaction must roll back on an error, as `Database.transaction` does.
    """
    invitation = find_invitation(session, invitation_token, now)
    take_use(session, invitation, now)
    registered = _post(outbound, configuration, registration_token, tool)
    platform = _store_platform(session, configuration, registered.client_id, invitation.institution, now)
    if registered.deployment_id is not None:
        _bind(session, platform, registered.deployment_id, invitation, now)
    return platform


def _post(
    outbound: Outbound, configuration: PlatformConfiguration, registration_token: str | None, tool: ToolDescription
) -> _Registered:
    headers = {"Content-Type": "application/json", "Accept": "application/json"} | bearer(registration_token)
    body = json.dumps(tool_registration(tool)).encode()
    try:
        answer = outbound.send("POST", configuration.registration_endpoint, headers=headers, body=body)
    except Unreachable as error:
        raise Unreachable("registration.platform_unreachable", host=configuration.host) from error
    if answer.status not in {200, 201}:  # the specification says 201, Moodle 4.2 answers 200
        raise RegistrationRefused("registration.platform_refused", status=answer.status, words=words_of(answer) or "—")
    said = read_object(answer)
    client_id = identifier(said.get("client_id"))
    if client_id is None:
        raise RegistrationRefused("registration.answer_unreadable")
    return _Registered(client_id, identifier(record(said.get(lti.TOOL_CONFIGURATION)).get("deployment_id")))


def _store_platform(
    session: Session, configuration: PlatformConfiguration, client_id: str, institution: Institution, now: datetime
) -> Platform:
    """The platform with its present addresses, new or updated."""
    addresses = (configuration.authorization_endpoint, configuration.token_endpoint, configuration.jwks_uri)
    platform = find_platform(session, configuration.issuer, client_id)
    if platform is None:
        name = free_name(session, configuration.host[:200])
        platform = Platform(name=name, issuer=configuration.issuer, client_id=client_id, created_at=now)
        session.add(platform)
    elif addresses != (platform.auth_url, platform.token_url, platform.jwks_url):
        _require_owner(session, platform, institution)
    platform.auth_url, platform.token_url, platform.jwks_url = addresses
    platform.product_family = configuration.product_family
    session.flush()
    return platform


def _require_owner(session: Session, platform: Platform, institution: Institution) -> None:
    """Only an institution of the platform may move its addresses: they decide whose signatures are believed."""
    owners = set(session.scalars(select(Deployment.institution_id).where(Deployment.platform_id == platform.id)))
    if owners and institution.id not in owners:
        raise RegistrationRefused("registration.other_institution")


def _bind(
    session: Session, platform: Platform, deployment_id: str, invitation: RegistrationInvitation, now: datetime
) -> None:
    try:
        bind_deployment(session, platform, deployment_id, invitation.institution, now)
    except BadInput as error:
        raise RegistrationRefused("registration.other_institution") from error


def _in_languages(name: str, texts: dict[str, str]) -> dict[str, str]:
    """A field in every language: plain in English, `name#fr` in French (OpenID Connect Registration §2.1)."""
    return {name if language == FALLBACK else f"{name}#{language}": text for language, text in texts.items()}
