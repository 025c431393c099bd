"""Content: the framework, the bank of challenges, what a seed draws in them, how they are shown and marked.

Everything others need of it is named here; it knows no web framework and no database.
"""

from lti_tool.content.answers import BadAnswer
from lti_tool.content.asking import (
    canonical,
    describe,
    draw,
    explain,
    from_canonical,
    mark,
    parse_response,
    present,
)
from lti_tool.content.bank import HOUSE, Bank, BankBroken, load_bank
from lti_tool.content.challenge import Area, Challenge, Competence, Drawn, Skill, Texts, Topic
from lti_tool.content.checking import check_bank
from lti_tool.content.fixed import FixedTest
from lti_tool.content.places import place_link
from lti_tool.content.presentation import (
    Explanation,
    Interaction,
    Marked,
    Material,
    PlacePage,
    Presentation,
)
from lti_tool.content.reading import Problem
from lti_tool.content.rendering import place_page, render_material

__all__ = [
    "HOUSE",
    "Area",
    "BadAnswer",
    "Bank",
    "BankBroken",
    "Challenge",
    "Competence",
    "Drawn",
    "Explanation",
    "FixedTest",
    "Interaction",
    "Marked",
    "Material",
    "PlacePage",
    "Presentation",
    "Problem",
    "Skill",
    "Texts",
    "Topic",
    "canonical",
    "check_bank",
    "describe",
    "draw",
    "explain",
    "from_canonical",
    "load_bank",
    "mark",
    "parse_response",
    "place_link",
    "place_page",
    "present",
    "render_material",
]
