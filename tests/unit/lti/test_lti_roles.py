"""Roles as platforms write them, and what they make a person in the course."""

import pytest

from lti_tool.lti.roles import role_of
from lti_tool.models import Role

FULL = "http://purl.imsglobal.org/vocab/lis/v2/membership"
PERSON = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ([], Role.TRAINEE),
        ([FULL + "#Learner"], Role.TRAINEE),
        ([FULL + "#Instructor"], Role.INSTRUCTOR),
        ([FULL.replace("http:", "https:") + "#Instructor"], Role.INSTRUCTOR),
        ([FULL + "#ContentDeveloper"], Role.INSTRUCTOR),
        ([FULL + "#Administrator"], Role.INSTRUCTOR),
        ([FULL + "#Mentor"], None),
        ([FULL + "#Mentor", FULL + "#Learner"], Role.TRAINEE),
        ([FULL + "#Learner", FULL + "#Instructor"], Role.INSTRUCTOR),
        ([FULL + "/Instructor#TeachingAssistant"], Role.INSTRUCTOR),
        ([FULL + "/Learner#Instructor"], Role.TRAINEE),
        ([FULL + "/Mentor#Auditor"], None),
        ([FULL + "#Member"], Role.TRAINEE),
        (["Instructor"], Role.INSTRUCTOR),
        (["Instructor#TeachingAssistant"], Role.INSTRUCTOR),
        (["Learner"], Role.TRAINEE),
        (["Mentor"], None),
        (["urn:lti:role:ims/lis/Instructor"], Role.INSTRUCTOR),
        (["urn:lti:role:ims/lis/Learner/NonCreditLearner"], Role.TRAINEE),
        ([PERSON + "#Administrator", PERSON + "#Instructor"], Role.TRAINEE),
        (["http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin"], Role.TRAINEE),
        (["https://evil.example/vocab/lis/v2/membership#Instructor"], Role.TRAINEE),
        (["urn:lti:sysrole:ims/lis/Administrator"], Role.TRAINEE),
        (["", "###", "instructor"], Role.TRAINEE),
    ],
)
def test_a_role_in_the_course_counts_and_no_other_does(roles: list[str], role: Role | None) -> None:
    assert role_of(roles) is role
