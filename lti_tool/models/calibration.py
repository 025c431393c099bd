"""Item parameters made from recorded answers: each version with what it was made from, and who put it into use."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.models.base import Base, Key, Long, Short


class Stage(StrEnum):
    """Where a set of parameters stands: waiting for a person, used by new placements, or out of use."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    RETIRED = "retired"


class ParameterSet(Base):
    """One version of all item parameters. Rows are kept: placements name the version that they froze.

    `made_from` is `{"sittings", "answers", "rushed", "first", "last"}`; `difficulties` `{item: [mean, variance]}`, in
    levels; `population` the numbers of a reference, for choosing alone; `language_offsets` `{language: levels}`;
    `reports` `{item: report}`; `shadow` says which levels would have moved. `activated_by`, `activated_at` and
    `reason` are of the activation, `history` is every decision: `[{"at", "by", "stage", "reason"}]`. At most one set
    is active.
    """

    __tablename__ = "parameter_sets"
    __table_args__ = (
        Index(
            "uq_parameter_sets_one_active", "stage", unique=True,
            sqlite_where=text("stage = 'active'"),
            postgresql_where=text("stage = 'active'"),
        ),
    )  # fmt: skip

    id: Mapped[Key]
    version: Mapped[Short] = mapped_column(unique=True)
    bank_version: Mapped[Short]
    made_at: Mapped[datetime]
    made_from: Mapped[dict[str, Any]]
    difficulties: Mapped[dict[str, Any]]
    population: Mapped[dict[str, Any]]
    language_offsets: Mapped[dict[str, Any]]
    reports: Mapped[dict[str, Any]]
    shadow: Mapped[dict[str, Any]]
    stage: Mapped[Short]
    activated_by: Mapped[Short | None]
    activated_at: Mapped[datetime | None]
    reason: Mapped[Long | None]
    history: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
