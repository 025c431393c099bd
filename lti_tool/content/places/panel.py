"""The place `panel`: the pages of a device, an account or a service that is only looked at, never changed.

Its specification: `skin` (phone, computer, account, router, street: how it looks), `brand` (what it is called), and
`pages`: `{"path": "", "title": ..., "menu": true, "blocks": [...]}`. Pages with `menu` stand in its menu. Blocks:

- `{"block": "text" | "notice" | "heading" | "address" | "code", "text": ...}`
- `{"block": "facts", "title": ..., "rows": [[name, value], ...]}` (`title` may be left out)
- `{"block": "table", "head": [...], "rows": [[...], ...]}`
- `{"block": "links", "items": [{"path": ..., "text": ..., "note": ...}]}` (`note` may be left out)
- `{"block": "qr", "text": address}`: a QR code of the address, and the address as a scanner reads it

Every text is plain or by language.
"""

from collections.abc import Mapping
from typing import Any

import segno

from lti_tool.content.places import not_found, place
from lti_tool.content.places.localised import localised
from lti_tool.content.presentation import PlacePage

SKINS = ("phone", "computer", "account", "router", "street")


@place("panel")
def view(spec: Mapping[str, Any], path: str, _query: Mapping[str, str], language: str) -> PlacePage:
    """The page at a path, with the menu of the place."""
    pages = {str(page["path"]): page for page in spec["pages"]}
    found = pages.get(path.strip("/"))
    if found is None:
        return not_found(language)
    page = localised(dict(found), language)
    page["blocks"] = [_with_picture(block) for block in page["blocks"]]
    menu = [{"path": one["path"], "title": localised(one["title"], language), "here": one is found}
            for one in spec["pages"] if one.get("menu")]  # fmt: skip
    values = {
        "brand": localised(spec["brand"], language),
        "skin": spec.get("skin", "computer"),
        "menu": menu if len(menu) > 1 else [],
        "page": page,
        "home": found["path"] == "",
    }
    return PlacePage("places/panel/page.html", str(page["title"]), values)


def _with_picture(block: dict[str, Any]) -> dict[str, Any]:
    """A QR block with its dark squares as an SVG path and its size in squares, a quiet zone of four around it."""
    if block["block"] != "qr":
        return block
    rows = [list(row) for row in segno.make(block["text"], error="m", micro=False).matrix]
    path = "".join(f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {**block, "path": path, "size": len(rows) + 8}
