import json

import pytest

from xapi import profile, statements, vocabulary
from xapi.errors import InvalidStatement


def test_every_emitted_verb_type_and_extension_is_in_the_profile(every_kind):
    for facts in every_kind:
        assert profile.emitted(json.loads(statements.build(facts).text)) <= profile.listed()


def test_the_whole_vocabulary_is_in_the_profile():
    every = {verb.iri for verb in vocabulary.VERBS}
    for kinds in (vocabulary.ActivityType, vocabulary.ContextExtension, vocabulary.ResultExtension):
        every |= {str(one) for one in kinds}
    assert every <= profile.listed()


def test_the_profile_defines_nothing_that_is_not_ours_or_not_used():
    concepts = json.loads(profile.text())["concepts"]
    used = {str(one) for kinds in (vocabulary.ContextExtension, vocabulary.ResultExtension) for one in kinds}
    assert {one["id"] for one in concepts} == used | {str(vocabulary.ActivityType.PROGRAMME)}
    for concept in concepts:
        assert concept["inScheme"] == vocabulary.PROFILE_VERSION
        assert concept["prefLabel"].keys() == concept["definition"].keys() == {"en", "fr"}
    kinds = {one["id"]: one["type"] for one in concepts}
    assert all(kinds[one] == "ContextExtension" for one in vocabulary.ContextExtension)
    assert all(kinds[one] == "ResultExtension" for one in vocabulary.ResultExtension)


def test_every_statement_follows_the_template_of_its_verb(every_kind):
    for facts in every_kind:
        followed = profile.check(json.loads(statements.build(facts).text))
        assert followed == vocabulary.NAMESPACE + "template/" + type(facts).__name__.lower()


def test_there_is_one_template_for_each_verb():
    templates = json.loads(profile.text())["templates"]
    assert sorted(one["verb"] for one in templates) == sorted(verb.iri for verb in vocabulary.VERBS)
    assert len({one["id"] for one in templates}) == len(templates)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda one: one["context"]["extensions"].update({"https://example.org/x": 1}), "does not list"),
        (lambda one: one["context"]["extensions"].pop(vocabulary.ContextExtension.ITEM), "is not there"),
        (lambda one: one["actor"].update(name="Lina"), "is there"),
        (lambda one: one["result"]["extensions"].update({vocabulary.ResultExtension.OUTCOME: "odd"}), "does not list"),
        (lambda one: one["context"]["contextActivities"].pop("parent"), "no template"),
        (lambda one: one["object"]["definition"].update(type=str(vocabulary.ActivityType.TEST)), "no template"),
    ],
)
def test_a_statement_that_strays_from_the_profile_is_found(attempt, spoil, reason):
    spoil(attempt[1])
    with pytest.raises(InvalidStatement, match=reason):
        profile.check(attempt[1])


def test_the_profile_says_which_version_statements_name():
    document = json.loads(profile.text())
    assert document["id"] == vocabulary.PROFILE
    assert [one["id"] for one in document["versions"]] == [vocabulary.PROFILE_VERSION]
    assert document["conformsTo"] == "https://w3id.org/xapi/profiles#1.0"
