"""Orders: taken once, paid once, fulfilled or undone, with every step on record."""
