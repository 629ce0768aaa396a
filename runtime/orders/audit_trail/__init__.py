"""Keeps every event where nobody changes it."""
