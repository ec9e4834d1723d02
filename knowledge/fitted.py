"""What a fit has learnt, kept in a file beside the records, so that loading them need not learn it again."""

import hashlib
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from knowledge.matching import Examples

FILE = "fitted.npz"
_RECIPE = (
    "1"  # raise when features, labels or training change, so that older files are not taken for new ones
)


def digest(examples: Examples) -> str:
    """Digest all that a fit depends on: examples with the same digest give the same weights."""
    parts = [
        _RECIPE,
        *examples.ids,
        *map(str, examples.labels),
        *(" ".join(words) for words in examples.words),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def write(path: Path, examples: Examples, weights: sp.csr_matrix) -> None:
    """Keep the weights of a fit in a file (half precision; about a megabyte for 15,000 questions)."""
    np.savez_compressed(
        path,
        digest=np.array(digest(examples)),
        data=weights.data.astype(np.float16),
        indices=weights.indices.astype(np.uint16),
        indptr=weights.indptr.astype(np.int32),
    )


def read(path: Path, examples: Examples) -> sp.csr_matrix | None:
    """Load the weights kept for just these examples; None if there is no such file or it is of others."""
    shape = len(examples.questions), len(examples.ids)
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            if str(file["digest"]) != digest(examples):
                return None
            parts = file["data"].astype(np.float32), file["indices"].astype(np.int32), file["indptr"]
        weights = sp.csr_matrix(parts, shape=shape)
        weights.check_format(full_check=True)
    except Exception:  # noqa: BLE001 - a damaged archive fails in many ways, and learning anew mends them all
        return None
    return weights
