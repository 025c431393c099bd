"""Who may see what: nobody reaches what belongs to another course, deployment, person or role."""

import random
from dataclasses import dataclass
from uuid import UUID

import pytest
from answering import past_checkpoint, send, values
from houses import House
from launching import CLAIM, assert_refused, coming, counts, neighbour, of_person, stranger
from sqlalchemy import select

from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.lms.records import Part
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.trainee import form_to, play
from lti_tool.models import Course, Placement


@dataclass(frozen=True)
class Owned:
    """What belongs to samia's attempt at an activity of course 2, by address."""

    activity: str
    placement: UUID
    attempt: UUID
    question: str
    files: tuple[str, ...]

    @property
    def of_trainee(self) -> list[str]:
        """The pages that are hers alone."""
        attempt = f"/attempts/{self.attempt}"
        return [self.question, f"{self.question}/report", attempt, f"{attempt}/checkpoint", f"{attempt}/results"]


@pytest.fixture(scope="module")
def owned(shared_house: House) -> Owned:
    """Samia has answered a few questions and stands at the next."""
    activity = shared_house.add_test("1.2", length=40)
    samia, seen = shared_house.begin(activity, "samia", "fr"), set[str]()
    while {address.split("/")[1] for address in seen} != {"files", "places"}:
        page = samia.browser.page
        seen.update(part for part in page.text.split('"') if part.startswith(("/files/", "/places/")))
        past_checkpoint(send(samia.browser, values(shared_house, page, right=True)), samia.browser)
    question = samia.browser.page.url.removeprefix(shared_house.tool).split("?")[0]
    attempt = shared_house.attempts()[-1]
    return Owned(activity, attempt.placement_id, attempt.id, question, tuple(sorted(seen)))


def ticket(browser: FormBrowser) -> str:
    """The ticket of the first form on the page."""
    return dict(browser.page.forms[0].fields)["ticket"]


def test_a_trainee_opens_neither_the_class_page_nor_a_picker(shared_house: House, owned: Owned) -> None:
    teacher = shared_house.client("fr")
    picker = teacher.open_picker(shared_house.deployment_id).url
    lina = shared_house.begin(owned.activity, "lina")
    mine = ticket(lina.browser)
    before = counts(shared_house)
    assert_refused(lina.browser.open(f"{shared_house.tool}/classes/{owned.placement}"), "en", 403)
    assert_refused(lina.browser.open(picker), "en", 404)
    wanted = {"ticket": mine, "competence": "1.1", "action": "add"}
    assert_refused(lina.browser.post(picker, wanted), "en", 404)
    assert counts(shared_house) == before


def test_a_trainee_cannot_ask_for_a_picker_by_a_message_of_the_lms(shared_house: House, owned: Owned) -> None:
    launch = coming(shared_house, owned.activity, "dina")
    dl = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
    launch.claims[CLAIM + "message_type"] = "LtiDeepLinkingRequest"
    launch.claims[dl] = {"deep_link_return_url": f"{shared_house.lms_url}/deep-linking/return"}
    before = counts(shared_house)
    assert_refused(launch.enter(), "en", 403)
    assert counts(shared_house) == before


def test_the_class_page_is_for_the_instructors_of_its_course_only(shared_house: House, owned: Owned) -> None:
    elsewhere = shared_house.add_test("1.2", length=4)
    copied = shared_house.client().copy_activity(elsewhere, "3")
    other = shared_house.client()
    entered = of_person(shared_house, copied, stranger(Part.INSTRUCTOR), other).enter()
    assert "/classes/" in entered.url
    assert_refused(other.browser.open(f"{shared_house.tool}/classes/{owned.placement}"), "en", 403)
    for page in owned.of_trainee:
        assert_refused(other.browser.open(shared_house.tool + page), "en", 404)


def test_an_instructor_of_the_course_takes_no_test_and_opens_no_trainees_pages(
    shared_house: House, owned: Owned
) -> None:
    tara = shared_house.client("fr")
    assert "/classes/" in tara.launch(owned.activity, "tara").url
    assert "Samia" in tara.browser.page.text
    assert_refused(tara.browser.open(f"{shared_house.tool}/tests/{owned.placement}"), "fr", 403)
    for page in owned.of_trainee:
        assert_refused(tara.browser.open(shared_house.tool + page), "fr", 404)


def test_a_trainee_of_the_same_course_reaches_nothing_of_anothers_attempt(shared_house: House, owned: Owned) -> None:
    lina = shared_house.begin(owned.activity, "lina")
    before, mine = counts(shared_house), ticket(lina.browser)
    for page in owned.of_trainee:
        assert_refused(lina.browser.open(shared_house.tool + page), "en", 404)
    for form in (f"{owned.question}/answer", f"/attempts/{owned.attempt}/exit", f"/attempts/{owned.attempt}/finish"):
        sent = lina.browser.post(shared_house.tool + form, {"ticket": mine, "action": "skip"})
        assert_refused(sent, "en", 404)
    assert counts(shared_house) == before


def test_another_institution_reaches_nothing_although_the_lms_and_the_person_are_the_same(
    shared_house: House, owned: Owned
) -> None:
    beside = neighbour(shared_house)
    theirs = beside.begin(beside.add_test(length=4), "samia", "fr")
    before, mine = counts(shared_house), ticket(theirs.browser)
    for page in (*owned.of_trainee, f"/tests/{owned.placement}", f"/classes/{owned.placement}"):
        assert_refused(theirs.browser.open(shared_house.tool + page), "fr", 404)
    sent = theirs.browser.post(f"{shared_house.tool}/tests/{owned.placement}/start", {"ticket": mine})
    assert_refused(sent, "fr", 404)
    assert counts(shared_house) == before


def test_a_placement_of_another_institution_cannot_be_named_by_a_link(shared_house: House, owned: Owned) -> None:
    beside = neighbour(shared_house)
    launch = coming(beside, beside.add_test(length=4), "dina")
    launch.claims[CLAIM + "custom"] = {"placement": str(owned.placement)}
    page = launch.enter()
    assert page.url.split("?")[0].endswith("/tests/not-ready")


def test_a_trainee_who_never_launched_a_test_does_not_start_it_by_its_address(
    shared_house: House, owned: Owned
) -> None:
    copied = shared_house.client().copy_activity(shared_house.add_test(length=4), "3")
    shared_house.client().launch(copied, "samia")
    with shared_house.rows() as session:
        there = session.scalars(select(Placement).where(Placement.resource_link_id == copied)).one().id
    hala = shared_house.begin(owned.activity, "hala")  # who is not in course 3
    before, mine = counts(shared_house), ticket(hala.browser)
    assert_refused(hala.browser.open(f"{shared_house.tool}/tests/{there}"), "en", 403)
    assert_refused(hala.browser.post(f"{shared_house.tool}/tests/{there}/start", {"ticket": mine}), "en", 403)
    assert counts(shared_house) == before


def test_the_address_of_a_file_or_place_opens_what_it_signs_and_nothing_else(shared_house: House, owned: Owned) -> None:
    files = [one for one in owned.files if one.startswith("/files/")]
    places = [one for one in owned.files if one.startswith("/places/")]
    assert files
    assert places
    anyone = FormBrowser(language="en")
    for address in (files[0], places[0]):
        kind, token, *rest = address.strip("/").split("?")[0].split("/")
        assert anyone.open(shared_house.tool + address).status == 200
        end = "/".join(rest)
        for other in (token[:-1], token[1:], token + "A", "x", token.split(".")[0]):
            assert_refused(anyone.open(f"{shared_house.tool}/{kind}/{other}/{end}"), "en", 404)
    file_token, place_token = files[0].split("/")[2], places[0].split("/")[2]
    assert_refused(anyone.open(f"{shared_house.tool}/places/{file_token}/"), "en", 404)
    assert_refused(anyone.open(f"{shared_house.tool}/files/{place_token}/x"), "en", 404)
    for name in ("other.pdf", "..", "%2e%2e%2fetc%2fpasswd", "seed", "truth"):
        assert anyone.open(f"{shared_house.tool}/files/{file_token}/{name}").status == 404


def test_a_ticket_opens_no_file_and_a_files_address_no_session(shared_house: House, owned: Owned) -> None:
    lina = shared_house.client(blocked=["localhost"])
    lina.launch(owned.activity, "lina")
    lina.browser.submit(form_to(lina.browser.page, "/continue"))
    anyone = FormBrowser(language="en")
    assert_refused(anyone.open(f"{shared_house.tool}/files/{lina.browser.page.query['ticket']}/x"), "en", 404)
    token = owned.files[0].split("/")[2]
    assert_refused(anyone.open(f"{shared_house.tool}{owned.question}?ticket={token}"), "en", 401)


def test_a_place_never_fails_whatever_is_asked_of_it(shared_house: House, owned: Owned) -> None:
    anyone, chance = FormBrowser(language="en"), random.Random(5)
    places = [one for one in owned.files if one.startswith("/places/")]
    strange = [
        "x" * 300,
        "a/b/c",
        "%00",
        "%ff",
        "..%2f..",
        "1e9",
        "-1",
        "é",
        "?page=-1",
        "?q=%00&n=99999999999999999999",
    ]
    for place in places:
        base = "/".join(place.split("/")[:3])
        for path in chance.sample(strange, 5):
            assert anyone.open(f"{shared_house.tool}{base}/{path}").status in {200, 404}, path


def test_a_copied_activity_is_a_placement_of_its_own_with_the_same_frozen_plan(shared_house: House) -> None:
    original = shared_house.add_test("1.1", length=5)
    shared_house.client().launch(original, "lina")
    copied = shared_house.client().copy_activity(original, "3")
    trainee = shared_house.begin(copied, "lina")
    assert play(trainee.browser, random.Random(2)).end is not None
    with shared_house.rows() as session:
        rows = session.scalars(select(Placement).where(Placement.resource_link_id.in_([original, copied]))).all()
        first, second = sorted(rows, key=lambda row: row.resource_link_id != original)
        assert second.copied_from == first.id
        for frozen in ("plan", "rules", "reference", "parameters", "scoring_version", "grade_policy", "title"):
            assert getattr(first, frozen) == getattr(second, frozen)
        courses = [session.get_one(Course, row.course_id).context_id for row in (first, second) if row.course_id]
        assert courses == ["2", "3"]
        assert first.line_item_url != second.line_item_url
    shared_house.deliver()
    assert shared_house.lms.grade(copied, "lina", "3") is not None
    assert shared_house.lms.grade(original, "lina") is None


def test_two_first_launches_of_a_copy_make_one_placement(shared_house: House) -> None:
    original = shared_house.add_test("1.1", length=5)
    shared_house.client().launch(original, "lina")
    copied = shared_house.client().copy_activity(original, "3")
    for username in ("samia", "youssef", "lina"):
        client: LmsClient = shared_house.client()
        assert "/tests/" in client.launch(copied, username).url
    with shared_house.rows() as session:
        assert len(session.scalars(select(Placement).where(Placement.resource_link_id == copied)).all()) == 1
