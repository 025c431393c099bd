"""The page before the test: what is tested, how it goes, in which language, and what waits for this person."""

from datetime import timedelta

import pytest
from answering import play_all, skip, told
from houses import House
from launching import assert_refused
from picking import DISCOVERY, picked
from ruling import add_ruled
from sqlalchemy import update

from lti_tool import clock
from lti_tool.demo.trainee import form_to
from lti_tool.models import Accommodation, Attempt

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile"


def test_it_names_the_areas_and_competences_and_says_that_it_is_no_certificate(shared_house: House) -> None:
    page = shared_house.client().launch(shared_house.add_test("1.1", "4.1", length=12), "lina")
    text = told(page)
    assert "This test measures 2 digital competences:" in text
    assert "Information and data Search and monitor information" in text
    assert "Protection and security Secure the digital environment" in text
    assert "The questions adapt to your answers" in text
    assert "nothing is timed" in text
    assert "not a certificate" in text
    assert "under a pseudonym" in text
    assert "Never your e-mail address" in text


def test_a_fixed_list_says_so_and_speaks_of_no_adapting(shared_house: House) -> None:
    text = told(shared_house.client().launch(picked(shared_house, test=DISCOVERY), "lina"))
    assert "8 questions at most, about 10 minutes" in text
    assert "adapt" not in text
    assert "At the end you see how you did" in text


RULES = {
    "an exam": ({"purpose": "exam"}, ("Which answers are right is not told",), ("right answers explained",)),
    "training": ({"purpose": "training"}, ("After every answer you see how it went", "Nothing goes to the gradebook"),
                 ("goes to the course’s gradebook",)),
    "a time limit": ({"minutes": 30}, ("30 minutes",), ("nothing is timed",)),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "there", "absent"), RULES.values(), ids=RULES)
def test_it_tells_the_rules_of_the_test(
    shared_house: House, rules: dict[str, object], there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    text = told(shared_house.client().launch(add_ruled(shared_house, "1.2", **rules), "lina"))
    assert all(sentence in text for sentence in there), text
    assert not any(sentence in text for sentence in absent), text


EXTRA = {"half": "you have 1 hour", "unlimited": "For you there is no time limit."}


@pytest.mark.parametrize(("extra", "sentence"), EXTRA.items())
def test_who_has_extra_time_reads_how_long_they_have(shared_house: House, extra: str, sentence: str) -> None:
    activity, trainee = add_ruled(shared_house, "1.2", minutes=40), shared_house.client()
    username = {"half": "mariam", "unlimited": "dina"}[extra]
    assert sentence not in told(trainee.launch(activity, username))
    shared_house.begin(activity, username)
    person = shared_house.attempts()[-1].person_id
    with shared_house.parts.database.transaction() as session:
        session.add(Accommodation(person_id=person, extra_time=extra, set_by=person, set_at=clock.now()))
    assert sentence in told(trainee.launch(activity, username))


def test_a_phone_is_told_that_a_computer_is_best_and_that_others_are_asked(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=8)
    on_computer = told(shared_house.client().launch(activity, "lina"))
    assert "A computer is best" in on_computer
    assert "On this phone" not in on_computer
    client = shared_house.client()
    client.browser.session.headers["User-Agent"] = PHONE
    assert "On this phone you are asked others in their place." in told(client.launch(activity, "dina"))


def test_the_language_is_chosen_there_and_kept_on_the_way(shared_house: House) -> None:
    trainee = shared_house.client("fr")
    page = trainee.launch(shared_house.add_test("1.2", length=4), "samia")
    assert page.markup.language == "fr"
    form = form_to(page, "/language")
    english = next(button for button in form.buttons if button.value == "en")
    page = trainee.browser.submit(form, button=english)
    assert (page.markup.language, page.url.split("?")[0].rsplit("/", 2)[-2]) == ("en", "tests")
    assert trainee.browser.submit(form_to(page, "/start")).markup.language == "en"
    assert shared_house.attempts()[-1].language == "en"


def test_a_language_that_there_is_not_is_refused(shared_house: House) -> None:
    trainee = shared_house.client()
    page = trainee.launch(shared_house.add_test("1.2", length=4), "lina")
    form = form_to(page, "/language")
    for wrong in ("", "xx", "e" * 300, "<b>"):
        fields = {"ticket": dict(form.fields)["ticket"], "to": wrong}
        assert_refused(trainee.browser.post(f"{shared_house.tool}{form.action}", fields), "en", 400)


def test_start_resume_again_and_the_last_result_each_in_their_time(shared_house: House) -> None:
    activity, trainee = add_ruled(shared_house, "1.2", length=4, attempts=2), shared_house.client()
    page = trainee.launch(activity, "rami")
    assert "Start the test" in page.text
    assert "2 attempts are left to begin." in told(page)
    trainee.browser.submit(form_to(page, "/start"))
    skip(trainee.browser)
    assert "Resume" in told(trainee.launch(activity, "rami")) or "Go on" in told(trainee.browser.page)
    trainee.browser.submit(form_to(trainee.browser.page, "/start"))
    play_all(shared_house, trainee.browser, right=True)
    page = trainee.launch(activity, "rami")
    assert "1 attempt is left to begin." in told(page)
    assert page.link("See my last result").url.endswith("/results")
    trainee.browser.submit(form_to(page, "/start"))
    play_all(shared_house, trainee.browser, right=False)
    page = trainee.launch(activity, "rami")
    assert not [button for form in page.forms if form.action.endswith("/start") for button in form.buttons]


def test_between_two_attempts_it_says_when_the_next_may_begin(shared_house: House) -> None:
    activity, trainee = add_ruled(shared_house, "1.2", length=4, delay=48), shared_house.begin
    browser = trainee(activity, "hala").browser
    play_all(shared_house, browser, right=True)
    waiting = shared_house.client().launch(activity, "hala")
    assert "The next attempt can begin on" in told(waiting)
    assert not [button for form in waiting.forms if form.action.endswith("/start") for button in form.buttons]
    with shared_house.parts.database.transaction() as session:
        ended = clock.now() - timedelta(hours=49)
        session.execute(update(Attempt).where(Attempt.id == shared_house.attempts()[-1].id).values(ended_at=ended))
    later = shared_house.client().launch(activity, "hala")
    assert "The next attempt can begin on" not in told(later)
    assert shared_house.begin(activity, "hala").browser.page.status == 200
