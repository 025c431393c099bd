"""Where things are in this LMS. Line item addresses carry a query, as Moodle's do."""

from lti_tool.demo.lms.config import LmsConfig
from lti_tool.demo.lms.records import Column, Course, Tool


def authorization_endpoint(config: LmsConfig) -> str:
    """Where a tool asks for the message of a launch."""
    return f"{config.public_url}/auth"


def token_endpoint(config: LmsConfig) -> str:
    """Where a tool asks for a service token; also the audience of its assertion."""
    return f"{config.public_url}/token"


def key_set(config: LmsConfig) -> str:
    """Where our public keys are."""
    return f"{config.public_url}/jwks"


def registration_endpoint(config: LmsConfig) -> str:
    """Where a tool registers itself."""
    return f"{config.public_url}/register"


def openid_configuration(config: LmsConfig) -> str:
    """Where all these addresses are written down."""
    return f"{config.public_url}/.well-known/openid-configuration"


def line_items(config: LmsConfig, course: Course, tool: Tool) -> str:
    """The container of a tool's columns in a course (AGS 2.0 §3.2)."""
    return f"{config.public_url}/services/{course.id}/lineitems?type_id={tool.id}"


def line_item(config: LmsConfig, column: Column) -> str:
    """One column."""
    return f"{config.public_url}/services/{column.course_id}/lineitems/{column.id}/lineitem?type_id={column.tool_id}"


def results(config: LmsConfig, column: Column) -> str:
    """The results of one column, without its query."""
    return f"{config.public_url}/services/{column.course_id}/lineitems/{column.id}/lineitem/results"


def memberships(config: LmsConfig, course: Course, tool: Tool) -> str:
    """The roster of a course for a tool (NRPS 2.0 §2)."""
    return f"{config.public_url}/services/CourseSection/{course.id}/bindings/{tool.id}/memberships"


def deep_linking_return(config: LmsConfig, course: Course, tool: Tool, sesskey: str) -> str:
    """Where a deep linking response goes; it names the session, as Moodle's does."""
    return f"{config.public_url}/deep-linking/return?course={course.id}&id={tool.id}&sesskey={sesskey}"


def activity_return(config: LmsConfig, course: Course, activity_id: str, *, window: bool, sesskey: str) -> str:
    """Where a tool sends people back to (launch_presentation.return_url)."""
    container = 4 if window else 3
    return (
        f"{config.public_url}/courses/{course.id}/return"
        f"?launch_container={container}&instanceid={activity_id}&sesskey={sesskey}"
    )
