"""Vectors in Pinecone: written, searched, counted and deleted by namespace."""
