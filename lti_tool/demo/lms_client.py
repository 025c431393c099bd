"""A person at the small LMS, without JavaScript: signs in, registers tools, adds and opens activities, reads grades.

Every step is a real request by the person's browser, as the pages lead; nothing reaches into the LMS.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lti_tool.demo.browser import FormBrowser, Page
from lti_tool.demo.lms_office import LmsOffice, RegisteredTool, enter


@dataclass(frozen=True, slots=True)
class HeldLaunch:
    """A launch stopped when the tool asks for its message: what it asked for, so that a test can answer instead."""

    url: str
    parameters: Mapping[str, str]


class LmsClient(LmsOffice):
    """One browser at one LMS. `browser` may be shared with other sites, as a real one is."""

    def __init__(self, base_url: str, browser: FormBrowser | None = None) -> None:
        self.browser = browser or FormBrowser()
        super().__init__(base_url, verify=self.browser.verify)

    def sign_in(self, username: str) -> Page:
        """Signs in as the person of that user name (`nadia` administers, `tara` teaches, `samia`... learn)."""
        return enter(self.browser, self.base_url, username)

    def speak(self, language: str) -> Page:
        """Switches the language of who is signed in: fr or en."""
        page = self.browser.open(self.base_url + "/courses")
        return page if page.markup.language == language else self.browser.press(language)

    def open_registration(self, address: str) -> Page:
        """As the administrator, opens the tool's registration address in the LMS's frame; the tool's page is shown."""
        self.sign_in("nadia")
        self.browser.open(self.base_url + "/admin/tools")
        self.browser.press("register", {"address": address})
        return self.browser.enter_frame()

    def register_by_address(self, address: str, press: str | None = None) -> RegisteredTool:
        """Registers a tool by its dynamic registration address and activates it.

        `press` is the button of the tool's confirmation page; None presses the first of its first form.
        """
        before = {tool.client_id for tool in self.tools()}
        page = self.open_registration(address)
        self.browser.press(press or page.form().buttons[0].label)
        new = [tool for tool in self.tools() if tool.client_id not in before]
        if not new:
            raise LookupError(f"the tool was not registered: {self.browser.history[-4:]}")
        self.activate(new[0].deployment_id)
        return next(tool for tool in self.tools() if tool.client_id == new[0].client_id)

    def register_by_hand(
        self, *, name: str, login_url: str, redirect_uri: str, jwks_url: str, link_url: str, picker_url: str = ""
    ) -> RegisteredTool:
        """Registers a tool by the administrator's form; it is active at once."""
        before = {tool.client_id for tool in self.tools()}
        browser = self.as_staff("nadia")
        browser.open(self.base_url + "/admin/tools/new")
        browser.press(
            "add",
            {
                "name": name,
                "login_url": login_url,
                "redirect_uris": redirect_uri,
                "jwks_url": jwks_url,
                "link_url": link_url,
                "picker_url": picker_url,
            },
        )
        return next(tool for tool in self.tools() if tool.client_id not in before)

    def open_picker(self, deployment_id: str, course: str = "2", username: str = "tara") -> Page:
        """As the instructor, begins to add an activity; the tool's picker is shown.

        Submitting the picker brings the browser back to the LMS; `activities` then lists what was added.
        """
        self.sign_in(username)
        self.browser.open(f"{self.base_url}/courses/{course}/add/{deployment_id}")
        return self.browser.enter_frame()

    def activities(self, course: str = "2") -> dict[str, str]:
        """Title by id of the course's activities, in order, as the person signed in sees them."""
        page = self.browser.open(f"{self.base_url}/courses/{course}")
        found = [(link.url.rsplit("/", 1)[-1], link.text) for link in page.markup.links if "/activities/" in link.url]
        return dict(found)

    def newest_activity(self, course: str = "2") -> str:
        """The id of the activity that was added last; LookupError if there is none."""
        ids = list(self.activities(course))
        if not ids:
            raise LookupError(f"course {course} has no activity")
        return ids[-1]

    def copy_activity(self, activity_id: str, course: str = "2") -> str:
        """As the instructor, copies an activity into a course; returns the id of the copy."""
        self.sign_in("tara")
        page = self.browser.open(f"{self.base_url}/activities/{activity_id}")
        form, button = page.button("copy")
        self.browser.submit(form, {"course": course}, button=button)
        return self.newest_activity(course)

    def launch(self, activity_id: str, username: str | None = None, *, window: bool = False) -> Page:
        """Opens an activity (after signing in as `username`, if given): in its frame, or in a window of its own."""
        if username is not None:
            self.sign_in(username)
        self.browser.open(f"{self.base_url}/activities/{activity_id}")
        return self.browser.follow("window=1") if window else self.browser.enter_frame()

    def hold_launch(self, activity_id: str, username: str | None = None) -> HeldLaunch:
        """Begins a launch and stops before the LMS answers: the tool has set its cookies and sent its request."""
        if username is not None:
            self.sign_in(username)
        self.browser.open(f"{self.base_url}/activities/{activity_id}")
        return self._hold(self.browser.page.frames[0])

    def hold_picker(self, deployment_id: str, course: str = "2", username: str = "tara") -> HeldLaunch:
        """The same for a deep linking launch."""
        self.sign_in(username)
        self.browser.open(f"{self.base_url}/courses/{course}/add/{deployment_id}")
        return self._hold(self.browser.page.frames[0])

    def answer(self, held: HeldLaunch, id_token: str, **fields: str) -> Page:
        """Sends a message of the test's own making where the LMS would have sent its own; `fields` go over the form."""
        sent = {"id_token": id_token, "state": held.parameters.get("state", ""), **fields}
        return self.browser.post(held.parameters["redirect_uri"], sent)

    def _hold(self, launch_url: str) -> HeldLaunch:
        """Sends the login form; where the tool redirects to the LMS, does not follow."""
        page = self.browser.open(launch_url, settle=False)
        form = page.form()
        answer = self.browser.request("POST", form.action, data=form.fields, follow=False)
        while answer.is_redirect and not answer.headers["Location"].startswith(self.base_url + "/auth"):
            answer = self.browser.request("GET", answer.headers["Location"], follow=False)
        if not answer.is_redirect:
            raise LookupError(f"the tool did not ask for a message: {answer.status_code} {answer.text[:300]!r}")
        url = answer.headers["Location"]
        return HeldLaunch(url, Page(url, 302, {}, "", page.markup).query)
