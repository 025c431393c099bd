"""The parts of the running tool, the request's transaction, and who is asking (DESIGN decision 9).

A browser session is found by the browser's cookie, or, where no cookie comes back, by the ticket in the form or the
page's address. A ticket is signed, renewed on every page and good as long as its session is.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Request, Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.assessment.visitor import Visitor
from lti_tool.content import Bank
from lti_tool.errors import SignInNeeded
from lti_tool.lti.keys import Keyring
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import BrowserSession, Database, Deployment, Person
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings
from lti_tool.words import Words, best_of_header, words

TICKET = "ticket"
_PHONE = ("Mobi", "Android", "iPhone")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the tool runs on, wired once in `app.wire`."""

    settings: Settings
    database: Database
    bank: Bank
    keyring: Keyring
    keysets: Keysets
    tokens: AccessTokens
    outbound: Outbound

    @property
    def signer(self) -> URLSafeSerializer:
        """Signs tickets and the addresses of material."""
        return URLSafeSerializer(self.settings.secret_key, salt="pix-lti")


def parts() -> Parts:
    """The parts of the application that answers this request."""
    found: Parts = current_app.extensions["pix-lti"]
    return found


def db() -> Session:
    """The request's one transaction, begun at its first use; committed when the answer is no error."""
    if "db" not in g:
        g.transaction = parts().database.transaction()
        g.db = g.transaction.__enter__()
    session: Session = g.db
    return session


def settle(response: Response) -> Response:
    """After the request: commits what a good answer did; an error page has changed nothing."""
    transaction = g.pop("transaction", None)
    session: Session | None = g.pop("db", None)
    if transaction is not None and session is not None:
        if response.status_code >= 400:
            session.rollback()
        transaction.__exit__(None, None, None)
    return response


def abandon(error: BaseException | None) -> None:
    """When the request ends without an answer: rolls back."""
    transaction = g.pop("transaction", None)
    session: Session | None = g.pop("db", None)
    if transaction is not None and session is not None:
        session.rollback()
        transaction.__exit__(None, None, None)
    del error


def sha256(text: str) -> str:
    """Hex SHA-256, under which secrets of browsers are stored."""
    return hashlib.sha256(text.encode()).hexdigest()


# --- the browser's cookie


def cookie_name(settings: Settings) -> str:
    """`__Host-` where https allows it; on loopback a name per port, as ports share cookies."""
    return "__Host-pix-lti" if settings.secure else "pix-lti-" + settings.public_url.rsplit(":", 1)[-1].strip("/")


def browser_of(incoming: Request) -> str | None:
    """The browser's own secret, when its cookie came back."""
    value = incoming.cookies.get(cookie_name(parts().settings), "")
    return value if 20 <= len(value) <= 100 else None


def name_browser(response: Response, browser: str) -> None:
    """Sets the cookie that names the browser: Partitioned, so that it lives inside an LMS's frame too."""
    secure = parts().settings.secure
    response.set_cookie(
        cookie_name(parts().settings), browser, httponly=True, secure=secure, path="/",
        samesite="None" if secure else "Lax", partitioned=secure,
    )  # fmt: skip


def new_browser() -> str:
    """A fresh secret to name a browser by."""
    return secrets.token_urlsafe(32)


# --- the session


@dataclass(frozen=True, slots=True)
class Guest:
    """The live session of a request as a value, so that an error page can still speak to the person."""

    id: UUID
    by_cookie: bool
    person_id: UUID
    deployment_id: UUID
    language: str
    frame_origins: tuple[str, ...]
    given_name: str | None


def open_session(
    person: Person, deployment: Deployment, language: str, browser: str | None, frame_origins: list[str]
) -> None:
    """The session of a proven browser: renewed for the same person, another person's ended."""
    session = _of_same_person(person, deployment, browser)
    if session is None:
        session = BrowserSession(browser_sha256=sha256(browser) if browser else None, person_id=person.id,
                                 deployment_id=deployment.id)  # fmt: skip
    session.language, session.frame_origins, session.seen_at = language, frame_origins, clock.now()
    db().add(session)
    db().flush()
    g.guest = _guest(session, person)


def _of_same_person(person: Person, deployment: Deployment, browser: str | None) -> BrowserSession | None:
    """The browser's live session when it is this person's, so that tickets in other tabs stay good; others end."""
    if browser is None:
        return None
    mine = BrowserSession.browser_sha256 == sha256(browser)
    found = _live(select(BrowserSession).where(mine))
    if found is not None and (found.person_id, found.deployment_id) == (person.id, deployment.id):
        return found
    db().execute(update(BrowserSession).where(mine, BrowserSession.ended_at.is_(None)).values(ended_at=clock.now()))
    return None


def end_session() -> None:
    """Ends the session at once."""
    session = guest()
    if session is not None:
        db().execute(update(BrowserSession).where(BrowserSession.id == session.id).values(ended_at=clock.now()))
        g.guest = None


def guest() -> Guest | None:
    """The live session of this request, or None; found once a request."""
    if "guest" not in g:
        g.guest = None
        session = _by_cookie()
        if session is None:
            request.get_data()  # kept, so that `guards` finds the very bytes of the form
            session = _by_ticket()
        if session is not None:
            session.seen_at = clock.now()
            g.guest = _guest(session, session.person)
    found: Guest | None = g.guest
    return found


def carried_by_ticket() -> bool:
    """Whether the session rests on the ticket alone, so that page addresses must carry it."""
    session = guest()
    return session is not None and not session.by_cookie


def ticket() -> str:
    """A fresh ticket of the session, for forms and, without cookies, for addresses; empty without a session."""
    session = guest()
    return parts().signer.dumps(session.id.hex) if session is not None else ""


def visitor() -> Visitor:
    """The person of the session; SignInNeeded when there is none."""
    session = guest()
    if session is None:
        raise SignInNeeded("session.none")
    return Visitor(session.person_id, session.deployment_id, session.language, device_class())


def check_form_ticket() -> None:
    """A posted form must carry a ticket of the session that posts it (CSRF)."""
    session = guest()
    if session is None or _ticket_session_id(request.form.get(TICKET)) != session.id:
        raise SignInNeeded("session.no_ticket")


def device_class() -> str:
    """`phone` or `computer`, as the browser says of itself."""
    if request.headers.get("Sec-CH-UA-Mobile") == "?1":
        return "phone"
    agent = request.headers.get("User-Agent", "")
    return "phone" if any(word in agent for word in _PHONE) else "computer"


def texts() -> Words:
    """The words of the session's language, else of the browser's."""
    session = guest()
    return words(session.language if session else best_of_header(request.headers.get("Accept-Language")))


def _guest(session: BrowserSession, person: Person) -> Guest:
    return Guest(
        session.id, session.browser_sha256 is not None, session.person_id, session.deployment_id, session.language,
        tuple(session.frame_origins), person.given_name or person.name,
    )  # fmt: skip


def _by_cookie() -> BrowserSession | None:
    browser = browser_of(request)
    if browser is None:
        return None
    return _live(select(BrowserSession).where(BrowserSession.browser_sha256 == sha256(browser)))


def _by_ticket() -> BrowserSession | None:
    session_id = _ticket_session_id(request.form.get(TICKET) or request.args.get(TICKET))
    if session_id is None:
        return None
    return _live(select(BrowserSession).where(BrowserSession.id == session_id, BrowserSession.browser_sha256.is_(None)))


def _live(query: Select[BrowserSession]) -> BrowserSession | None:
    since = clock.now() - timedelta(minutes=parts().settings.session_idle_minutes)
    alive = query.where(BrowserSession.ended_at.is_(None), BrowserSession.seen_at > since)
    return db().scalar(alive.order_by(BrowserSession.seen_at.desc()).limit(1))


def _ticket_session_id(text: str | None) -> UUID | None:
    try:
        return UUID(hex=parts().signer.loads(text or ""))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
