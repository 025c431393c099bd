"""The places panel, mailbox and log: their pages, and what they make of nonsense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import draw, load_bank, place_page

BANK = load_bank()
MAILS = BANK.challenges["4.1.fraud-messages@3/office"]
VAULT = BANK.challenges["4.1.passwords-second-factor@3/leak"]
POSTERS = BANK.challenges["4.1.fraud-messages@4/street"]
LOG = BANK.challenges["4.1.passwords-second-factor@8/log-page"]
DRAWN = {one.id: draw(one, b"places of competence 4.1") for one in (MAILS, VAULT, POSTERS, LOG)}
paths = st.one_of(st.text(max_size=40), st.from_regex(r"[0-9]{0,9}(/[a-z0-9]{0,12}){0,3}", fullmatch=True))
queries = st.dictionaries(
    st.sampled_from(["q", "page", "sort", "down", "account", "result", "x"]), st.text(max_size=20)
)


@pytest.mark.parametrize("challenge", [MAILS, VAULT, POSTERS, LOG], ids=lambda one: one.id)
@settings(max_examples=150, deadline=None)
@given(path=paths, query=queries)
def test_any_path_and_query_give_a_page_or_a_page_not_found(challenge, path, query) -> None:
    page = place_page(challenge, DRAWN[challenge.id].facts, path, query, "fr")
    assert page.status in {200, 404}
    assert page.template.startswith("places/")


@pytest.mark.parametrize("path", ["0", "99", "1/link/0", "1/link/9", "1/nothing", "1/sender/x", "1/source", "x"])
def test_what_a_mailbox_does_not_hold_is_not_found(path: str) -> None:
    assert place_page(MAILS, DRAWN[MAILS.id].facts, path, {}, "en").status == 404


def test_a_mailbox_shows_its_messages_with_their_day_in_words() -> None:
    page = place_page(MAILS, DRAWN[MAILS.id].facts, "", {}, "fr")
    messages = page.values["messages"]
    assert len(messages) == 7
    assert all("202" in one["when"] and "T" not in one["when"] for one in messages)


def test_a_qr_code_holds_dark_squares_and_the_address_that_a_scanner_reads() -> None:
    page = place_page(POSTERS, DRAWN[POSTERS.id].facts, "1", {}, "en")
    code = next(block for block in page.values["page"]["blocks"] if block["block"] == "qr")
    assert code["path"].startswith("M4 4")
    assert code["text"].startswith("https://")
    assert code["size"] >= 21 + 8


def log_page(**query: str) -> dict:
    return place_page(LOG, DRAWN[LOG.id].facts, "", query, "en").values


def test_a_log_is_searched_filtered_and_counted() -> None:
    everything = log_page()
    account = everything["filters"][0]["choices"][0]
    found = log_page(account=account)
    assert 0 < found["count"] < everything["count"] == everything["all"]
    assert all(row[1] == account for row in found["rows"])
    assert log_page(q=account.upper())["count"] == found["count"]
    assert log_page(q="nobody at all")["count"] == 0


def test_a_log_is_sorted_both_ways_and_leafed_through_without_losing_a_line() -> None:
    first = log_page(sort="account")
    assert [row[1] for row in first["rows"]] == sorted(row[1] for row in first["rows"])
    assert log_page(sort="account", down="1")["rows"][0][1] > first["rows"][0][1]
    pages = [log_page(page=str(number))["rows"] for number in range(1, first["pages"] + 1)]
    assert sum(len(rows) for rows in pages) == first["all"]
    assert log_page(page="9999")["page"] == first["pages"]


def test_an_unknown_column_sorts_nothing_and_an_unknown_value_filters_nothing() -> None:
    assert log_page(sort="password")["sort"] == ""
    assert log_page(account="x")["count"] == log_page()["count"]
