"""Networks of the BERT family, from their weights to an ONNX file. Runs nothing, downloads nothing.

The network is the encoder of Devlin et al. 2018 (arXiv:1810.04805): embeddings, then layers of attention
and two dense steps with GELU, each followed by a layer norm. It is written for one text at a time, so
that it needs no padding and no mask; see ``local`` for why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from osler.errors import InputError
from osler.providers.onnx_bytes import RUNTIME_DOMAIN, Graph, Port

if TYPE_CHECKING:
    from osler.providers.tensors import Floats

RECIPE: Final = "bert-1"
"""Grows with every change that alters a vector."""

TOKENS: Final = "input_ids"
STATES: Final = "last_hidden_state"

_WEIGHT_LARGEST: Final = 63
"""Seven bits a weight: eight overflow the 16-bit sums of processors without VNNI, so that the same
network gave other vectors there. Costs .001 of cosine against 127."""

_LAYER: Final = re.compile(r"encoder\.layer\.(\d+)\.")
_HEADS: Final = {384: 12, 768: 12, 1024: 16}
"""Heads of the published sizes, for a folder without ``config.json``."""

_GELU: Final = frozenset({"gelu"})
_PREFIXES: Final = ("", "bert.", "model.", "0.auto_model.")


class Precision(StrEnum):
    """How weights are stored and multiplied."""

    FLOAT = "fp32"
    WHOLE = "int8"


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a network."""

    layers: int
    width: int
    heads: int
    positions: int
    epsilon: float


class Bert:
    """The weights of one network, checked.

    Args:
        tensors: Weights by name.
        config: The model's ``config.json``; may be empty.
        item: Name of the model in errors.

    Raises:
        InputError: ``input.model``: another family, or weights are missing.
    """

    def __init__(
        self, tensors: Mapping[str, Floats], config: Mapping[str, Any], *, item: str = ""
    ) -> None:
        self._item = item
        self._check_family(config)
        probe = "embeddings.word_embeddings.weight"
        prefix = next((one for one in _PREFIXES if one + probe in tensors), None)
        if prefix is None:
            raise self._refuse(f"the weights lack {probe}")
        self._tensors = {
            name.removeprefix(prefix): values
            for name, values in tensors.items()
            if name.startswith(prefix)
        }
        self.shape = self._measure(config)

    def weight(self, name: str) -> Floats:
        """Return the weights called ``name``."""
        try:
            return self._tensors[name]
        except KeyError:
            raise self._refuse(f"the weights lack {name}") from None

    def _check_family(self, config: Mapping[str, Any]) -> None:
        family = config.get("model_type", "bert")
        activation = config.get("hidden_act", "gelu")
        position = config.get("position_embedding_type", "absolute")
        if family != "bert" or activation not in _GELU or position != "absolute":
            raise self._refuse(f"family {family}, activation {activation}, positions {position}")

    def _measure(self, config: Mapping[str, Any]) -> Shape:
        layers = {int(found[1]) for name in self._tensors if (found := _LAYER.match(name))}
        positions, width = self.weight("embeddings.position_embeddings.weight").shape
        heads = int(config.get("num_attention_heads") or _HEADS.get(width, width // 64))
        if not heads or width % heads or layers != set(range(len(layers))):
            raise self._refuse(f"{len(layers)} layers of width {width} with {heads} heads")
        return Shape(
            layers=len(layers),
            width=width,
            heads=heads,
            positions=positions,
            epsilon=float(config.get("layer_norm_eps", 1e-12)),
        )

    def _refuse(self, message: str) -> InputError:
        return InputError(
            f"not a model of the BERT family that can be run: {message}",
            item=self._item,
            hint="put model.onnx into its folder instead",
            code="input.model",
        )


def export_bert(bert: Bert, *, precision: Precision) -> bytes:
    """Return the network as an ONNX file: ``input_ids`` of one text in, ``last_hidden_state`` out."""
    writing = _Writing(bert, precision)
    states = writing.embeddings()
    for layer in range(bert.shape.layers):
        states = writing.layer(layer, states)
    return writing.finish(states)


class _Writing:
    """A network on its way into a file."""

    def __init__(self, bert: Bert, precision: Precision) -> None:
        self._bert = bert
        self._precision = precision
        self._graph = Graph(
            inputs=[Port(TOKENS, "int64", (1, "tokens"))],
            outputs=[Port(STATES, "float32", (1, "tokens", bert.shape.width))],
        )

    def embeddings(self) -> str:
        """Add what turns tokens into states, and return its output."""
        import numpy as np

        graph, bert = self._graph, self._bert
        words = graph.weight("words", bert.weight("embeddings.word_embeddings.weight"))
        # One text a call is all of the first kind, so the kind's vector joins the positions.
        kind = bert.weight("embeddings.token_type_embeddings.weight")[0]
        positions = graph.weight(
            "positions", bert.weight("embeddings.position_embeddings.weight") + kind
        )
        length = graph.node("Shape", [TOKENS], "length", attributes={"start": 1, "end": 2})
        zero = graph.weight("zero", np.zeros(1, np.int64))
        places = graph.node("Slice", [positions, zero, length, zero], "places")
        named = graph.node("Gather", [words, TOKENS], "named")
        return self._normalise(graph.node("Add", [named, places], "placed"), "embeddings.LayerNorm")

    def layer(self, number: int, states: str) -> str:
        """Add one layer, and return its output."""
        graph, name = self._graph, f"encoder.layer.{number}."
        parts = [
            self._dense(states, f"{name}attention.self.{part}") for part in ("query", "key", "value")
        ]
        context = graph.node(
            "MultiHeadAttention",
            parts,
            f"{name}context",
            domain=RUNTIME_DOMAIN,
            attributes={"num_heads": self._bert.shape.heads},
        )
        attended = self._join(states, self._dense(context, f"{name}attention.output.dense"), f"{name}a")
        attended = self._normalise(attended, f"{name}attention.output.LayerNorm")
        inner = self._dense(attended, f"{name}intermediate.dense")
        inner = graph.node("Gelu", [inner], f"{name}gelu", domain=RUNTIME_DOMAIN)
        joined = self._join(attended, self._dense(inner, f"{name}output.dense"), f"{name}o")
        return self._normalise(joined, f"{name}output.LayerNorm")

    def finish(self, states: str) -> bytes:
        """Return the file of the network whose output is ``states``."""
        self._graph.node("Identity", [states], STATES)
        return self._graph.to_bytes()

    def _dense(self, states: str, name: str) -> str:
        import numpy as np

        graph = self._graph
        weights = np.ascontiguousarray(self._bert.weight(f"{name}.weight").T)
        bias = graph.weight(f"{name}.bias", self._bert.weight(f"{name}.bias"))
        if self._precision is Precision.FLOAT:
            product = graph.node(
                "MatMul", [states, graph.weight(f"{name}.weight", weights)], f"{name}.product"
            )
            return graph.node("Add", [product, bias], f"{name}.sum")
        whole, scales = quantise_columns(weights)
        inputs = [states, graph.weight(f"{name}.whole", whole), graph.weight(f"{name}.scales", scales)]
        return graph.node(
            "DynamicQuantizeMatMul", [*inputs, "", bias], f"{name}.sum", domain=RUNTIME_DOMAIN
        )

    def _join(self, one: str, other: str, name: str) -> str:
        return self._graph.node("Add", [one, other], f"{name}.joined")

    def _normalise(self, states: str, name: str) -> str:
        graph = self._graph
        scale = graph.weight(f"{name}.weight", self._bert.weight(f"{name}.weight"))
        bias = graph.weight(f"{name}.bias", self._bert.weight(f"{name}.bias"))
        return graph.node(
            "LayerNormalization",
            [states, scale, bias],
            f"{name}.out",
            attributes={"axis": -1, "epsilon": self._bert.shape.epsilon},
        )


def quantise_columns(weights: Floats) -> tuple[Any, Floats]:
    """Return ``weights`` as whole numbers from -63 to 63 and one scale per column.

    One scale for a whole matrix, the usual default, lets its largest weight decide how coarse all others
    become: .95 of cosine to the exact vectors, where a scale per column keeps .99.
    """
    import numpy as np

    largest = np.abs(weights).max(axis=0)
    scales = np.where(largest > 0, largest / _WEIGHT_LARGEST, 1).astype(np.float32)
    return np.rint(weights / scales).astype(np.int8), scales
