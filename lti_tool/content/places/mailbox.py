"""The place `mailbox`: messages whose sender, links, attachments and source can be looked at one by one.

Its specification: `skin` (mail, or phone for short messages), `owner` (whose it is), and `messages`, in shown order:

`{"from": name, "address": sender's address or number, "to": ..., "at": "2025-03-04T09:12", "subject": ...,
"text": ...}`, and where there are any, `"reply_to": address`, `"links": [{"text": what is written, "target": where it
leads}]`, `"attachments": [{"name": ..., "text": what opens}]`, `"source": the message as it travelled, headers first`.

Nothing ever leaves the place: a link shows where it would lead, as a long press or a pointer held over it does.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_datetime

from lti_tool.content.filling import first_of_month
from lti_tool.content.places import not_found, place, whole
from lti_tool.content.places.localised import localised
from lti_tool.content.presentation import PlacePage
from lti_tool.words import words

Message = dict[str, Any]


@place("mailbox")
def view(spec: Mapping[str, Any], path: str, _query: Mapping[str, str], language: str) -> PlacePage:
    """The list, a message, or one of its details: `2`, `2/sender`, `2/link/1`, `2/attachment/1`, `2/source`."""
    parts = [part for part in path.split("/") if part]
    common = {"owner": localised(spec["owner"], language), "skin": spec.get("skin", "mail")}
    if not parts:
        return _list(spec, common, language)
    number = whole(parts[0], 0, len(spec["messages"]) + 1, 0)
    if not 1 <= number <= len(spec["messages"]):
        return not_found(language)
    message = _message(spec["messages"][number - 1], number, language)
    detail, rest = (parts[1], parts[2:]) if len(parts) > 1 else ("", [])
    show = _DETAILS.get(detail)
    page = show(message, rest) if show else None
    if page is None:
        return not_found(language)
    template, values = page
    title = message["subject"] or message["from"]  # short messages have no subject
    return PlacePage(f"places/mailbox/{template}.html", title, {**common, "message": message, **values})


def _list(spec: Mapping[str, Any], common: dict[str, Any], language: str) -> PlacePage:
    messages = [_message(one, number, language) for number, one in enumerate(spec["messages"], start=1)]
    title = words(language).t("mailbox.list.title")
    return PlacePage("places/mailbox/list.html", title, {**common, "messages": messages})


def _message(message: Mapping[str, Any], number: int, language: str) -> Message:
    told: Message = localised(dict(message), language)
    moment = datetime.fromisoformat(message["at"])
    pattern = "d MMMM y, HH:mm" if language == "en" else "d MMMM y HH:mm"
    said = {"number": number, "when": first_of_month(format_datetime(moment, pattern, locale=language), language)}
    paragraphs = [part.strip() for part in str(told["text"]).split("\n\n")]
    empty: Message = {"links": [], "attachments": [], "reply_to": "", "source": "", "to": "", "subject": ""}
    return {**empty, **told, **said, "paragraphs": paragraphs}


def _whole_message(_message: Message, rest: list[str]) -> tuple[str, Message] | None:
    return None if rest else ("message", {})


def _sender(_message: Message, rest: list[str]) -> tuple[str, Message] | None:
    return None if rest else ("sender", {})


def _source(message: Message, rest: list[str]) -> tuple[str, Message] | None:
    return None if rest or not message["source"] else ("source", {})


def _link(message: Message, rest: list[str]) -> tuple[str, Message] | None:
    found = _numbered(message["links"], rest)
    return found and ("link", {"link": found})


def _attachment(message: Message, rest: list[str]) -> tuple[str, Message] | None:
    found = _numbered(message["attachments"], rest)
    return found and ("attachment", {"attachment": found})


def _numbered(things: list[Message], rest: list[str]) -> Any:
    number = whole(rest[0], 0, len(things) + 1, 0) if len(rest) == 1 else 0
    return things[number - 1] if 1 <= number <= len(things) else None


_DETAILS: Mapping[str, Callable[[Message, list[str]], tuple[str, Message] | None]] = {
    "": _whole_message,
    "sender": _sender,
    "source": _source,
    "link": _link,
    "attachment": _attachment,
}
