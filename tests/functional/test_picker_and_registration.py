"""The pages of those who set things up: the instructor's picker, the administrator's registration."""

from datetime import timedelta

import pytest
from houses import House
from launching import add_activity, assert_refused, counts, neighbour, of_person, stranger
from sqlalchemy import select, update

from lti_tool import clock
from lti_tool.demo.browser import Page
from lti_tool.demo.lms.records import Part
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to
from lti_tool.lti.registration import invite
from lti_tool.models import Institution, PendingLaunch, Placement, Platform, RegistrationInvitation
from lti_tool.words import words


def picker(house: House, language: str = "fr") -> LmsClient:
    """An instructor before the picker."""
    teacher = house.client(language)
    page = teacher.open_picker(house.deployment_id)
    assert page.status == 200
    return teacher


def sent(teacher: LmsClient, fields: dict[str, list[str]]) -> Page:
    """Posts the picker's form with these fields, whatever the page offers."""
    page = teacher.browser.page
    hidden = {"ticket": [dict(page.forms[0].fields)["ticket"]], "action": ["add"]}
    answer = teacher.browser.request("POST", page.url, data={**hidden, **fields})
    return teacher.browser._show(answer, settle=True)


NONSENSE = {
    "with nothing chosen": {"length": ["8"]},
    "of an unknown competence": {"competence": ["9.9"]},
    "of the same competence twice": {"competence": ["1.1", "1.1"]},
    "of a competence and a stranger": {"competence": ["1.1", "<b>"]},
    "of no length": {"competence": ["1.1"], "length": ["0"]},
    "of too little length": {"competence": ["1.1", "1.2"], "length": ["7"]},
    "of too much length": {"competence": ["1.1"], "length": ["129"]},
    "of a length below nothing": {"competence": ["1.1"], "length": ["-8"]},
    "of a length in words": {"competence": ["1.1"], "length": ["eight"]},
    "of a length beyond all numbers": {"competence": ["1.1"], "length": ["9" * 6000]},
    "of half a length": {"competence": ["1.1"], "length": ["8.5"]},
    "with an invented policy": {"competence": ["1.1"], "grade": ["bribe"]},
}


@pytest.mark.parametrize("choice", NONSENSE.values(), ids=NONSENSE)
def test_a_choice_that_makes_no_test_is_refused_with_a_sentence(
    shared_house: House, choice: dict[str, list[str]]
) -> None:
    before = counts(shared_house)["placements"]
    page = sent(picker(shared_house), choice)
    assert page.status == 400
    assert page.markup.language == "fr"
    assert 'role="alert"' in page.text
    assert counts(shared_house)["placements"] == before


@pytest.mark.parametrize("title", ["", "x" * 5000, "<script>alert(1)</script>", "a\0b\x1b", "امتحان"])
def test_any_name_makes_an_activity(shared_house: House, title: str) -> None:
    teacher = picker(shared_house)
    page = sent(teacher, {"competence": ["1.1"], "length": ["4"], "title": [title]})
    assert page.status == 200
    assert shared_house.tool not in page.url  # back in the LMS
    launched = shared_house.client().launch(teacher.newest_activity(), "lina")
    assert (launched.status, "<script>alert" in launched.text) == (200, False)


def test_what_is_chosen_is_what_is_tested(shared_house: House) -> None:
    teacher = picker(shared_house)
    page = sent(teacher, {"competence": ["1.1", "4.1"], "length": [" 12 "], "title": ["Mon test"], "grade": ["none"]})
    assert page.status == 200
    activity = teacher.newest_activity()
    shared_house.client().launch(activity, "lina")
    with shared_house.rows() as session:
        made = session.scalars(select(Placement).where(Placement.resource_link_id == activity)).one()
        assert (made.title, made.plan["max_items"], made.grade_policy) == ("Mon test", 12, "none")
        assert {topic.rsplit(".", 1)[0] for topic in made.plan["topics"]} == {"1.1", "4.1"}


def test_cancel_goes_back_to_the_lms_and_adds_nothing(shared_house: House) -> None:
    teacher, before = picker(shared_house), counts(shared_house)["placements"]
    activities = shared_house.memory.activities.copy()
    page = teacher.browser.press("cancel")
    assert page.url.startswith(shared_house.lms_url)
    assert page.status == 200
    assert shared_house.memory.activities == activities
    assert counts(shared_house)["placements"] == before


def test_a_choice_after_its_hour_is_refused_with_a_page(shared_house: House) -> None:
    teacher = picker(shared_house)
    with shared_house.parts.database.transaction() as session:
        session.execute(update(PendingLaunch).values(expires_at=clock.now() - timedelta(seconds=1)))
    before = counts(shared_house)
    assert_refused(sent(teacher, {"competence": ["1.1"]}), "fr", 404)
    assert counts(shared_house) == before


def test_a_picker_belongs_to_whom_it_was_opened_for(shared_house: House) -> None:
    address = picker(shared_house).browser.page.url
    other = shared_house.client()
    of_person(shared_house, add_activity(shared_house), stranger(Part.INSTRUCTOR), other).enter()
    assert "/picker/" in other.browser.page.url
    assert_refused(other.browser.open(address), "en", 404)


def test_a_link_without_a_test_gives_the_trainee_a_sentence_and_the_instructor_the_picker(
    shared_house: House,
) -> None:
    activity = add_activity(shared_house)
    trainee, teacher = shared_house.client(), shared_house.client()
    assert "has not chosen the test" in trainee.launch(activity, "lina").text
    page = teacher.launch(activity, "tara")
    assert "/picker/" in page.url
    assert all(button.value != "cancel" for form in page.forms for button in form.buttons)
    shown = sent(teacher, {"competence": ["1.2"], "length": ["4"]})
    assert "/classes/" in shown.url
    assert shown.status == 200
    begun = trainee.launch(activity, "lina")
    assert "/tests/" in begun.url
    assert "/questions/" in trainee.browser.submit(form_to(begun, "/start")).url
    assert "/classes/" in teacher.launch(activity).url


def test_a_choice_for_a_link_sent_twice_gives_one_test_and_no_error(shared_house: House) -> None:
    activity = add_activity(shared_house)
    teacher = shared_house.client("fr")
    choosing = teacher.launch(activity, "tara")
    first = sent(teacher, {"competence": ["1.2"], "length": ["4"]})
    teacher.browser._show(teacher.browser.request("GET", choosing.url), settle=True)
    again = teacher.browser.post(
        choosing.url,
        {"competence": "1.1", "length": "8", "action": "add", "ticket": dict(choosing.forms[0].fields)["ticket"]},
    )
    assert (first.status, again.status) == (200, 200)
    with shared_house.rows() as session:
        bound = session.scalars(select(Placement).where(Placement.resource_link_id == activity)).all()
        assert [one.plan["max_items"] for one in bound] == [4]


# --- registration


def invitation(house: House, uses: int = 1) -> str:
    """A registration address of the first institution."""
    with house.parts.database.transaction() as session:
        institution = session.scalars(select(Institution).order_by(Institution.created_at)).first()
        assert institution is not None
        return f"{house.tool}/lti/register?invitation={invite(session, institution, uses, 1, None, clock.now())}"


def platforms(house: House) -> int:
    """How many platforms the tool knows."""
    with house.rows() as session:
        return len(session.scalars(select(Platform)).all())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "Rien n’a encore été envoyé"), ("en", "Nothing has been sent yet")],
)
def test_the_registration_page_says_what_is_asked_and_sends_nothing_before_it_is_confirmed(
    shared_house: House, language: str, sentence: str
) -> None:
    before, known = len(shared_house.lms.tools()), platforms(shared_house)
    page = shared_house.client(language).open_registration(invitation(shared_house))
    assert page.status == 200
    assert page.markup.language == language
    for part in ("Institut des tests", shared_house.lms_url.split("//")[1], sentence):
        assert part in page.text
    assert len(page.forms) == 1
    assert (len(shared_house.lms.tools()), platforms(shared_house)) == (before, known)


def test_a_confirmed_registration_uses_its_address_up(shared_house: House) -> None:
    address, known = invitation(shared_house), platforms(shared_house)
    administrator = shared_house.client("fr")
    page = administrator.open_registration(address)
    done = administrator.browser.submit(page.forms[0])
    assert done.status == 200
    assert platforms(shared_house) == known + 1
    used_up = assert_refused(administrator.open_registration(address), "fr", 400)
    assert words("fr").t("registration.invitation_over") in used_up
    assert_refused(
        administrator.browser.post(f"{shared_house.tool}/lti/register", dict(page.forms[0].fields)), "fr", 400
    )
    assert platforms(shared_house) == known + 1


def test_an_expired_or_invented_address_is_a_page_to_read(shared_house: House) -> None:
    address = invitation(shared_house)
    with shared_house.parts.database.transaction() as session:
        session.execute(update(RegistrationInvitation).values(expires_at=clock.now() - timedelta(seconds=1)))
    known = platforms(shared_house)
    client = shared_house.client("fr")
    for one in (address, f"{shared_house.tool}/lti/register?invitation=invented", f"{shared_house.tool}/lti/register"):
        assert_refused(client.open_registration(one), "fr", 400)
    assert platforms(shared_house) == known


CONFIGURATIONS = [
    "", "nonsense", "file:///etc/passwd", "http://127.0.0.1:1/none", "http://[::1", "http://user:word@localhost/",
    "x" * 3000, "{tool}/healthz", "{tool}/lti/jwks", "{lms}/sign-in",
]  # fmt: skip


@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=[one[:20] or "none" for one in CONFIGURATIONS])
def test_a_configuration_that_cannot_be_used_is_a_page_to_read(shared_house: House, configuration: str) -> None:
    named = configuration.format(tool=shared_house.tool, lms=shared_house.lms_url)
    address, known = invitation(shared_house), platforms(shared_house)
    token = address.rsplit("=", 1)[1]
    browser = shared_house.client("en").browser
    for answer in (
        browser.request("GET", address, params={"openid_configuration": named}),
        browser.request("POST", f"{shared_house.tool}/lti/register",
                        data={"invitation": token, "openid_configuration": named}),
    ):  # fmt: skip
        assert answer.status_code in {400, 502}, answer.text
        assert 'class="reference"' in answer.text
    assert platforms(shared_house) == known
    with shared_house.rows() as session:
        left = session.scalars(select(RegistrationInvitation.uses_left)).all()
        assert 1 in left


def test_a_registration_that_the_lms_refuses_keeps_the_address_good(shared_house: House) -> None:
    address = invitation(shared_house)
    client = shared_house.client("en")
    page = client.open_registration(address)
    fields = {**dict(page.forms[0].fields), "registration_token": "invented"}
    refused = client.browser.post(f"{shared_house.tool}/lti/register", fields)
    assert_refused(refused, "en", 400)
    assert client.open_registration(address).status == 200


def test_two_institutions_on_one_lms_stay_apart(shared_house: House) -> None:
    beside = neighbour(shared_house)
    assert beside.deployment_id != shared_house.deployment_id
    assert "/tests/" in beside.client().launch(beside.add_test(length=4), "lina").url
