"""What the LMS publishes about itself: its configuration and its keys."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.demo.lms import addresses
from lti_tool.demo.lms.config import SCOPES, LmsConfig
from lti_tool.demo.lms.records import Kind
from lti_tool.demo.lms.state import this_lms

discovery = Blueprint("discovery", __name__)
VARIABLES = [
    "Context.id",
    "Context.title",
    "Context.label",
    "CourseSection.title",
    "CourseSection.label",
    "CourseSection.sourcedId",
    "ResourceLink.id",
    "ResourceLink.title",
    "ResourceLink.description",
    "User.id",
    "User.username",
    "Person.name.full",
    "Person.name.given",
    "Person.name.family",
    "Person.email.primary",
    "Person.sourcedId",
    "Person.address.timezone",
    "LineItems.url",
    "LineItem.url",
    "ToolProxyBinding.memberships.url",
]


@discovery.get("/.well-known/openid-configuration")
def configuration() -> ResponseReturnValue:
    """The OpenID configuration with the platform's part (LTI Dynamic Registration 1.0 §3.4)."""
    return jsonify(configuration_of(this_lms().config))


@discovery.get("/jwks")
def jwks() -> ResponseReturnValue:
    """Our public keys (RFC 7517). Moodle answers 403 to a caller who does not say who it is."""
    lms = this_lms()
    if lms.faults.now.keys_outage:
        return Response("out of order", status=503, mimetype="text/plain")
    if not request.headers.get("User-Agent"):
        return Response("a User-Agent is needed", status=403, mimetype="text/plain")
    return jsonify(keys=[key.public_jwk() for key in lms.keys])


def configuration_of(config: LmsConfig) -> dict[str, Any]:
    """The document of an LMS."""
    return {
        "issuer": config.public_url,
        "token_endpoint": addresses.token_endpoint(config),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "jwks_uri": addresses.key_set(config),
        "authorization_endpoint": addresses.authorization_endpoint(config),
        "registration_endpoint": addresses.registration_endpoint(config),
        "scopes_supported": [*SCOPES, "openid"],
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": {
            "product_family_code": "moodle",
            "version": "4.2.3 (Build: 20231009)",
            "messages_supported": [
                {"type": str(Kind.RESOURCE)},
                {"type": str(Kind.DEEP_LINKING), "placements": ["ContentArea"]},
            ],
            "variables": VARIABLES,
        },
    }
