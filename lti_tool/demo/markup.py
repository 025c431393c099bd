"""Reads what a browser needs of a page: its forms, frames and links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_TYPED = frozenset({"button", "image", "reset", "submit", "file"})
_TICKED = frozenset({"checkbox", "radio"})


@dataclass(frozen=True, slots=True)
class Button:
    """A submit button: what pressing it adds to its form, and where it sends the form instead, if anywhere."""

    name: str
    value: str
    label: str
    action: str | None = None


@dataclass(slots=True)
class Form:
    """One form as it stands on the page; `names` are its controls, filled in or not."""

    action: str
    method: str
    name: str
    automatic: bool
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: address and text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """The parts of one page that lead on, in the order of the page."""

    forms: tuple[Form, ...]
    frames: tuple[str, ...]
    links: tuple[Link, ...]
    title: str
    language: str


def read_markup(text: str) -> Markup:
    """Reads HTML, however loose."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.settle()
    return Markup(
        tuple(reader.forms), tuple(reader.frames), tuple(reader.links), " ".join(reader.title.split()), reader.language
    )


class _Reader(HTMLParser):
    """Collects the parts while the text goes by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.frames: list[str] = []
        self.links: list[Link] = []
        self.title = ""
        self.language = ""
        self._by_id: dict[str, Form] = {}
        self._late: list[tuple[str, str, Mapping[str, str]]] = []
        self._open: Form | None = None
        self._body_submits = False
        self._text: list[str] | None = None
        self._attributes: Mapping[str, str] = {}
        self._select: tuple[Form | None, str, bool] | None = None
        self._options: list[tuple[str, bool]] = []
        self._in_option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins or collects a part."""
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._begin_form(given)
            case "input":
                self._input(given)
            case "iframe" if given.get("src"):
                self.frames.append(given["src"])
            case "html":
                self.language = given.get("lang", "")
            case "body":
                self._body_submits = "submit()" in given.get("onload", "")
            case "select":
                self._select = (self._owner(given), given.get("name", ""), "multiple" in given)
                self._options = []
            case "option":
                self._end_option()
                self._begin_text(given)
                self._in_option = True
            case "a" | "button" | "textarea" | "title":
                self._begin_text(given)

    def handle_endtag(self, tag: str) -> None:
        """Ends the part that is open."""
        if tag == "form":
            self._open = None
        elif tag in {"select", "option"}:
            self._end_option()
            if tag == "select":
                self._end_select()
        elif tag in {"a", "button", "textarea", "title"} and self._text is not None:
            self._end_text(tag, "".join(self._text), self._attributes)
            self._text = None

    def handle_data(self, data: str) -> None:
        """Gathers the words of the part that is open."""
        if self._text is not None:
            self._text.append(data)

    def settle(self) -> None:
        """Gives a form named by `form=` its button when the form came later, and marks what submits itself."""
        for identity, kind, given in self._late:
            if identity in self._by_id:
                self._control(self._by_id[identity], kind, given)
        if self._body_submits and self.forms:
            self.forms[0].automatic = True

    def _begin_text(self, given: Mapping[str, str]) -> None:
        self._text, self._attributes = [], given

    def _end_text(self, tag: str, text: str, given: Mapping[str, str]) -> None:
        words = " ".join(text.split())
        if tag == "a" and "href" in given:
            self.links.append(Link(given["href"], words or given.get("aria-label", "")))
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._place(given, "submit", {**given, "text": words})
        elif tag == "textarea":
            self._place(given, "text", {**given, "value": text.removeprefix("\n")})
        elif tag == "title" and not self.title:
            self.title = text

    def _end_option(self) -> None:
        """An option ends with itself, with the next one or with its list."""
        if self._in_option and self._text is not None:
            words = " ".join("".join(self._text).split())
            self._options.append((self._attributes.get("value", words), "selected" in self._attributes))
            self._text = None
        self._in_option = False

    def _begin_form(self, given: Mapping[str, str]) -> None:
        form = Form(
            action=given.get("action", ""),
            method=given.get("method", "get").lower(),
            name=given.get("name") or given.get("id", ""),
            automatic="data-auto-submit" in given,
        )
        self.forms.append(form)
        self._open = form
        if "id" in given:
            self._by_id[given["id"]] = form

    def _input(self, given: Mapping[str, str]) -> None:
        self._place(given, given.get("type", "text").lower(), {**given, "text": given.get("value", "")})

    def _end_select(self) -> None:
        if self._select is None:
            return
        form, name, several = self._select
        self._select = None
        if form is None or not name:
            return
        form.names.add(name)
        chosen = [value for value, selected in self._options if selected]
        if not several:
            chosen = chosen[-1:] or [value for value, _ in self._options[:1]]
        form.fields.extend((name, value) for value in chosen)

    def _owner(self, given: Mapping[str, str]) -> Form | None:
        return self._by_id.get(given["form"]) if "form" in given else self._open

    def _place(self, given: Mapping[str, str], kind: str, content: Mapping[str, str]) -> None:
        form = self._owner(given)
        if form is not None:
            self._control(form, kind, content)
        elif "form" in given:
            self._late.append((given["form"], kind, content))

    @staticmethod
    def _control(form: Form, kind: str, given: Mapping[str, str]) -> None:
        """Adds one control to its form as HTML says: only what is enabled, named and, for a box, ticked is sent."""
        name = given.get("name", "")
        if "disabled" in given:
            return
        if kind in {"submit", "image"}:
            form.buttons.append(Button(name, given.get("value", ""), given.get("text", ""), given.get("formaction")))
        elif name and kind not in _TYPED:
            form.names.add(name)
            if kind not in _TICKED or "checked" in given:
                form.fields.append((name, given.get("value", "on" if kind in _TICKED else "")))
