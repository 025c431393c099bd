"""The whole way: deep link, launch, answers, grade, statements."""

from houses import House

from lti_tool.demo.trainee import form_to


def test_a_finished_test_brings_its_grade_and_statements(house: House) -> None:
    activity = house.add_test(length=8)
    trainee = house.begin(activity)
    played = house.finish(trainee)
    assert played.answered + played.skipped == 8
    assert played.checkpoints == 1
    house.deliver()
    grade = house.lms.grade(activity, "lina")
    assert grade is not None
    assert grade.comment.startswith("Attempt 1: 1.1")
    assert f"Score of this attempt: {grade.score:.1f}" in trainee.browser.page.text


def test_exit_and_return_on_another_device_show_the_same_question(house: House) -> None:
    activity = house.add_test()
    first = house.begin(activity)
    asked = first.browser.page.url
    left = first.browser.submit(form_to(first.browser.page, "/exit"))
    assert left.status == 200
    second = house.begin(activity)
    assert second.browser.page.url == asked
