"""A page of nine results of which two to four are labelled as paid for, each page with its own words for the label.

Themes: `travel` and `tools`. Ordinary results may sound like selling too: only the label tells.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.web_words import table

_WORDS = table("search_ads")
LABELS = _WORDS["labels"]
QUERIES = _WORDS["queries"]
RESULTS = _WORDS["results"]


@generator("search_ads", takes=("theme",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Nine results, two to four of them paid for, in drawn places; one wording of the label for the page."""
    theme = parameters["theme"]
    results = choice.some(RESULTS[theme], 9)
    paid = sorted(choice.some(range(9), choice.between(2, 4)))
    pages = [{"title": title, "site": site, "path": "", "text": text, "summary": text, "ad": place in paid}
             for place, (title, site, text) in enumerate(results)]  # fmt: skip
    label = choice.one(LABELS)
    place = {
        "name": "search",
        "start": "results",
        "fixed": True,
        "query": QUERIES[theme],
        "pages": pages,
        "ad_label": label,
    }
    titles = [title for title, _, _ in results]
    shown, ids = proposals(choice, [titles[one] for one in paid], [titles[one] for one in range(9) if one not in paid])
    facts = {"values": {"query": QUERIES[theme]}, "place": place, "proposals": shown}
    return Drawn(facts, {"right": ids, "values": {"label": label, "count": len(paid)}})
