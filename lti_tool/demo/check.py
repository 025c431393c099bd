"""Plays the whole way through without a browser, from the deep link to the audit; prints a table."""

import json
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.house import House
from lti_tool.demo.lms_client import LmsClient
from lti_tool.demo.seeding import seed_activity
from lti_tool.demo.trainee import Played, answer_one, form_to, play

_ARRIVAL_SECONDS = 60.0


class CheckFailed(Exception):
    """A step that did not go as it must; says what was seen."""


@dataclass(slots=True)
class Walk:
    """What the steps hand on to each other."""

    house: House
    lms: LmsClient
    chance: random.Random
    activity: str = ""
    result_address: str = ""
    score: float = 0.0
    rows: list[tuple[str, str, bool]] = field(default_factory=list)


def check_house(house: House, seed: int = 2019) -> int:
    """Runs every step, stops at the first that fails, prints the table; 0 when all went well, else 1."""
    walk = Walk(house, LmsClient(house.lms, FormBrowser(language="en")), random.Random(seed))
    steps: tuple[tuple[str, Callable[[Walk], str]], ...] = (
        ("set-up: the doctor finds it well", _doctor),
        ("instructor adds a test by deep linking", _add),
        ("trainee launches and reads what will happen", _launch),
        ("answers, leaves, comes back to the same question", _leave_and_return),
        ("LMS and LRS go down; the trainee goes on to the end", _finish_in_outage),
        ("both come back: everything is delivered", _deliver),
        ("the grade is in the gradebook, with a comment", _grade),
        ("the statements are in the LRS, each once", _statements),
        ("instructor's page shows trainee, result, grade, report", _class_page),
        ("audit verify recomputes the score from the LRS alone", _audit),
    )
    for name, step in steps:
        try:
            walk.rows.append((name, step(walk), True))
        except (CheckFailed, LookupError, requests.RequestException) as error:
            walk.rows.append((name, f"{type(error).__name__}: {error}", False))
            break
    _print(walk.rows)
    return 0 if all(well for _, _, well in walk.rows) else 1


def _doctor(walk: Walk) -> str:
    done = walk.house.command("doctor")
    _require(done.returncode == 0, done.stdout)
    return f"{len(done.stdout.splitlines())} things looked at"


def _add(walk: Walk) -> str:
    title = seed_activity(walk.house, length=16)
    walk.activity = LmsClient(walk.house.lms, _signed_in(walk, "tara")).newest_activity()
    columns = [column for column in walk.lms.gradebook() if column.activity_id == walk.activity]
    _require(bool(columns) and columns[0].maximum == 100, f"no column of 100 points for {title}")
    return f"“{title}” with a column of 100 points"


def _launch(walk: Walk) -> str:
    page = walk.lms.launch(walk.activity, "lina")
    _require(page.status == 200 and "/tests/" in page.url, f"{page.url} {page.status}")
    _require(page.markup.language == "en", f"the page is in {page.markup.language}")
    return "start page, in the language of the launch"


def _leave_and_return(walk: Walk) -> str:
    browser, played = walk.lms.browser, play(walk.lms.browser, walk.chance, until=lambda so_far: so_far.answered >= 3)
    if "/questions/" not in browser.page.url:
        browser.open(next(link.url for link in browser.page.markup.links if "/attempts/" in link.url))
    left = browser.page.url.split("?")[0]
    _report(walk)
    browser.open(left)
    browser.submit(form_to(browser.page, "/exit"))
    elsewhere = LmsClient(walk.house.lms, FormBrowser(language="en"))
    elsewhere.launch(walk.activity, "lina")
    page = elsewhere.browser.submit(form_to(elsewhere.browser.page, "/start"))
    _require(page.url.split("?")[0] == left, f"left {left}, came back to {page.url}")
    walk.lms = elsewhere
    first = answer_one(elsewhere.browser, page, walk.chance, Played())
    again = elsewhere.browser.submit(form_to(page, "/answer"), button=form_to(page, "/answer").buttons[0])
    _require(again.status == 200 and first.status == 200, f"a second submission gave {again.status}")
    asked = played.answered + played.skipped
    return f"{asked} answers, then the same question in another browser; sent twice, counted once"


def _report(walk: Walk) -> None:
    browser = walk.lms.browser
    browser.follow("/report")
    page = browser.submit(form_to(browser.page, "/report"), {"category": "unclear", "text": "Too long for me"})
    _require(page.status == 200 and "/questions/" in page.url, f"the report led to {page.url}")


def _finish_in_outage(walk: Walk) -> str:
    walk.lms.faults(outage=True)
    _lrs_outage(walk, on=True)
    browser = walk.lms.browser
    if "/questions/" not in browser.page.url:
        browser.open(next(link.url for link in browser.page.markup.links if "/attempts/" in link.url))
    played = play(browser, walk.chance)
    page = played.end
    _require(page is not None and page.status == 200, "no results page")
    walk.result_address = browser.page.url
    found = re.search(r"Score of this attempt: ([\d.]+)", browser.page.text)
    _require(found is not None, "the results page shows no score")
    walk.score = float(found.group(1)) if found else 0.0
    return f"results page, score {walk.score}, {played.checkpoints} checkpoints on the way"


def _deliver(walk: Walk) -> str:
    time.sleep(1.0)  # the worker meets the outage at least once
    waiting = _outbox(walk)
    _require(sum(line["waiting"] for line in waiting) > 0, "nothing waited during the outage")
    walk.lms.faults(outage=False)
    _lrs_outage(walk, on=False)
    done = walk.house.command("outbox", "status", "--wait", str(_ARRIVAL_SECONDS), "--json")
    _require(done.returncode == 0, done.stdout + done.stderr)
    lines = json.loads(done.stdout)
    return ", ".join(f"{line['name']}: {line['sent']} sent" for line in lines)


def _grade(walk: Walk) -> str:
    cell = walk.lms.grade(walk.activity, "lina")
    if cell is None:
        raise CheckFailed("no grade in the gradebook")
    _require(cell.score == walk.score, f"gradebook {cell.score}, results page {walk.score}")
    _require(bool(cell.comment), "the grade has no comment")
    return f"{cell.score} / 100, “{cell.comment[:60]}”"


def _statements(walk: Walk) -> str:
    found = _lrs_statements(walk)
    verbs = [statement["verb"]["id"].rsplit("/", 1)[-1] for statement in found]
    ids = [statement["id"] for statement in found]
    _require(len(ids) == len(set(ids)), "a statement is there twice")
    for verb in ("initialized", "completed", "terminated"):
        _require(verbs.count(verb) == 1, f"{verbs.count(verb)} times {verb}")
    _require("lina" not in json.dumps(found).lower(), "a name is in a statement")
    return f"{len(found)}: " + ", ".join(f"{verbs.count(verb)} {verb}" for verb in dict.fromkeys(verbs))


def _class_page(walk: Walk) -> str:
    teacher = LmsClient(walk.house.lms, FormBrowser(language="en"))
    page = teacher.launch(walk.activity, "tara")
    _require(page.status == 200 and "/classes/" in page.url, f"{page.url} {page.status}")
    _require("Lina" in page.text and "Too long for me" in page.text, "trainee or report is missing")
    return "Lina, with result and grade; one problem reported"


def _audit(walk: Walk) -> str:
    house = walk.house
    done = house.command(
        "audit", "verify", "--lrs", house.lrs, "--username", house.lrs_username,
        "--password-file", str(house.password_file),
    )  # fmt: skip
    _require(done.returncode == 0, done.stdout + done.stderr)
    return done.stdout.strip().splitlines()[-1]


def _signed_in(walk: Walk, username: str) -> FormBrowser:
    browser = FormBrowser(language="en")
    LmsClient(walk.house.lms, browser).sign_in(username)
    return browser


def _outbox(walk: Walk) -> list[dict[str, int]]:
    found: list[dict[str, int]] = json.loads(walk.house.command("outbox", "status", "--json").stdout)
    return found


def _lrs_outage(walk: Walk, *, on: bool) -> None:
    requests.post(f"{walk.house.lrs}/faults", json={"outage": on}, timeout=10).raise_for_status()


def _lrs_statements(walk: Walk) -> list[dict[str, dict[str, str]]]:
    house = walk.house
    password = house.password_file.read_text(encoding="utf-8").strip()
    answer = requests.get(
        f"{house.lrs}/statements", params={"limit": "100", "ascending": "true"},
        auth=(house.lrs_username, password), headers={"X-Experience-API-Version": "1.0.3"}, timeout=10,
    )  # fmt: skip
    answer.raise_for_status()
    found: list[dict[str, dict[str, str]]] = answer.json()["statements"]
    return found


def _require(well: object, seen: str) -> None:
    if not well:
        raise CheckFailed(seen)


def _print(rows: list[tuple[str, str, bool]]) -> None:
    width = max(len(name) for name, _, _ in rows)
    for name, seen, well in rows:
        sys.stdout.write(f"{'ok  ' if well else 'FAIL'}  {name.ljust(width)}  {seen}\n")
    passed = sum(well for _, _, well in rows)
    sys.stdout.write(f"\n{passed} passed, {len(rows) - passed} failed\n")
