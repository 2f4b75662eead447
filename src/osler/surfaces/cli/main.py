"""The ``osler`` command: runs one command, turns each fault into one line and an exit code.

Every command returns its exit code; nothing here knows what a command does. Typer is imported here and
in the command modules only, Rich only where a terminal shows progress, so that ``--json`` and a first
answer never wait for them.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from osler import __version__
from osler.errors import Exit, OslerError, UsageError
from osler.surfaces.cli import (
    add,
    article,
    ask,
    audit,
    calculate,
    check,
    doctor,
    evaluate,
    export,
    library,
    mechanism,
    models,
    search,
    serve,
    show,
    sync,
    user,
)
from osler.surfaces.cli.output import PipeClosed

INTERRUPTED = 130
DEBUG_HINT = "OSLER_DEBUG=1 prints the traceback; please report it"


COMMANDS = (
    ask, search, show, add, sync, library, models, check, audit, calculate, mechanism, article, export,
    evaluate, user, serve, doctor,
)  # fmt: skip


def build_app() -> typer.Typer:
    """Return the command line with every command on it."""
    app = typer.Typer(
        name="osler",
        help="Clinical evidence answers in which every sentence can be traced to exact words.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for module in COMMANDS:
        module.register(app)
    return app


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"osler {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it."),
    ] = False,
) -> None:
    """Clinical evidence answers in which every sentence can be traced to exact words."""
    del version  # Typer has acted on it before the command starts


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every fault is told on standard error.

    Args:
        arguments: Words after ``osler``; by default those of the process.
    """
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    options = words[: words.index("--")] if "--" in words else words
    try:
        status = build_app()(args=words, prog_name="osler", standalone_mode=False)
        sys.stdout.flush()
    except OslerError as error:
        return _tell(error, as_json="--json" in options)
    except TyperException as error:
        return _tell(_as_usage_error(error), as_json="--json" in options)
    except (PipeClosed, BrokenPipeError):
        return _close_quietly()
    except (KeyboardInterrupt, typer.Abort):
        return _tell_interrupted()
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a line, not a traceback
        return _tell_unexpected(error, as_json="--json" in options)
    if status == INTERRUPTED:
        return _tell_interrupted()
    return int(status or Exit.DONE)


def program() -> NoReturn:
    """Run as a process of its own, and leave at once.

    Taking the interpreter apart would cost some 60 ms after the answer is out. Every file and connection
    is closed by its own context before this point; only the two streams remain to be flushed. Modules
    read on the way stay until the end, so the collector looks less often: a tenth of a short run.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    status = run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _as_usage_error(error: TyperException) -> UsageError:
    """Typer's own complaints become ours, with the same line, code and exit status."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "osler"
    message = error.format_message().replace("Value error, ", "").rstrip(".")
    return UsageError(message, hint=f"{command} --help shows what it takes")


def _tell(error: OslerError, *, as_json: bool) -> int:
    line = json.dumps(error.as_json(), ensure_ascii=False) if as_json else error.as_line()
    print(line, file=sys.stderr)  # noqa: T201 - the one place where faults are printed
    if os.environ.get("OSLER_DEBUG"):
        _print_traceback(error)
    return int(error.exit)


def _tell_unexpected(error: Exception, *, as_json: bool) -> int:
    if os.environ.get("OSLER_DEBUG"):
        _print_traceback(error)
    named = f"{type(error).__name__}: {error}".replace("\n", " ")
    return _tell(OslerError(named, code="fault.unexpected", hint=DEBUG_HINT), as_json=as_json)


def _print_traceback(error: Exception) -> None:
    import traceback

    traceback.print_exception(error, file=sys.stderr)


def _tell_interrupted() -> int:
    print("osler: interrupted; everything finished so far is kept", file=sys.stderr)  # noqa: T201 - as above
    return INTERRUPTED


def _close_quietly() -> int:
    """The reader of the pipe has seen enough; closing it at exit must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(Exit.DONE)


if __name__ == "__main__":
    program()
