"""The staff's side of the small LMS: its tools, its gradebook and its faults, each read in a browser apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lti_tool.demo.browser import FormBrowser, Page


@dataclass(frozen=True, slots=True)
class RegisteredTool:
    """What both sides need to know of a registration."""

    name: str
    client_id: str
    deployment_id: str
    active: bool
    issuer: str
    auth_url: str
    token_url: str
    jwks_url: str


@dataclass(frozen=True, slots=True)
class GradeCell:
    """One grade, on the scale of its column."""

    score: float
    comment: str
    timestamp: str


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """One column; grades by user name."""

    id: str
    label: str
    maximum: float
    activity_id: str | None
    grades: Mapping[str, GradeCell]


class LmsOffice:
    """Reads and sets what staff may, in browsers of their own: whatever another browser shows stays as it is."""

    def __init__(self, base_url: str, *, verify: bool | str = True) -> None:
        self.base_url = base_url.rstrip("/")
        self._verify = verify
        self._browsers: dict[str, FormBrowser] = {}

    def tools(self) -> list[RegisteredTool]:
        """The registered tools, in order."""
        fields = RegisteredTool.__dataclass_fields__
        return [
            RegisteredTool(**{name: value for name, value in tool.items() if name in fields})
            for tool in self._json("nadia", "/admin/tools.json")
        ]

    def activate(self, deployment_id: str) -> None:
        """Activates a tool that registered itself."""
        browser = self.as_staff("nadia")
        page = browser.open(self.base_url + "/admin/tools")
        form, button = next(
            (form, button)
            for form in page.forms
            for button in form.buttons
            if (button.name, button.value) == ("activate", deployment_id)
        )
        browser.submit(form, button=button)

    def gradebook(self, course: str = "2", username: str = "tara") -> list[GradeColumn]:
        """The gradebook as the instructor reads it."""
        return [
            GradeColumn(
                column["id"],
                column["label"],
                column["maximum"],
                column["activity"],
                {name: GradeCell(**cell) for name, cell in column["grades"].items()},
            )
            for column in self._json(username, f"/courses/{course}/gradebook.json")
        ]

    def grade(self, activity_id: str, username: str, course: str = "2") -> GradeCell | None:
        """The grade of one trainee in the column of an activity; None while there is none."""
        columns = [column for column in self.gradebook(course) if column.activity_id == activity_id]
        return columns[0].grades.get(username) if columns else None

    def faults(self, **switches: object) -> dict[str, Any]:
        """Sets the named faults and returns all of them; without arguments it only reads them.

        outage, lose_answers (how many), lose_by (drop, error), delay (seconds), keys_outage, refuse_tokens (how many),
        clock_offset (seconds), page_size.
        """
        if switches:
            self._switch("/admin/faults", json=switches)
        answer = FormBrowser(verify=self._verify).request("GET", self.base_url + "/admin/faults")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def rotate_key(self) -> None:
        """Gives the LMS a new signing key and withdraws the old one."""
        self._switch("/admin/keys/rotate")

    def forget_tokens(self) -> None:
        """Makes every service token of the LMS invalid."""
        self._switch("/admin/tokens/forget")

    def as_staff(self, username: str) -> FormBrowser:
        """A browser in which that person is signed in."""
        if username not in self._browsers:
            browser = FormBrowser(verify=self._verify)
            enter(browser, self.base_url, username)
            self._browsers[username] = browser
        return self._browsers[username]

    def _json(self, username: str, path: str) -> Any:
        answer = self.as_staff(username).request("GET", self.base_url + path)
        answer.raise_for_status()
        return answer.json()

    def _switch(self, path: str, **kwargs: Any) -> None:
        FormBrowser(verify=self._verify).request("POST", self.base_url + path, **kwargs).raise_for_status()


def enter(browser: FormBrowser, base_url: str, username: str) -> Page:
    """Signs a person in by the sign-in page; LookupError if it does not show them."""
    page = browser.open(base_url + "/sign-in")
    for form in page.forms:
        for button in form.buttons:
            if button.name == "person" and username in button.label.lower().split():
                return browser.submit(form, button=button)
    raise LookupError(f"nobody called {username!r} on {page.url}")
