"""The image functions that carry the heavy libraries; every system may invoke them."""
