"""Changing statements as somebody who may change an LRS would."""

import copy
from collections.abc import Sequence

from lti_tool.content import Bank, Challenge
from xapi import chain
from xapi.json_text import Json
from xapi.vocabulary import ContextExtension, ResultExtension


def copied(statements: Sequence[Json]) -> list[Json]:
    return copy.deepcopy(list(statements))


def verbs(statements: Sequence[Json]) -> list[str]:
    return [one["verb"]["id"].rsplit("/", 1)[-1] for one in statements]


def place_of(statements: Sequence[Json], verb: str, occurrence: int = 0) -> int:
    """The index of a statement by its verb."""
    return [index for index, found in enumerate(verbs(statements)) if found == verb][occurrence]


def context_of(statement: Json) -> Json:
    extensions: Json = statement["context"]["extensions"]
    return extensions


def result_of(statement: Json) -> Json:
    extensions: Json = statement["result"]["extensions"]
    return extensions


def chained(statements: Sequence[Json]) -> list[Json]:
    """The statements numbered and chained afresh: what somebody who may change the LRS and knows the rules would do."""
    linked: list[Json] = []
    for number, statement in enumerate(statements, start=1):
        one = copy.deepcopy(statement)
        extensions = context_of(one)
        extensions[ContextExtension.SEQUENCE] = number
        extensions.pop(ContextExtension.PREVIOUS, None)
        if linked:
            extensions[ContextExtension.PREVIOUS] = chain.digest(linked[-1])
        linked.append(one)
    return linked


def answered_with(bank: Bank, statements: Sequence[Json], kind: str, outcome: str = "right") -> int:
    """The index of an answer to a challenge of a kind, with that outcome."""
    for index, one in enumerate(statements):
        item = context_of(one).get(ContextExtension.ITEM)
        if item and bank.challenges[item].kind == kind and result_of(one)[ResultExtension.OUTCOME] == outcome:
            return index
    raise LookupError(kind)


def challenge_of(bank: Bank, statement: Json) -> Challenge:
    return bank.challenges[context_of(statement)[ContextExtension.ITEM]]
