"""The parts of the running tool, and the one transaction of a request."""

from dataclasses import dataclass

from flask import Response, current_app, g
from itsdangerous import URLSafeSerializer
from sqlalchemy.orm import Session

from lti_tool.content import Bank
from lti_tool.lti.keys import Keyring
from lti_tool.lti.keysets import Keysets
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Database
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings


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
    """The request's one transaction, begun at its first use; it writes only where the route says that it does.

    What a good answer wrote is committed by `settle`; an error page has changed nothing.
    """
    if "db" not in g:
        database = parts().database
        g.transaction = database.transaction() if g.get("writes", False) else database.reading()
        g.db = g.transaction.__enter__()
    session: Session = g.db
    return session


def settle(response: Response) -> Response:
    """After the request: commits what a good answer did."""
    if response.status_code >= 400:
        abandon(None)
        return response
    transaction = g.pop("transaction", None)
    g.pop("db", None)
    if transaction is not None:
        transaction.__exit__(None, None, None)
    return response


def abandon(_error: BaseException | None) -> None:
    """When the request ends without a good answer: rolls back."""
    transaction = g.pop("transaction", None)
    session: Session | None = g.pop("db", None)
    if transaction is not None and session is not None:
        session.rollback()
        transaction.__exit__(None, None, None)
