"""The tables, one family a file, and the database that holds them."""

from lti_tool.models.attempts import (
    Answer,
    Attempt,
    ExposureSnapshot,
    GradePolicy,
    Phase,
    Placement,
    ProblemReport,
    Question,
)
from lti_tool.models.base import Base
from lti_tool.models.calibration import ParameterSet, Stage
from lti_tool.models.circumstances import Absence, Accommodation, ExtraTime
from lti_tool.models.database import Database, open_database
from lti_tool.models.launches import BrowserSession, LoginState, PendingLaunch
from lti_tool.models.outbox import Delivery, DeliveryState, Lease, Receiver, SentGrade, Statement
from lti_tool.models.people import Course, Membership, Person, Pseudonym, Role
from lti_tool.models.reviews import ReviewRequest
from lti_tool.models.tenants import Deployment, Institution, Lrs, Platform, RegistrationInvitation

__all__ = [
    "Absence",
    "Accommodation",
    "Answer",
    "Attempt",
    "Base",
    "BrowserSession",
    "Course",
    "Database",
    "Delivery",
    "DeliveryState",
    "Deployment",
    "ExposureSnapshot",
    "ExtraTime",
    "GradePolicy",
    "Institution",
    "Lease",
    "LoginState",
    "Lrs",
    "Membership",
    "ParameterSet",
    "PendingLaunch",
    "Person",
    "Phase",
    "Placement",
    "Platform",
    "ProblemReport",
    "Pseudonym",
    "Question",
    "Receiver",
    "RegistrationInvitation",
    "ReviewRequest",
    "Role",
    "SentGrade",
    "Stage",
    "Statement",
    "open_database",
]
