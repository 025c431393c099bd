"""A graded activity and its scores, as a tool sends and reads them."""

from typing import Any

import requests

from .conftest import Both
from .stub_tool import RESULTS, SCORE, StubTool

ENDPOINT = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def column_of(both: Both, maximum: float = 100) -> str:
    """The line item of a new graded activity, as the launch says it."""
    both.client.launch(
        both.add({"type": "ltiResourceLink", "title": "T", "lineItem": {"scoreMaximum": maximum}}), "samia"
    )
    return str(both.tool.claims[ENDPOINT]["lineitem"])


def score(**changes: Any) -> dict[str, Any]:
    return {
        "userId": "4",
        "scoreGiven": 62.5,
        "scoreMaximum": 100,
        "comment": "Bien",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-11-23T15:00:00.000Z",
        **changes,
    }


def post_score(tool: StubTool, line_item: str, content_type: str = SCORE, **changes: Any) -> requests.Response:
    url = line_item.replace("/lineitem?", "/lineitem/scores?")
    return tool.call("POST", url, json=score(**changes), headers={"Content-Type": content_type})


def results(tool: StubTool, line_item: str, **query: str) -> list[dict[str, Any]]:
    url = line_item.replace("/lineitem?", "/lineitem/results?")
    answer = tool.call("GET", url, params=query, headers={"Accept": RESULTS})
    assert answer.headers["Content-Type"].startswith(RESULTS)
    return list(answer.json())
