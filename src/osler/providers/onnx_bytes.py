"""A network written down as an ONNX file: nodes, weights, and their bytes. Knows no model family.

ONNX files are Protocol Buffers (github.com/onnx/onnx, ``onnx.proto``, IR version 8). The dozen messages
that a network without branches needs are written here, so that no further package has to be installed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.generic]

IR_VERSION: Final = 8
OPSET: Final = 17
RUNTIME_DOMAIN: Final = "com.microsoft"
"""Operators that onnxruntime adds to the standard ones."""

_ELEMENT_TYPES: Final = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_VARINT: Final = 0
_BYTES: Final = 2
_FIXED32: Final = 5
_ATTRIBUTE_FLOAT: Final = 1
_ATTRIBUTE_INT: Final = 2
_ATTRIBUTE_INTS: Final = 7

Attribute = int | float | Sequence[int]


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of the network.

    Attributes:
        name: Its name.
        element: Type of its elements, such as ``int64``.
        shape: Length of each axis; a name stands for a length that varies.
    """

    name: str
    element: str
    shape: tuple[int | str, ...]


@dataclass(slots=True)
class Graph:
    """A network under construction: each node added takes names that exist and makes a new one."""

    inputs: Sequence[Port]
    outputs: Sequence[Port]
    _nodes: list[bytes] = field(default_factory=list)
    _weights: dict[str, Tensor] = field(default_factory=dict)

    def weight(self, name: str, values: Tensor) -> str:
        """Add a constant and return its name."""
        self._weights[name] = values
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str,
        *,
        domain: str = "",
        attributes: Mapping[str, Attribute] | None = None,
    ) -> str:
        """Add a node with one output and return the output's name; an empty input is left out."""
        message = b"".join(_text(1, name) for name in inputs)
        message += _text(2, output) + _text(3, output) + _text(4, operator)
        for name, value in (attributes or {}).items():
            message += _message(5, _attribute(name, value))
        self._nodes.append(message + (_text(7, domain) if domain else b""))
        return output

    def to_bytes(self) -> bytes:
        """Return the network as the content of an ONNX file."""
        parts = [_message(1, node) for node in self._nodes]
        parts.append(_text(2, "osler"))
        parts += [_message(5, _tensor(name, values)) for name, values in self._weights.items()]
        parts += [_message(11, _port(port)) for port in self.inputs]
        parts += [_message(12, _port(port)) for port in self.outputs]
        operators = _message(8, _text(1, "") + _number(2, OPSET))
        operators += _message(8, _text(1, RUNTIME_DOMAIN) + _number(2, 1))
        return _number(1, IR_VERSION) + _text(2, "osler") + _message(7, b"".join(parts)) + operators


def _attribute(name: str, value: Attribute) -> bytes:
    head = _text(1, name)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    if isinstance(value, float):
        import struct

        return head + _key(2, _FIXED32) + struct.pack("<f", value) + _number(20, _ATTRIBUTE_FLOAT)
    return head + b"".join(_number(8, one) for one in value) + _number(20, _ATTRIBUTE_INTS)


def _tensor(name: str, values: Tensor) -> bytes:
    import numpy as np

    dimensions = b"".join(_number(1, length) for length in values.shape)
    raw = np.ascontiguousarray(values).tobytes()
    return dimensions + _number(2, _ELEMENT_TYPES[values.dtype.name]) + _text(8, name) + _message(9, raw)


def _port(port: Port) -> bytes:
    axes = b"".join(
        _message(1, _number(1, axis) if isinstance(axis, int) else _text(2, axis)) for axis in port.shape
    )
    tensor = _number(1, _ELEMENT_TYPES[port.element]) + _message(2, axes)
    return _text(1, port.name) + _message(2, _message(1, tensor))


def _text(number: int, value: str) -> bytes:
    return _message(number, value.encode())


def _message(number: int, value: bytes) -> bytes:
    return _key(number, _BYTES) + _varint(len(value)) + value


def _number(number: int, value: int) -> bytes:
    return _key(number, _VARINT) + _varint(value)


def _key(number: int, wire_type: int) -> bytes:
    return _varint(number << 3 | wire_type)


def _varint(value: int) -> bytes:
    """Return ``value`` in seven bits a byte, lowest first; a negative one as its 64-bit complement."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
