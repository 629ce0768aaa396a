"""A package, so that what its fixtures deploy ends with its last test."""
