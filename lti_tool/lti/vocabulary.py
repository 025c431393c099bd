"""The names that LTI 1.3 and LTI Advantage give to claims, messages, scopes and media types."""

from typing import Final

_LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
_DEEP_LINKING: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"
_AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/"
_NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/"

VERSION: Final = "1.3.0"

# Claims of every message (LTI 1.3 §5.3, §5.4)
MESSAGE_TYPE: Final = _LTI + "message_type"
VERSION_CLAIM: Final = _LTI + "version"
DEPLOYMENT_ID: Final = _LTI + "deployment_id"
TARGET_LINK_URI: Final = _LTI + "target_link_uri"
ROLES: Final = _LTI + "roles"
CONTEXT: Final = _LTI + "context"
RESOURCE_LINK: Final = _LTI + "resource_link"
CUSTOM: Final = _LTI + "custom"
LAUNCH_PRESENTATION: Final = _LTI + "launch_presentation"
TOOL_PLATFORM: Final = _LTI + "tool_platform"
AGS_ENDPOINT: Final = _AGS + "claim/endpoint"
NRPS_ENDPOINT: Final = _NRPS + "claim/namesroleservice"

# Claims of deep linking (Deep Linking 2.0 §4.4, §4.5)
DEEP_LINKING_SETTINGS: Final = _DEEP_LINKING + "deep_linking_settings"
CONTENT_ITEMS: Final = _DEEP_LINKING + "content_items"
DATA: Final = _DEEP_LINKING + "data"
MESSAGE: Final = _DEEP_LINKING + "msg"
ERROR_MESSAGE: Final = _DEEP_LINKING + "errormsg"
ERROR_LOG: Final = _DEEP_LINKING + "errorlog"

RESOURCE_LAUNCH: Final = "LtiResourceLinkRequest"
DEEP_LINKING_LAUNCH: Final = "LtiDeepLinkingRequest"
DEEP_LINKING_RESPONSE: Final = "LtiDeepLinkingResponse"
REVIEW_LAUNCH: Final = "LtiSubmissionReviewRequest"

# Scopes of the services (AGS 2.0 §3.1, §3.3, §3.4; NRPS 2.0 §2.2)
SCOPE_LINE_ITEM: Final = _AGS + "scope/lineitem"
SCOPE_RESULT: Final = _AGS + "scope/result.readonly"
SCOPE_SCORE: Final = _AGS + "scope/score"
SCOPE_ROSTER: Final = _NRPS + "scope/contextmembership.readonly"

# Media types of the services
LINE_ITEM_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"
ROSTER_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"

# Dynamic Registration 1.0 §4, §5
TOOL_CONFIGURATION: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PLATFORM_CONFIGURATION: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"

LAUNCH_PATH: Final = "/lti/launch"
LOGIN_PATH: Final = "/lti/login"
JWKS_PATH: Final = "/lti/jwks"
REGISTER_PATH: Final = "/lti/register"
