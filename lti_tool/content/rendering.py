"""The files and pictures of a question, and the pages of its simulated place, made from its facts when asked for."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Challenge, Facts
from lti_tool.content.filling import say
from lti_tool.content.generators import generators
from lti_tool.content.places import places
from lti_tool.content.presentation import Material, PlacePage
from lti_tool.errors import NotFound

PICTURE_TYPE = "image/png"


def render_material(challenge: Challenge, facts: Facts, name: str, language: str) -> Material:
    """The file or picture of that name; NotFound when the question shows none of that name."""
    found = materials(facts).get(name)
    render = generators()[challenge.generator].render
    if found is None or render is None:
        raise NotFound("challenge.material.unknown")
    content = render(facts, name, language)
    return Material(content, found.get("media_type", PICTURE_TYPE), say(found.get("file_name", name), language))


def materials(facts: Facts) -> dict[str, dict[str, Any]]:
    """What is rendered for a question, by name: its downloads and its pictures."""
    pictures = [block for block in facts.get("shown", ()) if block["kind"] == "picture"]
    return {one["name"]: one for one in (*pictures, *facts.get("downloads", ()))}


def place_page(_challenge: Challenge, facts: Facts, path: str, query: Mapping[str, str], language: str) -> PlacePage:
    """A page of the question's place; an unknown path is the place's own page 404. NotFound only without a place."""
    place = facts.get("place")
    if not place:
        raise NotFound("challenge.place.unknown")
    return places()[place["name"]](place, path, query, language)
