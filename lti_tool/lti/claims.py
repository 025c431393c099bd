"""Reads verified claims into a Launch: what a launch needs must be there, what else is malformed counts as absent."""

import json
from collections.abc import Mapping
from typing import Any, Final

from lti_tool.errors import LaunchRefused
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.login import require_ours
from lti_tool.lti.message import DeepLinking, Launch
from lti_tool.lti.reading import LONGEST_ADDRESS, identifier, record, shown_text, texts, web_address
from lti_tool.lti.refusals import LaunchForbidden
from lti_tool.lti.roles import role_of
from lti_tool.models import Deployment, Role

Claims = Mapping[str, Any]
LAUNCHES: Final = (lti.RESOURCE_LAUNCH, lti.DEEP_LINKING_LAUNCH)
CONTENT_TYPE: Final = "ltiResourceLink"
MOST_CUSTOM: Final = 100
LONGEST_LOCALE: Final = 35


def check_kind(claims: Claims) -> str:
    """The message type; LaunchRefused for another version of LTI or a message that is not taken."""
    if claims.get(lti.VERSION_CLAIM) != lti.VERSION:
        raise LaunchRefused("launch.version")
    kind = claims.get(lti.MESSAGE_TYPE)
    if kind == lti.REVIEW_LAUNCH:
        raise LaunchRefused("launch.review_not_offered")
    if not isinstance(kind, str) or kind not in LAUNCHES:
        raise LaunchRefused("launch.message_type")
    return kind


def read_subject(claims: Claims) -> str:
    """Who launches; an anonymous launch has no sub (LTI 1.3 §5.3.6.1) and cannot have a grade or come back."""
    if claims.get("sub") is None or (isinstance(claims["sub"], str) and not claims["sub"].strip()):
        raise LaunchRefused("launch.anonymous")
    return _required_id(claims["sub"], "sub")


def read_deployment_id(claims: Claims) -> str:
    """The platform's id of the deployment (LTI 1.3 §5.3.3)."""
    return _required_id(claims.get(lti.DEPLOYMENT_ID), "deployment_id")


def read_launch(claims: Claims, deployment: Deployment, platform_name: str, public_url: str) -> Launch:
    """The launch that verified claims of a known deployment tell; LaunchRefused when it cannot be one."""
    kind, roles = check_kind(claims), texts(claims.get(lti.ROLES))
    role = role_of(roles)
    asked = _read_deep_linking(claims, public_url, role) if kind == lti.DEEP_LINKING_LAUNCH else None
    link, context = record(claims.get(lti.RESOURCE_LINK)), record(claims.get(lti.CONTEXT))
    services, shown = record(claims.get(lti.AGS_ENDPOINT)), record(claims.get(lti.LAUNCH_PRESENTATION))
    return Launch(
        deployment_id=deployment.id,
        platform_id=deployment.platform_id,
        institution_id=deployment.institution_id,
        message_type=kind,
        subject=read_subject(claims),
        name=shown_text(claims.get("name")),
        given_name=shown_text(claims.get("given_name")),
        roles=frozenset(roles),
        role=role,
        locale=_locale(shown.get("locale")) or _locale(claims.get("locale")),
        context_id=_optional_id(context.get("id"), "context"),
        context_label=shown_text(context.get("label")),
        context_title=shown_text(context.get("title")),
        resource_link_id=_required_id(link.get("id"), "resource_link") if kind == lti.RESOURCE_LAUNCH else None,
        resource_link_title=shown_text(link.get("title")),
        custom=_read_custom(claims.get(lti.CUSTOM)),
        line_item_url=web_address(services.get("lineitem")),
        line_items_url=web_address(services.get("lineitems")),
        ags_scopes=frozenset(texts(services.get("scope"))),
        memberships_url=web_address(record(claims.get(lti.NRPS_ENDPOINT)).get("context_memberships_url")),
        deep_linking=asked,
        return_url=web_address(shown.get("return_url")),
        document_target=_document_target(shown.get("document_target")),
        platform_name=shown_text(record(claims.get(lti.TOOL_PLATFORM)).get("name")) or platform_name,
        target_link_uri=require_ours(claims.get(lti.TARGET_LINK_URI), public_url),
    )


def _read_deep_linking(claims: Claims, public_url: str, role: Role | None) -> DeepLinking:
    """The settings of a deep linking request (Deep Linking 2.0 §4.4.1), from somebody who may author."""
    if role is not Role.INSTRUCTOR:
        raise LaunchForbidden("launch.not_author")
    settings = record(claims.get(lti.DEEP_LINKING_SETTINGS))
    plain_http = public_url.startswith("http://")
    return_url = web_address(settings.get("deep_link_return_url"), plain_http=plain_http)
    if return_url is None:
        raise LaunchRefused("launch.malformed", part="deep_link_return_url")
    accepted = texts(settings.get("accept_types"))
    if accepted and CONTENT_TYPE not in accepted:
        raise LaunchRefused("launch.no_links_accepted")
    given = settings.get("data")
    if given is not None and not isinstance(given, str):
        raise LaunchRefused("launch.malformed", part="data")
    return DeepLinking(
        return_url=return_url,
        data=given,
        accept_multiple=_truth(settings.get("accept_multiple")) is True,
        accept_line_item=_truth(settings.get("accept_lineitem")),
        accept_types=accepted or (CONTENT_TYPE,),
        targets=texts(settings.get("accept_presentation_document_targets")),
        title=shown_text(settings.get("title")),
    )


def _required_id(value: object, part: str) -> str:
    if value is None or value == "":
        raise LaunchRefused("launch.claim_missing", claim=part)
    found = identifier(value)
    if found is None:
        raise LaunchRefused("launch.malformed", part=part)
    return found


def _optional_id(value: object, part: str) -> str | None:
    return None if value is None or value == "" else _required_id(value, part)


def _read_custom(value: object) -> dict[str, str]:
    """The custom parameters that are texts, numbers or truth values, as texts (LTI 1.3 §5.4.6 knows texts only)."""
    read = {}
    for name, given in list(record(value).items())[:MOST_CUSTOM]:
        text = json.dumps(given) if isinstance(given, int | float) else given
        if identifier(name) and (text == "" or identifier(text, LONGEST_ADDRESS)):
            read[name] = text
    return read


def _locale(value: object) -> str | None:
    text = identifier(value, LONGEST_LOCALE)
    return text if text and text.replace("-", "").replace("_", "").isalnum() and text.isascii() else None


def _document_target(value: object) -> str | None:
    target = value.lower() if isinstance(value, str) else ""
    return target if target in {"iframe", "frame", "window"} else None


def _truth(value: object) -> bool | None:
    """A truth value, also where a platform writes it as a text; None where it says nothing readable."""
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())
