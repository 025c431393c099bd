"""What another receiver gets of a statement that was built once: the same claim, so the same hash in the chain."""

from uuid import UUID

from xapi import json_text, responses, statements, validate
from xapi.facts import Actor
from xapi.vocabulary import ResultExtension


def with_actor(text: str, actor: Actor) -> str:
    """The statement with another account for the same person; InvalidStatement when the account is none."""
    statement = json_text.parse(text)
    statement["actor"] = statements.actor(actor)
    validate.check(statement)
    return json_text.write(statement)


def without_response(text: str) -> str:
    """The statement with the response as its hash only; unchanged where it holds none."""
    statement = json_text.parse(text)
    extensions = statement.get("result", {}).get("extensions", {})
    if ResultExtension.RESPONSE not in extensions:
        return text
    given = extensions.pop(ResultExtension.RESPONSE)
    extensions[ResultExtension.RESPONSE_HASH] = responses.digest(UUID(statement["id"]), given)
    statement["result"].pop("response", None)
    return json_text.write(statement)
