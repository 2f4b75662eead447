"""``osler serve``: the web page on this machine."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from contextlib import suppress
from types import ModuleType
from typing import Annotated, Final

import typer

from osler.errors import Exit, InputError, UsageError

HOST: Final = "127.0.0.1"
PORT: Final = 8000
LAST_ANSWERS_S: Final = 3
"""Seconds that answers under way have to end in after Ctrl-C."""
KEEP_OPEN_S: Final = 75
"""Seconds that a reader's connection is kept open: people read for longer than the server's own five."""
TURN_S: Final = 0.001
"""Seconds after which a thread that answers a question lets others have the interpreter.

A page is short but needs it several times, and behind two answers would wait 10 ms each time by default.
"""

M_TRIM_THRESHOLD: Final = -1
M_ARENA_MAX: Final = -8
"""Names of settings for ``mallopt``, from GNU's malloc.h."""
KEPT_FREE_BYTES: Final = 128 * 1024


def register(app: typer.Typer) -> None:
    """Put the command on ``app``."""
    app.command()(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than loopback are open.")
    ] = HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = PORT,
) -> int:
    """Open the web page; Ctrl-C stops it."""
    from osler.service.wiring import open_desk, read_settings

    uvicorn = _require("uvicorn")
    web = _require("osler.surfaces.web.app", "fastapi")
    with open_desk(os.environ, holder="osler serve") as desk:
        desk.store.drop_expired(now=desk.now().isoformat(timespec="seconds"))
    proxies = read_settings(os.environ).web.proxies
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="osler: %(message)s")
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    config = uvicorn.Config(
        web.create_app(),
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # its lines would hold the questions
        server_header=False,
        # Believed of nobody unless it is set: else whoever asks could write who they are themselves.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=LAST_ANSWERS_S,
        timeout_keep_alive=KEEP_OPEN_S,
    )
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"osler: http://{shown}:{port} (Ctrl-C stops it)\n")
    sys.setswitchinterval(TURN_S)
    _share_memory_among_threads()
    try:
        uvicorn.Server(config).run()
    except KeyboardInterrupt:
        sys.stderr.write("osler: stopped\n")
    except SystemExit as fault:
        if fault.code:
            raise InputError(
                "it cannot be listened on",
                item=f"{host}:{port}",
                hint="another program may have the port: choose one with --port",
                code="input.port",
            ) from fault
    return Exit.DONE


def _require(module: str, package: str = "") -> ModuleType:
    """Return the imported ``module``.

    Raises:
        UsageError: ``usage.extra``: a package of the extra ``web`` is missing.
    """
    try:
        return importlib.import_module(module)
    except ImportError as fault:
        raise UsageError(
            f"this needs the package {package or module}, which is not installed",
            item="osler[web]",
            hint="pip install 'osler[web]'",
            code="usage.extra",
        ) from fault


def _share_memory_among_threads() -> None:
    """Let all threads take memory from one place, before there are any.

    The C library of Linux gives each its own, which keeps for good the most that it ever needed: a fifth
    of what the server held after 20,000 requests. As one thread runs Python at a time, none waits. What
    is free at the end of that place is given back; left alone, the library keeps ever more of it.
    """
    import ctypes  # costs every command's start, and only a server needs it

    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library than GNU's
            library = ctypes.CDLL(None)
            library.mallopt(M_ARENA_MAX, 1)
            library.mallopt(M_TRIM_THRESHOLD, KEPT_FREE_BYTES)
