"""The answer to a deep linking request: the chosen items, or none, in a token that the browser posts back.

(Deep Linking 2.0 §3, §4.5.) The items are ours: no class at hand knows all that an item may carry.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from lti_tool.errors import BadInput
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.keys import Keyring
from lti_tool.lti.message import DeepLinking
from lti_tool.models import Platform

FORM_FIELD: Final = "JWT"
"""The name of the field in which the browser posts the token to the return address."""
LIFETIME: Final = 300  # seconds
CONTENT_TYPE: Final = "ltiResourceLink"
ICON_SIZE: Final = 64  # pixels, both ways


@dataclass(frozen=True, slots=True)
class DeepLinkItem:
    """One activity for the course.

    `score_maximum` None makes no column; `target` is where it should open ("iframe", "window", None: as the platform
    likes) and is sent only where the platform accepts it.
    """

    title: str
    text: str
    url: str
    custom: Mapping[str, str] = field(default_factory=dict)
    score_maximum: float | None = None
    resource_id: str | None = None
    tag: str | None = None
    icon_url: str | None = None
    target: str | None = None

    def to_json(self, asked: DeepLinking) -> dict[str, Any]:
        """The item as the platform may have it (Deep Linking 2.0 §2.1.3)."""
        written: dict[str, Any] = {"type": CONTENT_TYPE, "title": self.title, "text": self.text, "url": self.url}
        if self.custom:
            written["custom"] = dict(self.custom)
        if self.icon_url:
            written["icon"] = {"url": self.icon_url, "width": ICON_SIZE, "height": ICON_SIZE}
        if self.score_maximum is not None and asked.accept_line_item is not False:
            written["lineItem"] = self._line_item()
        if self.target == "iframe" and "iframe" in asked.targets:
            written["iframe"] = {}
        if self.target == "window" and "window" in asked.targets:
            written["window"] = {"targetName": "_blank"}
        return written

    def _line_item(self) -> dict[str, Any]:
        """The column, asked for at once: Moodle 4.2, D2L and Blackboard make an ungraded link without it."""
        known = {"resourceId": self.resource_id, "tag": self.tag}
        return {"label": self.title, "scoreMaximum": self.score_maximum} | {
            name: value for name, value in known.items() if value
        }


def response_jwt(
    keyring: Keyring,
    platform: Platform,
    deployment_id: str,
    asked: DeepLinking,
    items: Sequence[DeepLinkItem],
    now: datetime,
    message: str | None = None,
) -> str:
    """The signed answer with these items; `deployment_id` is the platform's text, `message` is shown to the person.

    BadInput when there are several items and the platform takes one.
    """
    if len(items) > 1 and not asked.accept_multiple:
        raise BadInput("launch.one_item_only")
    words = {lti.MESSAGE: message} if message else {}
    return _sign(keyring, platform, deployment_id, asked, [item.to_json(asked) for item in items], now, words)


def cancel_jwt(keyring: Keyring, platform: Platform, deployment_id: str, asked: DeepLinking, now: datetime) -> str:
    """The answer of somebody who chose nothing: no items, no error."""
    return _sign(keyring, platform, deployment_id, asked, [], now, {})


def error_jwt(
    keyring: Keyring,
    platform: Platform,
    deployment_id: str,
    asked: DeepLinking,
    now: datetime,
    *,
    error: str,
    log: str | None = None,
) -> str:
    """The answer when nothing could be chosen: `error` for the person, `log` for the platform's log."""
    words = {lti.ERROR_MESSAGE: error} | ({lti.ERROR_LOG: log} if log else {})
    return _sign(keyring, platform, deployment_id, asked, [], now, words)


def _sign(
    keyring: Keyring,
    platform: Platform,
    deployment_id: str,
    asked: DeepLinking,
    items: list[dict[str, Any]],
    now: datetime,
    words: Mapping[str, str],
) -> str:
    issued = int(now.timestamp())
    claims: dict[str, Any] = {
        "iss": platform.client_id,
        "aud": [platform.issuer],
        "iat": issued,
        "exp": issued + LIFETIME,
        "nonce": secrets.token_urlsafe(32),
        lti.DEPLOYMENT_ID: deployment_id,
        lti.MESSAGE_TYPE: lti.DEEP_LINKING_RESPONSE,
        lti.VERSION_CLAIM: lti.VERSION,
        lti.CONTENT_ITEMS: items,
        **words,
    }
    if asked.data is not None:
        claims[lti.DATA] = asked.data  # a null where there was nothing makes some platforms fail
    return keyring.sign(claims)
