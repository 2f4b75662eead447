"""``osler user`` from the outside: what is printed, in which shape, with which exit code."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.net.mail_server import Received, serving
from tests.surfaces.cli.conftest import Call, command, validate

from osler.service.wiring import open_registry

NO_WEB = (
    "import sys; sys.modules.update(dict.fromkeys(('argon2', 'pyotp', 'fastapi')));"
    "from osler.surfaces.cli.main import program; program()"
)
PASSWORD = "violet tram under nine bridges"


@pytest.fixture
def home(tmp_path: Path, call: Call) -> Path:
    """A library with an administrator and a reviewer."""
    folder = tmp_path / "home"
    said = call("user", "add", "Test Administrator", "--role", "administrator", "--link", home=folder)
    assert said.status == 0, said.err
    added = ("Test Reviewer One", "--role", "reviewer", "--email", "one@hospital.example", "--link")
    assert call("user", "add", *added, home=folder).status == 0
    return folder


def test_an_account_is_untied_from_the_provider_with_a_link_to_come_back_by(
    call: Call, home: Path
) -> None:
    with open_registry({"OSLER_HOME": str(home)}) as registry:
        account = registry.people.find("Test Reviewer One")
        assert account is not None
        registry.people.put(replace(account, subject="https://login.hospital.example one"))
    [listed] = [
        one["has_sign_on"]
        for one in call("user", "list", "--json", home=home).document["people"]
        if one["name"] == "Test Reviewer One"
    ]
    assert listed is True
    said = call("user", "reset", "Test Reviewer One", "--sign-on-off", "--json", home=home)
    assert said.document["person"]["link"]
    with open_registry({"OSLER_HOME": str(home)}) as registry:
        kept = registry.people.find("Test Reviewer One")
        assert kept is not None
        assert kept.subject is None
        events = [entry.event for entry in registry.people.log(person=kept.person.id)]
    assert events[:2] == ["link_made", "sign_on_untied"]
    again = call("user", "reset", "Test Reviewer One", "--sign-on-off", home=home)
    assert again.status == 0  # it was tied to nothing, which is what was wanted


def type_in(home: Path, *typed: str) -> tuple[int, str]:
    """Run ``osler user add`` at a terminal and type; return the exit code and what was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command("user", "add", "Test Author Two"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "OSLER_HOME": str(home)},
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    for line in typed:
        while b": " not in shown.rpartition(b"\n")[2] and process.poll() is None:
            shown += os.read(ours, 1024)
        shown += b"\n"
        os.write(ours, line.encode() + b"\n")
    process.wait(timeout=60)
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    return process.returncode, shown.decode()


def test_people_are_listed_without_anything_to_sign_in_with(call: Call, home: Path) -> None:
    said = call("user", "list", "--json", home=home)
    validate(said.document, "people")
    assert [(one["name"], one["roles"]) for one in said.document["people"]] == [
        ("Test Administrator", ["administrator"]),
        ("Test Reviewer One", ["reviewer"]),
    ]
    assert "no password yet" in call("user", "list", home=home).out


def test_a_password_is_typed_twice_and_not_shown(home: Path, call: Call) -> None:
    status, shown = type_in(home, PASSWORD, PASSWORD)
    assert (status, PASSWORD in shown) == (0, False)
    [person] = [
        one
        for one in call("user", "list", "--json", home=home).document["people"]
        if one["name"] == "Test Author Two"
    ]
    assert person["has_password"] is True


@pytest.mark.parametrize("typed", [("short",), (PASSWORD, PASSWORD + "x")])
def test_a_password_that_is_not_taken_makes_no_account(
    home: Path, call: Call, typed: tuple[str, ...]
) -> None:
    status, shown = type_in(home, *typed)
    assert (status, "input.password" in shown) == (3, True)
    assert len(call("user", "list", "--json", home=home).document["people"]) == 2


def test_a_link_is_printed_once_asked_for(call: Call, home: Path) -> None:
    said = call("user", "reset", "one@hospital.example", "--json", home=home)
    validate(said.document, "people")
    assert said.document["person"]["link"].startswith("http://127.0.0.1:8000/account/password/")
    assert said.document["person"]["mailed"] is False


def test_a_link_is_mailed_and_then_not_printed(
    call: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = Received()
    with serving(received) as port:
        monkeypatch.setenv("OSLER_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("OSLER_SMTP_FROM", "osler@hospital.example")
        said = call("user", "reset", "Test Reviewer One", "--mail", "--json", home=home)
    assert (said.status, said.document["person"]["link"]) == (0, None)
    assert said.document["person"]["mailed"] is True
    assert [letter.rcpt_tos for letter in received.letters] == [["one@hospital.example"]]


@pytest.mark.parametrize(
    ("settings", "status", "code"),
    [
        ({}, 2, "usage.mail"),
        ({"OSLER_SMTP_URL": "smtps://mail.hospital.example"}, 2, "usage"),
        ({"OSLER_SMTP_URL": "https://x", "OSLER_SMTP_FROM": "a@b.example"}, 2, "usage"),
        (
            {"OSLER_SMTP_URL": "smtps://mail.hospital.example", "OSLER_SMTP_FROM": "a@b.example"},
            6,
            "offline.switched_off",
        ),
    ],
)
def test_a_letter_that_cannot_leave_says_why(
    call: Call,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    status: int,
    code: str,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    said = call("user", "reset", "Test Reviewer One", "--mail", "--json", home=home)
    assert (said.status, said.error["code"]) == (status, code)


def test_rights_are_changed_and_noted(call: Call, home: Path) -> None:
    name = "Test Reviewer One"
    assert call("user", "role", name, "author", "reviewer", home=home).status == 0
    assert call("user", "scope", name, "ward", home=home).status == 0
    assert call("user", "disable", name, home=home).status == 0
    said = call("user", "enable", name, "--json", home=home)
    validate(said.document, "people")
    person = said.document["person"]
    assert (person["roles"], person["scopes"], person["disabled"]) == (
        ["author", "reviewer"],
        ["ward"],
        False,
    )
    log = call("user", "log", name, "--json", home=home)
    validate(log.document, "people")
    assert [entry["event"] for entry in log.document["log"]][:4] == [
        "enabled",
        "disabled",
        "scopes_changed",
        "roles_changed",
    ]
    assert {entry["actor"] for entry in log.document["log"]} == {"terminal"}


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("role", "Test Administrator"), 7, "not_allowed.last_administrator"),
        (("disable", "Test Administrator"), 7, "not_allowed.last_administrator"),
        (("disable", "Nobody At All"), 4, "not_found.person"),
        (("role", "Test Reviewer One", "god"), 2, "usage"),
        (("add", "test reviewer one", "--link"), 3, "input.taken"),
        (("add", "a@b", "--link"), 3, "input.name"),
        (("add", "Somebody", "--email", "x\ny@z", "--link"), 3, "input.email"),
    ],
)
def test_what_may_not_be_is_refused_by_its_code(
    call: Call, home: Path, words: tuple[str, ...], status: int, code: str
) -> None:
    said = call("user", *words, "--json", home=home)
    assert (said.status, said.error["code"]) == (status, code)


def test_without_a_terminal_the_link_is_named(home: Path) -> None:
    done = subprocess.run(
        command("user", "add", "Somebody", "--json"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "OSLER_HOME": str(home)},
        timeout=60,
    )
    assert done.returncode == 2
    assert b"add --link" in done.stderr


def test_without_the_extra_a_password_names_it_and_everything_else_works(home: Path) -> None:
    environment = {**os.environ, "OSLER_HOME": str(home)}
    listed = subprocess.run(
        [sys.executable, "-c", NO_WEB, "user", "list"], capture_output=True, env=environment, timeout=60
    )
    assert (listed.returncode, b"Test Administrator" in listed.stdout) == (0, True)
    hashing = (
        "import sys; sys.modules['argon2'] = None\n"
        "from osler.accounts.passwords import hash_password\n"
        "from osler.errors import UsageError\n"
        "try: hash_password('x', bytes)\n"
        "except UsageError as fault: print(fault.as_line())"
    )
    done = subprocess.run(
        [sys.executable, "-c", hashing], capture_output=True, env=environment, timeout=60
    )
    assert b"usage.extra: osler[web]" in done.stdout
