"""A browser without JavaScript: cookies, redirects, forms and frames over real HTTP, with a memory of its visits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import requests

from lti_tool.demo.markup import Button, Form, Link, Markup, read_markup

_MOST_STEPS = 12  # pages that submit themselves, one after the other
Values = Mapping[str, str | Iterable[str] | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """One exchange: what was asked, and the status that came back."""

    method: str
    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser shows."""

    url: str
    status: int
    headers: Mapping[str, str]
    text: str
    markup: Markup

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms of the page in its order."""
        return self.markup.forms

    @property
    def frames(self) -> tuple[str, ...]:
        """The absolute addresses of its frames."""
        return tuple(urljoin(self.url, frame) for frame in self.markup.frames)

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the page's own address, the first value of each."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query, keep_blank_values=True).items()}

    def link(self, text: str) -> Link:
        """The first link whose text or address contains `text`, its address absolute; LookupError if none does."""
        for link in self.markup.links:
            if text in link.text or text in link.url:
                return Link(urljoin(self.url, link.url), link.text)
        raise LookupError(f"no link {text!r} on {self.url}; there are {[link.text for link in self.markup.links]}")

    def form(self, wanted: str | None = None) -> Form:
        """The form with that name, id, button or field (None: the first); LookupError if the page has none."""
        for form in self.forms:
            buttons = {part for button in form.buttons for part in (button.name, button.value, button.label)}
            if wanted is None or wanted in {form.name, *form.names} or wanted in buttons:
                return form
        raise LookupError(f"no form {wanted!r} on {self.url} (status {self.status}): {self.text[:300]!r}")

    def button(self, wanted: str) -> tuple[Form, Button]:
        """The first button whose label, value or name is `wanted`, and its form; LookupError if there is none."""
        buttons = [(form, button) for form in self.forms for button in form.buttons]
        for form, button in buttons:
            if wanted in {button.label, button.value, button.name}:
                return form, button
        labels = [button.label for _, button in buttons]
        raise LookupError(f"no button {wanted!r} on {self.url} (status {self.status}); there are {labels}")


class FormBrowser:
    """One person's browser. Cookies are kept over all hosts, as a browser does; `blocked` names hosts that set none.

    `verify` is a certificate file for test authorities. Like `requests`, it never sends a Secure cookie over http.
    """

    def __init__(self, *, language: str = "fr", verify: bool | str = True, blocked: Iterable[str] = ()) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = self.verify = verify
        self.session.headers.update(
            {"User-Agent": "Mozilla/5.0 (FormBrowser)", "Accept-Language": language, "Connection": "close"}
        )
        # The cookie jar calls a host without a dot, such as localhost, `localhost.local`.
        hosts = [host if "." in host else f"{host}.local" for host in blocked]
        self.session.cookies.set_policy(DefaultCookiePolicy(blocked_domains=hosts))
        self.history: list[Visit] = []
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """What is shown now; LookupError before the first visit."""
        if self._page is None:
            raise LookupError("nothing has been opened yet")
        return self._page

    def open(self, url: str, *, settle: bool = True) -> Page:
        """Goes to an address (relative to the page shown) and follows redirects and pages that submit themselves."""
        where = urljoin(self._page.url, url) if self._page else url
        return self._show(self.request("GET", where), settle=settle)

    def reload(self) -> Page:
        """Asks for the address of the page shown once more, by GET."""
        return self.open(self.page.url)

    def follow(self, text: str, *, settle: bool = True) -> Page:
        """Follows the first link whose text or address contains `text`."""
        return self.open(self.page.link(text).url, settle=settle)

    def enter_frame(self, number: int = 0, *, settle: bool = True) -> Page:
        """Goes where the page's frame leads, as if it were the page."""
        frames = self.page.frames
        if number >= len(frames):
            raise LookupError(f"no frame {number} on {self.page.url}")
        return self.open(frames[number], settle=settle)

    def press(self, wanted: str, values: Values | None = None, *, settle: bool = True) -> Page:
        """Fills in and sends the form of the button whose label, value or name is `wanted`."""
        form, button = self.page.button(wanted)
        return self.submit(form, values, button=button, settle=settle)

    def submit(
        self,
        form: Form | None = None,
        values: Values | None = None,
        *,
        button: Button | None = None,
        settle: bool = True,
    ) -> Page:
        """Sends a form (the first of the page by default) with `values` put over what it holds.

        A list gives a name several values and None leaves it out; a name that the form lacks is a LookupError.
        """
        form = form or self.page.form()
        sent = filled(form, values or {})
        if button is not None and button.name:
            sent.append((button.name, button.value))
        action = button.action if button is not None and button.action else form.action
        where = urldefrag(urljoin(self.page.url, action or self.page.url)).url
        if form.method != "post":
            return self._show(self.request("GET", where.split("?")[0], params=sent), settle=settle)
        return self._show(self.request("POST", where, data=sent), settle=settle)

    def post(self, url: str, fields: Mapping[str, str], *, settle: bool = True) -> Page:
        """Sends fields that no page offered, as someone with other tools would."""
        return self._show(self.request("POST", url, data=dict(fields)), settle=settle)

    def request(self, method: str, url: str, *, follow: bool = True, **kwargs: Any) -> requests.Response:
        """One request with the browser's cookies and its origin, and the redirects that it leads to.

        Each redirect is a request of its own: `requests` would carry refused cookies along with it.
        """
        headers = kwargs.pop("headers", {})
        if self._page is not None:
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._page.url))
            headers = {"Referer": origin + "/", **({"Origin": origin} if method != "GET" else {}), **headers}
        for _ in range(_MOST_STEPS):
            response = self.session.request(method, url, headers=headers, timeout=30, allow_redirects=False, **kwargs)
            self.history.append(Visit(method, str(response.request.url), response.status_code))
            target = self.session.get_redirect_target(response)
            if not follow or target is None:
                return response
            url = urljoin(response.url, target)
            kwargs.pop("params", None)
            if response.status_code not in {307, 308}:
                method, kwargs = "GET", {}
                headers.pop("Origin", None)
        raise LookupError(f"{url} goes on redirecting")

    def _show(self, response: requests.Response, *, settle: bool) -> Page:
        if response.encoding is None or "charset" not in response.headers.get("Content-Type", ""):
            response.encoding = "utf-8"
        kind = response.headers.get("Content-Type", "")
        text = response.text if kind.startswith(("text/", "application/json", "application/xhtml")) else ""
        markup = read_markup(text if "html" in kind else "")
        self._page = Page(response.url, response.status_code, response.headers, text, markup)
        return self._settle() if settle else self._page

    def _settle(self) -> Page:
        for _ in range(_MOST_STEPS):
            automatic = [form for form in self.page.forms if form.automatic]
            if not automatic:
                return self.page
            self.submit(automatic[0], settle=False)
        raise LookupError(f"{self.page.url} goes on submitting itself")


def filled(form: Form, values: Values) -> list[tuple[str, str]]:
    """The pairs that the form sends once `values` are put over what it holds."""
    unknown = set(values) - form.names
    if unknown:
        raise LookupError(f"the form has no {sorted(unknown)}; it has {sorted(form.names)}")
    sent = [(name, value) for name, value in form.fields if name not in values]
    for name, value in values.items():
        if isinstance(value, str):
            sent.append((name, value))
        elif value is not None:
            sent.extend((name, one) for one in value)
    return sent
