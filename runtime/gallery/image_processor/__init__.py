"""Thumbnails: the first step of an image."""
