"""Configuration: layers, types, and errors that name the variable and never the value."""

import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail import config, paths
from rcmail.errors import ConfigError
from rcmail.variables import PLACEHOLDER_SECRET_KEY, VARIABLES
from tests.support import ROOT, SECRET_KEY


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    before = dict(os.environ)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv(config.SITE_FILE_VARIABLE, raising=False)
    monkeypatch.setattr(paths, "SITE_SETTINGS", tmp_path / "absent.toml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    yield
    # dynaconf puts .env into the environment of the process: leave none of it for the next test.
    monkeypatch.undo()
    os.environ.clear()
    os.environ.update(before)


def problems(site_file: Path | None = None) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        config.load(site_file)
    return caught.value.problems


def test_the_defaults_are_those_of_the_specification() -> None:
    loaded = config.load()
    postgres = loaded.postgres
    assert (postgres.host, postgres.port, postgres.user, postgres.database) == (
        "/run/postgresql", 5432, "rcmail", "rcmail",
    )  # fmt: skip
    assert (postgres.connect_attempts, postgres.connect_delay) == (5, 2)
    assert (loaded.http_host, loaded.http_port) == ("0.0.0.0", 8000)
    assert loaded.ollama_base_url == "http://127.0.0.1:11434"
    assert (loaded.log_level, loaded.log_format, loaded.allowed_hosts) == ("INFO", "auto", frozenset())
    assert not postgres.password
    assert not any((loaded.gmail.client_id, loaded.gmail.client_secret, loaded.gmail.refresh_token))


def test_later_layers_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site.toml"
    site.write_text('HTTP_PORT = 8001\nPOSTGRES_DB = "site"\nLOG_LEVEL = "ERROR"\n')
    (tmp_path / ".env").write_text("HTTP_PORT=8002\nPOSTGRES_DB=dotenv\n")
    monkeypatch.setenv("HTTP_PORT", "8003")
    loaded = config.load(site, fallback={"LOG_LEVEL": "DEBUG", "HTTP_PORT": "1"})
    assert (loaded.http_port, loaded.postgres.database, loaded.log_level) == (8003, "dotenv", "DEBUG")


def test_a_variable_set_to_nothing_leaves_the_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    assert config.load(fallback={"SECRET_KEY": "k" * 32}).secret_key.reveal() == "k" * 32


def test_the_site_file_is_found_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text("HTTP_PORT = 9001\n")
    monkeypatch.setenv("RCMAIL_SETTINGS_FILE", str(tmp_path / "other.toml"))
    assert config.load().http_port == 9001


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", PLACEHOLDER_SECRET_KEY),
        ("SECRET_KEY", "x" * 31),
        ("POSTGRES_HOST", ""),
        ("POSTGRES_PORT", "0"),
        ("POSTGRES_PORT", "65536"),
        ("POSTGRES_PORT", "five"),
        ("HTTP_PORT", "80.5"),
        ("HTTP_PORT", "-1"),
        ("HTTP_PORT", ""),
        ("HTTP_HOST", "http://x"),
        ("DB_CONNECT_ATTEMPTS", "0"),
        ("DB_CONNECT_DELAY_SECONDS", "soon"),
        ("DB_CONNECT_DELAY_SECONDS", "nan"),
        ("OLLAMA_BASE_URL", "192.0.2.7:11434"),
        ("OLLAMA_BASE_URL", "file:///etc/passwd"),
        ("OLLAMA_BASE_URL", "http://user:hunter2@host"),
        ("ALLOWED_HOSTS", "http://rcmail.example.org"),
        ("ALLOWED_HOSTS", "rcmail.example.org:8000"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_config_refuses_a_bad_value_by_name_only(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    found = problems()
    assert list(found) == [name]
    assert len(value) < 3 or value not in found[name]


def test_config_names_every_faulty_variable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("HTTP_PORT", "99999")
    monkeypatch.setenv("LOG_LEVEL", "x")
    assert set(problems()) == {"SECRET_KEY", "HTTP_PORT", "LOG_LEVEL"}


@pytest.mark.parametrize(
    "password", ["0123", "12345", "1e5", "true", "@format {env[HOME]}", "@none", '"quoted"', "p@ss:w/rd#?", " x "]
)
def test_a_password_is_taken_as_it_stands(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_PASSWORD", password)
    assert config.load().postgres.password.reveal() == password


@given(
    values=st.dictionaries(
        st.sampled_from(sorted(VARIABLES)),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_any_text_in_any_variable_gives_a_configuration_or_a_clear_error(values: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        try:
            config.load()
        except ConfigError as error:
            assert set(error.problems) <= set(values)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("HTP_PORT = 80\n", "HTP_PORT"),
        ('SECRET_KEY = "0123456789012345678901234567890123456789"\n', "SECRET_KEY"),
        ('POSTGRES_PASSWORD = "hunter22"\n', "POSTGRES_PASSWORD"),
        ("[http]\nport = 80\n", "HTTP"),
        ("HTTP_PORT = [1]\n", "HTTP_PORT"),
        ("HTTP_PORT = true\n", "HTTP_PORT"),
        ("LOG_LEVEL = 5\n", "LOG_LEVEL"),
    ],
)
def test_the_site_file_refuses_what_does_not_belong_there(text: str, named: str, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text(text)
    found = problems(site_file=site)
    assert list(found) == [named]
    assert "hunter22" not in str(found)


@pytest.mark.parametrize("content", [b'HTTP_PORT = "80\n', b"HTTP_PORT = 8", b"\xff\xfe", b"HTTP_PORT 80\n"])
def test_a_broken_site_file_is_named_or_read(content: bytes, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_bytes(content)
    if content == b"HTTP_PORT = 8":  # cut short, and still a file
        assert config.load(site).http_port == 8
    else:
        assert list(problems(site_file=site)) == [str(site)]


def test_a_site_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    assert "cannot be read" in problems(site_file=tmp_path / "none.toml")[str(tmp_path / "none.toml")]
    assert "cannot be read" in problems(site_file=tmp_path)[str(tmp_path)]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\0\0"])
def test_a_broken_dotenv_is_a_clear_error_or_ignored(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(content)
    try:
        config.load()
    except ConfigError as error:
        assert list(error.problems) == [".env"]


def test_the_mark_that_editors_on_windows_put_first_is_no_part_of_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=8002\n", "utf-8-sig")
    (tmp_path / "site.toml").write_text('LOG_LEVEL = "ERROR"\n', "utf-8-sig")
    (tmp_path / "rcmail_POSTGRES_PASSWORD").write_text("hunter22", "utf-8-sig")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    loaded = config.load(tmp_path / "site.toml")
    assert (loaded.http_port, loaded.log_level) == (8002, "ERROR")
    assert loaded.postgres.password.reveal() == "hunter22"


def test_unknown_environment_variables_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORTT", "x")
    monkeypatch.setenv("POSTGRES__HOST", "x")
    assert config.load().http_port == 8000


def test_no_secret_is_in_the_representation_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POSTGRES_PASSWORD", "GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN"):
        monkeypatch.setenv(name, "very-recognisable")
    loaded = config.load()
    assert "very-recognisable" not in repr(loaded) + str(loaded)
    assert SECRET_KEY not in repr(loaded) + str(loaded)
    assert loaded.secrets() == [SECRET_KEY, *["very-recognisable"] * 4]


def names_in(text: str) -> set[str]:
    return {word for word in re.findall(r"\b[A-Z][A-Z_]+[A-Z]\b", text) if word in VARIABLES}


def test_every_variable_is_documented_everywhere() -> None:
    everything = set(VARIABLES)
    assert names_in((ROOT / "config/settings.toml").read_text()) == everything
    assert names_in((ROOT / "README.md").read_text()) == everything
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == everything
    assert f"SECRET_KEY={PLACEHOLDER_SECRET_KEY}\n" in example


def test_every_default_of_the_toml_has_a_comment_and_the_example_says_the_same() -> None:
    lines = (ROOT / "config/settings.toml").read_text().splitlines()
    example = (ROOT / ".env.example").read_text()
    keys = [number for number, line in enumerate(lines) if line[:1] in string.ascii_uppercase and "=" in line]
    assert len(keys) == len(VARIABLES) - 5, "every one but the five secrets"
    for number in keys:
        assert lines[number - 1].startswith("#"), lines[number]
        name, _, value = lines[number].partition(" = ")
        default = value.strip('"')
        assert f"#{name}={default}\n" in example


def test_a_site_file_is_checked_however_its_path_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    for name in ("site.toml", "site.conf"):
        (tmp_path / name).write_text(f'SECRET_KEY = "{SECRET_KEY}"\nHTTP_PROT = 80\n')
        assert set(problems(Path(name))) == {"SECRET_KEY", "HTTP_PROT"}


def test_no_other_file_beside_the_site_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("HTTP_PORT = 8001\n")
    (tmp_path / "site.local.toml").write_text("HTTP_PORT = 8002\n")
    assert config.load(tmp_path / "site.toml").http_port == 8001


@pytest.mark.parametrize(
    "line", ["LOADERS_FOR_DYNACONF=nosuch", "VAULT_ENABLED_FOR_DYNACONF=true", "CORE_LOADERS_FOR_DYNACONF=YAML"]
)
def test_variables_that_steer_dynaconf_are_unknown_and_ignored(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"{line}\nPOSTGRES_PASSWORD=a${{HOME}}b\n")
    monkeypatch.setenv(*line.split("="))
    loaded = config.load()
    assert loaded.http_port == 8000
    assert loaded.postgres.password.reveal() == "a${HOME}b"


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB"])
def test_bytes_that_are_no_text_are_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "\udcff" * 40)
    assert problems() == {name: "is not UTF-8 text"}


def test_an_ipv6_address_may_come_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_HOST", "[::1]")
    assert config.load().http_host == "::1"


@pytest.mark.parametrize(
    ("host", "required", "found"),
    [
        ("127.0.0.1", "false", False), ("::1", "false", False), ("localhost", "False", False),
        ("127.0.0.1", "true", True), ("127.0.0.1", "auto", False), ("0.0.0.0", "auto", True), ("pi", "auto", True),
        ("0.0.0.0", "true", True), ("0.0.0.0", None, True), ("127.0.0.1", None, True),
    ],
)  # fmt: skip
def test_whether_a_password_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, host: str, required: str | None, found: bool
) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("HTTP_HOST", host)
    if required is not None:
        monkeypatch.setenv("PASSWORD_REQUIRED", required)
    assert config.load().password_required is found


@pytest.mark.parametrize(
    ("host", "required"),
    [("0.0.0.0", "false"), ("192.0.2.1", "false"), ("pi.local", "false"), ("::", "false"),
     ("127.0.0.1", "maybe"), ("127.0.0.1", ""), ("127.0.0.1", "0")],
)  # fmt: skip
def test_a_house_without_a_password_is_open_to_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, host: str, required: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.setenv("HTTP_HOST", host)
    monkeypatch.setenv("PASSWORD_REQUIRED", required)
    assert list(problems()) == ["PASSWORD_REQUIRED"]


@pytest.mark.parametrize("value", ["maybe", "", "auto", "1"])
def test_the_demonstration_is_wanted_or_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str) -> None:
    from rcmail import dev

    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    assert not config.load().demo
    assert config.load(fallback=dev.fallback(tmp_path)).demo
    monkeypatch.setenv("DEMO", "False")
    assert not config.load(fallback=dev.fallback(tmp_path)).demo
    monkeypatch.setenv("DEMO", value)
    assert list(problems()) == ["DEMO"]


def test_make_run_asks_for_a_password_where_others_reach_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from rcmail import dev

    assert not config.load(fallback=dev.fallback(tmp_path)).password_required
    monkeypatch.setenv("HTTP_HOST", "0.0.0.0")
    assert config.load(fallback=dev.fallback(tmp_path)).password_required
    monkeypatch.setenv("HTTP_HOST", "127.0.0.1")
    monkeypatch.setenv("PASSWORD_REQUIRED", "true")
    assert config.load(fallback=dev.fallback(tmp_path)).password_required
