import json
from dataclasses import replace

import pytest

from xapi import chain, reading, responses, statements, variants
from xapi.errors import InvalidStatement
from xapi.facts import Actor, Interaction, Withheld


def test_another_account_leaves_everything_else_and_the_hash_as_they_were(every_kind):
    for facts in every_kind:
        built = statements.build(facts)
        variant = json.loads(variants.with_actor(built.text, Actor("https://lms.example", "42")))
        assert variant["actor"]["account"] == {"homePage": "https://lms.example", "name": "42"}
        assert chain.digest(variant) == built.hash
        assert variant | {"actor": json.loads(built.text)["actor"]} == json.loads(built.text)


def test_a_variant_with_a_bad_account_is_refused(texts):
    with pytest.raises(InvalidStatement, match="name"):
        variants.with_actor(texts[0], Actor("https://lms.example", ""))


def test_a_withheld_response_is_nowhere_in_the_text_and_the_hash_stays(answered):
    secret = "my own words"
    facts = replace(answered, interaction=Interaction("long-fill-in", {"fr": "Texte"}), given=secret)
    built = statements.build(facts)
    assert secret in built.text
    variant = variants.without_response(built.text)
    assert secret not in variant
    assert chain.digest(json.loads(variant)) == built.hash
    assert reading.read(json.loads(variant)) == replace(facts, given=Withheld(responses.digest(facts.id, secret)))


def test_a_statement_without_a_response_stays_as_it_is(every_kind, answered):
    for facts in every_kind:
        text = statements.build(facts).text
        assert (variants.without_response(text) == text) is (facts is not answered)
    without = variants.without_response(statements.build(answered).text)
    assert variants.without_response(without) == without


def test_two_receivers_can_check_the_same_chain(texts):
    other = [variants.without_response(variants.with_actor(text, Actor("https://lms.example", "42"))) for text in texts]
    assert chain.check([json.loads(text) for text in other]) is None


def test_the_same_answer_of_two_people_has_two_hashes(answered, completed):
    assert responses.digest(answered.id, "yes") != responses.digest(completed.id, "yes")
