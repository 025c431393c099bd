"""What the demonstration's course holds at the start: one test, added as an instructor adds it."""

from lti_tool.demo.house import House
from lti_tool.demo.lms_client import LmsClient


def seed_activity(house: House, *competences: str, length: int | None = None) -> str:
    """Adds a test of some competences (all that are offered by default) to the course; its title there."""
    lms = LmsClient(house.lms)
    page = lms.open_picker(house.deployment_id)
    offered = [value for value in competences or ("1.1", "1.2", "4.1") if f'value="{value}"' in page.text]
    lms.browser.press("add", {"competence": offered, "length": str(length or "")})
    lms.sign_in("tara")
    return lms.activities()[lms.newest_activity()]
