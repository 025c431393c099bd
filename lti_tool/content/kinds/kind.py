"""What every kind of challenge can do."""

from collections.abc import Callable
from dataclasses import dataclass

from lti_tool.content.answers import Form
from lti_tool.content.challenge import Challenge, Facts, Response, Truth
from lti_tool.content.presentation import Input

Components = dict[str, list[tuple[str, dict[str, str]]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind as a set of functions; each takes the challenge first.

    inputs(challenge, facts, language), read(challenge, facts, form, language) -> response,
    mark(challenge, truth, response) -> parts, write(challenge, response) -> xAPI text, unwrite(challenge, text),
    components(challenge, facts), right_answer(challenge, facts, truth, language) -> text for a person,
    right_form and wrong_form(challenge, facts, truth, language) -> forms for the checks of the bank.
    """

    name: str
    interaction: str
    inputs: Callable[[Challenge, Facts, str], tuple[Input, ...]]
    read: Callable[[Challenge, Facts, Form, str], Response]
    mark: Callable[[Challenge, Truth, Response], dict[str, bool]]
    write: Callable[[Challenge, Response], str]
    unwrite: Callable[[Challenge, str], Response]
    components: Callable[[Challenge, Facts], Components]
    right_answer: Callable[[Challenge, Facts, Truth, str], str]
    right_form: Callable[[Challenge, Facts, Truth, str], Form]
    wrong_form: Callable[[Challenge, Facts, Truth, str], Form]
