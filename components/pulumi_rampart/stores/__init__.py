"""Buckets, tables, secrets, parameters and databases."""
