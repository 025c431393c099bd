"""A file whose extension lies or is missing: its first bytes tell what it is, and opened as that it shows a code."""

import io
import time
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator

_TRUE = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "PDF": "pdf"}
_FALSE = ("txt", "mp3", "csv", "zip", "docx", "xlsx")
_STEMS = ({"en": "scan", "fr": "numerisation"}, {"en": "order-form", "fr": "bon-de-commande"},
          {"en": "voucher", "fr": "coupon"}, {"en": "label", "fr": "etiquette"})  # fmt: skip


def render(facts: Facts, _name: str, _language: str) -> bytes:
    """A sheet with the code, in its true format."""
    page = Image.new("RGB", (900, 420), (250, 248, 240))
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 880, 400), outline=(40, 60, 90), width=6)
    pen.text((450, 210), facts["code"], anchor="mm", fill=(20, 30, 50), font=ImageFont.load_default(110))
    content = io.BytesIO()
    if facts["true"] == "PDF":
        page.save(content, "PDF", creationDate=time.gmtime(0), modDate=time.gmtime(0))
    else:
        page.save(content, facts["true"])
    return content.getvalue()


@generator("disguise", render=render, takes=("missing",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The true format, the false extension (none where `missing` is true), the name and the code."""
    true, false, stem = choice.one(tuple(_TRUE)), choice.one(_FALSE), choice.one(_STEMS)
    code = choice.code(6)
    end = "" if parameters.get("missing") else f".{false}"
    names = {language: text + end for language, text in stem.items()}
    facts = {
        "values": {"file": names}, "true": true, "code": code,
        "downloads": [{"name": "file", "file_name": names, "media_type": "application/octet-stream"}],
    }  # fmt: skip
    return Drawn(facts, {"accept": [code], "values": {"true": true, "extension": _TRUE[true]}})
