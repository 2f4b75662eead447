"""The last door: faults become one line and an exit code, whatever happens."""

from __future__ import annotations

import functools
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import QUESTION, Call, call_process, command, write_papers

from osler import __version__


def test_no_words_at_all_print_the_help(call: Call, tmp_path: Path) -> None:
    said = call(home=tmp_path)
    assert said.status == 0
    assert said.out.startswith("Usage: osler")


def test_the_version_is_printed(call: Call, tmp_path: Path) -> None:
    said = call("--version", home=tmp_path)
    assert (said.status, said.out) == (0, f"osler {__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("ask",),
        ("ask", "a", "b"),
        ("ask", "x", "--as", "king"),
        ("ask", "x", "--tier", "rumour"),
        ("search", "x", "--top", "0"),
        ("search", "x", "--since", "soon"),
        ("library",),
        ("library", "nonsense"),
        ("check", "--claim", "x"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(call: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = call(*words, home=tmp_path)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("osler: usage: ")
    assert said.err.count("\n") == 1
    assert "--help" in said.err
    as_json = call(*words, "--json", home=tmp_path)
    assert (as_json.status, as_json.error["code"]) == (2, "usage")


def test_a_choice_that_does_not_exist_names_those_that_do(call: Call, tmp_path: Path) -> None:
    message = call("ask", "x", "--as", "king", "--json", home=tmp_path).error["message"]
    assert all(
        reader in message for reader in ("clinician", "pharmacist", "nurse", "student", "patient")
    )


def test_words_after_a_double_dash_are_no_options(call: Call, tmp_path: Path) -> None:
    said = call("ask", "--", "--json", home=tmp_path / "none")
    assert said.status == 4
    assert said.err.startswith("osler: not_found.library: ")


def test_a_setting_that_cannot_be_read_is_wrong_usage(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSLER_WAIT_S", "soon")
    said = call("library", "status", "--json", home=tmp_path)
    assert (said.status, said.error["item"]) == (2, "OSLER_WAIT_S")


def test_the_network_is_asked_for_only_where_it_is_allowed(call: Call, tmp_path: Path) -> None:
    said = call("add", "pmid:99999991", "--json", home=tmp_path / "home")
    assert (said.status, said.error["code"]) == (6, "offline.switched_off")


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A folder whose ``tantivy`` fails in a way that nobody foresaw."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "tantivy.py").write_text(
        "raise ZeroDivisionError('unforeseen\\nlines')\n", encoding="utf-8"
    )
    return str(folder)


def test_an_unforeseen_fault_is_one_line_and_exit_1(broken: str, tmp_path: Path) -> None:
    file = write_papers(tmp_path)
    said = call_process("add", str(file), home=tmp_path / "home", PYTHONPATH=broken)
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert said.err.startswith(
        "osler: fault.unexpected: ZeroDivisionError: unforeseen lines (OSLER_DEBUG=1"
    )


def test_debug_prints_the_traceback(broken: str, tmp_path: Path) -> None:
    file = write_papers(tmp_path)
    said = call_process("add", str(file), home=tmp_path / "home", PYTHONPATH=broken, OSLER_DEBUG="1")
    assert "Traceback (most recent call last)" in said.err


def test_a_pipe_that_closes_early_is_no_fault(stocked: Path) -> None:
    environment = {**os.environ, "OSLER_HOME": str(stocked)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command("library", "sources"), env=environment, **pipes) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(timeout=60), said) == (0, b"")


def test_ctrl_c_ends_with_130_and_keeps_what_was_finished(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = write_papers(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = {
            **os.environ,
            "OSLER_HOME": str(home),
            "OSLER_NCBI_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/",
            "OSLER_NCBI_EMAIL": "nobody@example.invalid",
        }
        words = command("add", str(file), "pubmed:inventumab")
        call_process("add", str(file), home=home)
        # A suite that runs in the background ignores Ctrl-C, and its children inherit that.
        hears = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        with subprocess.Popen(
            words, env=environment, stderr=subprocess.PIPE, preexec_fn=hears
        ) as process:
            silent.settimeout(60)
            connection, _ = silent.accept()
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=60)[1].decode()
            status = process.returncode
            connection.close()
    assert status == 130
    assert said == "osler: interrupted; everything finished so far is kept\n"
    assert call_process("ask", QUESTION, home=home).status == 0


def test_a_terminal_that_speaks_ascii_gets_an_answer(stocked: Path) -> None:
    said = call_process("ask", QUESTION, home=stocked, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert said.status == 0
    assert "Inventumab inhibits" in said.out


def test_json_is_utf_8_whatever_the_terminal_speaks(stocked: Path) -> None:
    plain = call_process("search", "inventumab", "--json", home=stocked)
    ascii_only = call_process("search", "inventumab", "--json", home=stocked, PYTHONIOENCODING="ascii")
    assert plain.out == ascii_only.out
