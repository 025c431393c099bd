"""The JSON of a statement's parts as facts: the way back of `encoding` and `activities`."""

from urllib.parse import unquote

from xapi import vocabulary
from xapi.cursor import Cursor
from xapi.facts import Activity, Actor, Competence, Component, Given, Interaction, Measure, Setting, Withheld
from xapi.rules import Plan, Prior, Topic
from xapi.vocabulary import ActivityType, ResultExtension

_COMPETENCE = vocabulary.iri_of_competence("")


def setting(place: Cursor) -> Setting:
    """What a statement shares with the others of its attempt."""
    account, context = place.at("actor").at("account"), place.at("context")
    around = context.at("contextActivities")
    parents = list(found.each()) if (found := around.find("parent")) else []
    groups = list(found.each()) if (found := around.find("grouping")) else []
    return Setting(
        attempt=context.at("registration").uuid(),
        actor=Actor(account.at("homePage").word(), account.at("name").word()),
        test=activity(parents[0] if parents else place.at("object")),
        competences=tuple(_competence(one) for one in groups if _type(one) == ActivityType.COMPETENCE),
        platform=context.at("platform").word(),
        language=context.at("language").word(),
        course=_one(groups, ActivityType.COURSE),
        programme=_one(groups, ActivityType.PROGRAMME),
    )


def activity(place: Cursor) -> Activity:
    """An activity with its names, if its definition is at hand."""
    return Activity(place.at("id").text(), _names(place))


def interaction(definition: Cursor) -> Interaction:
    """The interaction that a challenge's definition describes."""
    names = definition.find("name")
    return Interaction(
        kind=definition.at("interactionType").word(),
        names=names.texts() if names else {},
        choices=_components(definition, "choices"),
        source=_components(definition, "source"),
        target=_components(definition, "target"),
        steps=_components(definition, "steps"),
    )


def given(extensions: Cursor) -> Given | Withheld | None:
    """The canonical response of an answer, its hash, or None when nothing was given."""
    withheld = extensions.find(ResultExtension.RESPONSE_HASH)
    found = extensions.find(ResultExtension.RESPONSE)
    if withheld:
        return Withheld(withheld.digits(64)) if found is None else withheld.fail("stands beside the response itself")
    if found is None:
        return None
    if isinstance(found.value, dict):
        return found.texts()
    return tuple(one.text() for one in found.each()) if isinstance(found.value, list) else found.text()


def plan(place: Cursor) -> Plan:
    """The rules of an attempt."""
    attempts, delay, minutes = (place.find(name) for name in ("attempts", "delay", "minutes"))
    attention, items = place.find("attention"), place.find("items")
    return Plan(
        topics=tuple(_topic(one) for one in place.at("topics").each()),
        min_items=place.at("min_items").whole(),
        max_items=place.at("max_items").whole(),
        min_per_competence=place.at("min_per_competence").whole(),
        counts=place.at("counts").word(),
        grade_policy=place.at("grade_policy").word(),
        purpose=place.at("purpose").word(),
        attempts=attempts.whole() if attempts else None,
        attention=attention.word() if attention else None,
        delay=delay.whole() if delay else None,
        minutes=minutes.whole() if minutes else None,
        items=tuple(one.word() for one in items.each()) if items else (),
    )


def prior(place: Cursor) -> Prior:
    """The reference prior."""
    return Prior(
        mean=place.at("mean").number(),
        sd_general=place.at("sd_general").number(),
        sd_area=place.at("sd_area").number(),
        sd_competence=place.at("sd_competence").number(),
        sd_topic=place.at("sd_topic").number(),
    )


def measure(place: Cursor) -> Measure | None:
    """A level with its error; None where the object is empty: not measured."""
    level, error = place.find("level"), place.find("error")
    if level is None and error is None:
        return None
    return Measure(place.at("level").number(), place.at("error").number())


def _topic(place: Cursor) -> Topic:
    return Topic(
        topic=place.at("topic").word(),
        competence=place.at("competence").word(),
        area=place.at("area").word(),
        cap=place.at("cap").number(),
    )


def _components(definition: Cursor, name: str) -> tuple[Component, ...]:
    listed = definition.find(name)
    return (
        tuple(Component(one.at("id").text(), one.at("description").texts()) for one in listed.each()) if listed else ()
    )


def _names(place: Cursor) -> dict[str, str]:
    definition = place.find("definition")
    names = definition.find("name") if definition else None
    return names.texts() if names else {}


def _type(place: Cursor) -> str | None:
    definition = place.find("definition")
    found = definition.find("type") if definition else None
    return found.text() if found else None


def _one(groups: list[Cursor], kind: ActivityType) -> Activity | None:
    return next((activity(one) for one in groups if _type(one) == kind), None)


def _competence(place: Cursor) -> Competence:
    iri = place.at("id")
    if not iri.text().startswith(_COMPETENCE):
        iri.fail("is no competence of ours")
    return Competence(unquote(iri.text().removeprefix(_COMPETENCE)), _names(place))
