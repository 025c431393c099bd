"""Who is asking (DESIGN decision 9): the session by its cookie, or, where no cookie comes back, by the ticket.

A ticket stands in every form and, without cookies, in the page's address. It is signed, renewed on every page and good
as long as its session is.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_hex
from uuid import UUID

from flask import g, request
from itsdangerous import BadSignature
from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload

from lti_tool import clock
from lti_tool.assessment.visitor import Visitor
from lti_tool.errors import SignInNeeded
from lti_tool.models import BrowserSession, Deployment, Person
from lti_tool.views.browser import browser_of, new_secret, session_secret_of, sha256
from lti_tool.views.parts import db, parts
from lti_tool.words import Words, best_locale, words

TICKET = "ticket"
_PHONE = ("Mobi", "Android", "iPhone")


@dataclass(frozen=True, slots=True)
class Guest:
    """The live session of a request as a value, so that an error page can still speak to the person."""

    id: UUID
    by_cookie: bool
    person_id: UUID
    deployment_id: UUID
    locale: str
    frame_origins: tuple[str, ...]
    given_name: str | None


def open_session(
    person: Person, deployment: Deployment, locale: str, browser: str | None, frame_origins: list[str]
) -> str | None:
    """The session of a proven browser, renewed for the same person, another person's ended; its secret for the cookie.

    None where the browser keeps no cookie: then tickets carry the session.
    """
    session = _of_same_person(person, deployment, browser)
    if session is None:
        session = BrowserSession(browser_sha256=sha256(browser) if browser else None, person_id=person.id,
                                 deployment_id=deployment.id)  # fmt: skip
    secret = _secret_for(session) if browser else None
    session.session_sha256 = sha256(secret) if secret else None
    session.language, session.frame_origins, session.seen_at = locale, frame_origins, clock.now()
    db().add(session)
    db().flush()
    g.guest = _guest(session, person)
    g.pop("ticket", None)
    return secret


def _secret_for(session: BrowserSession) -> str:
    """The secret that the browser holds for this very session, so that no other tab is cut off; else a fresh one."""
    held = session_secret_of(request)
    return held if held is not None and sha256(held) == session.session_sha256 else new_secret()


def _of_same_person(person: Person, deployment: Deployment, browser: str | None) -> BrowserSession | None:
    """The browser's live session when it is this person's, so that tickets in other tabs stay good; others end."""
    if browser is None:
        return None
    mine = BrowserSession.browser_sha256 == sha256(browser)
    found = db().scalar(_live(select(BrowserSession).where(mine)))
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
    """The live session of this request, or None; looked up once, without waiting for those who write."""
    if "guest" not in g:
        g.guest = None
        query = _query()
        if query is not None:
            with parts().database.reading() as session:
                found = session.scalar(_live(query).options(joinedload(BrowserSession.person)))
            if found is not None:
                _touch(found)
                g.guest = _guest(found, found.person)
    known: Guest | None = g.guest
    return known


def speak(language: str) -> None:
    """From now on the session speaks that language, in the person's region where that is known of it."""
    session = guest()
    if session is None:
        raise SignInNeeded("session.none")
    region = session.locale.partition("-")[2]
    locale = best_locale(f"{language}-{region}", request.headers.get("Accept-Language"))
    db().execute(update(BrowserSession).where(BrowserSession.id == session.id).values(language=locale))
    g.guest = replace(session, locale=locale)


def carried_by_ticket() -> bool:
    """Whether the session rests on the ticket alone, so that page addresses must carry it."""
    session = guest()
    return session is not None and not session.by_cookie


def ticket() -> str:
    """A ticket of the session, for forms and, without cookies, for addresses; empty without a session.

    Eight random bytes make every page's signature another, so that the sizes of compressed pages tell nothing of it.
    """
    session = guest()
    if session is None:
        return ""
    if "ticket" not in g:
        g.ticket = parts().signer.dumps(session.id.hex + token_hex(8))
    made: str = g.ticket
    return made


def visitor() -> Visitor:
    """The person of the session; SignInNeeded when there is none."""
    session = guest()
    if session is None:
        raise SignInNeeded("session.none")
    return Visitor(session.person_id, session.deployment_id, session.locale, device_class())


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
    """The words of the session's locale, else of the browser's."""
    session = guest()
    return words(session.locale if session else best_locale(None, request.headers.get("Accept-Language")))


def _guest(session: BrowserSession, person: Person) -> Guest:
    return Guest(
        session.id, session.browser_sha256 is not None, session.person_id, session.deployment_id, session.language,
        tuple(session.frame_origins), person.given_name or person.name,
    )  # fmt: skip


def _query() -> Select[BrowserSession] | None:
    """By the session's cookie; by a ticket only in a browser that brings none of our cookies."""
    secret = session_secret_of(request)
    if secret is not None:
        return select(BrowserSession).where(BrowserSession.session_sha256 == sha256(secret))
    if browser_of(request) is not None:
        return None
    session_id = _ticket_session_id(request.form.get(TICKET) or request.args.get(TICKET))
    if session_id is None:
        return None
    return select(BrowserSession).where(BrowserSession.id == session_id, BrowserSession.browser_sha256.is_(None))


def _live(query: Select[BrowserSession]) -> Select[BrowserSession]:
    since = clock.now() - timedelta(minutes=parts().settings.session_idle_minutes)
    alive = query.where(BrowserSession.ended_at.is_(None), BrowserSession.seen_at > since)
    return alive.order_by(BrowserSession.seen_at.desc()).limit(1)


def _touch(session: BrowserSession) -> None:
    """Notes that the session is in use: now and then, since each note is a write."""
    now = clock.now()
    if now - session.seen_at < timedelta(minutes=parts().settings.session_idle_minutes) / 10:
        return
    note = update(BrowserSession).where(BrowserSession.id == session.id).values(seen_at=now)
    if "db" in g and g.get("writes", False):
        db().execute(note)
        return
    with parts().database.transaction() as brief:
        brief.execute(note)


def _ticket_session_id(text: str | None) -> UUID | None:
    try:
        return UUID(hex=parts().signer.loads(text or "")[:32])
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
