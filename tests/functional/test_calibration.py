"""Calibrated parameters in use: new placements freeze them, old ones keep theirs, and an audit still agrees."""

import json
from pathlib import Path

import pytest
from answering import past_checkpoint, send, values
from click.testing import CliRunner
from houses import House
from launching import add_activity
from picking import audited, placement_of, statements_of
from sqlalchemy import select, update

from lti_tool.assessment.record import record_of
from lti_tool.assessment.state import engine_of, plan_of
from lti_tool.cli.main import main
from lti_tool.models import Answer, Attempt, ParameterSet, Placement
from xapi.vocabulary import ContextExtension

_NAMED = ["--by", "Amina Kaddour", "--reason", "enough answers"]


def command(house: House, *arguments: str) -> str:
    """`pix-lti` with the house's settings; what it prints."""
    settings = house.parts.settings
    env = {
        "PIX_LTI_PUBLIC_URL": settings.public_url, "PIX_LTI_SECRET_KEY": settings.secret_key,
        "PIX_LTI_DATABASE_URL": settings.database, "PIX_LTI_INSTANCE_DIR": str(settings.instance_dir),
        "PIX_LTI_KEYS_DIR": str(settings.keys_dir), "PIX_LTI_ALLOW_PRIVATE_HOSTS": "true",
    }  # fmt: skip
    done = CliRunner(env=env).invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def sit(house: House, activity: str, username: str, *, right: bool) -> Attempt:
    """A whole test, every answer right, or every one wrong; as slowly as people are."""
    browser = house.begin(activity, username).browser
    while "/questions/" in browser.page.url:
        past_checkpoint(send(browser, values(house, browser.page, right=right)), browser)
    with house.parts.database.transaction() as session:
        session.execute(update(Answer).values(seconds=45.0))
    return house.attempts()[-1]


def calibrated(house: House) -> ParameterSet:
    """Three trainees sit a test of 1.1; what they teach is put into use."""
    activity = house.add_test("1.1", length=4)
    for username, right in (("lina", True), ("dina", False), ("rami", True)):
        sit(house, activity, username, right=right)
    command(house, "calibrate", "propose")
    command(house, "calibrate", "activate", "calibrated/1", *_NAMED)
    with house.rows() as session:
        return session.scalars(select(ParameterSet)).one()


def test_a_test_with_calibrated_parameters_is_told_and_replayed_from_the_lrs(house: House, tmp_path: Path) -> None:
    kept = calibrated(house)
    activity = house.add_test("1.1", "1.2", length=8)
    attempt = sit(house, activity, "hala", right=True)
    placement = placement_of(house, activity)
    assert placement.parameters_version == "calibrated/1"
    assert placement.population == kept.population
    bank = house.parts.bank
    assert placement.parameters == {
        item: numbers
        for item, numbers in kept.difficulties.items()
        if bank.challenges[item].competence in {"1.1", "1.2"}
    }
    begun, *others = statements_of(house, attempt)
    assert begun["context"]["extensions"][ContextExtension.PARAMETERS] == "calibrated/1"
    assert _difficulties_told(others) == {item: tuple(placement.parameters[item]) for item in _asked(house, attempt)}
    assert any(mean != bank.challenges[item].level - 0.5 for item, (mean, _) in placement.parameters.items())
    report = audited(house, attempt)
    assert report.agrees
    assert report.verdicts[0].recomputed == report.verdicts[0].told
    house.deliver()
    (tmp_path / "password").write_text("demo\n", encoding="utf-8")
    where = ("--lrs", house.lrs_url, "--username", "pix-lti", "--password-file", str(tmp_path / "password"))
    told = json.loads(command(house, "audit", "verify", *where, "--json"))
    assert told["agrees"]
    assert len(told["attempts"]) == 4


def _asked(house: House, attempt: Attempt) -> list[str]:
    with house.rows() as session:
        query = select(Answer).where(Answer.attempt_id == attempt.id)
        return [answer.question.item_id for answer in session.scalars(query)]


def _difficulties_told(statements: list[dict]) -> dict[str, tuple[float, float]]:
    told = {}
    for statement in statements:
        if statement["verb"]["id"].endswith("/answered"):
            said = statement["context"]["extensions"]
            told[said[ContextExtension.ITEM]] = tuple(said[ContextExtension.DIFFICULTY].values())
    return told


def test_a_placement_that_exists_keeps_its_parameters_and_so_does_its_copy(house: House) -> None:
    old = house.add_test("1.1", length=4)
    sit(house, old, "lina", right=True)
    calibrated(house)
    sit(house, old, "dina", right=True)
    first = placement_of(house, old)
    assert (first.parameters_version, first.parameters, first.population) == ("judged/1", {}, None)
    new = house.add_test("1.1", length=4)
    sit(house, new, "lina", right=False)
    original = placement_of(house, new)
    command(house, "calibrate", "retire", "calibrated/1", *_NAMED)
    copy = add_activity(house, {"placement": str(original.id)}, "3")
    house.begin(copy, "lina")
    copied = placement_of(house, copy)
    assert copied.copied_from == original.id
    assert (copied.parameters_version, copied.parameters, copied.population) == (
        original.parameters_version, original.parameters, original.population,
    )  # fmt: skip
    later = house.add_test("1.1", length=4)
    house.begin(later, "lina")
    assert placement_of(house, later).parameters_version == "judged/1"


def test_the_population_steers_the_questions_and_never_the_score(house: House) -> None:
    activity = house.add_test("1.1", length=4)
    attempt = sit(house, activity, "hala", right=True)
    placement = placement_of(house, activity)
    assert placement.reference["mean"] == pytest.approx(2.7)
    with house.parts.database.transaction() as session:
        row = session.get_one(Placement, placement.id)
        row.population = {**row.reference, "mean": 6.0}
    with house.rows() as session:
        placement, again = session.get_one(Placement, placement.id), session.get_one(Attempt, attempt.id)
        engine = engine_of(house.parts.bank, placement)
        assert record_of(session, house.parts.bank, again).to_json() == again.result
        start = engine.start(plan_of(placement), again.seed)
    assert start.mean.max() == pytest.approx(6.0)
