"""Typed Pulumi components that put a security boundary around serverless functions."""
