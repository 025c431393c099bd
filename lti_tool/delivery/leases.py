"""Named rights that one process holds for a while: to be the SQLite worker, to run the sweeps."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lti_tool.models import Lease


def hold(session: Session, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Takes the lease or renews one's own; False while another holds it."""
    return _write(session, name, holder, until, free=or_(Lease.holder == holder, Lease.until <= now))


def take(session: Session, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Takes the lease only when it has run out, whoever held it; False before."""
    return _write(session, name, holder, until, free=Lease.until <= now)


def end(session: Session, name: str, holder: str, until: datetime) -> None:
    """Lets one's own lease run out at `until`; another's is left alone."""
    session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(until=until))


def _write(session: Session, name: str, holder: str, until: datetime, *, free: ColumnElement[bool]) -> bool:
    """One statement that inserts or overwrites, so that of two processes exactly one gets the lease."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(Lease)
    values = {"holder": holder, "until": until}
    written = insert.values(name=name, **values).on_conflict_do_update(
        index_elements=[Lease.name], set_=values, where=free
    )
    return session.execute(written.returning(Lease.name)).first() is not None
