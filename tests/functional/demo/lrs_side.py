"""A served LRS and the statements that tests send to it."""

import uuid
from dataclasses import dataclass
from typing import Any

import requests

from lti_tool.demo.lrs import StatementStore

VERSION = {"X-Experience-API-Version": "1.0.3"}


@dataclass
class Lrs:
    """A served LRS and someone who has its password."""

    url: str
    store: StatementStore

    def ask(self, method: str, path: str = "/statements", **kwargs: Any) -> requests.Response:
        headers = {**VERSION, **kwargs.pop("headers", {})}
        return requests.request(method, self.url + path, auth=("pix", "demo"), headers=headers, timeout=10, **kwargs)

    def found(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.ask("GET", params=query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["statements"])


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": "https://w3id.org/pix-lti/", "name": "p-1"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"fr": "a répondu", "en": "answered"}},
        "object": {"id": "https://w3id.org/pix-lti/challenge/x", "definition": {"name": {"fr": "Défi", "en": "Task"}}},
        "timestamp": "2026-11-23T15:00:00.000Z",
        **changes,
    }
