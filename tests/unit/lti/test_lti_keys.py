"""Our own keys: one is made, several are published, the newest signs, and nobody else may read them."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from lti_world import NOW, ec_key, later, our_keys, rsa_key

from lti_tool.errors import Misconfigured
from lti_tool.lti.keys import load_keys, rotate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A keys folder that holds one good key."""
    made = tmp_path / "keys"
    our_keys(tmp_path.parent)
    made.mkdir()
    for path in (tmp_path.parent / "our-keys").glob("*.pem"):
        copy = made / path.name
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
    return made


def _put(folder: Path, name: str, key: object) -> Path:
    path = folder / name
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem)
    path.chmod(0o600)
    return path


def test_the_first_start_makes_one_key_that_only_we_may_read(tmp_path: Path) -> None:
    keyring = load_keys(tmp_path / "new" / "keys", NOW)
    (file,) = (tmp_path / "new" / "keys").glob("*.pem")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name == f"20261123T180000000000Z-{keyring.keys[0].kid}.pem"
    (line,) = keyring.listing()
    assert (line.kid, line.made_at, line.bits, line.signs) == (keyring.keys[0].kid, NOW, 3072, True)


def test_the_next_start_finds_the_same_key(folder: Path) -> None:
    assert load_keys(folder, NOW).jwks() == load_keys(folder, later(9999)).jwks()
    assert len(list(folder.glob("*.pem"))) == 1


def _first_kid(folder: Path) -> str:
    return load_keys(folder, NOW).keys[0].kid


def test_processes_that_start_together_end_with_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, get_context("spawn")) as pool:
        kids = list(pool.map(_first_kid, [tmp_path] * 3))
    assert len(set(kids)) == 1
    assert len(list(tmp_path.glob("*.pem"))) == 1


def test_a_rotation_adds_a_key_that_signs_and_leaves_the_old_one_published(folder: Path) -> None:
    old = load_keys(folder, NOW)
    new = rotate(folder, later(60))
    assert [line.signs for line in new.listing()] == [True, False]
    assert old.jwks()["keys"][0] in new.jwks()["keys"]
    signed = new.sign({"a": 1})
    assert jwt.get_unverified_header(signed) == {"alg": "RS256", "kid": new.keys[0].kid, "typ": "JWT"}
    assert new.keys[0].kid != old.keys[0].kid


def test_a_platform_verifies_what_we_sign_with_what_we_publish(folder: Path) -> None:
    keyring = load_keys(folder, NOW)
    token = keyring.sign({"iss": "client-1"})
    (published,) = jwt.PyJWKSet.from_dict(keyring.jwks()).keys
    assert jwt.decode(token, published, algorithms=["RS256"]) == {"iss": "client-1"}
    assert set(keyring.jwks()["keys"][0]) == {"kty", "n", "e", "kid", "use", "alg"}


def test_what_a_process_left_half_written_is_no_key(folder: Path) -> None:
    (folder / ".new").write_bytes(b"-----BEGIN")
    (folder / "README.md").write_text("words")
    assert len(rotate(folder, later(1)).keys) == 2


def test_a_key_that_others_may_read_is_refused_by_name(folder: Path) -> None:
    (file,) = folder.glob("*.pem")
    file.chmod(0o640)
    with pytest.raises(Misconfigured, match=r"keys\.readable_by_others") as refusal:
        load_keys(folder, NOW)
    assert refusal.value.values == {"file": str(file)}


def test_a_damaged_key_is_refused_by_name(folder: Path) -> None:
    (file,) = folder.glob("*.pem")
    file.write_bytes(b"no key")
    with pytest.raises(Misconfigured, match=r"keys\.unreadable"):
        load_keys(folder, NOW)


def test_a_key_under_the_name_of_another_is_refused(folder: Path) -> None:
    _put(folder, f"20270101T000000000000Z-{'k' * 43}.pem", rsa_key())
    with pytest.raises(Misconfigured, match=r"keys\.unreadable"):
        load_keys(folder, NOW)


@pytest.mark.parametrize("key", [rsa_key("weak", 1024), ec_key()], ids=["1024 bits", "elliptic"])
def test_a_weak_key_or_one_of_another_kind_is_refused(folder: Path, key: object) -> None:
    _put(folder, f"20270101T000000000000Z-{'k' * 43}.pem", key)
    with pytest.raises(Misconfigured, match=r"keys\.too_weak"):
        load_keys(folder, NOW)


def test_a_folder_that_cannot_be_one_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(Misconfigured, match=r"keys\.folder_unusable"):
        load_keys(tmp_path / "keys", NOW)
