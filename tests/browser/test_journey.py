"""The whole way in a real browser: on one site, and on two TLS sites with third-party cookies blocked."""

from collections.abc import Callable

from houses import House
from people import Person
from playwright.sync_api import BrowserContext

Browse = Callable[..., BrowserContext]


def test_the_whole_way_on_one_site(one_site: House, browse: Browse) -> None:
    _walk(one_site, browse(locale="fr-FR"), browse(locale="fr-FR"))


def test_the_whole_way_on_two_sites_with_third_party_cookies_blocked(two_sites: House, browse: Browse) -> None:
    teacher = browse(locale="fr-FR", third_party_cookies=False)
    trainee = browse(locale="fr-FR", third_party_cookies=False, viewport={"width": 390, "height": 800})
    _walk(two_sites, teacher, trainee)


def _walk(house: House, teacher_browser: BrowserContext, trainee_browser: BrowserContext) -> None:
    teacher = Person(house, teacher_browser, "Tara")
    activity = teacher.add_test("1.1", length=6)
    trainee = Person(house, trainee_browser, "Samia")
    trainee.sign_in()
    trainee.open_activity(activity)
    trainee.take_test()
    house.deliver()
    grade = house.lms.grade(activity, "samia")
    assert grade is not None
    assert grade.comment.startswith("Tentative 1")
    verbs = [one["verb"]["id"].rsplit("/", 1)[-1] for one in house.statement_list()]
    assert verbs[0] == "initialized"
    assert verbs[-2:] == ["completed", "terminated"]
    assert verbs.count("answered") == 6
    trainee.open_activity(activity)
    trainee.tool.get_by_text("Voir mon dernier résultat").click()
    trainee.tool.get_by_text("Votre note est arrivée").wait_for()
    teacher.open_activity(activity)
    teacher.tool.get_by_text("Samia Trabelsi").wait_for()
    teacher.shot("class")
