"""Vectors of texts, kept by text: embedding two thousand passages takes minutes on one core."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bench.quality.documents import CACHE
from runtime.libraries.sentence_transformer.model import PackagedModel

MODEL = "all-MiniLM-L6-v2"
FILE = CACHE / f"{MODEL}.npz"


@dataclass
class Vectors:
    """Implements the encoder's and the chat's `embed` with a memory."""

    known: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    model: PackagedModel | None = None
    made: int = 0

    @classmethod
    def load(cls) -> "Vectors":
        """Return what earlier runs have embedded."""
        if not FILE.exists():
            return cls()
        with np.load(FILE) as stored:
            return cls(dict(zip(stored["keys"].tolist(), stored["rows"], strict=True)))

    def save(self) -> None:
        """Keep what this run has embedded."""
        FILE.parent.mkdir(parents=True, exist_ok=True)
        keys = np.array(list(self.known))
        np.savez(FILE, keys=keys, rows=np.stack(list(self.known.values())))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self.known
        }
        if missing:
            self.model = self.model or PackagedModel(MODEL)
            vectors = self.model.encode(list(missing.values()))
            self.known |= {
                key: np.asarray(vector, dtype=np.float32)
                for key, vector in zip(missing, vectors, strict=True)
            }
            self.made += len(missing)
        return [self.known[key].tolist() for key in keys]
