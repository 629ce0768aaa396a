"""Places the orders of a file."""
