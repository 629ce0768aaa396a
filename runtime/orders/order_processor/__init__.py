"""Charges orders: the batch in the middle."""
