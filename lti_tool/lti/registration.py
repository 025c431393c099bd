"""Dynamic registration: we tell a platform what we are, and keep what it calls us (LTI Dynamic Registration 1.0).

An invitation names the institution; the platform's configuration is fetched and checked; then one POST registers the
tool. Nothing is stored, and the use of the invitation is given back, unless the platform said yes. What an invitation
never opens is a platform that is, even in part, another institution's.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.configuration import PlatformConfiguration, bearer, fetch_configuration, read_object
from lti_tool.lti.invitations import find_invitation, give_use_back, invite, take_use
from lti_tool.lti.platforms import bind_deployment, find_platform, free_name
from lti_tool.lti.reading import identifier, record
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.lti.tokens import words_of
from lti_tool.models import Database, Deployment, Institution, Platform
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
    database: Database,
    outbound: Outbound,
    invitation_token: str,
    configuration: PlatformConfiguration,
    registration_token: str | None,
    tool: ToolDescription,
    now: datetime,
) -> Platform:
    """Registers the tool and stores platform and deployment; raises, and changes nothing, when the platform refuses.

    No transaction is open while the platform is asked, for others would wait as long as it does: one use of the
    invitation is reserved before, platform and deployment are stored after, and the use is given back on any error.
    A crash in between loses that use; the institution then asks for another invitation.
    """
    with database.transaction() as session:
        invitation = find_invitation(session, invitation_token, now)
        take_use(session, invitation, now)
    try:
        registered = _post(outbound, configuration, registration_token, tool)
        with database.transaction() as session:
            return _store(session, configuration, registered, invitation.institution_id, now)
    except Exception:
        with database.transaction() as session:
            give_use_back(session, invitation)
        raise


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


def _store(
    session: Session, configuration: PlatformConfiguration, said: _Registered, institution_id: UUID, now: datetime
) -> Platform:
    """The platform with its present addresses, new or the institution's own, and its deployment if one was named."""
    platform = find_platform(session, configuration.issuer, said.client_id)
    if platform is None:
        name = free_name(session, configuration.host[:200])
        platform = Platform(name=name, issuer=configuration.issuer, client_id=said.client_id, created_at=now)
        session.add(platform)
    else:
        _require_sole_owner(session, platform, institution_id)
    platform.auth_url, platform.token_url = configuration.authorization_endpoint, configuration.token_endpoint
    platform.jwks_url, platform.product_family = configuration.jwks_uri, configuration.product_family
    session.flush()
    if said.deployment_id is not None:
        bind_deployment(session, platform, said.deployment_id, session.get_one(Institution, institution_id), now)
    return platform


def _require_sole_owner(session: Session, platform: Platform, institution_id: UUID) -> None:
    """Only an institution that has every deployment of a platform may change it by itself.

    The addresses decide whose signatures are believed for all deployments, and whoever gets a deployment of the
    platform would pass for an owner the next time. A platform shared among institutions, or without a deployment and so
    nobody's yet, is the operator's to change, by hand.
    """
    owners = set(session.scalars(select(Deployment.institution_id).where(Deployment.platform_id == platform.id)))
    if owners != {institution_id}:
        raise RegistrationRefused("registration.other_institution")


def _in_languages(name: str, texts: dict[str, str]) -> dict[str, str]:
    """A field in every language: plain in English, `name#fr` in French (OpenID Connect Registration §2.1)."""
    return {name if language == FALLBACK else f"{name}#{language}": text for language, text in texts.items()}
