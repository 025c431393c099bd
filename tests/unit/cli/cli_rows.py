"""An LRS and rows of its outbox, put straight into the database of a shell."""

from datetime import timedelta
from uuid import uuid4

from cli_shell import Shell
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.models import Delivery, DeliveryState, Institution, Lrs
from lti_tool.models.sealing import seal


def add_lrs(shell: Shell) -> None:
    """The institution `I` with an LRS `store`."""
    shell.good("institution", "add", "I")
    with shell.database().transaction() as session:
        owner = session.scalars(select(Institution)).one()
        session.add(Lrs(institution_id=owner.id, name="store", url="http://127.0.0.1:1", username="u",
                        version="1.0.3", sealed_password=seal("k" * 40, "p"), created_at=clock.now()))  # fmt: skip


def add_delivery(shell: Shell, state: DeliveryState, age: timedelta = timedelta(0)) -> None:
    """A row for the one LRS, of no attempt: a bare engine does not ask for one."""
    made = clock.now() - age
    engine = create_engine(shell.database().engine.url)
    with Session(engine) as session, session.begin():
        receiver = session.scalars(select(Lrs)).one()
        session.add(Delivery(kind="statement", receiver_id=receiver.id, lane=0, attempt_id=uuid4(), state=state,
                             due_at=made, made_at=made, tries=0, in_doubt=False))  # fmt: skip
    engine.dispose()
