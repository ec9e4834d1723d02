"""What a fit has learnt, kept in a file beside the records, so that loading them need not learn it again."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import scipy.sparse as sp

from knowledge import forms
from knowledge.examples import Examples
from knowledge.foreseen import LearntTurns
from knowledge.language import stem
from knowledge.matching import Learnt
from knowledge.network import Network
from knowledge.words.vectors import word_vectors

FILE = forms.FILE
# Raise when features, labels or training change, so that older files are not taken for new ones.
_RECIPE = "2"
_LAYERS = ("features", "vectors", "hidden_bias", "output", "output_bias")
_TURNS = "turns_"
_FINEST = 127


def digest(examples: Examples) -> str:
    """Digest all that a fit depends on, with stems and word vectors: the same digest, the same weights."""
    vocabulary = examples.forms.vocabulary
    parts = [_RECIPE, word_vectors().digest, *examples.ids, "", *vocabulary, "", *map(stem, vocabulary)]
    digest_ = hashlib.sha256("\n".join(parts).encode())
    for array in (examples.labels, examples.forms.tokens, examples.forms.starts):
        digest_.update(array.astype("<i8").tobytes())
    return digest_.hexdigest()


def digest_kept(path: Path) -> str:
    """Tell the digest of what a file was learnt from, "" if it cannot be read."""
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            return str(file["digest"])
    except Exception:  # noqa: BLE001 - a damaged archive fails in many ways
        return ""


def write(
    path: Path,
    examples: Examples,
    learnt: Learnt,
    turns: LearntTurns | None = None,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Keep a fit in a file, coarsely, and more arrays with it: some 5 megabytes for 80,000 questions."""
    if turns:
        more = {**more, **_written(turns.network, _TURNS), f"{_TURNS}digest": np.array(turns.digest)}
    np.savez_compressed(
        path,
        **more,
        **_written(learnt.network),
        digest=np.array(digest(examples)),
        mended=np.array("\n".join(" ".join([word, *better]) for word, better in learnt.mended.items())),
        data=learnt.weights.data.astype(np.float16),
        indices=learnt.weights.indices.astype(np.uint16),
        indptr=learnt.weights.indptr.astype(np.int32),
    )


def read(path: Path, examples: Examples) -> Learnt | None:
    """Load the fit kept for just these examples; None if there is no such file or it is of others."""
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            if str(file["digest"]) != digest(examples):
                return None
            parts = file["data"].astype(np.float32), file["indices"].astype(np.int32), file["indptr"]
            network = _read(file)
            lines = [line.split(" ") for line in str(file["mended"]).splitlines()]
            mended = {word: tuple(better) for word, *better in lines}
        weights = sp.csr_matrix(parts, shape=(len(examples.questions), len(examples.ids)))
        weights.check_format(full_check=True)
        return Learnt(weights, network, mended)
    except Exception:  # noqa: BLE001 - a damaged archive fails in many ways, and learning anew mends them all
        return None


def read_turns(path: Path) -> LearntTurns | None:
    """Load what was learnt of the turns foreseen; None if there is no such file or nothing of them in it."""
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            return LearntTurns(str(file[f"{_TURNS}digest"]), _read(file, _TURNS))
    except Exception:  # noqa: BLE001 - as above
        return None


def _written(network: Network, prefix: str = "") -> dict[str, Any]:
    """Give a network as arrays: its large first layer in bytes, a scale for each row."""
    features, *layers = network.arrays
    scales = np.maximum(np.abs(features).max(axis=1), 1e-9)
    parts = {name: layer.astype(np.float16) for name, layer in zip(_LAYERS[1:], layers, strict=True)}
    parts |= {
        "scales": scales.astype(np.float32),
        "features": np.rint(features / scales[:, None] * _FINEST).astype(np.int8),
    }
    return {prefix + name: part for name, part in parts.items()}


def _read(file: Mapping[str, Any], prefix: str = "") -> Network:
    scales = file[f"{prefix}scales"] / np.float32(_FINEST)
    features = file[f"{prefix}features"] * scales[:, None]
    return Network(features, *(file[prefix + name].astype(np.float32) for name in _LAYERS[1:]))
