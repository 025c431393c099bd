"""The activities of a statement: its object, and those that its context names."""

from collections.abc import Mapping

from xapi import vocabulary
from xapi.facts import Activity, Answered, Component, Facts, Interaction
from xapi.json_text import Json
from xapi.vocabulary import ActivityType

COMPONENTS = ("choices", "source", "target", "steps")
"""The lists of an interaction; the scale of a likert question is not among our challenges."""


def of_object(facts: Facts) -> Json:
    """The challenge for an answer, else the test."""
    if isinstance(facts, Answered):
        return _challenge(facts.item, facts.interaction)
    return _activity(facts.setting.test.iri, ActivityType.TEST, facts.setting.test.names)


def of_context(facts: Facts) -> Json:
    """The test above an answer; course, competences and programme around; our profile as category."""
    setting = facts.setting
    grouping = [_named(setting.course, ActivityType.COURSE)] if setting.course else []
    grouping += [
        _activity(vocabulary.iri_of_competence(one.code), ActivityType.COMPETENCE, one.names)
        for one in setting.competences
    ]
    grouping += [_named(setting.programme, ActivityType.PROGRAMME)] if setting.programme else []
    found: Json = {"category": [_activity(vocabulary.PROFILE_VERSION, ActivityType.PROFILE, {})]}
    if grouping:
        found["grouping"] = grouping
    if isinstance(facts, Answered):
        found["parent"] = [_named(setting.test, ActivityType.TEST)]
    return found


def _named(activity: Activity, kind: ActivityType) -> Json:
    return _activity(activity.iri, kind, activity.names)


def _activity(iri: str, kind: ActivityType, names: Mapping[str, str]) -> Json:
    definition: Json = {"type": str(kind)}
    if names:
        definition["name"] = dict(names)
    return {"objectType": "Activity", "id": iri, "definition": definition}


def _challenge(item: str, interaction: Interaction) -> Json:
    challenge = _activity(vocabulary.iri_of_challenge(item), ActivityType.CHALLENGE, interaction.names)
    challenge["definition"]["interactionType"] = interaction.kind
    for name in COMPONENTS:
        listed: tuple[Component, ...] = getattr(interaction, name)
        if listed:
            challenge["definition"][name] = [{"id": one.id, "description": dict(one.names)} for one in listed]
    return challenge
