"""The version of the distribution and of the pack."""

__version__ = "0.2.0"
