"""Answers questions from a tenant's documents, with citations."""
