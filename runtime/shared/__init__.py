"""The few things every function needs."""
