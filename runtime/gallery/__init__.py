"""Gallery: images that come in by events, are described, and can be found again."""
