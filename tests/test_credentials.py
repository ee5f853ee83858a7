"""Secrets that systemd hands over as files (LoadCredential=)."""

from pathlib import Path

import pytest

from rcmail import config
from rcmail.errors import ConfigError
from rcmail.variables import SECRET_VARIABLES

KEY = "credential-key-credential-key-credential-key"


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "credentials"
    folder.mkdir()
    for name in SECRET_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_secret_comes_from_a_credential_without_the_end_of_its_line(credentials: Path) -> None:
    (credentials / "rcmail_SECRET_KEY").write_text(f"{KEY}\n")
    (credentials / "rcmail_POSTGRES_PASSWORD").write_text(" with spaces \n")
    loaded = config.load()
    assert loaded.secret_key.reveal() == KEY
    assert loaded.postgres.password.reveal() == " with spaces "
    assert KEY in loaded.secrets()


def test_a_variable_of_the_environment_beats_a_credential(
    credentials: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (credentials / "rcmail_SECRET_KEY").write_text(KEY)
    monkeypatch.setenv("SECRET_KEY", KEY.upper())
    assert config.load().secret_key.reveal() == KEY.upper()


def test_a_credential_that_is_no_text_is_named_and_its_value_is_not(credentials: Path) -> None:
    (credentials / "rcmail_SECRET_KEY").write_bytes(b"\xff\xfe" + KEY.encode())
    with pytest.raises(ConfigError) as caught:
        config.load()
    assert str(caught.value) == "SECRET_KEY in systemd's credentials is not UTF-8 text"


def test_a_credential_that_cannot_be_read_is_named(credentials: Path) -> None:
    (credentials / "rcmail_SECRET_KEY").mkdir()
    with pytest.raises(ConfigError, match="SECRET_KEY cannot be read from systemd's credentials"):
        config.load()


def test_what_is_no_secret_is_not_taken_from_a_credential(credentials: Path) -> None:
    (credentials / "rcmail_SECRET_KEY").write_text(KEY)
    (credentials / "rcmail_HTTP_PORT").write_text("8123")
    assert config.load().http_port == 8000
