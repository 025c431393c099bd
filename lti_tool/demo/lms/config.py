"""How one small LMS is set up, and the scopes it grants."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from lti_tool.clock import now

LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
RESULT_READ = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
ROSTER_READ = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
AGS_SCOPES = (LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)
SCOPES = (*AGS_SCOPES, ROSTER_READ)


@dataclass(frozen=True, slots=True)
class LmsConfig:
    """One LMS. `public_url` is its origin, also its issuer, without a slash at the end."""

    public_url: str = "http://localhost:8001"
    name: str = "LMS de démonstration"
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    clock: Callable[[], datetime] = now
    cookie_name: str = "demo_lms_session"
    platform_storage: bool = False
    "Offers LTI platform storage (lti_storage_target), which Moodle 4.2 does not have."
    deep_linking_data: str | None = None
    "The opaque `data` of deep linking requests, which Moodle 4.2 does not send."
    broken_link_header: bool = True
    "Writes the Link header of line items with curly quotes, as Moodle 4.2.3 does."
    ca_bundle: str | None = None
    "A certificate file by which the tool's own TLS certificate is checked, instead of the usual authorities."
