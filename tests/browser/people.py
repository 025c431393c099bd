"""People in a real browser: the administrator's, instructor's and trainee's steps, and their screenshots."""

from dataclasses import dataclass
from pathlib import Path

from houses import House
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page

OUTPUT = Path(__file__).parents[1] / "output"
_MOST_PAGES = 200


@dataclass
class Person:
    """One person at the LMS, in a browser of their own."""

    house: House
    context: BrowserContext
    name: str

    @property
    def page(self) -> Page:
        """The browser's first tab."""
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    @property
    def tool(self) -> FrameLocator:
        """The tool inside the course page."""
        return self.page.frame_locator("iframe").first

    def sign_in(self) -> None:
        """Chooses oneself on the LMS's first page."""
        self.page.goto(f"{self.house.lms_url}/sign-in")
        self.page.get_by_role("button", name=self.name).first.click()

    def add_test(self, *competences: str, length: int = 8) -> str:
        """As the instructor, adds a test by deep linking, inside the course page; the activity's id."""
        self.sign_in()
        self.page.goto(f"{self.house.lms_url}/courses/2/add/{self.house.deployment_id}")
        for code in competences:
            self.tool.locator(f"input[value='{code}']").check()
        self.tool.locator("#length").fill(str(length))
        self.shot("picker")
        self.tool.locator("button[value=add]").click()
        self.page.wait_for_url("**/courses/2*")
        addresses = self.page.locator("a[href*='/activities/']").evaluate_all("links => links.map(one => one.href)")
        return str(addresses[-1]).rsplit("/", 1)[-1]

    def open_activity(self, activity: str) -> None:
        """Opens an activity in its frame."""
        self.page.goto(f"{self.house.lms_url}/activities/{activity}")

    def take_test(self) -> None:
        """From the start page (or a question) to the results page, answering the first thing there is."""
        for number in range(_MOST_PAGES):
            page = self.shown()
            if page == "start":
                self.shot(page)
                self._leave(self.tool.locator("form[action*='/start'] button").first)
            elif page == "question":
                if number < 6:
                    self.shot(f"question-{number}")
                self.answer()
            else:
                self.shot(page)
                if page == "results":
                    return
                self._leave(self.tool.locator("a.button").first)
        raise AssertionError("the test does not end")

    def shown(self) -> str:
        """Which of the tool's pages the frame shows, once it does."""
        page = self.tool.locator("body[data-page]")
        page.wait_for()
        return str(page.get_attribute("data-page"))

    def answer(self) -> None:
        """Something in every input, then Validate; Skip where that cannot be read."""
        main = self.tool.locator("article form[action*='/answer']")
        for box in main.locator(".choice input").all()[:1]:
            box.check()
        for field in main.locator("input[type=text]").all():
            field.fill("12")
        for choice in main.locator("select").all():
            choice.select_option(index=1)
        self._leave(main.locator("button[value=validate]"))
        if self.tool.locator("#wrong").count():
            self._leave(self.tool.locator("button[value=skip]"))

    def shot(self, name: str) -> None:
        """A screenshot under tests/output."""
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{self.name.split()[0].lower()}-{name}.png", full_page=True)

    def _leave(self, button: Locator) -> None:
        """Presses, and waits until the frame shows its next page."""
        with self.page.expect_event("framenavigated"):
            button.click()
        self.tool.locator("main").wait_for()
