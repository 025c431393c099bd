"""Institutions, platforms and LRSs, as an administrator types them."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cli_shell import Shell
from sqlalchemy import select

from lti_tool import clock
from lti_tool.lti.invitations import find_invitation
from lti_tool.models import Deployment, Institution, Lrs
from lti_tool.models.sealing import unseal

_PASSWORD = "p4ss\n"
_MOODLE = {
    "--institution": "Lycée", "--name": "moodle", "--issuer": "https://lms.example", "--client-id": "abc",
    "--auth-url": "https://lms.example/auth", "--token-url": "https://lms.example/token",
    "--jwks-url": "https://lms.example/jwks", "--deployment": "1",
}  # fmt: skip


def _platform(**changed: str) -> list[str]:
    given = {**_MOODLE, **{"--" + name.replace("_", "-"): value for name, value in changed.items()}}
    return ["platform", "add", *(word for pair in given.items() for word in pair)]


def _lrs(shell: Shell, *more: str, url: str = "https://lrs.example/xapi", password: str = _PASSWORD) -> list[str]:
    file = shell.file("password", password)
    return ["lrs", "add", "--institution", "Lycée", "--url", url, "--username", "u", "--password-file", file, *more]


@pytest.fixture
def known(shell: Shell) -> Shell:
    """A shell in which one institution is known."""
    shell.good("institution", "add", "Lycée")
    return shell


def test_an_institution_is_added_once(shell: Shell) -> None:
    assert shell.good("institution", "add", "Lycée") == "institution Lycée\n"
    assert "Lycée" in shell.refused("institution", "add", "Lycée")


@pytest.mark.parametrize("name", ["", "  ", "x" * 256])
def test_an_institution_needs_a_name_of_255_characters_at_most(shell: Shell, name: str) -> None:
    shell.refused("institution", "add", name)
    with shell.database().reading() as session:
        assert session.scalar(select(Institution)) is None


def test_a_registration_address_holds_a_good_invitation_for_its_days_and_uses(known: Shell) -> None:
    address = known.good("registration-url", "--institution", "Lycée", "--uses", "3", "--days", "2",
                         "--issuer", "LMS.example").strip()  # fmt: skip
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == known.env["PIX_LTI_PUBLIC_URL"]
    assert parts.path == "/lti/register"
    with known.database().reading() as session:
        found = find_invitation(session, parse_qs(parts.query)["invitation"][0], clock.now())
        assert (found.institution.name, found.uses_left, found.issuer_host) == ("Lycée", 3, "lms.example")
        assert timedelta(days=1.9) < found.expires_at - clock.now() < timedelta(days=2)


def test_two_registration_addresses_differ(known: Shell) -> None:
    command = ("registration-url", "--institution", "Lycée")
    assert known.good(*command) != known.good(*command)


@pytest.mark.parametrize("more", [["--uses", "0"], ["--uses", "many"], ["--days", "0"], ["--days", "366"]])
def test_a_registration_address_for_no_use_or_no_day_is_wrong_use(known: Shell, more: list[str]) -> None:
    assert known.run("registration-url", "--institution", "Lycée", *more).exit_code == 2


def test_the_issuer_of_an_invitation_is_a_host_not_an_address(known: Shell) -> None:
    known.refused("registration-url", "--institution", "Lycée", "--issuer", "https://lms.example/")


@pytest.mark.parametrize("command", [["registration-url", "--institution", "Nobody"], _platform(institution="Nobody")])
def test_an_unknown_institution_is_named(known: Shell, command: list[str]) -> None:
    assert "Nobody" in known.refused(*command)


def test_a_platform_is_added_listed_and_shown(known: Shell) -> None:
    assert known.good(*_platform()) == "platform moodle\n"
    (row,) = known.json("platform", "list")
    assert row | {"created_at": ""} == {
        "name": "moodle", "issuer": "https://lms.example", "client_id": "abc", "auth_url": "https://lms.example/auth",
        "token_url": "https://lms.example/token", "jwks_url": "https://lms.example/jwks", "product_family": None,
        "created_at": "", "deployments": [["1", "Lycée"]],
    }  # fmt: skip
    assert known.json("platform", "show", "moodle") == [row]
    assert "https://lms.example/jwks" in known.good("platform", "show", "moodle")
    assert known.good("platform", "list").splitlines()[2].startswith("moodle  https://lms.example")


def test_a_further_deployment_of_a_known_platform_is_bound_to_its_institution(known: Shell) -> None:
    known.good(*_platform())
    known.good("institution", "add", "Other")
    known.good(*_platform(institution="Other", deployment="2"))
    assert known.json("platform", "show", "moodle")[0]["deployments"] == [["1", "Lycée"], ["2", "Other"]]
    assert "1" in known.refused(*_platform(institution="Other"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("issuer", ""), ("client_id", "a" * 256), ("deployment", "a\nb"), ("auth_url", "lms.example/auth"),
     ("token_url", "ftp://lms.example"), ("jwks_url", "javascript:alert(1)"), ("name", "")],
)  # fmt: skip
def test_a_field_that_cannot_be_is_named_and_nothing_is_stored(known: Shell, field: str, value: str) -> None:
    assert field.replace("_", "-") in known.refused(*_platform(**{field: value}))
    with known.database().reading() as session:
        assert session.scalar(select(Deployment)) is None


def test_a_platform_with_a_field_left_out_is_wrong_use(known: Shell) -> None:
    done = known.run("platform", "add", "--institution", "Lycée", "--name", "n")
    assert done.exit_code == 2
    assert "--issuer" in done.stderr


def test_a_platform_that_nobody_registered_cannot_be_shown(known: Shell) -> None:
    assert "blackboard" in known.refused("platform", "show", "blackboard")


def test_lists_of_nothing_say_so_in_words_and_are_empty_in_json(shell: Shell) -> None:
    for command in (["platform", "list"], ["lrs", "list"], ["outbox", "status"]):
        assert len(shell.good(*command).splitlines()) == 1
        assert shell.json(*command) == []


def test_an_lrs_is_added_with_its_password_sealed_and_listed_without_it(known: Shell) -> None:
    assert known.good(*_lrs(known)) == "lrs lrs.example\n"
    assert known.json("lrs", "list") == [
        {"name": "lrs.example", "institution": "Lycée", "url": "https://lrs.example/xapi", "username": "u",
         "version": "1.0.3"}
    ]  # fmt: skip
    assert "p4ss" not in known.good("lrs", "list")
    with known.database().reading() as session:
        stored = session.scalars(select(Lrs)).one().sealed_password
    assert "p4ss" not in stored
    assert unseal("k" * 40, stored) == "p4ss"


@pytest.mark.parametrize("ending", ["", "/", "/statements", "/statements/"])
def test_an_lrs_address_is_kept_without_its_statements(known: Shell, ending: str) -> None:
    known.good(*_lrs(known, url="https://lrs.example/xapi" + ending))
    assert known.json("lrs", "list")[0]["url"] == "https://lrs.example/xapi"


def test_two_lrss_of_one_institution_need_two_names(known: Shell) -> None:
    known.good(*_lrs(known))
    assert "lrs.example" in known.refused(*_lrs(known))
    assert known.good(*_lrs(known, "--name", "second", "--version", "2.0.0")) == "lrs second\n"
    assert [row["version"] for row in known.json("lrs", "list")] == ["1.0.3", "2.0.0"]


@pytest.mark.parametrize("url", ["lrs.example", "ftp://lrs.example", "https://", "file:///etc/passwd"])
def test_an_lrs_needs_a_web_address(known: Shell, url: str) -> None:
    assert "--url" in known.refused(*_lrs(known, url=url))


@pytest.mark.parametrize("password", ["", "\n", "  \nsecond line"])
def test_an_empty_password_file_is_named(known: Shell, password: str) -> None:
    assert "password" in known.refused(*_lrs(known, password=password))


def test_a_password_file_that_is_no_text_or_not_there_is_named(known: Shell) -> None:
    command = _lrs(known)
    (known.folder / "password").write_bytes(b"\xff\xfe")
    assert "password" in known.refused(*command)
    (known.folder / "password").unlink()
    assert "password" in known.refused(*command)


def test_only_the_first_line_of_a_password_file_counts(known: Shell) -> None:
    known.good(*_lrs(known, password="  s3cret \r\nnotes\n"))
    with known.database().reading() as session:
        assert unseal("k" * 40, session.scalars(select(Lrs)).one().sealed_password) == "s3cret"


def test_a_sentence_is_french_in_a_french_shell(shell: Shell) -> None:
    french = shell.refused("platform", "list", "--json", PIX_LTI_WORKERS="two", LANG="fr_FR.UTF-8")
    assert "PIX_LTI_WORKERS" in french
    assert "Le réglage" in french
    assert shell.refused("institution", "add", "", LC_ALL="fr_CA") != shell.refused("institution", "add", "")


def test_lc_all_wins_over_lang(shell: Shell) -> None:
    assert "setting" in shell.refused("keys", "list", PIX_LTI_WORKERS="two", LANG="fr_FR.UTF-8", LC_ALL="C")


@pytest.mark.parametrize(
    "command",
    [["institution", "add", "x"], ["platform", "list"], ["lrs", "list"], ["outbox", "status"],
     ["registration-url", "--institution", "x"]],
)  # fmt: skip
def test_a_database_without_tables_is_told_in_a_sentence(shell: Shell, command: list[str]) -> None:
    told = shell.refused(*command, PIX_LTI_DATABASE_URL=f"sqlite:///{shell.folder / 'empty.sqlite3'}")
    assert "pix-lti db upgrade" in told


def test_a_database_server_that_is_away_is_told_without_its_password(shell: Shell) -> None:
    address = "postgresql+psycopg://user:the-password@127.0.0.1:1/name"
    done = shell.run("institution", "add", "x", PIX_LTI_DATABASE_URL=address)
    assert done.exit_code in {1, 2}
    assert "PIX_LTI_DATABASE_URL" in done.stderr
    assert "the-password" not in done.output
