"""Chance from a seed: the same for ever, fair, and telling nothing of its seed."""

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from lti_tool.content.chance import Draw, from_token

SEED = b"0123456789abcdef"


def test_the_stream_of_a_seed_never_changes() -> None:
    choice = Draw(SEED)
    assert int.from_bytes(sha256(SEED + bytes(8)).digest()[:8], "big") % 1000 == 569
    assert [choice.below(1000) for _ in range(6)] == [569, 273, 176, 793, 770, 512]
    assert Draw(SEED).token() == "8416df48f5f36a55dbdefea974c9e512"
    assert Draw(SEED).shuffled("abcdef") == ["f", "e", "c", "d", "b", "a"]


def test_another_seed_gives_another_stream() -> None:
    assert Draw(SEED).token() != Draw(SEED[::-1]).token()
    assert Draw(SEED).child("a").token() != Draw(SEED).child("b").token()


def test_every_number_is_about_as_likely() -> None:
    choice = Draw(SEED)
    counts = Counter(choice.below(7) for _ in range(7000))
    assert set(counts) == set(range(7))
    assert all(850 < count < 1150 for count in counts.values())


def test_bounds_are_kept() -> None:
    choice = Draw(SEED)
    assert {choice.between(2, 8, step=3) for _ in range(60)} == {2, 5, 8}
    days = {choice.day(date(2019, 1, 30), date(2019, 2, 1)).isoformat() for _ in range(60)}
    assert days == {"2019-01-30", "2019-01-31", "2019-02-01"}
    assert not set(choice.code(200)) & set("IOQ01")
    assert {choice.chance(1, of=2) for _ in range(40)} == {True, False}


def test_more_than_there_is_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        Draw(SEED).some([1, 2], 3)
    with pytest.raises(ValueError, match="below 1"):
        Draw(SEED).below(0)


def test_a_token_gives_a_stream_of_its_own_for_each_name() -> None:
    token = Draw(SEED).token()
    assert from_token(token, "a").token() == from_token(token, "a").token()
    assert from_token(token, "a").token() != from_token(token, "b").token()
    assert SEED.hex() not in token
