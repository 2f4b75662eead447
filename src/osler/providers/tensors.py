"""Weights from a ``safetensors`` file, mapped and not copied. Reads; runs nothing.

The format is a length, a JSON table and the bytes (github.com/huggingface/safetensors, "Format"): unlike
a pickle it cannot run code, and unlike its own package this reader needs no further install.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from osler.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LARGEST_TABLE: Final = 100_000_000
_FLOATS: Final = {"F32": "<f4", "F16": "<f2", "F64": "<f8"}


def load_tensors(path: Path) -> Mapping[str, Floats]:
    """Return the floating-point tensors in the file ``path``, by name, as 32-bit floats.

    Whole numbers (positions, masks) are left out.

    Raises:
        InputError: ``input.model``: it is no such file, is cut off, or holds floats of another size.
    """
    import numpy as np

    try:
        raw = np.memmap(path, np.uint8, mode="r")
    except (OSError, ValueError) as fault:
        raise _refuse(path, f"the weights cannot be read: {fault}") from fault
    length = int.from_bytes(raw[:8].tobytes(), "little") if len(raw) >= 8 else 0
    if not 2 <= length <= min(LARGEST_TABLE, len(raw) - 8):
        raise _refuse(path, "this is not a safetensors file, or it is cut off")
    found: dict[str, Floats] = {}
    try:
        table = json.loads(raw[8 : 8 + length].tobytes())
        for name, entry in table.items():
            if name == "__metadata__" or entry["dtype"].startswith(("I", "U", "BOOL")):
                continue
            start, end = entry["data_offsets"]
            if not 0 <= start <= end <= len(raw) - 8 - length:
                raise _refuse(path, f"the file is cut off within {name}")
            stored = raw[8 + length + start : 8 + length + end].view(_FLOATS[entry["dtype"]])
            found[name] = stored.reshape(entry["shape"]).astype(np.float32, copy=False)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _refuse(path, f"the table of weights cannot be read: {fault}") from fault
    return found


def _refuse(path: Path, message: str) -> InputError:
    return InputError(message, item=str(path), hint="fetch the model again", code="input.model")
