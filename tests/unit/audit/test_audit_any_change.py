"""Whatever is changed in an attempt: the audit never falls over, and what the chain covers is always found."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.audit import Standing, verify, verify_attempt
from lti_tool.content import Bank
from xapi import chain
from xapi.errors import UnreadableStatement
from xapi.json_text import Json

Path = tuple[str | int, ...]
SHARED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = (
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=8) | st.just("0" * 64)
    | st.just([]) | st.just([[]]) | st.just({}) | st.lists(st.text(max_size=3), max_size=3)
    | st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2)
)  # fmt: skip


def paths(value: Any, above: Path = ()) -> Iterator[Path]:
    """The way to every value inside a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*above, key)
        yield from paths(inner, (*above, key))


def changed(statements: list[Json], index: int, path: Path, value: Any) -> list[Json]:
    """The statements with one value exchanged in one of them."""
    made = list(statements)
    made[index] = copy.deepcopy(statements[index])
    holder: Any = made[index]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return made


def claim(statement: Json) -> str:
    """What the chain covers of a statement."""
    try:
        return chain.digest(statement)
    except UnreadableStatement:
        return "unreadable"


@SHARED
@given(draw=st.data())
def test_any_value_may_be_anything_and_a_change_of_what_is_covered_is_found(
    draw: st.DataObject, honest: list[Json], bank: Bank
) -> None:
    index = draw.draw(st.integers(0, len(honest) - 1))
    path = draw.draw(st.sampled_from(list(paths(honest[index]))))
    tampered = changed(honest, index, path, draw.draw(VALUES))
    verdict = verify_attempt(tampered, bank)
    verify(tampered, bank)
    if index < len(honest) - 1 and claim(tampered[index]) != claim(honest[index]):
        assert verdict.standing is Standing.DIFFERS, (index, path)


@SHARED
@given(statement=st.recursive(VALUES, lambda inner: st.dictionaries(
    st.sampled_from(["id", "actor", "verb", "object", "context", "extensions", "registration", "category", "account"]),
    inner, max_size=4), max_leaves=12))  # fmt: skip
def test_whatever_an_lrs_holds_besides_is_passed_by(statement: Any, honest: list[Json], bank: Bank) -> None:
    if isinstance(statement, dict):
        assert verify([statement, *honest], bank).count(Standing.VERIFIED) == 1
