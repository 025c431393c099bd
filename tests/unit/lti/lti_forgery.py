"""The shape of a forgery, and the small changes of which forgeries are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lti_world import NOW, Coming

ISSUED = int(NOW.timestamp())


@dataclass(frozen=True)
class Forgery:
    """What is wrong with a launch, and the message that says so."""

    name: str
    spoil: Callable[[Coming], object]
    key: str
    kind: str = "learner"


def claim(name: str, value: Any) -> Callable[[Coming], object]:
    return lambda launch: launch.claims.update({name: value})


def without(name: str) -> Callable[[Coming], object]:
    return lambda launch: launch.claims.pop(name)


def attribute(name: str, value: Any) -> Callable[[Coming], object]:
    return lambda launch: setattr(launch, name, value)


def posted(**fields: str) -> Callable[[Coming], object]:
    return lambda launch: launch.form.update(fields)


def header(**fields: Any) -> Callable[[Coming], object]:
    return lambda launch: launch.header.update(fields)
