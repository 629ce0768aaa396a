"""Answers from passages, by Anthropic's models."""
