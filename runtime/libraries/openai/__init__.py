"""Answers from passages, by OpenAI's models."""
