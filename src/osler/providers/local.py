"""Models in this process: onnxruntime and tokenizers, no torch, no network.

One text a call, several calls side by side. In whole numbers the runtime scales each activation by the
largest of all texts in the call, so that in a batch a vector depends on its neighbours (by .02 in a
component, measured): what is found would then depend on what was embedded together. Alone, a text has
one vector, nothing is padded, and two threads with a text each are faster than two at one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from osler.errors import InputError, UsageError
from osler.providers.bert import RECIPE, TOKENS, Bert, Precision, export_bert
from osler.providers.folder import ONNX, SAFETENSORS, TOKENIZER, ModelFolder, open_folder
from osler.providers.protocols import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from osler.providers.protocols import Vectors

    TokenIds = NDArray[np.int64]

MOST_TOKENS: Final = 128
"""Tokens read at a time, the two that mark begin and end among them."""

WINDOWS: Final = 2
"""Stretches of a text that are read; its vector is the mean of theirs.

An abstract is twice as long as one stretch, and its results stand in the second. Two vectors averaged
find more than one stretch of twice the length (SciFact nDCG@10 fused with words: .751 for one stretch,
.752 for one twice as long, .754 for two averaged; .757, .760 and .766 once reranked).
"""

THREADS: Final = 2
_LONGEST_TEXT: Final = 4000
"""Code points of a text that are split into tokens: far more than ``MOST_TOKENS`` can come from."""

_QUIET: Final = 3


class LocalEmbedder:
    """Runs one model folder. Safe to use from several threads; ``open_embedder`` makes one.

    Args:
        folder: The model.
        model: Its name and digest.
        session: The network, loaded.
        tokenizer: Its words, loaded.
        threads: Texts embedded side by side.
    """

    def __init__(
        self,
        folder: ModelFolder,
        model: Model,
        *,
        session: InferenceSession,
        tokenizer: Tokenizer,
        threads: int = THREADS,
    ) -> None:
        self._folder = folder
        self._model = model
        self._session = session
        self._tokenizer = tokenizer
        self._threads = threads
        self._inputs = [port.name for port in session.get_inputs()]

    @property
    def model(self) -> Model:
        """Which model this is."""
        return self._model

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length one per text, in order; each depends on its own text alone."""
        import numpy as np

        vectors = np.zeros((len(texts), self._model.dimensions), np.float32)
        stretches = self._split(texts)
        # The longest first: at the end no thread waits for another's long text.
        order = sorted(range(len(texts)), key=lambda place: -sum(map(np.size, stretches[place])))

        def embed(place: int) -> None:
            vectors[place] = self._mean(stretches[place])

        if len(texts) < 2 or self._threads < 2:
            for place in order:
                embed(place)
            return vectors
        pool = ThreadPoolExecutor(self._threads)
        try:
            list(pool.map(embed, order))
        finally:
            # After Ctrl-C the texts that wait are not begun.
            pool.shutdown(cancel_futures=True)
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, of length one."""
        return self._mean(self._split([text])[0])

    def read_tokens(self, text: str) -> tuple[TokenIds, Vectors]:
        """Return the tokens of ``text`` and the vector of each, without the marks of begin and end.

        The first stretch only, ``MOST_TOKENS`` at most; the two marks where there is nothing else.
        Shapes (n,) and (n, dimensions), n at least one; the vectors are as the network gives them.

        Raises:
            InputError: ``input.model``: the network gives one vector for a text, none for its tokens.
        """
        import numpy as np

        tokens = self._split([text])[0][0]
        states = self._states(tokens)
        if states.ndim != 3:
            raise _refuse(self._folder, "it gives no vectors of tokens")
        inner = slice(1, -1) if tokens.size > 2 else slice(None)
        return tokens[0, inner], states[0, inner].astype(np.float32)

    def _split(self, texts: Sequence[str]) -> list[list[TokenIds]]:
        """Return for each text its first stretches of tokens, each with the marks of begin and end."""
        import numpy as np

        short = [text[:_LONGEST_TEXT].encode("utf-8", "replace").decode() for text in texts]
        return [
            [np.array([part.ids], np.int64) for part in (found, *found.overflowing[: WINDOWS - 1])]
            for found in self._tokenizer.encode_batch(short, add_special_tokens=True)
        ]

    def _mean(self, stretches: Sequence[TokenIds]) -> Vectors:
        """Return the mean of the vectors of ``stretches``, made of length one."""
        import numpy as np

        vectors = [self._run(tokens) for tokens in stretches]
        return vectors[0] if len(vectors) == 1 else _unit(np.sum(vectors, axis=0))

    def _run(self, tokens: TokenIds) -> Vectors:
        import numpy as np

        states = self._states(tokens)
        if states.ndim == 3:
            states = states[0, 0] if self._folder.takes_first else states[0].mean(axis=0)
        return _unit(states.reshape(-1).astype(np.float32))

    def _states(self, tokens: TokenIds) -> NDArray[Any]:
        """Return what the network says of ``tokens``, in the network's own shape."""
        import numpy as np

        feeds: dict[str, Any] = {TOKENS: tokens}
        if "attention_mask" in self._inputs:
            feeds["attention_mask"] = np.ones_like(tokens)
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(tokens)
        return np.asarray(self._session.run([self._session.get_outputs()[0].name], feeds)[0])


def open_embedder(
    path: Path, *, precision: Precision = Precision.WHOLE, threads: int = THREADS
) -> LocalEmbedder:
    """Return the model in the folder ``path``, ready to embed.

    Weights in ``model.safetensors`` are written as a network the first time, which is kept in the folder
    under its digest; ``model.onnx`` is run as it is, whatever the ``precision``.

    Raises:
        NotFoundError: ``not_found.model``.
        UsageError: ``usage.extra``: the extra ``dense`` is not installed.
        InputError: ``input.model``: the model is damaged or of a kind that cannot be run.
    """
    require_runtime()
    from tokenizers import Tokenizer

    folder = open_folder(path)
    recipe = f"{folder.weights} {RECIPE} {precision} {MOST_TOKENS}x{WINDOWS} {folder.takes_first}"
    digest = folder.digest(recipe)
    session = _open_session(folder, digest, precision)
    dimensions = _dimensions(session, folder)
    try:
        tokenizer = Tokenizer.from_file(str(path / TOKENIZER))
    except Exception as fault:  # the tokenizer's faults are bare ones
        raise _refuse(folder, f"{TOKENIZER} cannot be read: {fault}") from fault
    # Files often ask for padding to a fixed length, which would cost and change the mean.
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    model = Model(folder.name, digest, dimensions)
    return LocalEmbedder(folder, model, session=session, tokenizer=tokenizer, threads=threads)


def _unit(vector: Vectors) -> Vectors:
    """Return ``vector`` made of length one; one of nothing stays as it is."""
    import numpy as np

    length = np.float32(np.sqrt(np.square(vector, dtype=np.float64).sum()))
    return vector / length if length > 0 else vector


def require_runtime() -> None:
    """Return if the model runtime is installed.

    Raises:
        UsageError: ``usage.extra``: it is not.
    """
    from importlib.util import find_spec

    missing = [name for name in ("numpy", "onnxruntime", "tokenizers") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the model runtime is not installed: {', '.join(missing)}",
            item="osler[dense]",
            hint="pip install 'osler[dense]'",
            code="usage.extra",
        )


def _open_session(folder: ModelFolder, digest: str, precision: Precision) -> InferenceSession:
    if folder.weights == ONNX:
        return _start(folder, str(folder.path / ONNX))
    kept = folder.load_made(digest)
    if kept is not None:
        with suppress(InputError):  # damaged since: it is made again
            return _start(folder, kept)
    return _start(folder, _make(folder, digest, precision))


def _start(folder: ModelFolder, content: str | bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    if isinstance(content, bytes):
        # The runtime's own rewriting of a sum and a layer norm into one step takes five times as long.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # the runtime's faults share no class of their own
        raise _refuse(folder, f"the network cannot be loaded: {str(fault)[:200]}") from fault


def _make(folder: ModelFolder, digest: str, precision: Precision) -> bytes:
    from osler.providers.tensors import load_tensors

    bert = Bert(load_tensors(folder.path / SAFETENSORS), folder.config, item=folder.name)
    content = export_bert(bert, precision=precision)
    folder.keep_made(digest, content)
    return content


def _dimensions(session: InferenceSession, folder: ModelFolder) -> int:
    width = session.get_outputs()[0].shape[-1]
    names = {port.name for port in session.get_inputs()}
    if not isinstance(width, int) or not {TOKENS} <= names <= {
        TOKENS,
        "attention_mask",
        "token_type_ids",
    }:
        raise _refuse(folder, f"inputs {', '.join(sorted(names))}, output of width {width}")
    return width


def _refuse(folder: ModelFolder, message: str) -> InputError:
    return InputError(message, item=folder.name, hint="fetch the model again", code="input.model")
