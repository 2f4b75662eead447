"""A model of two layers with weights drawn by chance, written as the files that real models have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[np.float32]]

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "fever", "rash", "##es", "inventumab", "in", "adults", "."]
WIDTH, INNER, HEADS, LAYERS, POSITIONS = 32, 64, 4, 2, 160


def tiny_tensors(seed: int = 0) -> Tensors:
    chance = np.random.default_rng(seed)

    def draw(*shape: int) -> NDArray[np.float32]:
        return (chance.standard_normal(shape) * 0.2).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": draw(len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": draw(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
        "embeddings.LayerNorm.weight": 1 + draw(WIDTH),
        "embeddings.LayerNorm.bias": draw(WIDTH),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        for part, rows, columns in (
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ):
            found[f"{name}{part}.weight"] = draw(rows, columns)
            found[f"{name}{part}.bias"] = draw(rows)
        for part in ("attention.output", "output"):
            found[f"{name}{part}.LayerNorm.weight"] = 1 + draw(WIDTH)
            found[f"{name}{part}.LayerNorm.bias"] = draw(WIDTH)
    return found


def write_safetensors(path: Path, tensors: Tensors) -> None:
    table: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, values in tensors.items():
        table[name] = {
            "dtype": "F32",
            "shape": list(values.shape),
            "data_offsets": [at, at + values.nbytes],
        }
        at += values.nbytes
    head = json.dumps(table).encode()
    body = b"".join(values.astype("<f4").tobytes() for values in tensors.values())
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)


def read_safetensors(path: Path) -> Tensors:
    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    found: Tensors = {}
    for name, entry in json.loads(raw[8:start]).items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            values = np.frombuffer(raw[start + first : start + last], "<f4")
            found[name] = values.reshape(entry["shape"])
    return found


def write_tokenizer(path: Path) -> None:
    special = [
        {"id": number, "special": True, "content": WORDS[number], "single_word": False,
         "lstrip": False, "rstrip": False, "normalized": False}
        for number in range(4)
    ]  # fmt: skip
    piece = {"SpecialToken": {"id": "[CLS]", "type_id": 0}}
    end = {"SpecialToken": {"id": "[SEP]", "type_id": 0}}
    one = {"Sequence": {"id": "A", "type_id": 0}}
    two = {"Sequence": {"id": "B", "type_id": 1}}
    document = {
        "version": "1.0",
        # As published files have it; a vector must not depend on this padding.
        "truncation": {"max_length": 512, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": {
            "strategy": {"Fixed": 64}, "direction": "Right", "pad_to_multiple_of": None,
            "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]",
        },
        "added_tokens": special,
        "normalizer": {
            "type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
            "strip_accents": None, "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [piece, one, end],
            "pair": [piece, one, end, two, end],
            "special_tokens": {
                "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]},
            },
        },
        "decoder": None,
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": {word: n for n, word in enumerate(WORDS)},
        },
    }  # fmt: skip
    path.write_text(json.dumps(document), encoding="utf-8")


def write_model(folder: Path, *, seed: int = 0, **config: Any) -> Path:
    """Write the model into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder / "model.safetensors", tiny_tensors(seed))
    write_tokenizer(folder / "tokenizer.json")
    known = {"model_type": "bert", "num_attention_heads": HEADS, "layer_norm_eps": 1e-12}
    (folder / "config.json").write_text(json.dumps({**known, **config}), encoding="utf-8")
    return folder
