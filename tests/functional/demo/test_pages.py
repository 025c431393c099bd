"""The pages of the small LMS that people read."""

import re
from pathlib import Path

import pytest

from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.texts import TEXTS
from lti_tool.settings import house_folder

from .conftest import Both


def test_everyone_can_sign_in_by_a_click(both: Both) -> None:
    page = both.client.browser.open(both.lms + "/sign-in")
    buttons = [button for form in page.forms for button in form.buttons if button.name == "person"]
    assert len(buttons) == len(both.memory.people) == 16
    assert both.client.sign_in("samia").url.endswith("/courses")
    assert both.client.sign_in("nadia").url.endswith("/admin/tools")
    with pytest.raises(LookupError):
        both.client.sign_in("nobody")


def test_signing_out_ends_the_session(both: Both) -> None:
    both.client.sign_in("samia")
    assert both.client.browser.press("sign_out").url.endswith("/sign-in")
    assert both.client.browser.open("/courses").url.endswith("/sign-in")


def test_a_visitor_and_a_person_can_switch_the_language(both: Both) -> None:
    browser = both.client.browser
    assert browser.open(both.lms + "/").markup.language == "fr"
    assert browser.press("en").markup.language == "en"
    both.client.sign_in("samia")
    assert browser.page.markup.language == "fr"
    assert both.client.speak("en").url == both.lms + "/courses"
    assert both.client.speak("en").markup.language == "en"


def test_the_instructor_sees_participants_and_gradebook_and_the_trainee_does_not(both: Both) -> None:
    both.client.sign_in("tara")
    for name in ("participants", "gradebook"):
        assert both.client.browser.open(f"{both.lms}/courses/2/{name}").status == 200
    assert "Khoury" in both.client.browser.open(f"{both.lms}/courses/2/participants").text
    both.client.sign_in("samia")
    for name in ("participants", "gradebook", "gradebook.json"):
        assert both.client.browser.open(f"{both.lms}/courses/2/{name}").status == 403


def test_without_a_tool_the_course_says_so(both: Both) -> None:
    both.client.sign_in("tara")
    assert "outil" in both.client.browser.open(f"{both.lms}/courses/2").text
    with pytest.raises(LookupError):
        both.client.newest_activity()


def test_coming_back_from_the_tool_shows_its_message(both: Both) -> None:
    both.client.launch(both.add(), "samia")
    back = both.tool.claims["https://purl.imsglobal.org/spec/lti/claim/launch_presentation"]["return_url"]
    page = both.client.browser.open(back + "&lti_errormsg=quelque+chose")
    assert "quelque chose" in page.text
    assert both.client.browser.follow("/courses/2").url == both.lms + "/courses/2"


def test_a_trainee_may_not_copy_an_activity(both: Both) -> None:
    activity = both.add()
    page = both.client.sign_in("samia")
    sesskey = dict(page.forms[0].fields)["sesskey"]
    answer = both.client.browser.post(f"{both.lms}/activities/{activity}/copy", {"sesskey": sesskey, "course": "2"})
    assert answer.status == 403


def test_nothing_is_at_an_address_that_leads_nowhere(both: Both) -> None:
    page = both.client.sign_in("tara")
    sesskey = dict(page.forms[0].fields)["sesskey"]
    assert both.client.browser.open(both.lms + "/activities/99").status == 404
    assert both.client.browser.post(both.lms + "/sign-in", {"sesskey": sesskey, "person": "99"}).status == 400
    nadia = both.client.as_staff("nadia")
    sesskey = dict(nadia.open(both.lms + "/courses").forms[0].fields)["sesskey"]
    assert nadia.post(both.lms + "/admin/tools/99/activate", {"sesskey": sesskey}).status == 404


def test_two_browsers_at_one_lms_do_not_disturb_each_other(both: Both) -> None:
    activity = both.add()
    samia, lina = LmsClient(both.lms), LmsClient(both.lms)
    samia.launch(activity, "samia")
    page = lina.launch(activity, "lina")
    samia.gradebook()
    assert samia.browser.page.markup.title == page.markup.title == "launched"


def test_every_text_of_the_templates_exists_and_every_text_is_used() -> None:
    source = Path(house_folder("templates")) / "demo"
    code = Path(__file__).parents[3] / "lti_tool" / "demo"
    written = "".join(
        path.read_text() for path in [*source.rglob("*.html"), *code.rglob("*.py")] if path.name != "texts.py"
    )
    keys = set(re.findall(r'"((?:[a-z_]+\.)+[a-z_]+)"', written)) | set(
        re.findall(r"'((?:[a-z_]+\.)+[a-z_]+)'", written)
    )
    built = {"part.", "one.", "tools.", "lrs.column."}
    unused = {key for key in set(TEXTS) - keys if not key.startswith(tuple(built))}
    assert unused == set()
