"""The version of the distribution and of the schema that other languages get."""

__version__ = "0.2.0"
