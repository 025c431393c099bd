"""On the instructor's page: the level of the class, and two quiet words that nobody else ever sees."""

from answering import past_checkpoint, send, told, values
from houses import House
from picking import DISCOVERY, picked, placement_of, statements_of
from sqlalchemy import select, update

from lti_tool.demo.browser import Page
from lti_tool.insights.flags import flags_of
from lti_tool.models import Answer, Attempt, Delivery, Question
from lti_tool.words import words

SAY = words("fr")  # as the instructor reads
UNLIKE, HASTY, TITLE = (SAY.t(f"class_levels.{name}") for name in ("unlike", "hasty", "title"))
TOO_FEW = SAY.t("class_levels.too_few", count=5)
FIVE = ("lina", "dina", "rami", "hala", "mariam")


def sit(house: House, activity: str, username: str, *, right: bool, seconds: float = 45.0) -> Attempt:
    """A whole test, each answer taking so long."""
    browser = house.begin(activity, username).browser
    while "/questions/" in browser.page.url:
        past_checkpoint(send(browser, values(house, browser.page, right=right)), browser)
    attempt = house.attempts()[-1]
    with house.parts.database.transaction() as session:
        session.execute(update(Answer).where(Answer.attempt_id == attempt.id).values(seconds=seconds))
    return attempt


def class_page(house: House, activity: str) -> Page:
    """What the instructor sees."""
    teacher = house.client("fr")
    teacher.launch(activity, "tara")
    return teacher.browser.page


def test_the_level_of_a_class_is_shown_with_its_interval_once_five_have_answered(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    for username in FIVE[:4]:
        sit(shared_house, activity, username, right=username != "dina")
    four = told(class_page(shared_house, activity))
    assert TITLE in four
    assert TOO_FEW in four
    sit(shared_house, activity, FIVE[4], right=True)
    page = class_page(shared_house, activity)
    assert TOO_FEW not in told(page)
    assert 'class="scale' in page.text
    row = page.text.split(f"<h2>{TITLE}</h2>", 1)[1]
    assert "entre" in row
    assert f"<dt>{SAY.t('class_levels.people')}</dt><dd>5</dd>" in row


def test_nothing_is_said_of_a_class_before_anybody_has_finished_nor_of_a_fixed_list(shared_house: House) -> None:
    activity = shared_house.add_test("1.2", length=4)
    shared_house.begin(activity, "omar")
    assert TITLE not in class_page(shared_house, activity).text
    listed = picked(shared_house, test=DISCOVERY)
    sit(shared_house, listed, "omar", right=True)
    assert TITLE not in class_page(shared_house, listed).text


def test_quick_answers_and_answers_like_chance_are_told_to_the_instructor_alone(shared_house: House) -> None:
    activity = shared_house.add_test("1.1", length=20)
    quick = sit(shared_house, activity, "youssef", right=True, seconds=0.4)
    slow = sit(shared_house, activity, "salma", right=False)
    calm = told(class_page(shared_house, activity))
    assert HASTY in calm
    assert UNLIKE not in calm.replace(f"« {UNLIKE} »", "")
    with shared_house.parts.database.transaction() as session:
        for question in session.scalars(select(Question).where(Question.attempt_id == slow.id)):
            question.reason = {**question.reason, "p_right": 0.9}
    page = told(class_page(shared_house, activity))
    assert UNLIKE in page.replace(f"« {UNLIKE} »", "")
    assert "Ni l’un ni l’autre ne change un résultat" in page
    with shared_house.rows() as session:
        flags = flags_of(session, shared_house.parts.bank, [quick.id, slow.id])
        assert (flags[quick.id].names, flags[slow.id].names) == (("hasty",), ("unlike",))
        sent = [one.body for one in session.scalars(select(Delivery)) if one.attempt_id in {quick.id, slow.id}]
    everything = str(sent) + str([statements_of(shared_house, one) for one in (quick, slow)])
    assert "hasty" not in everything
    assert "unlike" not in everything
    assert placement_of(shared_house, activity).parameters == {}


def test_a_trainee_never_reads_the_words_about_them(shared_house: House) -> None:
    activity = shared_house.add_test("1.1", length=8)
    sit(shared_house, activity, "karim", right=True, seconds=0.4)
    trainee = shared_house.client("en")
    trainee.launch(activity, "karim")
    assert HASTY not in trainee.browser.page.text
    assert words("en").t("class_levels.hasty") not in trainee.browser.page.text
    assert HASTY in class_page(shared_house, activity).text
