"""The shell of each test: good settings, a database of its own with its tables."""

import os
import socket
from pathlib import Path

import pytest
from cli_shell import Shell


@pytest.fixture(scope="session")
def keys_of_shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys are made once: an RSA key takes a while."""
    return tmp_path_factory.mktemp("keys-of-shell")


@pytest.fixture
def shell(tmp_path: Path, keys_of_shell: Path) -> Shell:
    """Good settings in English; the database has its tables."""
    port = _free_port()
    env: dict[str, str | None] = {name: None for name in os.environ if name.startswith("PIX_LTI_")}
    env |= {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None}
    env |= {
        "PIX_LTI_PUBLIC_URL": f"http://localhost:{port}", "PIX_LTI_SECRET_KEY": "k" * 40,
        "PIX_LTI_INSTANCE_DIR": str(tmp_path / "instance"), "PIX_LTI_KEYS_DIR": str(keys_of_shell),
        "PIX_LTI_BIND": f"127.0.0.1:{port}", "PIX_LTI_WORKERS": "1", "PIX_LTI_ALLOW_PRIVATE_HOSTS": "true",
        "PIX_LTI_LOG_LEVEL": "error", "PIX_LTI_OUTBOUND_TIMEOUT_SECONDS": "2",
    }  # fmt: skip
    opened = Shell(tmp_path, env)
    opened.good("db", "upgrade")
    return opened


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
