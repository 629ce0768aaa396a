"""Functions that establish who is calling; every system uses them."""
