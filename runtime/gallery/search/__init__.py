"""The HTTP side of Gallery."""
