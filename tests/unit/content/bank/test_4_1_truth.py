"""The generators of competence 4.1 against an independent reading of what they show."""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lti_tool.content import Drawn, draw, explain, load_bank, mark, parse_response, present, render_material
from lti_tool.content.filling import say
from lti_tool.content.places.log import rows_of

BANK = load_bank()
seeds = st.binary(min_size=16, max_size=16)
some = settings(max_examples=40, deadline=None)
PASSWORDS, FRAUD = "4.1.passwords-second-factor", "4.1.fraud-messages"
DEVICES, CONNECTIONS = "4.1.device-protection", "4.1.safe-connections"


def drawn_of(name: str, seed: bytes) -> Drawn:
    return draw(BANK.challenges[name], seed)


def right_texts(drawn: Drawn) -> set[str]:
    return {say(one["text"], "en") for one in drawn.facts["proposals"] if one["id"] in drawn.truth["right"]}


def chosen(drawn: Drawn, name: str) -> str:
    wanted = drawn.truth["fields"][name]["option"]
    return next(say(one["text"], "en") for one in drawn.facts["options"][name] if one["id"] == wanted)


def entries_of(drawn: Drawn) -> dict[str, dict[str, Any]]:
    """The entries of the password manager, as its pages show them."""
    pages = drawn.facts["place"]["pages"][1:]
    return {
        say(page["title"], "en"): {say(name, "en"): value for name, value in page["blocks"][0]["rows"]}
        for page in pages
    }


def opens(address: str) -> str:
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])


@some
@given(seeds)
def test_leaked_passwords_open_exactly_the_accounts_that_hold_them_today(seed: bytes) -> None:
    drawn = drawn_of(f"{PASSWORDS}@3/leak", seed)
    entries = entries_of(drawn)
    leaked = entries[say(drawn.facts["values"]["service"], "en")]
    day = drawn.facts["values"]["day"]["date"]
    lost = leaked["Password"] if leaked["In use since"]["date"] <= day else leaked["Password before that"]
    assert right_texts(drawn) == {name for name, entry in entries.items() if entry["Password"] == lost}


@some
@given(seeds)
def test_the_rule_of_the_vault_gives_the_right_entries(seed: bytes) -> None:
    drawn = drawn_of(f"{PASSWORDS}@3/rule", seed)
    entries = entries_of(drawn)
    used = [entry["Password"] for entry in entries.values()]
    limit = drawn.facts["values"]["limit"]["date"]
    assert right_texts(drawn) == {
        name
        for name, entry in entries.items()
        if used.count(entry["Password"]) > 1 or entry["In use since"]["date"] < limit
    }


@some
@given(seeds)
def test_only_passwords_that_tell_nothing_of_the_person_are_strong(seed: bytes) -> None:
    for ask in ("strongest", "weakest"):
        drawn = drawn_of(f"{PASSWORDS}@1/{ask}", seed)
        told = [row[1] for row in drawn.facts["shown"][0]["rows"]]
        clear = {one["id"]: say(one["text"], "en").casefold() for one in drawn.facts["proposals"]}
        # read as a guesser does, who tries figures and signs for letters
        plain = {
            name: text.translate(str.maketrans({"@": "a", "1": "i", "0": "o", "3": "e"}))
            for name, text in clear.items()
        }
        guessed = {
            name
            for name in clear
            if len(clear[name]) < 12
            or any(str(fact).casefold() in (clear[name] + " " + plain[name]) for fact in told if isinstance(fact, str))
        }
        right = set(drawn.truth["right"])
        assert guessed == (right if ask == "weakest" else set(clear) - right)


@some
@given(seeds)
def test_codes_are_counted_rightly(seed: bytes) -> None:
    drawn = drawn_of(f"{PASSWORDS}@5/ratio", seed)
    values = drawn.facts["values"]
    assert drawn.truth["value"] * values["count"] ** values["short"] == values["count"] ** values["long"]
    told = explain(BANK.challenges[f"{PASSWORDS}@5/ratio"], drawn.facts, drawn.truth, "en").why
    assert told.endswith(f" {drawn.truth['value']:,}.")
    assert ("=" in told) == (values["more"] > 1)
    drawn = drawn_of(f"{PASSWORDS}@5/time", seed)
    assert drawn.truth["value"] * drawn.facts["values"]["tries"] == 10 ** drawn.facts["values"]["digits"]


@pytest.mark.parametrize("unit", ["", " minutes", " min", " mn"])
def test_minutes_may_be_shortened(unit: str) -> None:
    challenge, drawn = BANK.challenges[f"{PASSWORDS}@5/time"], drawn_of(f"{PASSWORDS}@5/time", b"any seed of a test")
    form = {"answer": [f"{drawn.truth['value']}{unit}"]}
    assert mark(challenge, drawn.truth, parse_response(challenge, drawn.facts, form, "fr"), "fr").right


@some
@given(seeds)
def test_one_sign_in_address_is_unusual_and_its_first_success_is_the_answer(seed: bytes) -> None:
    drawn = drawn_of(f"{PASSWORDS}@8/log-page", seed)
    rows = [[say(cell, "en") for cell in row] for row in rows_of(drawn.facts["place"])]
    by_account: dict[str, dict[str, int]] = {}
    for _, account, address, _ in rows:
        by_account.setdefault(address, {}).setdefault(account, 0)
    strange = {row[2] for row in rows if row[2].startswith("203.")}
    assert len(strange) == 1
    own = [address for address in by_account if address.startswith("192.")]
    assert all(len(by_account[address]) == 1 for address in own)
    lines = [row for row in rows if row[2] in strange]
    first = next(row for row in lines if row[3] == "accepted")
    assert first[1] == drawn.truth["fields"]["account"]["accept"][0]
    assert first[0][:5] == drawn.truth["fields"]["time"]["time"]
    refused = [row[1] for row in lines if row[3] == "refused"]
    kind = "known" if not refused else "many accounts" if len(set(refused)) > 5 else "one account"
    assert kind in chosen(drawn, "attack")


def test_the_log_as_a_file_holds_the_same_lines() -> None:
    challenge = BANK.challenges[f"{PASSWORDS}@8/log-file"]
    drawn = draw(challenge, b"a file of the log")
    lines = render_material(challenge, drawn.facts, "log", "fr").bytes.decode("utf-8-sig").splitlines()
    assert lines[0] == "Heure;Compte;Adresse;Résultat"
    assert len(lines) == 1 + len(rows_of(drawn.facts["log"]))
    assert any(line.split(";")[1] == drawn.truth["fields"]["account"]["accept"][0] for line in lines)


@some
@given(seeds)
def test_addresses_belong_to_whoever_owns_their_last_two_parts(seed: bytes) -> None:
    drawn = drawn_of(f"{FRAUD}@7/which", seed)
    domain = drawn.facts["values"]["domain"]
    assert right_texts(drawn) == {one["text"] for one in drawn.facts["proposals"] if opens(one["text"]) == domain}
    drawn = drawn_of(f"{FRAUD}@7/count", seed)
    listed = drawn.facts["shown"][0]["items"]
    assert len(set(listed)) == 12
    assert drawn.truth["value"] == sum(opens(one) == drawn.facts["values"]["domain"] for one in listed)


@some
@given(seeds)
def test_links_open_the_domain_of_their_target(seed: bytes) -> None:
    for name in ("mail-link", "phone-link"):
        drawn = drawn_of(f"{FRAUD}@2/{name}", seed)
        link = drawn.facts["place"]["messages"][0]["links"][0]
        assert drawn.truth["accept"][0] == opens(link["target"])


@some
@given(seeds)
def test_address_bars_are_what_their_scheme_and_domain_say(seed: bytes) -> None:
    drawn = drawn_of(f"{CONNECTIONS}@2/bars", seed)
    bars = [block["text"] for block in drawn.facts["shown"] if block["kind"] == "address"]
    for number, address in enumerate(bars, start=1):
        own = opens(address) == drawn.facts["values"]["domain"]
        secure = "the official site, encrypted" if address.startswith("https:") else "the official site, not encrypted"
        assert chosen(drawn, f"bar{number}") == (secure if own else "another site")
    drawn = drawn_of(f"{CONNECTIONS}@2/choose", seed)
    fits = {
        one["text"]
        for one in drawn.facts["proposals"]
        if one["text"].startswith("https:") and opens(one["text"]) == drawn.facts["values"]["domain"]
    }
    assert right_texts(drawn) == fits


@some
@given(seeds)
def test_fraudulent_mails_are_those_that_lead_or_come_from_elsewhere(seed: bytes) -> None:
    drawn = drawn_of(f"{FRAUD}@3/office", seed)
    known = set(re.findall(r"[a-z-]+\.example", str(drawn.facts["shown"]))) | {drawn.facts["values"]["site"]}
    fraudulent = set()
    for message in drawn.facts["place"]["messages"]:
        mails = [message["address"].split("@")[1], message.get("reply_to", message["address"]).split("@")[1]]
        links = [opens(link["target"]) for link in message.get("links", [])]
        if any(one not in known for one in [*(".".join(mail.split(".")[-2:]) for mail in mails), *links]):
            fraudulent.add(f"{say(message['from'], 'en')} – {say(message['subject'], 'en')}")
    assert right_texts(drawn) == fraudulent


@some
@given(seeds)
def test_the_forged_mail_is_the_one_that_fails_dmarc(seed: bytes) -> None:
    drawn = drawn_of(f"{FRAUD}@6/sources", seed)
    sources = [say(message["source"], "en") for message in drawn.facts["place"]["messages"]]
    forged = [place for place, source in enumerate(sources, start=1) if "dmarc=fail" in source]
    assert [f"mail {place}" for place in forged] == [chosen(drawn, "mail")]
    source = sources[forged[0] - 1]
    assert re.findall(r"(spf|dkim)=fail", source) == [chosen(drawn, "check").lower()]
    [(copied, server)] = re.findall(r"Received: from ((\S+) \(\[\S+\]\))", source)
    assert drawn.truth["fields"]["server"]["accept"][:2] == [server, copied]
    assert all("dmarc=pass" in other for other in sources if other != source)


@some
@given(seeds)
def test_certificates_have_the_one_fault_that_is_asked_for(seed: bytes) -> None:
    for name in ("dates", "issuer"):
        drawn = drawn_of(f"{CONNECTIONS}@5/{name}", seed)
        _, certificate, known = drawn.facts["place"]["pages"]
        rows = [value for _, value in certificate["blocks"][1]["rows"]]
        today = date.fromisoformat(drawn.facts["values"]["today"]["date"])
        faults = {
            "it was issued for another name": rows[0] != drawn.facts["values"]["host"],
            "the browser does not know who issued it": rows[1] not in [row[1] for row in known["blocks"][0]["rows"]],
            "it is not valid yet": date.fromisoformat(rows[2]["date"]) > today,
            "it is no longer valid": date.fromisoformat(rows[3]["date"]) < today,
        }
        assert [fault for fault, found in faults.items() if found] == [chosen(drawn, "cause")]
        assert drawn.truth["fields"]["until"]["date"] == rows[3]["date"]


def first_rule(rules: list[list[str]], source: str, target: str, port: str) -> list[str]:
    return next(
        rule for rule in rules if rule[2] in {source, "any"} and rule[3] in {target, "any"} and rule[4] in {port, "any"}
    )


@some
@given(seeds)
def test_the_firewall_blocks_one_needed_service_and_opens_one_that_is_not(seed: bytes) -> None:
    drawn = drawn_of(f"{CONNECTIONS}@7/rules", seed)
    needed, rules = ([[say(cell, "en") for cell in row] for row in block["rows"]] for block in drawn.facts["shown"])
    stopped = [service for service in needed if first_rule(rules, *service)[1] == "block"]
    assert [f"{one[0]} → {one[1]}, {one[2]}" for one in stopped] == [chosen(drawn, "service")]
    extra = [rule for rule in rules if rule[1] == "allow" and rule[2:] not in needed]
    assert [int(rule[0]) for rule in extra] == [drawn.truth["fields"]["rule"]["value"]]


@some
@given(seeds)
def test_one_downloaded_file_has_the_published_fingerprint(seed: bytes) -> None:
    challenge = BANK.challenges[f"{DEVICES}@6/work-out"]
    drawn = draw(challenge, seed)
    published = re.sub(r"\s", "", drawn.facts["shown"][0]["text"])
    prints = {
        file["file_name"]: sha256(render_material(challenge, drawn.facts, file["name"], "en").bytes).hexdigest()
        for file in drawn.facts["downloads"]
    }
    assert [name for name, found in prints.items() if found == published] == [
        drawn.truth["fields"]["name"]["accept"][0]
    ]
    assert prints[drawn.facts["values"]["other"]][-6:] == drawn.truth["fields"]["end"]["accept"][0]


@some
@given(seeds)
def test_compared_fingerprints_differ_in_the_middle_only(seed: bytes) -> None:
    drawn = drawn_of(f"{DEVICES}@6/compare", seed)
    files, site = drawn.facts["place"]["pages"]
    published = site["blocks"][1]["text"]
    names = [block["text"] for block in files["blocks"] if block["block"] == "heading"]
    prints = [block["text"] for block in files["blocks"] if block["block"] == "code"]
    assert {name for name, found in zip(names, prints, strict=True) if found == published} == right_texts(drawn)
    assert len(set(prints)) == 4
    assert {found[:8] for found in prints} == {published[:8]}


@some
@given(seeds)
def test_the_report_names_one_outside_address_one_entry_and_what_was_read(seed: bytes) -> None:
    drawn = drawn_of(f"{DEVICES}@7/report", seed)
    rows = [[say(cell, "en") for cell in row] for row in rows_of(drawn.facts["place"])]
    program = drawn.facts["values"]["program"]
    called = {row[2].rpartition(":")[0] for row in rows if row[1] == "network"}
    outside = {one for one in called if one.endswith(".example") and f"{program}.example" not in one}
    assert outside == {drawn.truth["fields"]["address"]["accept"][0]}
    entries = [row[2].split(" → ")[0] for row in rows if row[1] == "start-up"]
    assert entries == [drawn.truth["fields"]["entry"]["accept"][0]]
    kinds = {
        "browser/": "passwords",
        "photos/": "photos",
        "mail/": "address book",
        "documents/accounts/": "spreadsheets",
    }
    found = {kind for start, kind in kinds.items() if any(row[2].startswith(start) for row in rows)}
    assert len(found) == 1
    assert found.pop() in chosen(drawn, "what")


@some
@given(seeds)
def test_ways_back_are_those_that_were_not_lost(seed: bytes) -> None:
    drawn = drawn_of(f"{PASSWORDS}@4/ways-back", seed)
    lost = say(drawn.facts["values"]["lost"], "en")
    left = set()
    for page in drawn.facts["place"]["pages"][1:]:
        where = say(page["blocks"][0]["rows"][0][1], "en")
        gone = [word for word in ("phone", "keyring", "wallet") if word in lost and re.search(rf"\b{word}\b", where)]
        if not gone and "already used" not in where:
            left.add(say(page["title"], "en"))
    assert right_texts(drawn) == left
    assert 0 < len(left) < 5


def values_shown(thing: Any) -> set[str]:
    if isinstance(thing, Mapping):
        return {str(thing)} if "en" in thing else {one for part in thing.values() for one in values_shown(part)}
    if isinstance(thing, list):
        return {one for part in thing for one in values_shown(part)}
    return {str(thing)}


@some
@given(seeds)
def test_signs_of_a_payment_fraud_are_what_the_exchange_shows(seed: bytes) -> None:
    drawn = drawn_of(f"{FRAUD}@5/supplier", seed)
    values, message = drawn.facts["values"], drawn.facts["place"]["messages"][0]
    invoice = say(message["attachments"][0]["text"], "en")
    seen = {
        "another domain": not message["address"].endswith(f"@{values['site']}"),
        "Replies to": not message["reply_to"].endswith(f"@{values['site']}"),
        "account on the invoice": f"MD04 2210 {values['tail']}" not in invoice,
        "paid sooner": "30 days" not in invoice,
        "amount of the invoice": f"Amount: {values['amount']}" not in invoice,
        "telephone number": f"70 1{values['n']} 20" not in say(message["text"], "en"),
        "not to tell": "between us" in say(message["text"], "en"),
    }
    true = {claim for claim, found in seen.items() if found}
    texts = {say(one["text"], "en"): one["id"] in drawn.truth["right"] for one in drawn.facts["proposals"]}
    for text, is_right in texts.items():
        assert any(claim in text for claim in true) == is_right


def test_the_report_as_a_file_holds_every_line() -> None:
    challenge = BANK.challenges[f"{DEVICES}@7/report-file"]
    drawn = draw(challenge, b"a file of the report")
    lines = render_material(challenge, drawn.facts, "report", "en").bytes.decode("utf-8-sig").splitlines()
    assert lines[0] == "Line;Action;On what"
    assert len(lines) == 1 + len(rows_of(drawn.facts["report"]))
    assert any(drawn.truth["fields"]["address"]["accept"][1] in line for line in lines)


def test_a_log_may_list_its_rows_in_its_specification() -> None:
    assert rows_of({"rows": [["08:00", {"en": "in", "fr": "entrée"}]]}) == [["08:00", {"en": "in", "fr": "entrée"}]]


@pytest.mark.parametrize("name", ["1/phone", "1/mailbox"])
def test_no_proposal_tells_a_first_fraud_before_the_message_is_opened(name: str) -> None:
    shouted = re.compile(r"[A-ZÀ-Ý]{4,}|\d{3}|[Uu]rgent|[Ss]ecret|[Hh]éritage|[Ii]nheritance|[Dd]raw\b")
    for seed in range(40):
        drawn = drawn_of(f"{FRAUD}@{name}", b"seed of a first fraud %d" % seed)
        told = [say(one["text"], language) for one in drawn.facts["proposals"] for language in ("en", "fr")]
        assert not [text for text in told if shouted.search(text)]


def test_english_texts_name_towns_in_english() -> None:
    french = re.compile(r"\b(Beyrouth|Alger|Tanger|Alexandrie|Saïda|Le Caire|Naplouse)\b")
    for name in (name for name in BANK.challenges if name.startswith("4.1.")):
        for seed in range(12):
            drawn = drawn_of(name, b"seed of a town %d" % seed)
            shown = str(present(BANK.challenges[name], drawn.facts, "en"))
            assert not french.search(shown), (name, french.findall(shown))
