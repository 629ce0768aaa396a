"""Adds up the payments of a day, at night."""
