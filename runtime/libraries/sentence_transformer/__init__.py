"""Texts become vectors, by a sentence-transformers model that is part of the function."""
