"""The two cookies: one names the browser, to which logins are bound; one is the session's secret, new at each launch.

Both are Partitioned, so that they live inside an LMS's frame. They are apart on purpose: the first stays on a shared
computer from one person to the next, and whoever has read it there must not hold the next person's session by it.
"""

import hashlib
import secrets

from flask import Request, Response

from lti_tool.settings import Settings
from lti_tool.views.parts import parts


def sha256(text: str) -> str:
    """Hex SHA-256, under which secrets of browsers are stored."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_secret() -> str:
    """A fresh secret for a cookie."""
    return secrets.token_urlsafe(32)


def browser_cookie(settings: Settings) -> str:
    """`__Host-` where https allows it; on loopback a name per port, as ports share cookies."""
    return "__Host-pix-lti" if settings.secure else "pix-lti-" + settings.public_url.rsplit(":", 1)[-1].strip("/")


def session_cookie(settings: Settings) -> str:
    """The name of the other cookie."""
    return browser_cookie(settings) + "-session"


def browser_of(incoming: Request) -> str | None:
    """The browser's own secret, when its cookie came back."""
    return _value(incoming, browser_cookie(parts().settings))


def session_secret_of(incoming: Request) -> str | None:
    """The session's secret, when its cookie came back."""
    return _value(incoming, session_cookie(parts().settings))


def name_browser(response: Response, browser: str) -> None:
    """Sets the cookie that names the browser."""
    _set(response, browser_cookie(parts().settings), browser)


def give_session(response: Response, secret: str) -> None:
    """Sets the cookie that is the session's secret."""
    _set(response, session_cookie(parts().settings), secret)


def _value(incoming: Request, name: str) -> str | None:
    value = incoming.cookies.get(name, "")
    return value if 20 <= len(value) <= 100 else None


def _set(response: Response, name: str, value: str) -> None:
    secure = parts().settings.secure
    response.set_cookie(
        name, value, httponly=True, secure=secure, path="/", samesite="None" if secure else "Lax", partitioned=secure
    )  # fmt: skip
