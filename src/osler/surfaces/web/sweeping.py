"""Kept questions whose days are over, dropped while the site runs and not only when it starts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from starlette.concurrency import run_in_threadpool

from osler.errors import OslerError
from osler.surfaces.web.desks import Desks

EVERY_S: Final = 3600.0
_log = logging.getLogger("osler.web")


@asynccontextmanager
async def sweeping(desks: Desks, *, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Drop what has expired again and again, until the block ends."""
    task = asyncio.create_task(_sweep(desks, every_s))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep(desks: Desks, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            await run_in_threadpool(_drop, desks)
        except OslerError as fault:  # busy or away: an hour later is soon enough
            _log.warning("what has expired could not be dropped: %s", fault.code)


def _drop(desks: Desks) -> None:
    with desks.borrow() as desk:
        desk.store.drop_expired(now=desk.now().isoformat(timespec="seconds"))
