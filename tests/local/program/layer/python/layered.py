"""Found only by functions that have this layer."""
