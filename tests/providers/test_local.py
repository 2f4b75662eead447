"""A model folder run in this process: the right vectors, always the same, or a clear refusal."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from tests.providers.reference import embed_ids
from tests.providers.tiny import (
    HEADS,
    WIDTH,
    read_safetensors,
    tiny_tensors,
    write_model,
    write_safetensors,
)

from osler.errors import InputError, NotFoundError, OslerError
from osler.providers.bert import Precision
from osler.providers.local import MOST_TOKENS, WINDOWS, open_embedder

TEXTS = [
    "Fever in adults.",
    "inventumab in adults . rashes",
    "rash",
    " ".join(["fever rashes inventumab"] * 20),
]
IDS = [[2, 4, 8, 9, 10, 3], [2, 7, 8, 9, 10, 5, 6, 3], [2, 5, 3], [2, *[4, 5, 6, 7] * 20, 3]]
REFERENCE = json.loads((Path(__file__).parent / "data" / "minilm.json").read_text(encoding="utf-8"))


def code_of(folder: Path) -> str:
    with pytest.raises(OslerError) as caught:
        open_embedder(folder)
    assert caught.value.hint
    return caught.value.code


def test_the_network_agrees_with_an_independent_forward_pass(tiny: Path) -> None:
    vectors = open_embedder(tiny, precision=Precision.FLOAT).embed_passages(TEXTS)
    expected = [embed_ids(tiny_tensors(), ids, heads=HEADS) for ids in IDS]
    assert np.abs(vectors - np.array(expected)).max() < 2e-6


def test_whole_numbers_keep_the_direction(tiny: Path) -> None:
    vectors = open_embedder(tiny).embed_passages(TEXTS)
    expected = [embed_ids(tiny_tensors(), ids, heads=HEADS) for ids in IDS]
    cosines = (vectors * np.array(expected)).sum(axis=1)
    assert cosines.min() > 0.98


def test_a_model_that_says_so_takes_the_first_token(tiny: Path) -> None:
    (tiny / "1_Pooling").mkdir()
    (tiny / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    vectors = open_embedder(tiny, precision=Precision.FLOAT).embed_passages(TEXTS[:2])
    expected = [embed_ids(tiny_tensors(), ids, heads=HEADS, first=True) for ids in IDS[:2]]
    assert np.abs(vectors - np.array(expected)).max() < 2e-6


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_vector_depends_on_its_own_text_alone(tiny: Path, threads: int) -> None:
    embedder = open_embedder(tiny, threads=threads)
    together = embedder.embed_passages(TEXTS)
    alone = [embedder.embed_passages([text])[0] for text in reversed(TEXTS)]
    assert np.array_equal(together, np.array(alone[::-1]))
    assert np.array_equal(together[0], embedder.embed_question(TEXTS[0]))


def test_vectors_have_length_one(tiny: Path) -> None:
    embedder = open_embedder(tiny)
    vectors = embedder.embed_passages([*TEXTS, "", "\ud800 \x00", "\u00e9" * 9000])
    assert vectors.shape == (7, WIDTH) == (7, embedder.model.dimensions)
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-6


def test_no_texts_give_no_vectors(tiny: Path) -> None:
    assert open_embedder(tiny).embed_passages([]).shape == (0, WIDTH)


def test_what_is_beyond_the_last_stretch_is_not_read(tiny: Path) -> None:
    embedder = open_embedder(tiny)
    exact = " ".join(["fever"] * (MOST_TOKENS - 2) * WINDOWS)
    vectors = embedder.embed_passages([exact, exact + " rash rash", exact[:-6]])
    assert np.array_equal(vectors[0], vectors[1])
    assert not np.array_equal(vectors[0], vectors[2])


def test_a_long_text_is_the_mean_of_its_stretches(tiny: Path) -> None:
    embedder = open_embedder(tiny)
    halves = [" ".join([word] * (MOST_TOKENS - 2)) for word in ("fever", "rash")]
    first, second, both = embedder.embed_passages([*halves, " ".join(halves)])
    mean = first + second
    assert both == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_an_onnx_file_is_run_as_it_is(tiny: Path, tmp_path: Path) -> None:
    expected = open_embedder(tiny, precision=Precision.FLOAT).embed_passages(TEXTS)
    made = next((tiny / "made").glob("*.onnx"))
    (tiny / "model.onnx").write_bytes(made.read_bytes())
    (tiny / "model.safetensors").unlink()
    assert np.array_equal(open_embedder(tiny).embed_passages(TEXTS), expected)


def test_the_network_is_written_once_and_again_when_damaged(tiny: Path) -> None:
    first = open_embedder(tiny)
    made = next((tiny / "made").glob("*.onnx"))
    stamp = made.stat().st_mtime_ns
    assert open_embedder(tiny).model == first.model
    assert made.stat().st_mtime_ns == stamp
    made.write_bytes(b"cut off")
    assert np.array_equal(open_embedder(tiny).embed_passages(TEXTS), first.embed_passages(TEXTS))
    assert made.stat().st_size > 1000


def test_a_folder_that_may_not_be_written_is_read_all_the_same(tiny: Path) -> None:
    for name in ("made", "osler.json"):
        (tiny / f"{name}").symlink_to("/nowhere/at/all")
    assert open_embedder(tiny).embed_passages(TEXTS).shape == (4, WIDTH)


def test_other_weights_and_another_precision_are_another_model(tiny: Path, tmp_path: Path) -> None:
    digests = {
        open_embedder(tiny).model.sha256,
        open_embedder(tiny, precision=Precision.FLOAT).model.sha256,
        open_embedder(write_model(tmp_path / "other", seed=1)).model.sha256,
    }
    assert len(digests) == 3
    write_safetensors(tiny / "model.safetensors", tiny_tensors(seed=2))
    assert open_embedder(tiny).model.sha256 not in digests


@pytest.mark.parametrize(
    "config",
    [{"model_type": "xlm-roberta"}, {"hidden_act": "relu"}, {"position_embedding_type": "relative_key"},
     {"num_attention_heads": 5}],
)  # fmt: skip
def test_another_family_is_refused(tmp_path: Path, config: dict[str, object]) -> None:
    assert code_of(write_model(tmp_path / "other", **config)) == "input.model"


@pytest.mark.parametrize("cut", [0, 7, 40, 5000, -1])
def test_weights_that_are_cut_off_are_refused(tiny: Path, cut: int) -> None:
    file = tiny / "model.safetensors"
    file.write_bytes(file.read_bytes()[:cut])
    assert code_of(tiny) == "input.model"


def test_missing_weights_are_named(tiny: Path) -> None:
    tensors = tiny_tensors()
    del tensors["encoder.layer.1.output.dense.bias"]
    write_safetensors(tiny / "model.safetensors", tensors)
    with pytest.raises(InputError, match=r"encoder\.layer\.1\.output\.dense\.bias"):
        open_embedder(tiny)


@pytest.mark.parametrize(
    ("name", "content"),
    [("tokenizer.json", "{}"), ("config.json", "{"), ("1_Pooling/config.json", "\x00")],
)
def test_a_damaged_file_is_refused(tiny: Path, name: str, content: str) -> None:
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text(content)
    assert code_of(tiny) == "input.model"


def test_a_damaged_onnx_file_is_refused(tiny: Path) -> None:
    (tiny / "model.safetensors").unlink()
    (tiny / "model.onnx").write_bytes(b"\x08\x08nothing")
    assert code_of(tiny) == "input.model"


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "input.model"
    with pytest.raises(NotFoundError) as caught:
        open_embedder(tmp_path / "nowhere")
    assert caught.value.code == "not_found.model"


def test_an_interrupt_leaves_no_thread_at_work(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = open_embedder(tiny)
    begun: list[int] = []
    run = embedder._run

    def interrupted(tokens: object) -> object:
        begun.append(1)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return run(tokens)  # type: ignore[arg-type]

    monkeypatch.setattr(embedder, "_run", interrupted)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        embedder.embed_passages(TEXTS * 200)
    assert len(begun) < 800
    assert threading.active_count() <= before


def test_minilm_agrees_with_the_stored_reference(minilm: Path) -> None:
    texts = [entry["text"] for entry in REFERENCE]
    expected = np.array([entry["vector"] for entry in REFERENCE])
    exact = open_embedder(minilm, precision=Precision.FLOAT).embed_passages(texts)
    assert np.abs(exact - expected).max() < 2e-6
    whole = open_embedder(minilm).embed_passages(texts)
    cosines = (whole * expected).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.985


def test_the_stored_reference_is_what_the_formulas_give(minilm: Path) -> None:
    tensors = read_safetensors(minilm / "model.safetensors")
    for entry in (*REFERENCE[:2], REFERENCE[-1]):
        vector = sum(embed_ids(tensors, ids, heads=12) for ids in entry["stretches"])
        vector /= np.linalg.norm(vector)
        assert np.abs(vector - np.array(entry["vector"])).max() < 1e-6
