"""The vector of an analysis: the last step."""
