"""Holds the garbage collector off work that makes many objects and no rings of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from walking, again and again, what is made in the block.

    What nobody holds any more is freed as ever; only rings wait until the block is left.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
