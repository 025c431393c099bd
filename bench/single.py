"""What one of each costs, apart from time: the bytes of a first question page, the statements of one answer."""

import random
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests
from sqlalchemy import event

from bench.load import Trainee
from bench.rig import open_house
from lti_tool.demo.trainee import Played, answer_one


def first_page(trainee: Trainee) -> dict[str, object]:
    """The question page that is open with what it loads: bytes of each as served, and whether they were packed."""
    page = trainee.client.browser.page
    wanted = _Loaded()
    wanted.feed(page.text)
    parts = {}
    for address in (page.url, *(urljoin(page.url, one) for one in wanted.addresses)):
        answer = trainee.client.browser.request("GET", address, headers={"Accept-Encoding": "gzip, br"})
        parts[_name(address)] = {
            "bytes": int(answer.headers.get("Content-Length", len(answer.content))),
            "packed": answer.headers.get("Content-Encoding", "no"),
        }
    trainee.meter.take()
    return {"parts": parts, "bytes": sum(part["bytes"] for part in parts.values())}  # type: ignore[misc]


def statements_of_an_answer() -> dict[str, int]:
    """How often the database is asked: for one answer posted, and for the page after it (SQLite, in this process)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_house(f"sqlite:///{folder / 'db.sqlite3'}", folder, folder / "keys") as house:
            activity = house.add_test("1.1", "1.2", "4.1", length=None)
            trainee = house.begin(activity)
            asked: list[str] = []
            event.listen(house.parts.database.engine, "before_cursor_execute",
                         lambda _c, _k, statement, *_: asked.append(statement))  # fmt: skip
            counted = _Counted(asked)
            trainee.browser.session.hooks["response"].append(counted.note)
            answer_one(trainee.browser, trainee.browser.page, random.Random(4), Played())
            return counted.by_method


class _Counted:
    """Statements by the method of the request that made them."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked
        self.by_method: dict[str, int] = {}

    def note(self, response: requests.Response, *_args: object, **_kwargs: object) -> None:
        method = response.request.method or ""
        self.by_method[method] = self.by_method.get(method, 0) + len(self._asked)
        self._asked.clear()


class _Loaded(HTMLParser):
    """The addresses of styles, icons, pictures and scripts of a page; frames are another page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href") if tag == "link" else given.get("src") if tag in {"img", "script"} else None
        if address and not address.startswith("data:"):
            self.addresses.append(address)


def _name(address: str) -> str:
    path = address.split("?", maxsplit=1)[0]
    return "page" if "/questions/" in path else path.rsplit("/", 1)[-1]
