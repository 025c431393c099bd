"""What the doctor looks at: each finding is a sentence, good or bad, that says what to do."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from lti_tool import clock
from lti_tool.content import HOUSE, BankBroken, load_bank
from lti_tool.errors import PixError
from lti_tool.lti.keys import load_keys
from lti_tool.models import Database, Delivery, DeliveryState, Lrs, Platform, open_database
from lti_tool.models.upgrading import is_current
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings, load_settings

_OLD_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and the sentence that says so."""

    well: bool
    key: str
    values: dict[str, object] = field(default_factory=dict)


def diagnose() -> tuple[Finding, ...]:
    """Everything, in the order in which one would mend it; what rests on something broken is left out."""
    try:
        settings = load_settings()
    except PixError as error:
        return (Finding(well=False, key=error.key, values=error.values),)
    findings = [Finding(well=True, key="doctor.settings", values={"address": settings.public_url})]
    findings += [_bank(), _keys(settings)]
    database = open_database(settings.database)
    findings.append(_database(database))
    if findings[-1].well:
        findings += list(_tenants(database))
        findings.append(_outbox(database))
    findings.append(_reached(settings))
    return tuple(findings)


def _bank() -> Finding:
    try:
        bank = load_bank()
    except BankBroken as error:
        return Finding(well=False, key="bank.broken", values={"problem": str(error.problems[0])})
    return Finding(well=True, key="doctor.bank", values={"count": len(bank.challenges), "folder": HOUSE.name})


def _keys(settings: Settings) -> Finding:
    try:
        count = len(load_keys(settings.keys_dir, clock.now()).listing())
    except PixError as error:
        return Finding(well=False, key=error.key, values=error.values)
    except OSError as error:
        return Finding(well=False, key="doctor.keys_unwritable",
                       values={"folder": str(settings.keys_dir), "problem": error.strerror})  # fmt: skip
    loose = [path.name for path in Path(settings.keys_dir).glob("*.pem")
             if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]  # fmt: skip
    if loose:
        return Finding(well=False, key="doctor.keys_open", values={"file": loose[0]})
    return Finding(well=True, key="doctor.keys", values={"count": count})


def _database(database: Database) -> Finding:
    try:
        current = is_current(database)
    except SQLAlchemyError as error:
        return Finding(well=False, key="doctor.database_away", values={"problem": type(error).__name__})
    kind = database.engine.dialect.name
    return Finding(well=current, key="doctor.database" if current else "database.no_tables", values={"kind": kind})


def _tenants(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        platforms = session.scalar(select(func.count()).select_from(Platform)) or 0
        lrss = session.scalar(select(func.count()).select_from(Lrs)) or 0
    yield Finding(well=platforms > 0, key="doctor.platforms" if platforms else "doctor.no_platform",
                  values={"count": platforms})  # fmt: skip
    yield Finding(well=lrss > 0, key="doctor.lrss" if lrss else "doctor.no_lrs", values={"count": lrss})


def _outbox(database: Database) -> Finding:
    with database.reading() as session:
        dead = session.scalar(select(func.count()).where(Delivery.state == DeliveryState.DEAD)) or 0
        oldest = session.scalar(select(func.min(Delivery.made_at)).where(Delivery.state == DeliveryState.DUE))
    if dead:
        return Finding(well=False, key="doctor.dead", values={"count": dead})
    if oldest is not None and (clock.now() - oldest).total_seconds() > _OLD_SECONDS:
        return Finding(well=False, key="doctor.waiting", values={"since": clock.iso(oldest)})
    return Finding(well=True, key="doctor.outbox")


def _reached(settings: Settings) -> Finding:
    """Our own public address from here: a proxy, a certificate or a firewall may stand in the way."""
    out = Outbound(allow_private=True, timeout=settings.outbound_timeout_seconds, ca_bundle=settings.ca_file or None)
    try:
        answer = out.send("GET", f"{settings.public_url}/healthz")
    except PixError:
        return Finding(well=False, key="doctor.unreached", values={"address": settings.public_url})
    well = answer.status == 200 and answer.body.strip() == b"ok"
    return Finding(well=well, key="doctor.reached" if well else "doctor.strange",
                   values={"address": settings.public_url, "status": answer.status})  # fmt: skip
